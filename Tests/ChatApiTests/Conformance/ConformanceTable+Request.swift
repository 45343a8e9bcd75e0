import ChatApi

extension ConformanceTable {
    /// The body of a request.
    mutating func addRequest() {
        object("CreateChatCompletionRequest", CreateChatCompletionRequest.self) { row in
            row("model", \.model, "gpt-4o", "gpt-4o")
            row("stream", \.stream, true, true)
            row("stream_options", \.streamOptions, .init(includeUsage: true), ["include_usage": true])
            row("modalities", \.modalities, [.text, .audio], ["text", "audio"])
            row("audio", \.audio, .init(voice: .alloy, format: .mp3), ["voice": "alloy", "format": "mp3"])
            row("response_format", \.responseFormat, .text, ["type": "text"])
            row("response_format", \.responseFormat, .jsonObject, ["type": "json_object"])
            row(
                "response_format", \.responseFormat,
                .jsonSchema(name: "n", description: "d", schema: ["type": "object"], strict: true),
                [
                    "type": "json_schema",
                    "json_schema": ["name": "n", "description": "d", "schema": ["type": "object"], "strict": true],
                ])
            row("verbosity", \.verbosity, .low, "low")
            row("prediction", \.prediction, .content("like this"), ["type": "content", "content": "like this"])
            row("reasoning_effort", \.reasoningEffort, .xhigh, "xhigh")
            row(
                "web_search_options", \.webSearchOptions,
                .init(searchContextSize: .high, location: .init(country: "US")),
                [
                    "search_context_size": "high",
                    "user_location": ["type": "approximate", "approximate": ["country": "US"]],
                ])
            row("parallel_tool_calls", \.parallelToolCalls, false, false)
            row("temperature", \.temperature, 0.5, 0.5)
            row("top_p", \.topP, 1, 1)
            row("frequency_penalty", \.frequencyPenalty, -1.5, -1.5)
            row("presence_penalty", \.presencePenalty, 2, 2)
            row("logit_bias", \.logitBias, ["50256": -100], ["50256": -100])
            row("max_completion_tokens", \.maxCompletionTokens, 7, 7)
            row("max_tokens", \.maxTokens, 7, 7)
            row("n", \.n, 2, 2)
            row("seed", \.seed, .min, .number(JSONNumber(.min)))
            row("stop", \.stop, "END", "END")
            row("stop", \.stop, ["a", "b"], ["a", "b"])
            row("logprobs", \.logprobs, true, true)
            row("top_logprobs", \.topLogprobs, 20, 20)
            row("metadata", \.metadata, ["k": "v"], ["k": "v"])
            row("moderation", \.moderation, .init(model: "m"), ["model": "m"])
            row("prompt_cache_key", \.promptCacheKey, "k", "k")
            row(
                "prompt_cache_options", \.promptCacheOptions, .init(mode: .explicit, timeToLive: .thirtyMinutes),
                ["mode": "explicit", "ttl": "30m"])
            row("prompt_cache_retention", \.promptCacheRetention, .inMemory, "in_memory")
            row("safety_identifier", \.safetyIdentifier, "id", "id")
            row("service_tier", \.serviceTier, .flex, "flex")
            row("store", \.store, true, true)
            row("user", \.user, "id", "id")
        }
        addTools()
        addOptions()
    }

    private mutating func addTools() {
        object("CreateChatCompletionRequest", CreateChatCompletionRequest.self) { row in
            row(
                "tools", \.tools, [.function(name: "f", parameters: [:])],
                [["type": "function", "function": ["name": "f", "parameters": [:]]]])
            row("tools", \.tools, [.custom(name: "c")], [["type": "custom", "custom": ["name": "c"]]])
            row("tool_choice", \.toolChoice, .required, "required")
            row("tool_choice", \.toolChoice, .function("f"), ["type": "function", "function": ["name": "f"]])
            row("tool_choice", \.toolChoice, .custom("c"), ["type": "custom", "custom": ["name": "c"]])
            row(
                "tool_choice", \.toolChoice, .allowedTools(.auto, [.function(name: "f")]),
                [
                    "type": "allowed_tools",
                    "allowed_tools": ["mode": "auto", "tools": [["type": "function", "function": ["name": "f"]]]],
                ])
            row("functions", \.functions, [.init(name: "f", description: "d")], [["name": "f", "description": "d"]])
            row("function_call", \.functionCall, .auto, "auto")
            row("function_call", \.functionCall, .function("f"), ["name": "f"])
        }
        object("ChatCompletionTool", ChatCompletionTool.self) { row in
            row("type", \.type, .function, "function")
            row("function", \.function, .init(name: "f", strict: false), ["name": "f", "strict": false])
        }
        object("FunctionObject", FunctionObject.self) { row in
            row("name", \.name, "f", "f")
            row("description", \.description, "d", "d")
            row("parameters", \.parameters, ["type": "object"], ["type": "object"])
            row("strict", \.strict, true, true)
        }
        object("ChatCompletionFunctions", FunctionObject.self) { row in
            row("name", \.name, "f", "f")
            row("description", \.description, "d", "d")
            row("parameters", \.parameters, ["type": "object"], ["type": "object"])
        }
        object("CustomToolChatCompletions", ChatCompletionTool.self) { row in
            row("type", \.type, .custom, "custom")
            row("custom", \.custom, .init(fields: ["name": "c"]), ["name": "c"])
        }
        object("CustomToolChatCompletions.custom", CustomTool.self) { row in
            row("name", \.name, "c", "c")
            row("description", \.description, "d", "d")
            row("format", \.format, .text, ["type": "text"])
            row(
                "format", \.format, .grammar("start: \"x\"", syntax: .lark),
                ["type": "grammar", "grammar": ["definition": "start: \"x\"", "syntax": "lark"]])
        }
        object("CustomToolChatCompletions.custom.format", CustomTool.Format.self) { row in
            row("type", \.type, .text, "text")
            row("type", \.type, .grammar, "grammar")
            row(
                "grammar", \.grammar, .init(fields: ["definition": "x", "syntax": "regex"]),
                ["definition": "x", "syntax": "regex"])
        }
        object("CustomToolChatCompletions.custom.format.grammar", CustomTool.Grammar.self) { row in
            row("definition", \.definition, "x", "x")
            row("syntax", \.syntax, .regex, "regex")
        }
        object("ChatCompletionNamedToolChoice", ChatCompletionNamedToolChoice.self) { row in
            row("type", \.type, .function, "function")
            row("function", \.function, .init(fields: ["name": "f"]), ["name": "f"])
        }
        object("ChatCompletionNamedToolChoiceCustom", ChatCompletionNamedToolChoice.self) { row in
            row("type", \.type, .custom, "custom")
            row("custom", \.custom, .init(fields: ["name": "c"]), ["name": "c"])
        }
        object("ChatCompletionAllowedToolsChoice", ChatCompletionNamedToolChoice.self) { row in
            row("type", \.type, .allowedTools, "allowed_tools")
            row(
                "allowed_tools", \.allowedTools, .init(fields: ["mode": "auto", "tools": []]),
                ["mode": "auto", "tools": []])
        }
        object("ChatCompletionAllowedTools", ChatCompletionNamedToolChoice.AllowedTools.self) { row in
            row("mode", \.mode, .required, "required")
            row.list("tools", \.tools, [.custom(name: "c")], [["type": "custom", "custom": ["name": "c"]]])
        }
        for path in [
            "ChatCompletionNamedToolChoice.function", "ChatCompletionNamedToolChoiceCustom.custom",
            "ChatCompletionFunctionCallOption",
        ] {
            object(path, ChatCompletionNamedToolChoice.ToolName.self) { row in row("name", \.name, "f", "f") }
        }
    }

