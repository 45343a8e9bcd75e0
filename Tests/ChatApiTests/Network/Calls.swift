import ChatApi
import Testing

/// A key that nothing but a server may ever see.
let canary = "sk-canary-0123456789abcdef"

let question = CreateChatCompletionRequest(model: "m", messages: [.user("hi")])

/// A configuration of the canary, without retries, and without waits of more than 20 s.
func canaryConfiguration(_ baseURL: String) -> ChatApiConfiguration {
    var configuration = ChatApiConfiguration(baseURL: baseURL, apiKey: canary)
    configuration.maximumRetries = 0
    configuration.timeouts.total = .seconds(20)
    return configuration
}

/// The error of a call; nil if there is an answer.
func failure(of call: () async throws -> some Any) async -> ApiError? {
    do {
        _ = try await call()
        return nil
    } catch {
        if !(error is ApiError) { Issue.record("not an ApiError: \(error)") }
        return error as? ApiError
    }
}

/// The error of a question to a server, over connections of its own.
func failure(of configuration: ChatApiConfiguration) async -> ApiError? {
    await failure {
        try await ChatApi(configuration: configuration, transport: HTTPTransport()).createChatCompletion(question)
    }
}

/// The answer's text to a question, over connections of its own.
func answer(_ configuration: ChatApiConfiguration) async throws -> String? {
    let api = ChatApi(configuration: configuration, transport: HTTPTransport())
    return try await api.createChatCompletion(question).choices.first?.message?.content
}
