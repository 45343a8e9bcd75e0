import ChatApi
import Synchronization
import TestSupport
import Testing

@Suite("Broken connections", .timeLimit(.minutes(1)))
struct BrokenConnectionTests: Asking {
    static let event = #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n"
    static let finish = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
    static let done = "data: [DONE]\n\n"

    /// What the server sends, by what it ends, and what the client makes of it.
    struct Ending: Sendable, CustomTestStringConvertible {
        let name: String
        let stream: String
        let text: String
        let code: ApiError.Code?
        var testDescription: String { name }

        init(_ name: String, _ stream: String, _ text: String, _ code: ApiError.Code?) {
            (self.name, self.stream, self.text, self.code) = (name, stream, text, code)
        }
    }

    static let endings = [
        Ending("N09 neither [DONE] nor finish reason", event, "a", .streamCut),
        Ending("N09 an event without its blank line", event + event.dropLast(2), "aa", .streamCut),
        Ending("N10 [DONE] without finish reason", event + done, "a", nil),
        Ending("N10 [DONE] without line breaks", event + done.dropLast(2), "a", nil),
        Ending("N11 finish reason without [DONE]", event + finish, "a", nil),
        Ending("N13 data after [DONE]", event + done + event + "data: {oops\n\n", "a", nil),
        Ending(
            "N18 odd chunks",
            #"""
            data: {"choices":[]}

            data: {"choices":[{"delta":null}]}

            data: {"choices":[{}]}

            data: {"choices":[null,7,"x"]}

            data: {"choices":null,"usage":{}}

            data: {"choices":[{"index":"0","delta":{"content":"a","new":[1,{"b":null}]},"more":1}],"created":"7"}

            data: {"object":"unheard.of"}


            """# + finish + done, "a", nil),
        Ending("N19 an error within", event + "data: {\"error\":\"x\"}\n\n" + event, "a", .serverError),
        Ending("N20 what isn't JSON within", event + "data: {oops\n\n" + event + done, "a", .notJSON),
    ]

    @Test("a stream is whole with [DONE], or with a finish reason at its end, and else cut", arguments: endings)
    func ends(ending: Ending) async throws {
        for framing in [LoopbackExchange.Framing.chunked, .closing] {
            let server = try LoopbackServer { exchange in
                exchange.startEvents(framing: framing)
                exchange.send(text: ending.stream)
                exchange.endBody()
            }
            let result = await ask(configuration(server, retries: 2))
            #expect(result.text == ending.text)
            #expect((result.error as? ApiError)?.code == ending.code)
            #expect(server.postCount == 1)
        }
    }

    @Test("N12: [DONE] is the end even if the server leaves the connection open")
    func doneWithoutEnd() async throws {
        let server = try LoopbackServer()
        async let result = ask(configuration(server))
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "a")
        exchange.send(event: "[DONE]")
        #expect(await result.error == nil)
    }

    static let events = String(repeating: event, count: 500)

    static let brokenBodies = [
        Ending("N08 within a chunk", "Transfer-Encoding: chunked\r\n\r\nfffff\r\n\(events)", "", .streamCut),
        Ending(
            "N08 without the last chunk",
            "Transfer-Encoding: chunked\r\n\r\n\(String(events.utf8.count, radix: 16))\r\n\(events)\r\n", "", .streamCut
        ),
        Ending("N08 before the promised length", "Content-Length: 1000000\r\n\r\n\(events)", "", .streamCut),
        Ending(
            "N08 after the promised length", "Content-Length: \(events.utf8.count)\r\n\r\n\(events)\(finish)\(done)",
            "",
            .streamCut),
        Ending("N09 within an event", "Connection: close\r\n\r\n\(events)data: {\"choi", "", .streamCut),
    ]

    @Test(
        "N07, N08: where the body breaks off, what came before is kept, also for a slow reader",
        arguments: brokenBodies,
        [false, true])
    func cuts(cut: Ending, isReset: Bool) async throws {
        let server = try LoopbackServer { exchange in
            exchange.send(raw: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(cut.stream)")
            // A reset would have the client's system forget what the client didn't read yet.
            if isReset { exchange.waitUntilTaken() }
            if isReset { exchange.reset() } else { exchange.close() }
        }
        var text = ""
        let error = await apiError {
            let stream = try await ChatApi(configuration: configuration(server, retries: 2)).createChatCompletionStream(
                request)
            for try await chunk in stream {
                if text.isEmpty { try await Task.sleep(for: .milliseconds(100)) }
                text += chunk.choices.first?.delta?.content ?? ""
            }
        }
        #expect(text.utf8.count == 500)
        #expect(error?.code == cut.code && error?.statusCode == 200)
        #expect(server.postCount == 1)
    }

    @Test("N08: a chunk whose length isn't one ends the stream; what came before is kept")
    func badChunk() async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(text: Self.events)
            exchange.waitUntilTaken()
            exchange.send(raw: "zz\r\n")
        }
        let result = await ask(configuration(server, retries: 2))
        #expect(result.text.utf8.count == 500 && (result.error as? ApiError)?.code == .streamCut)
        #expect(server.postCount == 1)
    }

    @Test("N08: a whole answer that breaks off is a lost connection")
    func wholeAnswer() async throws {
        for head in [
            "Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nff\r\n",
            "Transfer-Encoding: chunked\r\n\r\n10\r\n",
        ] {
            let server = try LoopbackServer { exchange in
                exchange.send(raw: "HTTP/1.1 200 OK\r\n\(head){\"choices\":[],\"")
                exchange.close()
            }
            #expect(await wholeAnswerError(configuration(server, retries: 2))?.code == .connectionLost)
            #expect(server.postCount == 1)
        }
    }

    @Test("N08: bytes after an answer are no answer to the next request")
    func smuggledAnswer() async throws {
        let count = Atomic(0)
        let body = #"{"choices":[{"message":{"content":"right"}}]}"#
        let server = try LoopbackServer { exchange in
            let isFirst = count.add(1, ordering: .relaxed).oldValue == 0
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            exchange.send(raw: answer + body + (isFirst ? answer + body.replacing("right", with: "wrong") : ""))
            exchange.end()
        }
        // The client may notice when it is about to use the connection: with nothing sent yet, it takes another.
        let api = ChatApi(configuration: configuration(server, retries: 1))
        for _ in 0..<2 {
            #expect(try await api.createChatCompletion(request).choices.first?.message?.content == "right")
        }
        #expect(server.postCount == 2)
    }

    static let proceed = "HTTP/1.1 100 Continue\r\n\r\n",
        hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"

    @Test("N25: 100 and 103 before an answer are ignored, before an error too", arguments: [200, 429])
    func informational(status: Int) async throws {
        let server = try LoopbackServer { exchange in
            for part in [Self.proceed, Self.hints, Self.hints, Self.proceed] { exchange.send(raw: part) }
            if status != 200 {
                return exchange.respond(status: status, headers: [("Retry-After", "121")], body: #"{"error":"full"}"#)
            }
            exchange.startEvents()
            exchange.send(text: Self.event + Self.done)
            exchange.endBody()
        }
        for _ in 0..<2 {
            let result = await ask(configuration(server, retries: 2))
            let error = result.error as? ApiError
            #expect(result.text == (status == 200 ? "a" : "") && error?.statusCode == (status == 200 ? nil : status))
            #expect(error?.serverMessage == (status == 200 ? nil : "full"))
        }
        #expect(server.postCount == 2 && server.connectionCount == 1)
    }

    @Test("N25: a connection that breaks after 103 may have had its request carried out")
    func brokenAfterHints() async throws {
        let server = try LoopbackServer { exchange in
            exchange.send(raw: Self.hints)
            exchange.close()
        }
        #expect((await ask(configuration(server, retries: 2)).error as? ApiError)?.code == .connectionLost)
        #expect(server.postCount == 1)
    }

    @Test(
        "N24: what isn't HTTP is an error, and a greeting isn't an answer",
        arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "220 mail ESMTP\r\n", "\0\u{1}\u{2}"])
    func otherProtocols(greeting: String) async throws {
        let server = try LoopbackServer(greeting: greeting) { $0.close() }
        let error = await ask(configuration(server)).error as? ApiError
        #expect(error?.code == .notHTTP || error?.code == .connectionLost)
        let late = try LoopbackServer { exchange in
            exchange.send(raw: greeting)
            exchange.close()
        }
        #expect((await ask(configuration(late, retries: 2)).error as? ApiError)?.code == .notHTTP)
        #expect(late.postCount == 1)
    }
}
