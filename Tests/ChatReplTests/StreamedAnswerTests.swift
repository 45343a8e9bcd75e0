import FoundationEssentials
import TestSupport
import Testing

@testable import ChatRepl

@Suite("An answer that streams", .timeLimit(.minutes(5)))
struct StreamedAnswerTests {
    /// Answers as models write them, by the names of their files.
    private static let answers: [(name: String, text: String)] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TerminalMarkdownTests/Fixtures/answers").path
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".md")
        }
        return names.sorted().map {
            ($0, String(decoding: (try? Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) ?? Data(), as: UTF8.self))
        }
    }()

    /// As fast as hosted models write.
    private static let charactersPerSecond = 250.0

    @Test("there are thirty of them")
    func thirty() { #expect(Self.answers.count >= 30) }

    @Test(
        "ends on the same screen, however it was cut, with nothing touched that had left the region, in at most four times the bytes",
        arguments: answers.map(\.name))
    func sameScreen(_ name: String) throws {
        let text = try #require(Self.answers.first { $0.name == name }).text
        var generator = SeededGenerator(seed: UInt64(text.utf8.count))
        var cuts: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let cut = rest.prefix(Int.random(in: 1...12, using: &generator))
            cuts.append(String(cut))
            rest = rest.dropFirst(cut.count)
        }
        for (parts, setting) in [
            (text.map { String($0) }, StreamedScreen.Setting()), (cuts, .init(rows: 10, columns: 40)),
        ] {
            var whole = StreamedScreen(setting)
            whole.append(text)
            whole.finish()
            let streamed = StreamedScreen(parts, charactersPerSecond: Self.charactersPerSecond, setting)
            #expect(streamed.screen.allLines == whole.screen.allLines)
            #expect(streamed.touched == [])
            #expect(streamed.screen.foreignSequences == [])
            #expect(streamed.screen.modes == [7, 25])
            let ratio = Double(streamed.bytes.count) / Double(whole.bytes.count)
            #expect(ratio <= 4, "\(setting.columns) columns: \(streamed.bytes.count) bytes for \(whole.bytes.count)")
        }
    }
}
