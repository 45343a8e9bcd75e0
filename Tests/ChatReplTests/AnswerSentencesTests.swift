import ChatApi
import Terminal
import Testing

@testable import ChatRepl
@testable import ChatSession

@Suite("What is said of an answer")
struct AnswerSentencesTests {
    private let look = TerminalLook(isUnicode: true)

    // MARK: How it ended

    private func endings(
        _ reason: String?, _ fields: JSONObject? = ["content": "Hi."], parameters: JSONObject = [:],
        provider: String = "home", at place: Sentences.Place = .prompt(showsReasoning: true)
    ) -> [String] {
        let message = fields.map { ChatCompletionRequestMessage(fields: $0.merging(["role": "assistant"])) }
        let session = Session(provider: provider, parameters: parameters)
        return AnswerEnding.all(finishReason: reason, of: message).map {
            Sentences.ending($0, of: session, at: place)
        }
    }

    @Test("an answer that is complete needs no word", arguments: ["stop", nil, "", "end_turn", "eos"])
    func complete(reason: String?) { #expect(endings(reason).isEmpty) }

    @Test("the limit of tokens is told with the parameter that raises it, as the provider knows it")
    func limit() {
        let start = "The answer stops here because the limit of tokens was reached"
        #expect(endings("length") == [start + ". /set max_tokens NUMBER may raise it."])
        #expect(
            endings("length", provider: "openai") == [start + ". /set max_completion_tokens NUMBER may raise it."])
        #expect(
            endings("length", parameters: ["max_completion_tokens": 5])
                == [start + " (max_completion_tokens is 5). /set max_completion_tokens NUMBER raises it."])
        #expect(
            endings("length", parameters: ["max_tokens": 5], at: .commandLine)
                == [start + " (max_tokens is 5). --max-tokens NUMBER raises it."])
        #expect(
            endings("length", provider: "openai", at: .commandLine)
                == [start + ". -o max_completion_tokens=NUMBER may raise it."])
    }

    @Test("every other end is told apart, and so is what is missing")
    func others() {
        #expect(endings("content_filter")[0].hasPrefix("The provider's filter stopped the answer here."))
        #expect(endings("interrupted")[0].hasPrefix("Stopped; what came is kept."))
        #expect(endings("cut")[0].hasPrefix("The answer was cut off; what came is kept."))
        #expect(endings("stop", nil) == ["The model answered nothing. Ask again, or in other words."])
        #expect(endings("stop", ["content": " \n"]) == endings("stop", nil))
        #expect(endings("interrupted", ["content": ""]).count == 1)
        #expect(endings("stop", ["content": .null, "audio": ["id": "a"]]).isEmpty)
        #expect(
            endings("stop", ["content": .null, "refusal": "No."], at: .commandLine)[0].hasPrefix("The model refuses"))
    }

    @Test("reasoning without an answer is told, in tags or not, and where it is to be seen")
    func onlyReasoning() {
        for fields: JSONObject in [["reasoning": "Hm."], ["content": "<think>Hm.</think>"], ["content": "<think>Hm."]] {
            #expect(endings("stop", fields) == ["Only reasoning came, and no answer."])
            #expect(
                endings("stop", fields, at: .prompt(showsReasoning: false))
                    == ["Only reasoning came, and no answer. /reasoning shows it."])
        }
        #expect(endings("length", ["reasoning": "Hm."]).count == 2)
    }

    @Test("tools that the model asks for are named and counted, not run, and their arguments not shown")
    func tools() {
        func call(_ name: String) -> JSONValue {
            ["id": "1", "type": "function", "function": ["name": .string(name), "arguments": "{\"secret\": 1}"]]
        }
        #expect(
            endings("tool_calls", ["tool_calls": [call("weather")]])
                == ["The model asks for a tool, which Banter doesn't run: weather."])
        let many = (1...7).map { call("t\($0)") }
        #expect(
            endings("stop", ["tool_calls": .array(many)])
                == ["The model asks for 7 tools, which Banter doesn't run: t1, t2, t3, t4, t5 and 2 more."])
        #expect(endings(nil, ["function_call": ["name": "old", "arguments": "{}"]])[0].hasSuffix(": old."))
        #expect(endings(nil, ["tool_calls": [call("")]])[0].hasSuffix(": one without a name."))
    }

    @Test("E16: names and reasons of a server stay on a line, harmless and short")
    func hostile() {
        let attack = "a\n\u{1B}]0;x\u{7}\u{202E}" + String(repeating: "e\u{301}", count: 100_000)
        let call: JSONValue = ["function": ["name": .string(attack)]]
        for text in endings(attack) + endings(nil, ["tool_calls": [call]]) {
            #expect(text.unicodeScalars.count < 140)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" }, "\(text)")
        }
    }

    // MARK: What it took

    private func usage(_ prompt: Int, _ completion: Int, _ more: JSONObject = [:]) -> CompletionUsage {
        CompletionUsage(
            fields: more.merging([
                "prompt_tokens": .number(JSONNumber(prompt)), "completion_tokens": .number(JSONNumber(completion)),
            ]))
    }

    private func line(
        cost: String? = nil, look: TerminalLook? = nil, columns: Int = 100, _ change: (inout TurnRecord) -> Void
    ) -> [String] {
        var record = TurnRecord(message: 1)
        change(&record)
        return Sentences.statusLine(of: record, cost: cost, look: look ?? self.look, columns: columns).map(\.text)
    }

    private func full(_ record: inout TurnRecord) {
        record.usage = usage(
            1200, 30,
            [
                "prompt_tokens_details": ["cached_tokens": 1000],
                "completion_tokens_details": ["reasoning_tokens": 20],
            ])
        (record.secondsToFirstToken, record.seconds) = (0.44, 3.44)
    }

    @Test("tokens, cached and of reasoning, the wait for the first word, the speed after it, the cost")
    func all() {
        #expect(
            line(cost: "$0.0012", full) == [
                "1200 in (1000 cached) · 30 out (20 reasoning) · 0.4 s to first token · 10.0 tokens/s · $0.0012"
            ])
    }

    @Test("what there is is told, and no speed of an answer that came at once")
    func parts() {
        #expect(line { _ in }.isEmpty)
        #expect(line { $0.secondsToFirstToken = 1 } == ["1.0 s to first token"])
        #expect(
            line { record in
                record.usage = usage(1, 2)
                (record.secondsToFirstToken, record.seconds) = (0.5, 0.5)
            } == ["1 in · 2 out · 0.5 s to first token"])
        #expect(line(look: TerminalLook(isUnicode: false)) { $0.usage = usage(1, 2) } == ["1 in | 2 out"])
    }

    @Test("a narrow line is broken between its parts", arguments: [20, 24, 40, 60])
    func narrow(columns: Int) {
        let lines = line(cost: "$0.0012", columns: columns, full)
        let parts = [
            "1200 in (1000 cached)", "30 out (20 reasoning)", "0.4 s to first token", "10.0 tokens/s", "$0.0012",
        ]
        #expect(lines.joined(separator: " · ") == parts.joined(separator: " · "))
        #expect(lines.allSatisfy { $0.count <= max(columns, 21) } && lines.count > 1)
    }

    @Test("counts that no server has stay finite")
    func counts() {
        #expect(line { $0.usage = usage(.max, -5) } == ["1000000000000 in · 0 out"])
        var session = Session()
        for index in 0..<3 {
            var record = TurnRecord(message: index)
            record.usage = usage(.max, .max, ["total_tokens": .number(JSONNumber(Int.min))])
            session.turns.append(record)
        }
        #expect(Sentences.usage(of: session, prices: Prices()).contains("3 answers: 3000000000000 tokens in"))
    }

    @Test("/usage has the cost of the session, and says what had no price")
    func sessionCost() {
        var prices = Prices()
        prices.models["m"] = Prices.Price(
            input: Prices.Amount(decimal: "1") ?? .zero, output: Prices.Amount(decimal: "10") ?? .zero,
            cachedInput: .zero)
        var session = Session()
        #expect(Sentences.usage(of: session, prices: prices) == "No tokens were counted in this session yet.")
        for model in ["m", "other", "m"] {
            var record = TurnRecord(message: session.turns.count)
            (record.model, record.usage) = (model, usage(1000, 100))
            session.turns.append(record)
        }
        let text = Sentences.usage(of: session, prices: prices)
        #expect(text.contains("3 answers: 3000 tokens in, 300 out, 3300 in all."))
        #expect(text.hasSuffix("\nCost: $0.0040; 1 more had no price."))
        #expect(!Sentences.usage(of: session, prices: Prices()).contains("Cost"))
    }

    @Test("no number is too large or odd", arguments: [Double.nan, .infinity, -.infinity, 1e300, -0.04])
    func numbers(number: Double) { #expect(!Sentences.tenths(number).isEmpty) }
}
