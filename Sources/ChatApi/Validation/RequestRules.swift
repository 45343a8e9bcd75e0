// The specification's schema of the request, in its order of concepts. What it says only in prose, and what follows from several fields, is in
// `RequestValidator+Prose.swift`.

extension FieldRule {
    /// The body of `POST /chat/completions`.
    static let request: [FieldRule] =
        [
            .required("model", .string()),
            .required("messages", .array(of: .message, count: CountRule(atLeast: 1))),
            .optional("stream", .boolean),
            .optional(
                "stream_options",
                .object([.optional("include_usage", .boolean), .optional("include_obfuscation", .boolean)])),
            .optional("modalities", .array(of: .string())),
            .optional(
                "audio",
                .object([
                    .required("voice", .either(.string(), .object([.required("id", .string())]))),
                    .required("format", .string()),
                ])),
            .optional("response_format", .responseFormat),
            .optional("verbosity", .string()),
            .optional("prediction", .object([.required("type", .string()), .required("content", .content)])),
            .optional("reasoning_effort", .string()),
            .optional("web_search_options", .webSearchOptions),
        ] + tools + sampling + service

    private static let sampling: [FieldRule] = [
        .optional("temperature", .number(0...2)),
        .optional("top_p", .number(0...1)),
        .optional("frequency_penalty", .number(-2...2)),
        .optional("presence_penalty", .number(-2...2)),
        .optional("logit_bias", .map(of: .integer(-100...100))),
        .optional("max_completion_tokens", .integer()),
        .optional("max_tokens", .integer()),
        .optional("n", .integer(1...128)),
        .optional("seed", .integer(Int(Int64.min)...Int(Int64.max))),
        .optional("stop", .either(.string(), .array(of: .string(), count: CountRule(atLeast: 1, atMost: 4)))),
        .optional("logprobs", .boolean),
        .optional("top_logprobs", .integer(0...20)),
    ]

    private static let service: [FieldRule] = [
        .optional("metadata", .metadata),
        .optional("moderation", .moderation),
        .optional("prompt_cache_key", .string()),
        .optional(
            "prompt_cache_options", .object([.optional("mode", .string()), .optional("ttl", .string())])),
        .optional("prompt_cache_retention", .string()),
        .optional("safety_identifier", .string(atMost: 64)),
        .optional("service_tier", .string()),
        .optional("store", .boolean),
        .optional("user", .string()),
    ]

    private static let tools: [FieldRule] = [
        .optional("tools", .array(of: .tool)),
        .optional("tool_choice", .either(.string(), .toolChoice)),
        .optional("parallel_tool_calls", .boolean),
        .optional("functions", .array(of: .object(function), count: CountRule(atLeast: 1, atMost: 128))),
        .optional("function_call", .either(.string(), .object([.required("name", .string())]))),
    ]

    fileprivate static let function: [FieldRule] = [
        .required("name", .name), .optional("description", .string()), .optional("parameters", .anyObject),
        .optional("strict", .boolean),
    ]
}

extension ValueRule {
    /// Pairs kept with a stored completion.
    static let metadata = ValueRule.map(of: .string(atMost: 512), count: CountRule(atMost: 16), keysAtMost: 64)

    fileprivate static let responseFormat = ValueRule.variants(
        by: .required("type", .string()),
        [
            "json_schema": [
                .required(
                    "json_schema",
                    .object([
                        .required("name", .name), .optional("description", .string()),
                        .optional("schema", .anyObject), .optional("strict", .boolean),
                    ]))
            ]
        ])

    fileprivate static let webSearchOptions = ValueRule.object([
        .optional("search_context_size", .string()),
        .optional(
            "user_location",
            .object([
                .required("type", .string()),
                .required(
                    "approximate",
                    .object([
                        .optional("country", .string()), .optional("region", .string()), .optional("city", .string()),
                        .optional("timezone", .string()),
                    ])),
            ])),
    ])

    fileprivate static let moderation = ValueRule.object([
        .required("model", .string()),
        .optional(
            "policy",
            .object([
                .optional("input", .object([.required("mode", .string())])),
                .optional("output", .object([.required("mode", .string())])),
            ])),
    ])

    fileprivate static let tool = ValueRule.variants(
        by: .required("type", .string()),
        [
            "function": [.required("function", .object(FieldRule.function))],
            "custom": [
                .required(
                    "custom",
                    .object([
                        .required("name", .string()), .optional("description", .string()),
                        .optional("format", .customToolFormat),
                    ]))
            ],
        ])

    private static let customToolFormat = ValueRule.variants(
        by: .required("type", .string()),
        [
            "grammar": [
                .required(
                    "grammar", .object([.required("definition", .string()), .required("syntax", .string())]))
            ]
        ])

    fileprivate static let toolChoice = ValueRule.variants(
        by: .required("type", .string()),
        [
            "function": [.required("function", .object([.required("name", .string())]))],
            "custom": [.required("custom", .object([.required("name", .string())]))],
            "allowed_tools": [
                .required(
                    "allowed_tools",
                    .object([.required("mode", .string()), .required("tools", .array(of: .anyObject))]))
            ],
        ])
}
