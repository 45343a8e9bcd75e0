import ChatApi
import Testing

@Suite("A conversation that is too long for a model")
struct ContextLengthTests {
    private func error(_ status: Int?, code: String? = nil, type: String? = nil, _ message: String) -> ApiError {
        var error = ApiError(.http, host: "h")
        (error.statusCode, error.serverCode, error.serverType, error.serverMessage) = (status, code, type, message)
        return error
    }

    @Test("is known by the code of the server, or by its words")
    func known() {
        #expect(error(400, code: "context_length_exceeded", "no").isContextTooLong)
        #expect(error(400, type: "exceed_context_size_error", "no").isContextTooLong)
        for message in [
            "This model's maximum context length is 4097 tokens. However, your messages resulted in 4294 tokens.",
            "the request exceeds the available context size, try increasing it",
            "prompt is too long: 204800 tokens > 200000 maximum",
            "Your input exceeds the context window of this model.",
            "Input length exceeds the maximum: 8192",
        ] {
            #expect(error(400, message).isContextTooLong, "\(message)")
            #expect(error(nil, message).isContextTooLong)
        }
    }

    @Test("isn't what a limit on requests is, nor any other refusal")
    func others() {
        #expect(!error(429, "too many tokens per minute").isContextTooLong)
        #expect(!error(400, "temperature must be at most 2").isContextTooLong)
        #expect(!ApiError(.connectionLost, host: "h").isContextTooLong)
    }
}
