import ChatApi
import ChatSession
import FoundationEssentials
import Testing

@testable import ChatRepl
@testable import Terminal

@Suite("What the viewer's search may find")
struct TranscriptSearchTests {
    private func transcript(_ messages: [ChatCompletionRequestMessage]) -> Transcript {
        var session = Session(model: "m")
        session.messages = messages
        return Transcript(session, look: TerminalLook(isUnicode: true))
    }

    private static let answers: [String] = {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TerminalMarkdownTests/Fixtures/answers").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.sorted().compactMap { FileManager.default.contents(atPath: "\(directory)/\($0)") }
            .map { String(decoding: $0, as: UTF8.self) }
    }()

    @Test("every word that is seen may be found, in thirty answers and in wide and narrow windows")
    func everyWord() {
        #expect(Self.answers.count >= 30)
        for answer in Self.answers {
            let transcript = transcript([.system("Be brief."), .user("What?\nWhy?"), .assistant(answer)])
            for part in 0..<transcript.partCount {
                for columns in [24, 100] {
                    let words = transcript.lines(ofPart: part, columns: columns).flatMap {
                        $0.text.split(separator: " ")
                    }
                    for word in Set(words) {
                        #expect(transcript.mayHold(FoldedText(String(word)), inPart: part), "\(word)")
                    }
                }
            }
        }
    }

    @Test(
        "Markdown within a word hides nothing",
        arguments: [
            (#"use my\_var"#, "my_var"), ("AT&amp;T", "AT&T"), ("un**believ**able", "unbelievable"),
            ("a [li](http://x)nk", "li"), ("1. a\n1. b", "2."), ("- a", "•"), ("a`b`c", "abc"), ("<x@y.z>", "x@y.z"),
            ("a\u{202E}b", "<U+202E>b"), ("ΛΌΓΟΣ", "λόγος"),
        ])
    func markdown(source: String, seen: String) {
        #expect(transcript([.user("?"), .assistant(source)]).mayHold(FoldedText(seen), inPart: 0))
    }

    @Test("so it is with what is said beside the text")
    func besideText() {
        var refused = ChatCompletionRequestMessage.assistant("")
        refused.refusal = "I won't."
        let call = ChatCompletionMessageToolCall.function(id: "1", name: "weather", arguments: "{}")
        for (message, seen) in [
            (refused, "won't"), (.assistant(toolCalls: [call]), "weather"), (.tool("Rain.", toolCallID: "1"), "Result"),
            (.assistant("<think>\nhm\n</think>\n\nYes."), "hm"), (.assistant(""), "nothing"),
        ] {
            #expect(transcript([.user("?"), message]).mayHold(FoldedText(seen), inPart: 0), "\(seen)")
        }
    }

    @Test("what surely isn't there isn't laid out")
    func surelyNot() {
        let transcript = transcript([.user("What?"), .assistant("A **plain** answer with `code`, 12 words and 世界.")])
        for word in ["needle", "plane", "13x", "世間", "plain needle"] {
            #expect(!transcript.mayHold(FoldedText(word), inPart: 0), "\(word)")
        }
    }
}
