import Testing

@testable import ChatApi

@Suite("Limits")
struct LimitsTests {
    /// Limits of which one is changed.
    private func limits(_ change: (inout ChatApiConfiguration.Limits) -> Void) -> ChatApiConfiguration.Limits {
        var limits = ChatApiConfiguration.Limits()
        change(&limits)
        return limits
    }

    private func stream(_ choices: [String]) -> String {
        choices.map { "data: {\"choices\":[\($0)]}\n\n" }.joined() + "data: [DONE]\n\n"
    }

    /// The outcome, which mustn't depend on the cuts; where it comes to an end before it is whole, with what came before.
    private func outcome(_ stream: String, _ limits: ChatApiConfiguration.Limits) -> StreamOutcome {
        let bytes = Array(stream.utf8)
        let whole = StreamOutcome([bytes], limits: limits)
        #expect(StreamOutcome(bytes.map { [$0] }, limits: limits) == whole)
        for size in [7, 100] {
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(StreamOutcome(pieces, limits: limits) == whole)
        }
        return whole
    }

    static let texts = [
        #""content":"TEXT""#, #""content":[{"type":"text","text":"TEXT"}]"#, #""reasoning":"TEXT""#,
        #""reasoning_content":"TEXT""#, #""refusal":"TEXT""#, #""function_call":{"name":"f","arguments":"TEXT"}"#,
        #""tool_calls":[{"index":0,"function":{"name":"f","arguments":"TEXT"}}]"#,
        #""tool_calls":[{"index":0,"type":"custom","custom":{"name":"f","input":"TEXT"}}]"#,
    ]

    @Test("texts of every kind count together, in all choices", arguments: texts)
    func text(delta: String) {
        let chunk = #"{"index":0,"delta":{"content":"0123456789"}}"#
        let other = #"{"index":1,"delta":{DELTA}}"#.replacing("DELTA", with: delta)
        let text = String(repeating: "ü", count: 100)
        let choices = [chunk, other.replacing("TEXT", with: text), chunk]
        #expect(outcome(stream(choices), limits { $0.textBytes = 500 }).end == .complete)
        let cut = outcome(stream(choices), limits { $0.textBytes = 150 })
        #expect(cut.end == .tooLarge && cut.content == "0123456789")
    }

    static let others = [
        #""logprobs":{"content":[{"token":"TEXT"}]}"#, #""delta":{"annotations":["TEXT"]}"#,
        #""delta":{"audio":{"data":"TEXT"}}"#, #""delta":{"reasoning_details":[{"text":"TEXT"}]}"#, #""TEXT":1"#,
        #""delta":{"tool_calls":[{"index":0,"x":"TEXT"}]}"#, #""delta":{"tool_calls":[{"id":"TEXT"}]}"#,
        #""delta":{"tool_calls":[{"index":0,"function":{"name":"TEXT"}}]}"#, #""delta":{"role":"TEXT"}"#,
        #""delta":{"function_call":{"name":"TEXT"}}"#, #""finish_reason":"TEXT""#,
        #""delta":{"x":[[[[[[[1]]]]]],null,7,TEXT]}"#,
    ]

