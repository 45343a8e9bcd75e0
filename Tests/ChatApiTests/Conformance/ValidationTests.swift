import Testing

@testable import ChatApi

@Suite("Validation of a request")
struct ValidationTests {
    private static func violations(_ fields: JSONObject) -> [String] {
        let request: JSONObject = ["model": "m", "messages": [["role": "user", "content": "Hi"]]]
        return CreateChatCompletionRequest(fields: request.merging(fields)).violations.map(\.description)
    }

    @Test("tells everything that is wrong, each with its path, the limit and the value")
    func all() {
        var request = CreateChatCompletionRequest(model: "m", messages: [.user("Hi"), .user([])])
        request.temperature = 3.5
        request.topP = -0.1
        request.n = 129
        request.stop = ["1", "2", "3", "4", "5"]
        request.fields["max_tokens"] = 1.5
        request.fields["store"] = "yes"
        #expect(
            request.violations.map(\.description) == [
                "messages[1].content must have at least 1 element, and has 0",
                "temperature must be from 0 to 2, and is 3.5",
                "top_p must be from 0 to 1, and is -0.1",
                "max_tokens must be a whole number, and is 1.5",
                "n must be from 1 to 128, and is 129",
                "stop must have 1 to 4 elements, and has 5",
                "store must be a boolean, and is a string",
            ])
        #expect(
            CreateChatCompletionRequest(fields: [:]).violations
                == [
                    RequestViolation(path: "model", reason: "is required"),
                    RequestViolation(path: "messages", reason: "is required"),
                ])
    }

    @Test("knows the limits that the specification has in prose", arguments: prose)
    func proseLimits(fields: JSONObject, expected: [String]) {
        #expect(Self.violations(fields) == expected)
    }

    private static let prose: [(JSONObject, [String])] = [
        (["top_logprobs": 5], ["top_logprobs needs logprobs to be true"]),
        (["top_logprobs": 5, "logprobs": false], ["top_logprobs needs logprobs to be true"]),
        (["top_logprobs": 5, "logprobs": true], []),
        (["stream_options": [:]], ["stream_options is only allowed when stream is true"]),
        (["stream_options": [:], "stream": true], []),
        (["modalities": ["text", "audio"]], ["audio is required when modalities has audio"]),
        (["modalities": ["audio"], "audio": ["voice": "alloy", "format": "mp3"]], []),
        (["modalities": ["text"]], []),
        (["logit_bias": ["1": -100, "2": 100]], []),
        (["logit_bias": ["1": -101]], ["logit_bias[\"1\"] must be from -100 to 100, and is -101"]),
        (["logit_bias": ["1": 0.5]], ["logit_bias[\"1\"] must be a whole number, and is 0.5"]),
        (["metadata": .object(pairs(16))], []),
        (["metadata": .object(pairs(17))], ["metadata must have at most 16 pairs, and has 17"]),
        (["metadata": ["k": .string(text(512))]], []),
        (["metadata": ["k": .string(text(513))]], ["metadata[\"k\"] must have at most 512 characters, and has 513"]),
        (["metadata": .object([text(64): "v"])], []),
        (
            ["metadata": .object([text(65): "v"])],
            ["metadata[\"\(text(64))…\"] must have a key of at most 64 characters, and has 65"]
        ),
        (
            ["metadata": ["a\"\n": 1]],
            [#"metadata["a\"\n"] must be a string, and is a number"#]
        ),
        (["seed": .number(JSONNumber(unchecked: "9223372036854775807"))], []),
        (["seed": .number(JSONNumber(unchecked: "-9223372036854775808"))], []),
        (
            ["seed": .number(JSONNumber(unchecked: "9223372036854775808"))],
            ["seed must be from -9223372036854775808 to 9223372036854775807, and is 9223372036854775808"]
        ),
        (
            ["seed": .number(JSONNumber(unchecked: "-9223372036854775809"))],
            ["seed must be from -9223372036854775808 to 9223372036854775807, and is -9223372036854775809"]
        ),
        (["n": 2.0, "max_tokens": .number(JSONNumber(unchecked: "1e3"))], []),
        (["max_tokens": .number(JSONNumber(unchecked: String(repeating: "9", count: 30)))], []),
        (
            ["temperature": .number(JSONNumber(unchecked: "1e400"))],
            ["temperature must be from 0 to 2, and is 1e400"]
        ),
        (
            ["n": .number(JSONNumber(unchecked: String(repeating: "9", count: 1000)))],
            ["n must be from 1 to 128, and is \(String(repeating: "9", count: 64))…"]
        ),
    ]

    private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }
    private static func pairs(_ count: Int) -> JSONObject { JSONObject((0..<count).map { ("\($0)", "v") }) }

    @Test(
        "wants names of functions and formats to be 1 to 64 of A to Z, a to z, 0 to 9, _ and -",
        arguments: [
            ("get_weather-2", []), (text(64), []), ("", ["must not be empty"]),
            (text(65), ["must have at most 64 characters, and has 65"]),
            ("a b", ["must be made of A to Z, a to z, 0 to 9, _ and -, and has U+0020"]),
            ("naïve", ["must be made of A to Z, a to z, 0 to 9, _ and -, and has U+00EF"]),
            ("𝟏", ["must be made of A to Z, a to z, 0 to 9, _ and -, and has U+1D7CF"]),
        ])
    func names(name: String, reasons: [String]) {
        #expect(
            Self.violations(["tools": [ChatCompletionTool.function(name: name).json]])
                == reasons.map { "tools[0].function.name \($0)" })
        #expect(
            Self.violations(["functions": [FunctionObject(name: name).json]])
                == reasons.map { "functions[0].name \($0)" })
        #expect(
            Self.violations(["response_format": ResponseFormat.jsonSchema(name: name).json])
                == reasons.map { "response_format.json_schema.name \($0)" })
    }

    @Test("counts characters as Unicode scalars")
    func scalars() {
        // Each flag is one character to Swift, two scalars, and eight bytes.
        #expect(Self.violations(["safety_identifier": .string(String(repeating: "🇮🇹", count: 32))]) == [])
        #expect(
            Self.violations(["safety_identifier": .string(String(repeating: "🇮🇹", count: 33))])
                == ["safety_identifier must have at most 64 characters, and has 66"])
    }

    @Test("allows four prompt cache breakpoints, and three beside the server's own")
    func breakpoints() {
        func request(_ count: Int, _ mode: PromptCacheMode?) -> CreateChatCompletionRequest {
            var request = CreateChatCompletionRequest(
                model: "m",
                messages: (0..<count).map { .user([.text("Hi"), .text("part \($0)").endingCachedPrefix()]) })
            request.promptCacheOptions = mode.map { PromptCacheOptions(mode: $0) }
            return request
        }
        #expect(request(4, nil).violations.isEmpty)
        #expect(request(4, .explicit).violations.isEmpty)
        #expect(request(3, .implicit).violations.isEmpty)
        #expect(
            request(5, nil).violations.map(\.description)
                == ["messages must have at most 4 prompt cache breakpoints, and has 5"])
        #expect(
            request(4, .implicit).violations.map(\.description)
                == ["messages must have at most 3 prompt cache breakpoints, and has 4"])
    }

    @Test(
        "wants an assistant's message to say something or to call tools",
        arguments: [
            ([:], false), (["content": nil], false), (["content": nil, "tool_calls": []], false),
            (["content": ""], true), (["refusal": "no"], true), (["audio": ["id": "a"]], true),
            (["tool_calls": [["id": "c", "type": "function", "function": ["name": "f", "arguments": "{}"]]]], true),
            (["content": nil, "function_call": ["name": "f", "arguments": "{}"]], true),
            (["content": nil, "reasoning_content": "Hm."], true),
        ] as [(JSONObject, Bool)])
    func assistant(fields: JSONObject, isFine: Bool) {
        let message = (["role": "assistant"] as JSONObject).merging(fields)
        #expect(
            Self.violations(["messages": [.object(message)]])
                == (isFine ? [] : ["messages[0].content is required without tool_calls"]))
    }

    @Test("wants an assistant's parts to be text, or exactly one refusal")
    func assistantParts() {
        func violations(_ parts: [ChatCompletionContentPart]) -> [String] {
            Self.violations(["messages": [ChatCompletionRequestMessage.assistant(.parts(parts)).json]])
        }
        #expect(violations([.text("a"), .text("b")]) == [])
        #expect(violations([.refusal("no")]) == [])
        #expect(violations([.init(fields: ["type": "thinking", "thinking": []]), .text("a")]) == [])
        let reason = "messages[0].content must be only text, or exactly 1 refusal, and has"
        #expect(violations([.refusal("no"), .text("a")]) == ["\(reason) 1 refusal among 2 parts"])
        #expect(violations([.refusal("no"), .refusal("no")]) == ["\(reason) 2 refusals among 2 parts"])
    }
}
