import ChatSession
import Testing

@testable import ChatRepl
@testable import Terminal

@Suite("Laying out an answer")
struct AnswerLayoutTests {
    /// The lines of an answer, whose parts may come in any pieces.
    private func lines(_ events: [TurnEvent], showsSource: Bool = false) -> [StyledLine] {
        var layout = AnswerLayout(width: 40, showsSource: showsSource)
        var lines: [StyledLine] = []
        for event in events {
            layout.append(event)
            lines += layout.takeFinished()
            _ = layout.openLines()
        }
        layout.finish()
        return lines + layout.takeFinished()
    }

    @Test("text is Markdown, or its source")
    func content() {
        #expect(lines([.started, .content("a **b** c")]).map(\.text) == ["a b c"])
        #expect(lines([.content("a **b** c")], showsSource: true).map(\.text) == ["a **b** c"])
    }

    @Test("code blocks are numbered through the answer, whatever comes in between")
    func numbers() {
        let parts: [TurnEvent] = [
            .content("```a\n1\n```\n"), .reasoning("```x\n"), .content("```b\n2\n```\n"), .reasoning("hm"),
            .content("    3"),
        ]
        let shown = lines(parts).map(\.text).filter { $0.hasPrefix("[") }
        #expect(shown == ["[1] a", "[2] b", "[3]"])
    }

    @Test("reasoning is dim and as it stands; an empty line stands before the answer")
    func reasoning() {
        let result = lines([.reasoning("Let *me* think"), .content("*Done*.")])
        #expect(result.map(\.text) == ["Let *me* think", "", "Done."])
        #expect(result[0].runs.allSatisfy { $0.style.isDim } && !result[2].runs.contains { $0.style.isDim })
    }

    @Test("a refusal is in italics")
    func refusal() {
        let result = lines([.refusal("I can't help with that.")])
        #expect(result.map(\.text) == ["I can't help with that."])
        #expect(result[0].runs.allSatisfy { $0.style.isItalic })
    }

    @Test("nothing comes of nothing")
    func nothing() { #expect(lines([.started]).isEmpty) }

    @Test("it is the same lines, however the answer is cut")
    func everySplit() {
        let (thought, text) = ("Hm 🤔\nso", "# One\n\n- *two* é\n- three\n\n```swift\nlet x = 1\n```\nend 🙂")
        let whole = lines([.reasoning(thought), .content(text)])
        let scalars = Array(text.unicodeScalars)
        for split in 0...scalars.count {
            let halves = [scalars[..<split], scalars[split...]].map { half in
                TurnEvent.content(String(String.UnicodeScalarView(half)))
            }
            #expect(lines([.reasoning(thought)] + halves) == whole, "split at \(split)")
        }
        #expect(lines([.reasoning(thought)] + scalars.map { .content(String($0)) }) == whole)
    }
}
