import ChatApi
import Testing

@testable import ChatSession

@Suite("Reasoning in tags")
struct ThinkTagSplitterTests {
    /// What an answer that comes in these pieces is told as, with neighbours of a kind joined.
    private func events(_ pieces: [String]) -> [TurnEvent] {
        var splitter = ThinkTagSplitter()
        var events: [TurnEvent] = []
        for event in pieces.flatMap({ splitter.append($0) }) + splitter.finish() {
            switch (events.last, event) {
            case (.content(let text)?, .content(let more)): events[events.count - 1] = .content(text + more)
            case (.reasoning(let text)?, .reasoning(let more)): events[events.count - 1] = .reasoning(text + more)
            default: events.append(event)
            }
        }
        return events
    }

    /// Checks a text whole, cut in two at every place, and scalar by scalar.
    private func expect(
        _ text: String, _ expected: TurnEvent..., sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(events([text]) == expected, "\(text)", sourceLocation: sourceLocation)
        let scalars = text.unicodeScalars.map { String($0) }
        for split in 0...scalars.count {
            let halves = [scalars[..<split].joined(), scalars[split...].joined()]
            #expect(events(halves) == expected, "\(halves)", sourceLocation: sourceLocation)
        }
        #expect(events(scalars) == expected, "\(text), scalar by scalar", sourceLocation: sourceLocation)
    }

    @Test("at the start of an answer is split off, with the white space around it")
    func split() {
        expect("<think>\nHm 🤔.\n\n  Well\n</think>\n\nYes é.\n", .reasoning("Hm 🤔.\n\n  Well"), .content("Yes é.\n"))
        expect(" \r\n<thinking>a < b </think> c</thinking>Yes", .reasoning("a < b </think> c"), .content("Yes"))
        expect("<think>a<</thi</think>\r\n \r\n    code\n", .reasoning("a<</thi"), .content("    code\n"))
        expect("<think></think> \t Yes", .content("Yes"))
        expect("<think>\n\n</think>\n\nYes", .content("Yes"))
        expect("<think>a</think>\n", .reasoning("a"))
    }

    @Test("is only what begins with a tag")
    func none() {
        for text in [
            "Yes.", "", " \n", "<", "<thin", "<think", "<thinker>a</thinker>", "<b>x</b>", "A <think>b</think>",
            "&lt;think>",
            "`<think>` opens\nand `</think>` closes.\n", "It ends with </think>, always.\n", "x\n</think> y\n",
            "x\n    </think>\n", "Use\n<think>\na\n</think>\nso.\n", "```\n<think>\na\n</think>\n```\n",
            "~~~ x\n```\n</think>\n~~~\n", "````\n```\n</think>\n", "```\nx\n``` y\n</think>\n", "<THINK>a</THINK>",
            "x\n</thinks>\n", "x\n</think" + String(repeating: " ", count: 40) + ">\n",
        ] {
            if text.isEmpty { expect(text) } else { expect(text, .content(text)) }
        }
    }

    @Test("ends at the first closing tag that isn't code")
    func code() {
        expect(
            "<think>They ask of `</think>`.\n```\nprint(\"</think>\")\n```\nSo</think>It ends.",
            .reasoning("They ask of `</think>`.\n```\nprint(\"</think>\")\n```\nSo"), .content("It ends."))
        // A sketch whose fence is left open doesn't swallow the answer.
        expect("<think>```\nlet x\n</think>\nYes", .reasoning("```\nlet x"), .content("Yes"))
        expect("<think>a</think>b</think>\nc", .reasoning("a"), .content("b</think>\nc"))
    }

    @Test("may have only the closing tag, on a line of its own: what came before was reasoning")
    func onlyClosed() {
        expect(
            "Hm.\n\n</think>\n\nYes\n</think>\n", .content("Hm.\n\n"), .contentWasReasoning, .content("Yes\n</think>\n")
        )
        expect("Hm.\n  </thinking> \r\n\n  Yes", .content("Hm.\n"), .contentWasReasoning, .content("  Yes"))
        expect("Hm.\n```\nx\n```\n</think>", .content("Hm.\n```\nx\n```\n"), .contentWasReasoning)
        expect("``` `x`\n</think>\nYes", .content("``` `x`\n"), .contentWasReasoning, .content("Yes"))
        expect("</think>\n\nYes", .content("Yes"))
        #expect(AnswerParts("Hm.\n\n</think>\nYes") == AnswerParts("Yes", reasoning: "Hm."))
    }

    @Test("without an end is all reasoning, which is said")
    func unclosed() {
        expect("<think>Hm. So 4</thi", .reasoning("Hm. So 4</thi"))
        let parts = AnswerParts("<think>Hm. ")
        #expect(parts.reasoning == "Hm." && parts.content.isEmpty && parts.isUnclosed)
        #expect(!AnswerParts("<think>Hm.</think>").isUnclosed)
    }

    @Test("stands behind that of the server's own field")
    func field() {
        let message = ChatCompletionRequestMessage(fields: [
            "role": "assistant", "reasoning": "First.", "content": "<think>Second.</think>Yes", "refusal": "No",
        ])
        let parts = AnswerParts(message)
        #expect(parts.reasoning == "First.\n\nSecond." && parts.content == "Yes" && parts.refusal == "No")
    }

    @Test("a long answer without tags, or of nothing but half tags, costs no more for being long")
    func long() {
        let text = String(repeating: "word ", count: 20_000) + String(repeating: "\n <thin</", count: 10_000)
        var splitter = ThinkTagSplitter()
        var length = 0
        for event in splitter.append(text) + splitter.finish() {
            if case .content(let text) = event { length += text.utf8.count }
        }
        #expect(length == text.utf8.count)
    }
}