    @Test("so does everything else that is kept", arguments: others)
    func other(field: String) {
        let choices = (0..<20).map { number in
            let digits = "1\(number)" + String(repeating: "9", count: 40)
            return #"{"index":0,"delta":{},FIELD}"#.replacing(
                "\"delta\":{},FIELD", with: field.contains("delta") ? field : "\"delta\":{},\(field)"
            )
            .replacing("TEXT", with: digits)
        }
        #expect(outcome(stream(choices), limits { $0.otherBytes = 8000 }).end == .complete)
        #expect(outcome(stream(choices), limits { $0.otherBytes = 500 }).end == .tooLarge)
    }

    @Test("a function call stays one however often its name changes")
    func functionCall() {
        let fragments = ["f", "g", "f"].map { #"{"delta":{"function_call":{"name":"\#($0)","arguments":"\#($0)"}}}"# }
        let call = StreamOutcome(stream(fragments)).message?.functionCall
        #expect(call?.name == "f" && call?.arguments == "fgf")
    }

    @Test(
        "fields around the choices count once for each name, as large as they ever were, as only the last value is kept"
    )
    func fieldsAround() {
        let same = String(
            repeating: #"data: {"choices":[],"usage":{"total_tokens":1},"citations":["a","b"]}"# + "\n\n", count: 100)
        #expect(outcome(same + "data: [DONE]\n\n", limits { $0.otherBytes = 500 }).end == .complete)
        let growing = ["1", "\"\(String(repeating: "x", count: 300))\"", "2"]
            .map { value in [0, 1].map { "data: {\"choices\":[],\"a\($0)\":\(value)}\n\n" }.joined() }.joined()
        #expect(outcome(growing + "data: [DONE]\n\n", limits { $0.otherBytes = 700 }).end == .complete)
        #expect(outcome(growing + "data: [DONE]\n\n", limits { $0.otherBytes = 500 }).end == .tooLarge)
        let new = (0..<100).map { #"data: {"choices":[],"x\#($0)":1}"# + "\n\n" }.joined()
        #expect(outcome(new + "data: [DONE]\n\n", limits { $0.otherBytes = 500 }).end == .tooLarge)
    }

    @Test("choices and tool calls are counted by what tells them apart")
    func counts() {
        let choices = [0, 7, -3, 7, 0].map { "{\"index\":\($0),\"delta\":{\"content\":\"a\"}}" }
        #expect(outcome(stream(choices), limits { $0.choices = 3 }).end == .complete)
        let cut = outcome(stream(choices), limits { $0.choices = 2 })
        #expect(cut.end == .tooLarge && cut.response.choices.count == 2)
        #expect(outcome(stream([choices.joined(separator: ",")]), limits { $0.choices = 2 }).response.choices.isEmpty)

        let calls = ["0,0", "0,1", "1,0", "0,1"].map { pair in
            let numbers = pair.split(separator: ",")
            return
                "{\"index\":\(numbers[0]),\"delta\":{\"tool_calls\":[{\"index\":\(numbers[1]),\"function\":{\"name\":\"f\"}}]}}"
        }
        #expect(outcome(stream(calls), limits { $0.toolCalls = 3 }).end == .complete)
        #expect(outcome(stream(calls), limits { $0.toolCalls = 2 }).end == .tooLarge)
    }

    @Test("bytes count up to the first chunk as those of a body, and then as those of a stream")
    func bytes() {
        let comments = String(repeating: ": waiting\n\n", count: 20)
        let chunks = String(repeating: event(content: "a"), count: 10)
        let small = limits { ($0.bodyBytes, $0.streamBytes) = (300, 2000) }
        let whole = comments + chunks + "data: [DONE]\n\n"
        #expect(outcome(whole, small).end == .complete)
        #expect(outcome(comments + whole, small).end == .tooLarge)
        #expect(outcome("<html>" + String(repeating: "x", count: 300), small).end == .tooLarge)
        #expect(outcome(#"{"choices":[],"x":""# + String(repeating: "x", count: 300) + "\"}", small).end == .tooLarge)
        #expect(outcome(String(repeating: " ", count: 301), small).end == .tooLarge)
        let object = #"{"choices":[],"x":""# + String(repeating: "x", count: 100) + "\"}"
        #expect(outcome(object, limits { $0.eventBytes = object.utf8.count }).end != .tooLarge)
        #expect(outcome(object, limits { $0.eventBytes = object.utf8.count - 1 }).end == .tooLarge)
        let cut = outcome(chunks + chunks + chunks + chunks, small)
        #expect(cut.end == .tooLarge && cut.content.utf8.count == 2000 / event(content: "a").utf8.count)
        #expect(outcome(event(content: "0123456789"), limits { $0.eventBytes = 40 }).end == .tooLarge)
    }

    @Test(
        "N22: neither a new index in each fragment nor in each choice makes the work quadratic", .timeLimit(.minutes(1))
    )
    func hostileIndexes() {
        let fragments = (0..<50_000).map { "{\"index\":\($0),\"id\":\"i\($0)\"}" }
        var many = limits { ($0.toolCalls, $0.choices) = (.max, .max) }
        let calls = stream(
            stride(from: 0, to: 50_000, by: 100).map { start in
                "{\"delta\":{\"tool_calls\":[\(fragments[start..<start + 100].joined(separator: ","))]}}"
            })
        #expect(StreamOutcome(calls, limits: many).message?.toolCalls?.count == 50_000)
        many.choices = 128
        let choices = (0..<50_000).map { "{\"index\":\(50_000 - $0 % 128),\"delta\":{}}" }
        #expect(StreamOutcome(stream(choices), limits: many).response.choices.count == 128)
    }

    @Test("N22: a million small chunks, and one of 15 MB, are within the limits", .timeLimit(.minutes(1)))
    func sizes() {
        let limits = ChatApiConfiguration.Limits()
        #expect(limits.textBytes > 4_000_000 && limits.streamBytes > 250_000_000 && limits.eventBytes > 15_000_000)
        let large = event(content: String(repeating: "x", count: 15_000_000), finish: "stop")
        let bytes = Array(large.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: 60_000).map {
            Array(bytes[$0..<min($0 + 60_000, bytes.count)])
        }
        #expect(StreamOutcome(pieces).content.utf8.count == 15_000_000)
    }
}
