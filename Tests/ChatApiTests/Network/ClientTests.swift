import ChatApi
import TestSupport
import Testing

@Suite("ChatApi", .timeLimit(.minutes(1)))
struct ClientTests: Asking {
    @Test("two turns use one connection, and send what was set and nothing else")
    func turns() async throws {
        let server = try LoopbackServer.chat(replies: ["one two", "three"])
        let api = ChatApi(configuration: configuration(server))
        let models = try await ModelsApi(configuration: configuration(server)).listModels()
        #expect(models.data.map(\.id) == ["test-model"])
        let first = await read(try await api.createChatCompletionStream(request))
        #expect(first.text == "one two" && first.error == nil)
        // What asked for the stream doesn't go with the request that doesn't.
        var streamed = request
        streamed.stream = true
        streamed.streamOptions = ChatCompletionStreamOptions(includeUsage: true)
        let second = try await api.createChatCompletionWithHttpInfo(streamed)
        #expect(second.data.choices.first?.message?.content == "three")
        #expect(second.statusCode == 200)
        #expect(second.headers["CONTENT-TYPE"] == "application/json")
        #expect(server.connectionCount == 1)
        let sent = server.requests
        #expect(sent.map(\.path) == ["/v1/models", "/v1/chat/completions", "/v1/chat/completions"])
        #expect(sent[1].json == ["model": "m", "messages": [["role": "user", "content": "hi"]], "stream": true])
        #expect(sent[2].json == ["model": "m", "messages": [["role": "user", "content": "hi"]]])
        #expect(sent.allSatisfy { $0.header("authorization") == "Bearer sk-canary-0123456789" })
    }

    @Test(
        "every error status is an error with what the server says", arguments: [400, 401, 403, 404, 413, 418, 422, 500])
    func statuses(status: Int) async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(
                status: status, headers: [("X-Request-ID", "r-1")],
                body: #"{"error":{"message":"no: sk-canary-0123456789","type":"t","code":7,"param":"p"}}"#)
        }
        let error = try #require(
            await apiError { try await ChatApi(configuration: configuration(server)).createChatCompletion(request) })
        #expect(error.code == .http && error.statusCode == status)
        #expect(
            error.serverMessage == "no: ***" && error.serverType == "t" && error.serverCode == "7" && error.param == "p"
        )
        #expect(error.requestID == "r-1")
        #expect(error.host == "127.0.0.1:\(server.port)")
        #expect(!"\(error)".contains("canary") && !String(decoding: error.body, as: UTF8.self).contains("canary"))
        #expect(server.postCount == 1)
    }

    static let otherBodies: [(String, String, ApiError.Code?, String?)] = [
        ("text/html", "<html><title>Sign in</title>", .notAnEventStream, "Sign in"),
        ("text/plain", "hello", .notAnEventStream, "hello"), ("text/event-stream", "", .emptyAnswer, nil),
        ("application/json", #"{"error":"Unexpected endpoint"}"#, .serverError, nil),
        ("application/json", "{oops", .notJSON, "{oops"),
        ("application/json", #"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#, nil, nil),
    ]

    @Test("what isn't a stream says what it is", arguments: otherBodies)
    func notStreams(type: String, body: String, code: ApiError.Code?, detail: String?) async throws {
        let server = try LoopbackServer { $0.respond(headers: [("Content-Type", type)], body: body) }
        let result = await read(
            try await ChatApi(configuration: configuration(server)).createChatCompletionStream(request))
        let error = result.error as? ApiError
        #expect(error?.code == code && error?.detail == detail)
        if code == nil { #expect(result.text == "a") }
    }
}
