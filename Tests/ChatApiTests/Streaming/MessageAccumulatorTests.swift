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

    private func message(_ deltas: String...) -> JSONObject {
        assemble(deltas).response.choices.first?.message?.fields ?? [:]
    }

    @Test("N17: an emoji cut between its surrogates is joined, half a one becomes U+FFFD, and the stream goes on")
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

    /// A delta for each kind of text, with `TEXT` for the text, and where that ends up.
    static let texts: [(String, @Sendable (JSONObject) -> JSONValue?)] = [
        (#"{"content":"TEXT"}"#, { $0["content"] }),
        (#"{"content":[{"type":"text","text":"TEXT"}]}"#, { $0["content"] }),
        (#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"TEXT"}]}]}"#, { $0["reasoning_content"] }),
        (#"{"reasoning_content":"TEXT"}"#, { $0["reasoning_content"] }),
        (#"{"reasoning":"TEXT"}"#, { $0["reasoning"] }),
        (#"{"refusal":"TEXT"}"#, { $0["refusal"] }),
        (
            #"{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"TEXT"}}]}"#,
            {
                $0["tool_calls"]?.arrayValue?.first?["function"]?["arguments"]
            }
        ),
        (
            #"{"tool_calls":[{"index":0,"type":"custom","custom":{"name":"f","input":"TEXT"}}]}"#,
            {
                $0["tool_calls"]?.arrayValue?.first?["custom"]?["input"]
            }
        ),
        (#"{"function_call":{"name":"f","arguments":"TEXT"}}"#, { $0["function_call"]?["arguments"] }),
        (#"{"audio":{"transcript":"TEXT"}}"#, { $0["audio"]?["transcript"] }),
    ]

    @Test("surrogates are joined in every text that is, and halves left over replaced", arguments: texts.indices)
    func surrogatesEverywhere(index: Int) {
        let (delta, text) = Self.texts[index]
        func joined(_ pieces: String...) -> JSONValue? {
            text(assemble(pieces.map { delta.replacing("TEXT", with: $0) }).response.choices[0].message?.fields ?? [:])
        }
        #expect(joined("a\\ud83d", "\\ude00b") == "a😀b")
        #expect(joined("\\ud83d", "\\ud83d", "\\ude00", "") == "\u{FFFD}😀")
        #expect(joined("a", "\\ud83d") == "a\u{FFFD}")
    }

    @Test("halves of surrogate pairs in what isn't joined are replaced at once")
    func surrogatesElsewhere() {
        let fields = message(
            #"{"role":"r\ud83d","x":"\ude00","\ud83d":{"y":["\ud83d"]},"tool_calls":[{"id":"\ud83d","type":"\ud83d","function":{"name":"\ud83d"}}]}"#
        )
        let text = String(decoding: JSONValue.object(fields).serialized(), as: UTF8.self)
        #expect(!text.unicodeScalars.contains { $0.value >= 0x10F800 })
        #expect(fields["role"] == "r\u{FFFD}" && fields["x"] == "\u{FFFD}")
        #expect(fields["\u{FFFD}"] == ["y": ["\u{FFFD}"]])
    }

    @Test(
        "nothing a server leaves out or gets wrong fails a chunk",
        arguments: [
            "null", "{}", "[]", "7", #"{"content":7}"#, #"{"content":[null,7,{"type":"x"}]}"#,
            #"{"tool_calls":[null,7,{}]}"#, #"{"tool_calls":{}}"#, #"{"role":null,"content":null}"#,
            #"{"reasoning":{"a":1}}"#, #"{"audio":7}"#, #"{"audio":{"data":7,"transcript":null}}"#,
            #"{"function_call":null}"#, #"{"function_call":[]}"#, #"{"refusal":[]}"#,
            #"{"tool_calls":[{"index":{},"id":7,"function":[]}]}"#,
        ])
    func tolerance(delta: String) {
        #expect(assemble([delta, #"{"content":"a"}"#, delta]).response.choices.first?.message?.content == "a")
    }

    @Test("unknown fields are kept: lists grow, objects are merged, the rest is replaced by all but null")
    func unknownFields() {
        let fields = message(
            #"{"extra":{"a":[1]},"reasoning_details":[{"t":1}],"x":1,"annotations":[{"type":"url_citation"}]}"#,
            #"{"extra":{"a":[2],"b":3},"reasoning_details":[{"t":2}],"x":2,"annotations":[{"type":"other"}]}"#,
            #"{"extra":null,"reasoning_details":null,"x":null,"annotations":[]}"#)
        #expect(fields["extra"] == ["a": [1, 2], "b": 3])
        #expect(fields["reasoning_details"] == [["t": 1], ["t": 2]])
        #expect(fields["x"] == 2)
        #expect(fields["annotations"] == [["type": "url_citation"], ["type": "other"]])
    }

    @Test("thoughts are joined under the name that the server has for them, and aren't counted twice")
    func reasoning() {
        #expect(message(#"{"reasoning":"a"}"#, #"{"reasoning":"b"}"#)["reasoning"] == "ab")
        #expect(message(#"{"reasoning":"a","reasoning_content":"a"}"#)["reasoning"] == nil)
        #expect(message(#"{"reasoning":"a","reasoning_content":"a"}"#)["reasoning_content"] == "a")
        let parts =
            #"{"content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#
        #expect(message(parts)["reasoning_content"] == "t" && message(parts)["content"] == "ab")
    }

    @Test("audio is joined: base64 in one text or in several, the transcript, and the last of the rest")
    func audio() {
        let fields = message(
            #"{"audio":{"id":"a","transcript":"Hel"}}"#, #"{"audio":{"data":"aGVsb","transcript":"lo"}}"#,
            #"{"audio":{"data":"G8g","id":"a"}}"#, #"{"audio":{"data":"d29ybGQ=","expires_at":1}}"#,
            #"{"audio":{"expires_at":2}}"#)
        // "hello " cut anywhere, "world" as a text of its own.
        #expect(fields["audio"] == ["id": "a", "data": "aGVsbG8gd29ybGQ=", "transcript": "Hello", "expires_at": 2])
        #expect(fields["content"] == .null)
        for (text, pieces) in [
            ("YQ==", ["Y", "Q", "=", "="]), ("YWI=", ["YWI="]), ("YWJj", ["YQ==", "Yg==", "Yw=="]),
        ] {
            var audio = AccumulatedAudio()
            for piece in pieces { audio.append(["data": .string(piece)]) }
            #expect(audio.json == ["data": .string(text)])
        }
    }

    @Test("choices come in any order, each with its own finish reason and log probabilities")
    func choices() {
        let outcome = StreamOutcome(
            [
                #"{"index":1,"delta":{"content":"b"},"logprobs":{"content":[{"token":"b"}],"refusal":null}}"#,
                #"{"index":0,"delta":{"content":"a"},"logprobs":{"content":null,"refusal":[{"token":"r"}]}}"#,
                #"{"index":1,"delta":{"content":"B"},"logprobs":{"content":[{"token":"B"}]},"finish_reason":"length"}"#,
                #"{"index":0,"delta":{},"finish_reason":"stop"}"#, #"{"index":1,"delta":{},"finish_reason":null}"#,
                #"{"index":0,"delta":{},"finish_reason":"stop"}"#, #"{"index":0,"delta":{},"finish_reason":""}"#,
            ].map { "data: {\"choices\":[\($0)]}\n\n" }.joined())
        #expect(outcome.end == .complete && outcome.content == "a")
        #expect(outcome.response.choices.map(\.finishReason) == ["stop", "length"])
        #expect(outcome.response.choices.map { $0.message?.content } == ["a", "bB"])
        #expect(
            outcome.response.choices[1].fields["logprobs"] == [
                "content": [["token": "b"], ["token": "B"]], "refusal": nil,
            ])
        #expect(outcome.response.choices[0].fields["logprobs"] == ["content": nil, "refusal": [["token": "r"]]])
        #expect(StreamOutcome(event(content: "a")).response.choices.first?.fields["finish_reason"] == .null)
    }

    @Test("lists and texts grow in linear time", .timeLimit(.minutes(1)))
    func linear() async throws {
        // Seconds; were one of them copied for each chunk, it would be many minutes.
        let json = """
            {"choices":[{"logprobs":{"content":[1,2,3,4,5,6,7,8,9,10]},"delta":{"content":"a","annotations":[1,2,3,4,5,6,7,8,9,10],\
            "tool_calls":[{"index":0,"x":[1,2,3,4,5,6,7,8,9,10],"function":{"arguments":"x"}}]}}]}
            """
        let chunk = try #require(CreateChatCompletionStreamResponse(json: JSONValue(parsing: Array(json.utf8))))
        var accumulator = MessageAccumulator()
        for number in 0..<50_000 {
            // The time limit cancels the test, and only those that look see it.
            if number % 100 == 0 { try Task.checkCancellation() }
            _ = accumulator.apply(chunk)
        }
        let choice = try #require(accumulator.response.choices.first)
        #expect(choice.fields["logprobs"]?["content"]?.arrayValue?.count == 500_000)
        #expect(choice.message?.fields["annotations"]?.arrayValue?.count == 500_000)
        #expect(choice.message?.toolCalls?.first?.fields["x"]?.arrayValue?.count == 500_000)
        #expect(choice.message?.content?.utf8.count == 50_000)
    }
}
