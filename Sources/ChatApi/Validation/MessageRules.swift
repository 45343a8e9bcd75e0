extension ValueRule {
    /// A message of any role.
    static let message = ValueRule.variants(
        by: .required("role", .string()),
        [
            "developer": [.required("content", .content), .optional("name", .string())],
            "system": [.required("content", .content), .optional("name", .string())],
            "user": [.required("content", .content), .optional("name", .string())],
            "assistant": [
                .optional("content", .content),
                .optional("refusal", .string()),
                .optional("name", .string()),
                .optional("audio", .object([.required("id", .string())])),
                .optional("tool_calls", .array(of: .toolCall)),
                .optional("function_call", .object(functionCall)),
            ],
            "tool": [.required("content", .content), .required("tool_call_id", .string())],
            "function": [.requiredOrNull("content", .string()), .required("name", .string())],
        ])

    /// A text, or parts.
    static let content = ValueRule.either(.string(), .array(of: .contentPart, count: CountRule(atLeast: 1)))

    private static let contentPart = ValueRule.variants(
        by: .required("type", .string()),
        [
            "text": [.required("text", .string()), breakpoint],
            "image_url": [
                .required("image_url", .object([.required("url", .string()), .optional("detail", .string())])),
                breakpoint,
            ],
            "input_audio": [
                .required("input_audio", .object([.required("data", .string()), .required("format", .string())])),
                breakpoint,
            ],
            "file": [
                .required(
                    "file",
                    .object([
                        .optional("filename", .string()), .optional("file_data", .string()),
                        .optional("file_id", .string()),
                    ])),
                breakpoint,
            ],
            "refusal": [.required("refusal", .string())],
        ])

    private static let breakpoint = FieldRule.optional(
        "prompt_cache_breakpoint", .object([.required("mode", .string())]))

    /// The type may be missing, as it is in the answers of some servers, which take it for `function`.
    private static let toolCall = ValueRule.variants(
        by: .optional("type", .string()),
        [
            "function": [.required("id", .string()), .required("function", .object(functionCall))],
            "custom": [
                .required("id", .string()),
                .required("custom", .object([.required("name", .string()), .required("input", .string())])),
            ],
        ])

    private static let functionCall: [FieldRule] = [.required("name", .string()), .required("arguments", .string())]
}
