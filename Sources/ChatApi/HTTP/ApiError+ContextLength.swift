extension ApiError {
    /// Whether the conversation is longer than the model takes, as far as the server says so: sending it again as it is won't help.
    ///
    /// OpenAI and llama.cpp have a code for it; others only say it, each in its own words.
    public var isContextTooLong: Bool {
        let words = [serverCode, serverType].compactMap { $0 }
        if words.contains(where: { ["context_length_exceeded", "exceed_context_size_error"].contains($0) }) {
            return true
        }
        // Of a limit on requests such words would mean something else.
        guard statusCode != 429, let message = serverMessage?.lowercased() else { return false }
        return [
            "maximum context length", "context length exceeded", "exceeds the context", "context window",
            "available context size", "prompt is too long", "input is too long", "input length exceeds",
            "too many tokens",
        ].contains { message.contains($0) }
    }
}
