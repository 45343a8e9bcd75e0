import ChatApi

extension ChatCompletionRequestMessage {
    /// The fields of a message, and of what is in it, whose text is searched; `text` has that of a part.
    static let searchedFields = [
        "content", "refusal", "reasoning", "reasoning_content", "name", "arguments", "input",
    ]

    /// All that was said in a message: its text or refusal, its reasoning, and the tools that are called, with their arguments.
    var searchedText: String {
        let reasoning = ["reasoning", "reasoning_content"].map { fields[$0]?.stringValue }
        let calls =
            (toolCalls ?? []).flatMap { [$0.name, $0.arguments] } + [functionCall?.name, functionCall?.arguments]
        return (reasoning + [content?.text, refusal] + calls).compactMap { $0 }.joined(separator: "\n")
    }
}

extension Session {
    /// Where in a session something is, as a search would tell; nothing unless it has everything.
    package func matches(of query: SearchQuery) -> [SearchMatch] {
        SessionMatcher(query: query).hit(in: self, byteCount: 0)?.matches ?? []
    }
}
