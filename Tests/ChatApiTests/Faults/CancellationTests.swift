import ChatApi
import TestSupport
import Testing

@Suite("Cancellation", .timeLimit(.minutes(1)))
struct CancellationTests: Asking {
    /// Where a request is when it is cancelled.
    enum Stage: String, CaseIterable {
        case head, firstEvent, betweenEvents, wholeBody, errorBody

        var isWhole: Bool { self == .wholeBody }

        /// What the server has sent by then.
        var sent: String {
            let events =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            let event = "data: {\"choices\":[{\"delta\":{}}]}\n\n"
            return switch self {
            case .head: ""
            case .firstEvent: events
            case .betweenEvents: "\(events)\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n"
            case .wholeBody: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choices\":"
            case .errorBody: "HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\n{\"error\":"
            }
        }
    }

    @Test(
        "the task ends with CancellationError, the connection is closed, and nothing is sent again",
        arguments: Stage.allCases, [0, 1, 20, 50])
    func stages(stage: Stage, milliseconds: Int) async throws {
        let server = try LoopbackServer()
        let notices = Notes<RetryNotice>()
        let configuration = configuration(server, retries: 2, notices)
        let api = ChatApi(configuration: configuration)
        let request = request
        let task = Task {
            if stage.isWhole { return _ = try await api.createChatCompletion(request) }
            for try await _ in try await api.createChatCompletionStream(request) {}
        }
        let exchange = try await server.nextExchange()
        exchange.send(raw: stage.sent)
        // What the client has seen of it can't be awaited: at once, hardly anything, later, all. All of it must do.
        try await Task.sleep(for: .milliseconds(milliseconds))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await exchange.waitUntilClientCloses()
        #expect(server.postCount == 1 && notices.all.isEmpty)
    }

    @Test("a connection attempt is given up")
    func connecting() async throws {
        let port = try QuietPort(.deaf)
        let api = ChatApi(configuration: configuration(port.baseURL, retries: 2))
        let request = request
        for milliseconds in [0, 50] {
            let task = Task { try await api.createChatCompletion(request) }
            try await Task.sleep(for: .milliseconds(milliseconds))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("the wait before another try is given up, and there is none")
    func retryWait() async throws {
        let server = try LoopbackServer { $0.respond(status: 503, headers: [("Retry-After", "100")]) }
        let notices = Notes<RetryNotice>()
        let configuration = configuration(server, retries: 2, notices)
        let api = ChatApi(configuration: configuration)
        let request = request
        let task = Task { try await api.createChatCompletion(request) }
        #expect(await notices.next()?.delay == .seconds(100))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.postCount == 1)
    }

    @Test("a task that is cancelled already sends nothing that is answered")
    func beforehand() async throws {
        let server = try LoopbackServer.chat(replies: ["a"])
        let api = ChatApi(configuration: configuration(server, retries: 2))
        let request = request
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await api.createChatCompletion(request)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.postCount <= 1)
    }

    @Test("chunks that have come are no reason to go on, and the sequence stays ended")
    func pendingChunks() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server))
        let request = request
        let task = Task {
            var iterator = try await api.createChatCompletionStream(request).makeAsyncIterator()
            #expect(try await iterator.next()?.choices.first?.delta?.content == "a")
            withUnsafeCurrentTask { $0?.cancel() }
            await #expect(throws: CancellationError.self) { try await iterator.next() }
            #expect(try await iterator.next() == nil)
        }
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        let event = #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n"
        exchange.send(text: event + event + event)
        try await task.value
        try await exchange.waitUntilClientCloses()
    }

    @Test("what is left after [DONE] is read for a moment only, cancelled or not")
    func drain() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server))
        let request = request
        let task = Task {
            for try await _ in try await api.createChatCompletionStream(request) {}
            withUnsafeCurrentTask { $0?.cancel() }
        }
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "a")
        exchange.send(event: "[DONE]")
        try await task.value
        try await exchange.waitUntilClientCloses()
    }

    @Test("letting go of a stream closes the connection, whether or not any of it was read")
    func lettingGo() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server))
        let request = request
        for reads in [false, true] {
            let task = Task {
                let stream = try await api.createChatCompletionStream(request)
                if reads { for try await _ in stream { break } }
            }
            let exchange = try await server.nextExchange()
            exchange.startEvents()
            exchange.send(content: "a")
            try await task.value
            try await exchange.waitUntilClientCloses()
        }
    }

    @Test("a second loop over a stream goes on where the first one stopped")
    func secondLoop() async throws {
        let server = try LoopbackServer.chat(replies: ["one two three"])
        let stream = try await ChatApi(configuration: configuration(server)).createChatCompletionStream(request)
        var text = ""
        for try await chunk in stream {
            text += chunk.choices.first?.delta?.content ?? ""
            break
        }
        #expect(text == "one ")
        let rest = await read(stream)
        #expect(rest.text == "two three" && rest.error == nil)
        #expect(await read(stream).text == "")
        #expect(await read(stream).error == nil)
    }
}
