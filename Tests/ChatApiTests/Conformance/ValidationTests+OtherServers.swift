import Testing

@testable import ChatApi

@Suite("Validation of requests to other servers")
struct ValidationForOtherServersTests {
    @Test(
        "has nothing against fields, values, roles and kinds that the specification doesn't have",
        arguments: [
            ["top_k": 40, "provider": ["order": ["a"]], "model": "local/model:7b"],
            ["reasoning_effort": "extreme", "service_tier": "on_demand", "verbosity": "mute", "modalities": ["image"]],
            ["tools": [["type": "web_search", "max_results": 3]], "tool_choice": "any"],
            ["tool_choice": ["type": "web_search"], "response_format": ["type": "regex", "pattern": 7]],
            ["messages": [["role": "critic", "content": 7]]],
            ["messages": [["role": "user", "content": [["type": "video_url", "video_url": "x"]]]]],
            [
                "messages": [
                    [
                        "role": "tool", "tool_call_id": "c",
                        "content": [["type": "image_url", "image_url": ["url": "u"]]],
                    ]
                ]
            ],
            ["messages": [["role": "user", "content": "x", "cache_control": ["type": "ephemeral"]]]],
        ] as [JSONObject])
    func open(fields: JSONObject) {
        let request: JSONObject = ["model": "m", "messages": [["role": "user", "content": "Hi"]]]
        #expect(CreateChatCompletionRequest(fields: request.merging(fields)).violations == [])
    }

    @Test("takes an explicit null for an absent field, unless it is required")
    func null() {
        var request = CreateChatCompletionRequest(model: "m", messages: [.user("Hi")])
        for rule in FieldRule.request where rule.presence == .optional { request.fields[rule.key] = .null }
        #expect(request.fields.count == 37)
        #expect(request.violations == [])
        request.fields["model"] = .null
        request.fields["messages"] = [nil, ["role": nil, "content": nil], ["role": "user", "content": nil]]
        #expect(
            request.violations.map(\.description) == [
                "model is required, and is null",
                "messages[0] must be an object, and is null",
                "messages[1].role is required, and is null",
                "messages[2].content is required, and is null",
            ])
    }

    @Test("has nothing against the answers of real servers, sent back as they are", arguments: Fixture.all)
    func recordings(fixture: Fixture) throws {
        var messages: [ChatCompletionRequestMessage] = []
        if fixture.isStream {
            var decoder = StreamDecoder()
            var accumulator = MessageAccumulator()
            decoder.feed(fixture.bytes)
            decoder.finish()
            while let chunk = decoder.next() { _ = accumulator.apply(chunk) }
            _ = accumulator.finish()
            messages = accumulator.response.choices.compactMap { $0.message?.requestMessage }
        } else {
            let answer = CreateChatCompletionResponse(json: try JSONValue(parsing: fixture.bytes))
            messages = (answer?.choices ?? []).compactMap { $0.message?.requestMessage }
            let sent = (answer?.fields["choices"]?.arrayValue ?? []).compactMap { $0["message"] }
            #expect(messages.map(\.json) == sent, "nothing is lost on the way")
        }
        let request = CreateChatCompletionRequest(model: "m", messages: messages + [.user("Go on.")])
        #expect(request.violations == [])
    }

    @Test("finds what is wrong in the last of 10 000 messages")
    func long() {
        var messages = (0..<5000).flatMap { _ in [ChatCompletionRequestMessage.user("Hi"), .assistant("Hello")] }
        #expect(CreateChatCompletionRequest(model: "m", messages: messages).violations == [])
        messages[9999].content = .parts([])
        #expect(
            CreateChatCompletionRequest(model: "m", messages: messages).violations.map(\.path)
                == ["messages[9999].content"])
    }
}
