import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Timeouts", .timeLimit(.minutes(1)))
struct TimeoutTests: Asking {
    /// The limits of a configuration, one short, the others long.
    private func configuration(
        _ baseURL: String, _ limit: WritableKeyPath<ChatApiConfiguration.Timeouts, Duration>, _ value: Duration
    ) -> ChatApiConfiguration {
        var configuration = configuration(baseURL)
        configuration.timeouts[keyPath: limit] = value
        return configuration
    }

    private func configuration(_ server: LoopbackServer, total: Duration, retries: Int = 0) -> ChatApiConfiguration {
        var configuration = configuration(server, retries: retries)
        configuration.timeouts.total = total
        return configuration
    }

    @Test("N01: a connection that is neither made nor refused is given up, and tried again")
    func connect() async throws {
        let port = try QuietPort(.deaf)
        var configuration = configuration(port.baseURL, \.connect, .milliseconds(200))
        configuration.maximumRetries = 1
        let notices = Notes<RetryNotice>()
        configuration.onRetry = { notices.add($0) }
        let error = await ask(configuration).error as? ApiError
        #expect(error?.code == .connectTimeout && error?.limit == .milliseconds(200))
        #expect(notices.all.map(\.error.code) == [.connectTimeout])
    }

    /// A connection that is accepted, and never becomes a secure one.
    private func hungConfiguration(_ server: LoopbackServer) -> ChatApiConfiguration {
        var configuration = configuration("https://127.0.0.1:\(server.port)/v1", retries: 2)
        configuration.timeouts.connect = .milliseconds(200)
        return configuration
    }

    /// Waits until the server has accepted as many connections.
    private func expect(connections: Int, at server: LoopbackServer) async throws {
        for _ in 0..<2000 where server.connectionCount < connections { try await Task.sleep(for: .milliseconds(10)) }
        #expect(server.connectionCount == connections)
    }

    @Test("N01: each try makes a connection of its own, and doesn't wait for that which hung")
    func hungConnection() async throws {
        let server = try LoopbackServer()
        #expect(await wholeAnswerError(hungConfiguration(server))?.code == .connectTimeout)
        try await expect(connections: 3, at: server)
    }

    @Test("N01: nor does a request after one that was cancelled or ran out of time while the connection hung")
    func hungConnectionGivenUp() async throws {
        let server = try LoopbackServer()
        var configuration = hungConfiguration(server)
        configuration.timeouts.connect = .seconds(20)
        let api = ChatApi(configuration: configuration)
        let request = request
        let task = Task { try await api.createChatCompletion(request) }
        try await expect(connections: 1, at: server)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        configuration.timeouts.total = .milliseconds(200)
        for connections in [2, 3] {
            #expect(await wholeAnswerError(configuration)?.code == .totalTimeout)
            try await expect(connections: connections, at: server)
        }
    }

    @Test("N03: a server that accepts and says nothing is given up once, however many retries there may be")
    func silentServer() async throws {
        let server = try LoopbackServer()
        var configuration = configuration(server.baseURL, \.firstEvent, .milliseconds(300))
        configuration.maximumRetries = 2
        async let error = ask(configuration).error as? ApiError
        let exchange = try await server.nextExchange()
        try await exchange.waitUntilClientCloses()
        #expect(await error?.code == .firstEventTimeout)
        #expect(await error?.limit == .milliseconds(300))
        #expect(server.postCount == 1)
    }

