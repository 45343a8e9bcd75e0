import ChatApi

extension ConformanceTable {
    /// A whole answer, and the chunks of a streamed one.
    mutating func addAnswers() {
        object("CreateChatCompletionResponse", CreateChatCompletionResponse.self) { row in
            row("id", \.id, "c", "c")
            row("object", \.object, .chatCompletion, "chat.completion")
            row("model", \.model, "m", "m")
            row("created", \.created, 1_700_000_000, 1_700_000_000)
            let choice: JSONObject = [
                "index": 0, "finish_reason": "stop", "logprobs": nil,
                "message": ["role": "assistant", "content": "Hi", "refusal": nil],
            ]
            row.list("choices", \.choices, [.init(fields: choice)], [.object(choice)])
            row("usage", \.usage, .init(fields: Self.usage), .object(Self.usage))
            row("metadata", \.metadata, ["k": "v"], ["k": "v"])
            row("moderation", \.moderation, .init(fields: Self.moderation), .object(Self.moderation))
            row("service_tier", \.serviceTier, .priority, "priority")
            row("system_fingerprint", \.systemFingerprint, "fp", "fp")
        }
        object("CreateChatCompletionResponse.choices[]", CreateChatCompletionResponse.Choice.self) { row in
            row("index", \.index, 1, 1)
            row("finish_reason", \.finishReason, .toolCalls, "tool_calls")
            row("logprobs", \.logprobs, .init(fields: Self.logprobs), .object(Self.logprobs))
            let message: JSONObject = ["role": "assistant", "content": nil, "refusal": "no"]
            row("message", \.message, .init(fields: message), .object(message))
        }
        object("ChatCompletionResponseMessage", ChatCompletionResponseMessage.self) { row in
            row("role", \.role, .assistant, "assistant")
            row("content", \.content, "Hi", "Hi")
            row("refusal", \.refusal, "no", "no")
            row(
                "tool_calls", \.toolCalls, [.function(id: "c", name: "f", arguments: "{}")],
                [["id": "c", "type": "function", "function": ["name": "f", "arguments": "{}"]]])
            row(
                "tool_calls", \.toolCalls, [.custom(id: "c", name: "f", input: "i")],
                [["id": "c", "type": "custom", "custom": ["name": "f", "input": "i"]]])
            row("function_call", \.functionCall, .init(name: "f", arguments: ""), ["name": "f", "arguments": ""])
            let citation: JSONObject = ["type": "url_citation", "url_citation": .object(Self.citation)]
            row("annotations", \.annotations, [.init(fields: citation)], [.object(citation)])
            let audio: JSONObject = ["id": "a", "data": "AA==", "expires_at": 1, "transcript": "Hi"]
            row("audio", \.audio, .init(fields: audio), .object(audio))
        }
        object("ChatCompletionResponseMessage.annotations[]", ChatCompletionAnnotation.self) { row in
            row("type", \.type, .urlCitation, "url_citation")
            row("url_citation", \.urlCitation, .init(fields: Self.citation), .object(Self.citation))
        }
        object("ChatCompletionResponseMessage.annotations[].url_citation", ChatCompletionAnnotation.URLCitation.self) {
            row in
            row("start_index", \.startIndex, 3, 3)
            row("end_index", \.endIndex, 9, 9)
            row("url", \.url, "https://example.org", "https://example.org")
            row("title", \.title, "Example", "Example")
        }
        object("ChatCompletionResponseMessage.audio", ChatCompletionAudio.self) { row in
            row("id", \.id, "audio_1", "audio_1")
            row("data", \.data, "AA==", "AA==")
            row("expires_at", \.expiresAt, 1_700_000_000, 1_700_000_000)
            row("transcript", \.transcript, "Hi", "Hi")
        }
        addUsage()
        addLogprobs()
        addModeration()
        addChunks()
    }

    private mutating func addUsage() {
        object("CompletionUsage", CompletionUsage.self) { row in
            row("prompt_tokens", \.promptTokens, 1, 1)
            row("completion_tokens", \.completionTokens, 2, 2)
            row("total_tokens", \.totalTokens, 3, 3)
            row(
                "completion_tokens_details", \.completionTokensDetails, .init(fields: ["text_tokens": 2]),
                ["text_tokens": 2])
            row(
                "prompt_tokens_details", \.promptTokensDetails, .init(fields: ["text_tokens": 1]), ["text_tokens": 1])
        }
        object("CompletionUsage.completion_tokens_details", CompletionUsage.CompletionTokensDetails.self) { row in
            row("accepted_prediction_tokens", \.acceptedPredictionTokens, 1, 1)
            row("audio_tokens", \.audioTokens, 2, 2)
            row("reasoning_tokens", \.reasoningTokens, 3, 3)
            row("rejected_prediction_tokens", \.rejectedPredictionTokens, 4, 4)
            row("text_tokens", \.textTokens, 5, 5)
        }
        object("CompletionUsage.prompt_tokens_details", CompletionUsage.PromptTokensDetails.self) { row in
            row("audio_tokens", \.audioTokens, 1, 1)
            row("cache_write_tokens", \.cacheWriteTokens, 2, 2)
            row("cached_tokens", \.cachedTokens, 3, 3)
            row("image_tokens", \.imageTokens, 4, 4)
            row("text_tokens", \.textTokens, 5, 5)
        }
    }

