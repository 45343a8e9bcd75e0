import ChatApi
import Testing

@testable import ChatSession

@Suite("The text of a session that is saved again")
struct SessionTextTests {
    private func text(_ pieces: [ArraySlice<UInt8>]) -> String { String(decoding: pieces.joined(), as: UTF8.self) }

    @Test("is what a whole new one would be, whatever has changed")
    func changes() throws {
        var (session, text) = try SessionFile.read(Array(SessionFileTests.golden.utf8))
        let changes: [(inout Session) -> Void] = [
            { _ in },
            { $0.title = "another \u{7F} \u{85}" },
            { $0.messages.append(.user("and \"more\"\n\u{1B}")) },
            {
                $0.messages.append(.assistant("\u{C2}\u{A0}«»ÿ"))
                $0.turns.append(TurnRecord(message: 4, fields: ["finishReason": "length"]))
            },
            { $0.cut(at: 3, reason: .undo) },
            { $0.messages[1] = .user("chang\u{E9}") },
            { $0.messages[1] = .user("change\u{301}") },
            { $0.system = nil },
            { $0.switchTo(branch: 7) },
            { $0.messages = [] },
            { $0.turns = [] },
            { $0.messages = [.user("again")] },
            { $0.branches = [] },
        ]
        for (index, change) in changes.enumerated() {
            change(&session)
            #expect(
                Array(text.encode(session).joined()) == SessionFile.encode(session), "after change \(index)")
        }
    }

    @Test("keeps what hasn't changed as it stands in the file, byte for byte")
    func unchanged() throws {
        let compact =
            #"{"format":1,"id":"20261122-165054-7f3a","title":null,"created":"2026-11-22T16:50:54.123Z","#
            + #""updated":"2026-11-22T16:50:54.123Z","messages":["#
            + #"{"role":"user","content":"\ud83d \u0041","a":1,"a":2},"#
            + #"{"content":"b","role":"assistant"}],"turns":[{"model":"m","message":1}]}"#
        var (session, text) = try SessionFile.read(Array(compact.utf8))
        session.messages.append(.user("c"))
        let saved = self.text(text.encode(session))
        #expect(saved.contains(#"{"role":"user","content":"\ud83d \u0041","a":1,"a":2},{"content":"b","#))
        #expect(saved.contains(#"{"model":"m","message":1}"#))
        let again = try SessionFile.decode(Array(saved.utf8))
        #expect(again.messages == session.messages)
        #expect(again.messages[0].content?.text == "\u{FFFD} A")
        #expect(again.turns == session.turns)
    }

    @Test("escapes the controls of a file that holds them as they are")
    func controls() throws {
        for control in ["\u{7F}", "\u{80}", "\u{9F}"] {
            let file = SessionFileTests.golden.replacingText("αβγ?", with: "α\(control)")
            var (session, text) = try SessionFile.read(Array(file.utf8))
            session.messages.append(.user("c"))
            let saved = self.text(text.encode(session))
            #expect(!saved.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
            #expect(try SessionFile.decode(Array(saved.utf8)).messages == session.messages)
        }
    }

    @Test("J06: bytes are text or not as Swift says, at every place in a word")
    func check() {
        var samples: [[UInt8]] = [
            [], [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xFF],
            [0xF0, 0x9F, 0x98], [0x80], [0xC3, 0x41], [0xF5, 0x80, 0x80, 0x80], [0xEE, 0x80, 0x80], [0xF1, 0x80, 0x80],
        ]
        for first in UInt8(0x80)...0xFF { samples.append([first, 0x85, 0x80, 0x80]) }
        for sample in samples {
            for (start, end) in (0..<9).flatMap({ start in [0, 1, 9].map { (start, $0) } }) {
                let text = [UInt8](repeating: 0x61, count: max(start, end))
                let bytes = text.prefix(start) + sample + text.prefix(end)
                let isText = String(validating: bytes, as: UTF8.self) != nil
                #expect((TextCheck(Array(bytes)) != .invalid) == isText, "\(sample) between \(start) and \(end) bytes")
            }
        }
        for start in 0..<9 {
            let before = [UInt8](repeating: 0x7E, count: start)
            for behind in [[], before] {
                #expect(TextCheck(before + [0x7F, 0x41] + behind) == .withControls)
                #expect(TextCheck(before + [0xC2, 0x9F] + behind) == .withControls)
                #expect(TextCheck(before + [0xC2, 0xA0] + behind) == .clean)
            }
        }
    }
}

extension String {
    fileprivate func replacingText(_ text: String, with other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
