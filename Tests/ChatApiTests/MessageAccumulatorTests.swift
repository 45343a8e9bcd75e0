import Testing

@testable import ChatApi

@Suite("MessageAccumulator")
struct MessageAccumulatorTests {
    /// Decodes and applies deltas of choice 0; what came out piece by piece, and the answer.
    private func assemble(_ deltas: [String]) -> (pieces: [String], response: CreateChatCompletionResponse) {
        var decoder = StreamDecoder()
        var accumulator = MessageAccumulator()
        var pieces: [String] = []
        for delta in deltas {
            decoder.feed(Array("data: {\"choices\":[{\"delta\":\(delta)}]}\n\n".utf8))
            while let chunk = decoder.next() { pieces.append(accumulator.apply(chunk).content) }
        }
        pieces.append(accumulator.finish().content)
        return (pieces, accumulator.response)
    }

    private func assembleCalls(_ fragments: [String]) -> [String] {
        let calls =
            assemble(fragments.map { #"{"tool_calls":[\#($0)]}"# }).response.choices.first?.message?.toolCalls ?? []
        return calls.map { "\($0.id ?? "")|\($0.name ?? "")|\($0.arguments ?? "")" }
    }

    @Test("an emoji cut between its surrogates is joined, half a one becomes U+FFFD, and the stream goes on")
    func surrogates() {
        let whole = assemble([#"{"content":"a\ud83d"}"#, #"{"content":"\ude00b"}"#])
        #expect(whole.pieces == ["a", "😀b", ""])
        #expect(whole.response.choices.first?.message?.content == "a😀b")
        #expect(assemble([#"{"content":"\ud83d"}"#, #"{"content":"x"}"#]).pieces == ["", "\u{FFFD}x", ""])
        #expect(assemble([#"{"content":"\ud83d"}"#]).pieces == ["", "\u{FFFD}"])
        #expect(assemble([#"{"content":"\ude00"}"#]).pieces == ["\u{FFFD}", ""])
        #expect(
            assemble([#"{"content":"\ud83d"}"#, #"{"content":""}"#, #"{"content":"\ude00"}"#]).pieces == [
                "", "", "😀", "",
            ])
    }

    @Test("calls at the same index, or at none, are told apart by their ids")
    func parallelCalls() {
        let first = #"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#
        let second = #"{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}"#
        #expect(assembleCalls([first, second]) == ["a|f|{}", "b|g|{}"])
        let unindexed = [first, second].map { $0.replacing(#""index":0,"#, with: "") }
        #expect(assembleCalls(unindexed) == ["a|f|{}", "b|g|{}"])
    }

    @Test("ids and names that are repeated or empty later are neither joined nor erased")
    func repeatedNames() {
        #expect(
            assembleCalls([
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"\"x\":"}}"#,
                #"{"index":0,"id":"","function":{"name":"","arguments":"1}"}}"#,
                #"{"index":0,"function":{"arguments":null}}"#,
            ]) == [#"a|f|{"x":1}"#])
    }

    @Test(
        "nothing a server leaves out or gets wrong fails a chunk",
        arguments: [
            "null", "{}", "[]", "7", #"{"content":7}"#, #"{"content":[null,7,{"type":"x"}]}"#,
            #"{"tool_calls":[null,7,{}]}"#,
            #"{"tool_calls":{}}"#, #"{"role":null,"content":null}"#, #"{"reasoning":{"a":1}}"#,
        ])
    func tolerance(delta: String) {
        #expect(assemble([delta, #"{"content":"a"}"#]).response.choices.first?.message?.content == "a")
    }

    @Test("unknown fields are kept")
    func unknownFields() {
        let message = assemble([
            #"{"extra":{"a":[1]},"reasoning_details":[{"t":1}]}"#,
            #"{"extra":{"a":[2],"b":3},"reasoning_details":[{"t":2}]}"#,
        ]).response.choices.first?.message
        #expect(message?.fields["extra"] == ["a": [1, 2], "b": 3])
        #expect(message?.fields["reasoning_details"] == [["t": 1], ["t": 2]])
    }
}

@Suite("Retries")
struct RetryTests {
    @Test(
        "Retry-After is read as OpenAI's libraries read it",
        arguments: [
            ("20", 20), ("1", 1), ("0.5", 0.5), ("120", 120), ("61", 61), ("0", nil), ("-10", nil), ("nan", nil),
            ("inf", nil), ("", nil),
            ("soon", nil), ("Sun, 06 Nov 1994 08:49:57 GMT", 20), ("Sun, 06 Nov 1994 08:49:17 GMT", nil),
            ("Sun, 99 Nov 1994 08:49:57 GMT", nil),
        ] as [(String, Double?)])
    func retryAfter(text: String, seconds: Double?) {
        let headers = ApiHeaders([("Retry-After", text), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")])
        #expect(RetryAfter.duration(headers) == seconds.map { .milliseconds(Int($0 * 1000)) })
    }

    @Test("retry-after-ms comes first")
    func milliseconds() {
        #expect(
            RetryAfter.duration(ApiHeaders([("retry-after", "20"), ("Retry-After-Ms", "1500")])) == .milliseconds(1500))
    }

    @Test(
        "the wait doubles up to 8 s, and is spread by a quarter",
        arguments: [(0, 500), (1, 1000), (2, 2000), (4, 8000), (60, 8000)])
    func backoff(retry: Int, milliseconds: Int) {
        let error = ApiError(.connectionRefused, host: "h")
        #expect(RetryPolicy.delay(after: error, wasSent: false, retry: retry, random: 0) == .milliseconds(milliseconds))
        #expect(
            RetryPolicy.delay(after: error, wasSent: false, retry: retry, random: 1)
                == .milliseconds(milliseconds * 3 / 4))
    }
}