    private mutating func addOptions() {
        object("ChatCompletionStreamOptions", ChatCompletionStreamOptions.self) { row in
            row("include_usage", \.includeUsage, true, true)
            row("include_obfuscation", \.includeObfuscation, false, false)
        }
        object("CreateChatCompletionRequest.audio", ChatCompletionAudioParameters.self) { row in
            row("voice", \.voice, .named(.alloy), "alloy")
            row("voice", \.voice, .custom(id: "voice_1"), ["id": "voice_1"])
            row("format", \.format, .pcm16, "pcm16")
        }
        object("VoiceIdsOrCustomVoice", CustomVoice.self) { row in row("id", \.id, "voice_1", "voice_1") }
        object("ResponseFormatText", ResponseFormat.self) { row in row("type", \.type, .text, "text") }
        object("ResponseFormatJsonObject", ResponseFormat.self) { row in
            row("type", \.type, .jsonObject, "json_object")
        }
        object("ResponseFormatJsonSchema", ResponseFormat.self) { row in
            row("type", \.type, .jsonSchema, "json_schema")
            row("json_schema", \.jsonSchema, .init(fields: ["name": "n"]), ["name": "n"])
        }
        object("ResponseFormatJsonSchema.json_schema", ResponseFormat.JSONSchema.self) { row in
            row("name", \.name, "n", "n")
            row("description", \.description, "d", "d")
            row("schema", \.schema, ["type": "object"], ["type": "object"])
            row("strict", \.strict, true, true)
        }
        object("PredictionContent", PredictionContent.self) { row in
            row("type", \.type, .content, "content")
            row("content", \.content, "t", "t")
            row("content", \.content, [.text("t")], [["type": "text", "text": "t"]])
        }
        object("CreateChatCompletionRequest.web_search_options", WebSearchOptions.self) { row in
            row(
                "user_location", \.userLocation, .approximate(.init(city: "Rome")),
                ["type": "approximate", "approximate": ["city": "Rome"]])
            row("search_context_size", \.searchContextSize, .low, "low")
        }
        object("CreateChatCompletionRequest.web_search_options.user_location", WebSearchUserLocation.self) { row in
            row("type", \.type, .approximate, "approximate")
            row("approximate", \.approximate, .init(region: "Lazio"), ["region": "Lazio"])
        }
        object("WebSearchLocation", WebSearchLocation.self) { row in
            row("country", \.country, "US", "US")
            row("region", \.region, "California", "California")
            row("city", \.city, "San Francisco", "San Francisco")
            row("timezone", \.timezone, "America/Los_Angeles", "America/Los_Angeles")
        }
        object("ModerationParam", ModerationOptions.self) { row in
            row("model", \.model, "m", "m")
            row("policy", \.policy, .init(input: .score), ["input": ["mode": "score"]])
        }
        object("ModerationPolicyParam", ModerationPolicy.self) { row in
            row("input", \.input, .init(fields: ["mode": "block"]), ["mode": "block"])
            row("output", \.output, .init(fields: ["mode": "score"]), ["mode": "score"])
        }
        object("ModerationConfigParam", ModerationPolicy.Rule.self) { row in row("mode", \.mode, .block, "block") }
        object("PromptCacheOptionsParam", PromptCacheOptions.self) { row in
            row("mode", \.mode, .implicit, "implicit")
            row("ttl", \.timeToLive, .thirtyMinutes, "30m")
        }
        object("PromptCacheBreakpointParam", PromptCacheBreakpoint.self) { row in
            row("mode", \.mode, .explicit, "explicit")
        }
    }
}
