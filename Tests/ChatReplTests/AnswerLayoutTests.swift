import ChatSession
import Testing

@testable import ChatRepl
@testable import Terminal

@Suite("Laying out an answer")
struct AnswerLayoutTests {
    private var look = TerminalLook(isUnicode: true)

    /// The lines of an answer, whose parts may come in any pieces, a tenth of a second after each other.
    private func lines(_ events: [TurnEvent]) -> [StyledLine] {
        var layout = AnswerLayout(width: 40, look: look)
        var lines: [StyledLine] = []
        var now = ContinuousClock.now
        for event in events {
            layout.append(event, at: now)
            lines += layout.takeFinished()
            _ = layout.openLines()
            now += .milliseconds(100)
        }
        layout.finish(at: now)
        return lines + layout.takeFinished()
    }

    @Test("text is Markdown, or its source")
    mutating func content() {
        #expect(lines([.started, .content("a **b** c")]).map(\.text) == ["a b c"])
        look.showsSource = true
        #expect(lines([.content("a **b** c")]).map(\.text) == ["a **b** c"])
    }

    @Test("reasoning is dim text, wrapped; an empty line stands before the answer")
    func reasoning() {
        let thought = "Let *me* think about this for more than one line\n"
        let result = lines([.reasoning(thought), .content("*Done*.")])
        #expect(result.map(\.text) == ["Let *me* think about this for more than", "one line", "", "Done."])
        #expect(result[0].runs.allSatisfy { $0.style.isDim } && !result[3].runs.contains { $0.style.isDim })
    }

    @Test("folded reasoning is one line that says how much there was, and where to see it")
    mutating func folded() {
        look.reasoning = .fold
        let events: [TurnEvent] = [.reasoning("Let me th"), .reasoning("ink.\n\n"), .content("Done.")]
        #expect(
            lines(events).map(\.text) == ["▸ thought for 0.2 s, 3 words ·", "/reasoning shows it", "", "Done."])
        look.isUnicode = false
        #expect(lines(events)[0].text == "+ thought for 0.2 s, 3 words |")
        look.isCalm = true
        #expect(lines(events)[0].text == "thought for 0.2 s, 3 words, /reasoning")
        #expect(lines([.reasoning(" \n"), .content("Done.")]).map(\.text) == ["Done."])
        #expect(lines([.reasoning("Hm")]).map(\.text).joined(separator: " ").contains("1 word,"))
    }

    @Test("of old reasoning nobody knows how long it took")
    mutating func replayed() {
        look.reasoning = .fold
        var layout = AnswerLayout(width: 80, look: look)
        layout.append(.reasoning("Let me think."))
        layout.finish()
        #expect(layout.takeFinished().map(\.text) == ["▸ thought in 3 words · /reasoning shows it"])
    }

    @Test("hidden reasoning leaves nothing")
    mutating func hidden() {
        look.reasoning = .hide
        #expect(lines([.reasoning("Hm."), .content("Done.")]).map(\.text) == ["Done."])
    }

    @Test("text that turns out to have been reasoning is said to, right under it")
    func wasReasoning() {
        let result = lines([.content("Hm."), .contentWasReasoning, .content("Done.")])
        #expect(result.map(\.text) == ["Hm.", "▴ Up to here it was reasoning.", "", "Done."])
    }

    @Test("a refusal is in italics, under words that say what it is")
    func refusal() {
        let result = lines([.content("So."), .refusal("I can't help with that.")])
        #expect(result.map(\.text) == ["So.", "", "The model refuses:", "I can't help with that."])
        #expect(result[3].runs.allSatisfy { $0.style.isItalic })
    }

    @Test("code goes on being numbered behind reasoning in between")
    func numbers() {
        let code = "```c\nx;\n```\n"
        let result = lines([.content(code), .reasoning("Hm."), .content(code)]).map(\.text)
        #expect(result.filter { $0.hasPrefix("[") } == ["[1] c", "[2] c"])
        #expect(result.filter(\.isEmpty).count == 2 && result[2].isEmpty && result[4].isEmpty, "\(result)")
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