    @Test("N03: a head is no event, nor are comments before the first one", arguments: ["", ": PROCESSING\n\n"])
    func noFirstEvent(comment: String) async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            // For ever.
            while exchange.isOpen {
                if !comment.isEmpty { exchange.send(text: comment) }
                usleep(50_000)
            }
        }
        let error = await ask(configuration(server.baseURL, \.firstEvent, .milliseconds(500))).error as? ApiError
        #expect(error?.code == .firstEventTimeout && error?.limit == .milliseconds(500) && error?.statusCode == 200)
        #expect(server.postCount == 1)
    }

    @Test("N04: after an event, silence is a timeout of its own, and the text is kept")
    func silenceAfterAnEvent() async throws {
        let server = try LoopbackServer()
        var configuration = configuration(server.baseURL, \.betweenEvents, .milliseconds(300))
        configuration.maximumRetries = 2
        async let result = ask(configuration)
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "a")
        try await exchange.waitUntilClientCloses()
        let (text, error) = await result
        #expect(text == "a")
        #expect((error as? ApiError)?.code == .betweenEventsTimeout)
        #expect((error as? ApiError)?.limit == .milliseconds(300))
        #expect(server.postCount == 1)
    }

    @Test("N05: comments are signs of life: an event may take longer than the gap allowed without them")
    func comments() async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(content: "a")
            for _ in 0..<10 {
                usleep(200_000)
                exchange.send(text: ": OPENROUTER PROCESSING\n\n")
            }
            exchange.send(content: "b")
            exchange.finish()
        }
        let result = await ask(configuration(server.baseURL, \.betweenEvents, .milliseconds(1500)))
        #expect(result.text == "ab" && result.error == nil)
    }

    @Test("N05: comments extend the wait for an event up to the limit of the first one, and not for ever")
    func commentsForEver() async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(content: "a")
            while exchange.isOpen {
                exchange.send(text: ": keep-alive\n\n")
                usleep(50_000)
            }
        }
        var configuration = configuration(server.baseURL, \.betweenEvents, .seconds(2))
        configuration.timeouts.firstEvent = .milliseconds(2500)
        let (text, error) = await ask(configuration)
        #expect(text == "a")
        #expect((error as? ApiError)?.code == .betweenEventsTimeout)
        #expect((error as? ApiError)?.limit == .milliseconds(2500))
    }

    @Test("N05: single bytes of a line that never ends aren't signs of life")
    func drip() async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(content: "a")
            exchange.send(text: ":")
            while exchange.isOpen {
                exchange.send(text: "x")
                usleep(20_000)
            }
        }
        let (text, error) = await ask(configuration(server.baseURL, \.betweenEvents, .milliseconds(500)))
        #expect(text == "a")
        #expect((error as? ApiError)?.code == .betweenEventsTimeout)
        #expect((error as? ApiError)?.limit == .milliseconds(500))
    }

    @Test("a whole answer must go on arriving: silence in it, and a drip of it, end", arguments: [false, true])
    func wholeAnswer(drips: Bool) async throws {
        let server = try LoopbackServer { exchange in
            exchange.send(raw: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
            while exchange.isOpen {
                if drips { exchange.send(raw: "\n") }
                usleep(20_000)
            }
        }
        var configuration = configuration(server.baseURL, \.betweenEvents, drips ? .seconds(2) : .milliseconds(500))
        configuration.timeouts.firstEvent = .milliseconds(2500)
        let error = await wholeAnswerError(configuration)
        #expect(error?.code == .betweenEventsTimeout && error?.statusCode == 200)
        #expect(error?.limit == (drips ? .milliseconds(2500) : .milliseconds(500)))
        #expect(server.postCount == 1)
    }

    @Test("an error whose body never ends is told all the same")
    func errorBody() async throws {
        let server = try LoopbackServer { exchange in
            exchange.send(raw: "HTTP/1.1 401 No\r\nContent-Length: 1000\r\n\r\n{\"error\":")
            while exchange.isOpen { usleep(20_000) }
        }
        let error = await ask(configuration(server.baseURL, \.betweenEvents, .milliseconds(300))).error as? ApiError
        #expect(error?.code == .http && error?.statusCode == 401 && error?.detail == #"{"error":"#)
    }

    @Test("the total limit ends a wait for the head, and a stream that never ends, whose text is kept")
    func total() async throws {
        let silent = try LoopbackServer()
        let error = await ask(configuration(silent, total: .milliseconds(300))).error as? ApiError
        #expect(error?.code == .totalTimeout && error?.limit == .milliseconds(300))
        let endless = try LoopbackServer { exchange in
            exchange.startEvents()
            while exchange.isOpen {
                exchange.send(content: "a")
                usleep(20_000)
            }
        }
        let result = await ask(configuration(endless, total: .seconds(1)))
        #expect((result.error as? ApiError)?.code == .totalTimeout)
        #expect((result.error as? ApiError)?.statusCode == 200)
        #expect(result.text.hasPrefix("aa"))
        try await silent.nextExchange().waitUntilClientCloses()
    }

    @Test("the total limit goes for all tries: none is made that would begin after it")
    func totalOfRetries() async throws {
        let server = try LoopbackServer { $0.respond(status: 503, headers: [("Retry-After", "60")]) }
        var configuration = configuration(server, total: .seconds(30), retries: 2)
        let notices = Notes<RetryNotice>()
        configuration.onRetry = { notices.add($0) }
        #expect(await wholeAnswerError(configuration)?.statusCode == 503)
        #expect(server.postCount == 1 && notices.all.isEmpty)
        // The second try is given what the first one left.
        let second = try LoopbackServer()
        configuration = self.configuration(second, total: .seconds(1), retries: 2)
        async let error = wholeAnswerError(configuration)
        try await second.nextExchange().respond(status: 503, headers: [("Retry-After-Ms", "1")])
        try await second.nextExchange().waitUntilClientCloses()
        #expect(await error?.code == .totalTimeout)
        #expect(second.postCount == 2)
    }

    @Test("limits of nothing, less than nothing and more than anything do as they say")
    func extremes() async throws {
        let server = try LoopbackServer.chat(replies: ["a"])
        var configuration = configuration(server)
        configuration.timeouts.connect = .seconds(Int64.max)
        configuration.timeouts.firstEvent = .seconds(Int64.max)
        configuration.timeouts.betweenEvents = .seconds(Int64.max)
        configuration.timeouts.total = .seconds(Int64.max)
        #expect(await ask(configuration).error == nil)
        for limit in [Duration.zero, .seconds(-1), .seconds(Int64.min)] {
            configuration.timeouts.total = limit
            #expect((await ask(configuration).error as? ApiError)?.code == .totalTimeout)
        }
    }
}
