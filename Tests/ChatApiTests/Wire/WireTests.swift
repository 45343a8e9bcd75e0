import Testing

@testable import ChatApi

@Suite("The wire")
struct WireTests {
    @Test("requests read in Swift as they are meant, and are sent as the API has them")
    func callSites() {
        var request = CreateChatCompletionRequest(
            model: "gpt-4o",
            messages: [
                .system("Be brief."),
                .user([.text("What is this?"), .imageURL("https://example.org/i", detail: .low)]),
            ])
        request.tools = [.function(name: "f", description: "Does it.", parameters: ["type": "object"])]
        request.toolChoice = .required
        request.responseFormat = .jsonSchema(name: "x", schema: ["type": "object"], strict: true)
        request.stop = "END"
        request.reasoningEffort = ReasoningEffort.none
        request.audio = .init(voice: .alloy, format: .mp3)
        request.prediction = .content("as before")
        request.webSearchOptions = .init(location: .init(country: "IT"))
        request.moderation = .init(model: "m", policy: .init(input: .block, output: .score))
        #expect(
            request.json == [
                "model": "gpt-4o",
                "messages": [
                    ["role": "system", "content": "Be brief."],
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "What is this?"],
                            ["type": "image_url", "image_url": ["url": "https://example.org/i", "detail": "low"]],
                        ],
                    ],
                ],
                "tools": [
                    [
                        "type": "function",
                        "function": ["name": "f", "description": "Does it.", "parameters": ["type": "object"]],
                    ]
                ],
                "tool_choice": "required",
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": "x", "schema": ["type": "object"], "strict": true],
                ],
                "stop": "END", "reasoning_effort": "none", "audio": ["voice": "alloy", "format": "mp3"],
                "prediction": ["type": "content", "content": "as before"],
                "web_search_options": ["user_location": ["type": "approximate", "approximate": ["country": "IT"]]],
                "moderation": ["model": "m", "policy": ["input": ["mode": "block"], "output": ["mode": "score"]]],
            ])
        #expect(request.violations == [])
    }

    @Test("nothing is sent that wasn't set")
    func nothingUnset() {
        #expect(
            CreateChatCompletionRequest(model: "m", messages: []).json == ["model": "m", "messages": []])
        #expect(ChatCompletionTool.function(name: "f").json == ["type": "function", "function": ["name": "f"]])
        #expect(WebSearchOptions().json == [:])
        #expect(PromptCacheOptions().json == [:])
        #expect(ModerationOptions(model: "m").json == ["model": "m"])
        #expect(ChatCompletionContentPart.imageURL("u").json == ["type": "image_url", "image_url": ["url": "u"]])
    }

    @Test("an explicit null differs from an absent field, and reads as none")
    func null() {
        var request = CreateChatCompletionRequest(model: "m", messages: [])
        request.fields["stop"] = .null
        #expect(request.stop == nil)
        #expect(request.json == ["model": "m", "messages": [], "stop": nil])
        request.stop = nil
        #expect(request.json == ["model": "m", "messages": []])
    }

    @Test("fields that no property stands for are set and read by name")
    func byName() {
        var request = CreateChatCompletionRequest(model: "m", messages: [])
        request["top_k"] = 40
        request["provider"] = ["order": ["a"]] as JSONObject
        #expect(
            request.json == ["model": "m", "messages": [], "top_k": 40, "provider": ["order": ["a"]]])
        #expect(request["top_k"] == 40)
        #expect(request["top_k"] == String?.none)
        request["top_k"] = Int?.none
        #expect(request.fields["top_k"] == nil)
    }

    @Test("fields that no property stands for survive a change beside them, at every depth")
    func unknownFields() throws {
        let text = #"""
            {"x":1,"messages":[{"x":2,"role":"user","content":[{"x":3,"type":"image_url","image_url":{"x":4,"url":"u"}}]}],
            "tools":[{"x":5,"type":"function","function":{"x":6,"name":"f"}}],"tool_choice":{"x":7,"type":"function","function":{"name":"f"}},
            "response_format":{"x":8,"type":"json_schema","json_schema":{"x":9,"name":"n"}}}
            """#
        var request = try #require(CreateChatCompletionRequest(json: JSONValue(parsing: Array(text.utf8))))
        guard case .parts(var parts)? = request.messages[0].content else {
            Issue.record("parts are expected")
            return
        }
        parts[0].imageURL?.url = "U"
        request.messages[0].content = .parts(parts)
        request.tools?[0].function?.name = "F"
        request.responseFormat?.jsonSchema?.name = "N"
        let changed = text.replacing("\"u\"", with: "\"U\"").replacing("\"n\"", with: "\"N\"")
            .replacing("\"x\":6,\"name\":\"f\"", with: "\"x\":6,\"name\":\"F\"")
        #expect(request.json == (try JSONValue(parsing: Array(changed.utf8))))
    }

    @Test("a field of another type reads as none, and stays as it is")
    func otherTypes() {
        let fields: JSONObject = ["created": "now", "usage": [1], "choices": [7, ["index": 0]], "service_tier": 3]
        let response = CreateChatCompletionResponse(fields: fields)
        #expect(response.created == nil)
        #expect(response.usage == nil)
        #expect(response.choices.map(\.index) == [0])
        #expect(response.serviceTier == nil)
        #expect(response.json == .object(fields))
    }

    @Test("enumerations take values that nobody knows yet")
    func openEnumerations() {
        #expect(CreateChatCompletionResponse(fields: ["service_tier": "on_demand"]).serviceTier == "on_demand")
        var request = CreateChatCompletionRequest(model: "m", messages: [])
        request.serviceTier = "express"
        request.toolChoice = .mode("any")
        request.modalities = [.text, "image"]
        #expect(request.fields["service_tier"] == "express")
        #expect(request.fields["tool_choice"] == "any")
        #expect(request.fields["modalities"] == ["text", "image"])
        #expect("\(FinishReason.toolCalls)" == "tool_calls")
    }

    @Test("stop is sent as it was set, one text or several")
    func stop() {
        var request = CreateChatCompletionRequest(model: "m", messages: [])
        for (stop, json, sequences) in [
            ("a", "a", ["a"]), (["a"], ["a"], ["a"]), (["a", "b"], ["a", "b"], ["a", "b"]), ([], [], []),
        ] as [(StopConfiguration, JSONValue, [String])] {
            request.stop = stop
            #expect(request.fields["stop"] == json)
            #expect(request.stop == stop)
            #expect(request.stop?.sequences == sequences)
        }
        #expect(CreateChatCompletionRequest(fields: ["stop": 7]).stop == nil)
    }

    @Test("what an answer brings is read through properties")
    func answer() throws {
        let text = #"""
            {"choices":[{"index":0,"finish_reason":"stop","logprobs":{"content":[{"token":"\ud83d","logprob":-0.5,"bytes":[240,159],
            "top_logprobs":[{"token":"a","logprob":-1.5,"bytes":null}]}],"refusal":null},"message":{"role":"assistant","content":"See [1].",
            "annotations":[{"type":"url_citation","url_citation":{"start_index":4,"end_index":7,"url":"https://example.org","title":"E"}}],
            "audio":{"id":"audio_1","data":"AA==","expires_at":9,"transcript":"See."},
            "tool_calls":[{"id":"c","type":"custom","custom":{"name":"sh","input":"ls"}}]}}],
            "moderation":{"input":{"type":"moderation_results","model":"m","results":[{"type":"moderation_result","flagged":true,
            "category_scores":{"hate":0.25},"category_applied_input_types":{"hate":["text"]}}]},"output":{"type":"error","code":"c","message":"m"}}}
            """#
        let response = try #require(CreateChatCompletionResponse(json: JSONValue(parsing: Array(text.utf8))))
        let choice = try #require(response.choices.first)
        #expect(choice.logprobs?.content?.first?.bytes == [240, 159])
        #expect(choice.logprobs?.content?.first?.topLogprobs?.first?.logprob == -1.5)
        #expect(choice.logprobs?.content?.first?.topLogprobs?.first?.bytes == nil)
        #expect(choice.logprobs?.refusal == nil)
        let message = try #require(choice.message)
        #expect(message.annotations?.first?.urlCitation?.url == "https://example.org")
        #expect(message.audio?.expiresAt == 9)
        #expect(message.toolCalls?.first?.name == "sh")
        #expect(message.toolCalls?.first?.arguments == "ls")
        // Of audio goes back the id alone, of everything else all.
        var sent = message.fields
        sent["audio"] = ["id": "audio_1"]
        #expect(message.requestMessage.fields == sent)
        #expect(message.requestMessage.audio?.id == "audio_1")
        #expect(ChatCompletionResponseMessage(fields: ["content": "a"]).requestMessage == .assistant("a"))
        let result = response.moderation?.input?.results?.first
        #expect(response.moderation?.input?.type == .results)
        #expect(result?.flagged == true)
        #expect(result?.categoryScores == ["hate": 0.25])
        #expect(result?.categoryAppliedInputTypes == ["hate": [.text]])
        #expect(response.moderation?.output?.type == .error)
        #expect(response.moderation?.output?.message == "m")
    }
}
