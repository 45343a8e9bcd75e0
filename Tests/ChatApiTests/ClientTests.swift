import ChatApi
import Synchronization
import TestSupport
import Testing

@Suite("ChatApi")
struct ClientTests {
    func configuration(_ server: LoopbackServer, retries: Int = 0) -> ChatApiConfiguration {
        var configuration = ChatApiConfiguration(baseURL: server.baseURL, apiKey: "sk-canary-0123456789\n")
        configuration.maximumRetries = retries
        return configuration
    }

    let request = CreateChatCompletionRequest(model: "m", messages: [.user("hi")])

    /// The text of a stream, and how it ended.
    func read(_ stream: ChatCompletionStream) async -> (text: String, error: (any Error)?) {
        var accumulator = MessageAccumulator()
        var text = ""
        do {
            for try await chunk in stream { text += accumulator.apply(chunk).content }
            return (text + accumulator.finish().content, nil)
        } catch {
            return (text, error)
        }
    }

    func apiError<T>(_ body: () async throws -> T) async -> ApiError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? ApiError
        }
    }

    @Test("two turns use one connection, and send what was set and nothing else")
    func turns() async throws {
        let server = try LoopbackServer.chat(replies: ["one two", "three"])
        let api = ChatApi(configuration: configuration(server))
        let models = try await ModelsApi(configuration: configuration(server)).listModels()
        #expect(models.data.map(\.id) == ["test-model"])
        let first = await read(try await api.createChatCompletionStream(request))
        #expect(first.text == "one two" && first.error == nil)
        let second = try await api.createChatCompletionWithHttpInfo(request)
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

    static let retryCases: [(Int, String, String, Int)] = [
        (500, "", "{}", 3), (503, "", "{}", 3), (429, "", "{}", 3), (408, "", "{}", 3), (409, "", "{}", 3),
        (400, "", "{}", 1), (400, "x-should-retry: true", "{}", 3), (500, "x-should-retry: false", "{}", 1),
        (429, "retry-after: 121", "{}", 1), (429, "", #"{"error":{"code":"insufficient_quota"}}"#, 1),
        (429, "", #"{"error":{"code":"project_spend_limit_exceeded"}}"#, 1),
        (429, "", #"{"error":{"code":"rate_limit_exceeded"}}"#, 3),
    ]

    @Test("what may pass is sent again, what can't isn't", arguments: retryCases)
    func retries(status: Int, header: String, body: String, tries: Int) async throws {
        let server = try LoopbackServer { exchange in
            let fields = header.split(separator: ": ").map(String.init)
            // A millisecond to wait, so that the test doesn't.
            let wait = header.contains("retry-after") ? [] : [("Retry-After-Ms", "1")]
            exchange.respond(
                status: status, headers: wait + (fields.count == 2 ? [(fields[0], fields[1])] : []), body: body)
        }
        var configuration = configuration(server, retries: 2)
        let count = NoticeCount()
        configuration.onRetry = { notice in count.add(notice.attempt) }
        let error = await apiError {
            try await ChatApi(configuration: configuration).createChatCompletionStream(request)
        }
        #expect(error?.statusCode == status)
        #expect(server.postCount == tries)
        #expect(count.attempts == Array(1..<tries))
        #expect(Set(server.requests.map { $0.header("idempotency-key") }).count == 1)
    }

    @Test("a connection that breaks after the request was sent isn't followed by a second POST", arguments: [0, 1, 2])
    func neverTwice(events: Int) async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server, retries: 2))
        async let error: (any Error)? = {
            do { return await read(try await api.createChatCompletionStream(request)).error } catch { return error }
        }()
        let exchange = try await server.nextExchange()
        if events > 0 { exchange.startEvents() }
        if events > 1 { exchange.send(content: "a") }
        exchange.reset()
        let code = (await error as? ApiError)?.code
        #expect(code == (events == 2 ? .streamCut : .connectionLost))
        #expect(server.postCount == 1)
    }

    static let endings: [(String, ApiError.Code?)] = [
        (#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\ndata: [DONE]\n\n", nil),
        (#"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"# + "\n\n", nil),
        (#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n", .streamCut),
        (#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\ndata: {\"error\":\"x\"}\n\n", .serverError),
        (#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\ndata: {oops\n\n", .notJSON),
    ]

    @Test("a stream is whole with [DONE], or with a finish reason at its end, and else cut", arguments: endings)
    func ends(stream: String, code: ApiError.Code?) async throws {
        for framing in [LoopbackExchange.Framing.chunked, .closing] {
            let server = try LoopbackServer { exchange in
                exchange.startEvents(framing: framing)
                exchange.send(text: stream)
                exchange.endBody()
            }
            let result = await read(
                try await ChatApi(configuration: configuration(server)).createChatCompletionStream(request))
            #expect(result.text == "a")
            #expect((result.error as? ApiError)?.code == code)
        }
    }

    @Test("[DONE] is the end even if the server leaves the connection open")
    func doneWithoutEnd() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server))
        async let result = read(try await api.createChatCompletionStream(request))
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "a")
        exchange.send(text: "data: [DONE]\n\n")
        #expect(try await result.error == nil)
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

    @Test("stalls end with the timeout that is theirs, and close the connection", arguments: [0, 1, 2])
    func stalls(stage: Int) async throws {
        let server = try LoopbackServer()
        var configuration = configuration(server)
        configuration.timeouts.firstEvent = .milliseconds(300)
        configuration.timeouts.betweenEvents = .milliseconds(300)
        let api = ChatApi(configuration: configuration)
        async let error: (any Error)? = {
            do { return await read(try await api.createChatCompletionStream(request)).error } catch { return error }
        }()
        let exchange = try await server.nextExchange()
        if stage > 0 {
            exchange.startEvents()
            exchange.send(text: ": comments don't count\n\n")
        }
        if stage > 1 { exchange.send(content: "a") }
        #expect((await error as? ApiError)?.code == (stage == 2 ? .betweenEventsTimeout : .firstEventTimeout))
        try await exchange.waitUntilClientCloses()
    }

    @Test("cancelling closes the connection, waiting or streaming", arguments: [false, true])
    func cancel(isStreaming: Bool) async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server, retries: 2))
        let (texts, continuation) = AsyncStream.makeStream(of: String.self)
        let task = Task {
            for try await chunk in try await api.createChatCompletionStream(request) {
                continuation.yield(chunk.choices.first?.delta?.content ?? "")
            }
        }
        let exchange = try await server.nextExchange()
        if isStreaming {
            exchange.startEvents()
            exchange.send(content: "a")
            for await _ in texts { break }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await exchange.waitUntilClientCloses()
        #expect(server.postCount == 1)
    }

    @Test("letting go of a stream closes the connection")
    func abandon() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server))
        let task = Task {
            for try await _ in try await api.createChatCompletionStream(request) { break }
        }
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "a")
        try await task.value
        try await exchange.waitUntilClientCloses()
    }
}

private final class NoticeCount: Sendable {
    private let seen = Mutex<[Int]>([])
    func add(_ attempt: Int) { seen.withLock { $0.append(attempt) } }
    var attempts: [Int] { seen.withLock { $0 } }
}