    private mutating func addLogprobs() {
        let token: JSONObject = ["token": "t", "logprob": -0.5, "bytes": [116], "top_logprobs": []]
        for path in [
            "CreateChatCompletionResponse.choices[].logprobs", "CreateChatCompletionStreamResponse.choices[].logprobs",
        ] {
            object(path, ChatCompletionLogprobs.self) { row in
                row("content", \.content, [.init(fields: token)], [.object(token)])
                row("refusal", \.refusal, [.init(fields: token)], [.object(token)])
            }
        }
        object("ChatCompletionTokenLogprob", ChatCompletionTokenLogprob.self) { row in
            row("token", \.token, "t", "t")
            row("logprob", \.logprob, -9999, -9999)
            row("bytes", \.bytes, [116], [116])
            let top: JSONObject = ["token": "t", "logprob": -0.5, "bytes": nil]
            row("top_logprobs", \.topLogprobs, [.init(fields: top)], [.object(top)])
        }
        object("ChatCompletionTokenLogprob.top_logprobs[]", ChatCompletionTokenLogprob.TopLogprob.self) { row in
            row("token", \.token, "t", "t")
            row("logprob", \.logprob, -0.5, -0.5)
            row("bytes", \.bytes, [116], [116])
        }
    }

    private mutating func addModeration() {
        object("ChatCompletionModeration", ChatCompletionModeration.self) { row in
            row("input", \.input, .init(fields: Self.moderated), .object(Self.moderated))
            row("input", \.input, .init(fields: Self.notModerated), .object(Self.notModerated))
            row("output", \.output, .init(fields: Self.moderated), .object(Self.moderated))
            row("output", \.output, .init(fields: Self.notModerated), .object(Self.notModerated))
        }
        object("ChatCompletionModerationResults", ModerationOutcome.self) { row in
            row("type", \.type, .results, "moderation_results")
            row("model", \.model, "m", "m")
            row("results", \.results, [.init(fields: Self.result)], [.object(Self.result)])
        }
        object("ChatCompletionModerationError", ModerationOutcome.self) { row in
            row("type", \.type, .error, "error")
            row("code", \.code, "c", "c")
            row("message", \.message, "m", "m")
        }
        object("ModerationResultBody", ModerationResult.self) { row in
            row("type", \.type, .result, "moderation_result")
            row("model", \.model, "m", "m")
            row("flagged", \.flagged, true, true)
            row("categories", \.categories, ["hate": false], ["hate": false])
            row("category_scores", \.categoryScores, ["hate": 0.25], ["hate": 0.25])
            row(
                "category_applied_input_types", \.categoryAppliedInputTypes, ["hate": [.text, .image]],
                ["hate": ["text", "image"]])
        }
    }

    private mutating func addChunks() {
        object("CreateChatCompletionStreamResponse", CreateChatCompletionStreamResponse.self) { row in
            row("id", \.id, "c", "c")
            row("object", \.object, .chatCompletionChunk, "chat.completion.chunk")
            row("model", \.model, "m", "m")
            row("created", \.created, 1_700_000_000, 1_700_000_000)
            let choice: JSONObject = ["index": 0, "delta": [:], "finish_reason": nil]
            row.list("choices", \.choices, [.init(fields: choice)], [.object(choice)])
            row("usage", \.usage, .init(fields: Self.usage), .object(Self.usage))
            row("moderation", \.moderation, .init(fields: Self.moderation), .object(Self.moderation))
            row("obfuscation", \.obfuscation, "aaa", "aaa")
            row("service_tier", \.serviceTier, .default, "default")
            row("system_fingerprint", \.systemFingerprint, "fp", "fp")
        }
        object("CreateChatCompletionStreamResponse.choices[]", CreateChatCompletionStreamResponse.Choice.self) { row in
            row("index", \.index, 1, 1)
            row("delta", \.delta, .init(fields: ["content": "H"]), ["content": "H"])
            row("finish_reason", \.finishReason, .length, "length")
            row("logprobs", \.logprobs, .init(fields: Self.logprobs), .object(Self.logprobs))
        }
        object("ChatCompletionStreamResponseDelta", ChatCompletionStreamResponseDelta.self) { row in
            row("role", \.role, .assistant, "assistant")
            row("content", \.content, "H", "H")
            row("refusal", \.refusal, "n", "n")
            row("tool_calls", \.toolCalls, [.init(fields: ["index": 0, "id": "c"])], [["index": 0, "id": "c"]])
            row("function_call", \.functionCall, .init(fields: ["arguments": "{"]), ["arguments": "{"])
        }
        object("ChatCompletionMessageToolCallChunk", ChatCompletionMessageToolCallChunk.self) { row in
            row("index", \.index, 0, 0)
            row("id", \.id, "c", "c")
            row("type", \.type, .function, "function")
            row("function", \.function, .init(fields: ["name": "f"]), ["name": "f"])
        }
    }

    private static let usage: JSONObject = ["prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3]
    private static let logprobs: JSONObject = ["content": [], "refusal": nil]
    private static let citation: JSONObject = [
        "start_index": 0, "end_index": 5, "url": "https://example.org", "title": "Example",
    ]
    private static let result: JSONObject = [
        "type": "moderation_result", "model": "m", "flagged": false, "categories": ["hate": false],
        "category_scores": ["hate": 0.1], "category_applied_input_types": ["hate": ["text"]],
    ]
    private static let moderated: JSONObject = [
        "type": "moderation_results", "model": "m", "results": [.object(result)],
    ]
    private static let notModerated: JSONObject = ["type": "error", "code": "c", "message": "m"]
    private static let moderation: JSONObject = ["input": .object(moderated), "output": .object(notModerated)]
}
