import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("When the server fails", .serialized, .timeLimit(.minutes(3)))
struct FailureTests {
    @Test("a server that is down is named, the message is kept, and the next one is tried anew")
    func refused() async throws {
        let server = try LoopbackServer()
        let (port, url) = (server.port, server.baseURL)
        server.stop()
        let home = try Home(nil, ["OPENAI_BASE_URL": url, "OPENAI_API_KEY": Home.key])
        let banter = try await home.prompt()
        banter.enter("Hello?")
        try await banter.showsPrompt(after: "✗ Nothing listens at 127.0.0.1:\(port).")
        #expect(try home.session.conversation == ["user: Hello?"])
        banter.enter("/quit")
        try await banter.expectEnd(0)
    }

    @Test("a refused key is said to be refused, without the key, even where the server repeats it")
    func keyRefused() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(
                status: 401,
                body: #"{"error":{"message":"Incorrect API key provided: \#(Home.key).","code":"invalid_api_key"}}"#)
        }
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Hello?")
        let screen = try await banter.showsPrompt(after: "refuses the key (401)")
        #expect(screen.text.contains("Incorrect API key provided"))
        #expect(try home.session.conversation == ["user: Hello?"])
        try await banter.leave()
        #expect(try home.files(holding: Home.key) == [])
    }

    @Test("500 is tried again twice, and said")
    func troubled() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(
                status: 500, headers: [("Retry-After-Ms", "1"), ("Retry-After", "0")],
                body: #"{"error":{"message":"oh dear"}}"#)
        }
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Hello?")
        try await banter.showsPrompt(after: "✗ 127.0.0.1:\(server.port) has trouble of its own (500): oh dear")
        #expect(server.postCount == 3)
        #expect(try home.session.conversation == ["user: Hello?"])
        try await banter.leave()
    }

    @Test("a wait before another try is counted down, with the reason first, and Ctrl-C ends it")
    func retryIsShown() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(
                status: exchange.request.method == "GET" ? 404 : 503, headers: [("Retry-After", "60")])
        }
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Hello?")
        let first = try await banter.shows("has trouble of its own (503). Trying again in 60 s (1 of 2)…")
        #expect(first.lines.contains { $0.hasPrefix("127.0.0.1:\(server.port) has trouble") })
        try await banter.shows("Trying again in 58 s (1 of 2)…")
        banter.terminal.resize(rows: 24, columns: 40)
        try await banter.terminal.wait { screen in
            screen.lines.contains { $0.hasPrefix("HTTP 503. Trying again in 5") && $0.hasSuffix(" s (1 of 2)…") }
        }
        banter.type("\u{3}")
        try await banter.showsPrompt(after: "Stopped.")
        #expect(server.postCount == 1)
        try await banter.leave()
    }

    @Test(
        "a stream that is cut keeps what came, marked, and says so",
        arguments: ["close", "reset", "end", "error", "garbage"])
    func cut(how: String) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Tell")
        let chat = try await server.nextChat()
        chat.startEvents(framing: how == "end" ? .closing : .chunked)
        chat.send(content: "Once upon a ")
        try await banter.shows("Once upon a")
        switch how {
        case "close", "end": chat.close()
        case "reset": chat.reset()
        case "error":
            chat.send(event: #"{"error":{"message":"overloaded","code":529}}"#)
            chat.endBody()
        default:
            chat.send(raw: "zz not a chunk\r\n")
            chat.close()
        }
        let screen = try await banter.showsPrompt(after: "✗ ")
        #expect(screen.text.contains("The answer was cut off; what came is kept."))
        #expect(try home.session.conversation == ["user: Tell", "assistant: Once upon a "])
        #expect(try home.session.lastTurn?["finishReason"] == "cut")
        #expect(server.postCount == 1)
        try await banter.leave()
    }

    @Test("a web page, an empty answer and JSON that is none are each said for what they are")
    func noAnswer() async throws {
        for (type, body, sentence) in [
            ("text/html", "<html><title>Log in</title></html>", "is no chat answer"),
            ("application/json", "", "answered nothing"),
            ("application/json", "{nope", "is no chat answer"),
        ] {
            let server = try LoopbackServer { $0.respond(headers: [("Content-Type", type)], body: body) }
            let home = try Home(server)
            let banter = try await home.prompt()
            banter.enter("Hello?")
            try await banter.showsPrompt(after: sentence)
            try await banter.leave()
        }
    }

    @Test("Ctrl-C leaves a server alone that neither answers nor closes")
    func hanging() async throws {
        let server = try LoopbackServer { _ in }
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Hello?")
        try await banter.shows("…")
        banter.type("\u{3}")
        try await banter.showsPrompt(after: "Stopped.")
        try await banter.leave()
    }

    @Test("a server that moved elsewhere isn't followed with the key")
    func redirect() async throws {
        let thief = try LoopbackServer.chat(replies: ["Give me more."])
        let server = try LoopbackServer { exchange in
            exchange.respond(status: 307, headers: [("Location", "\(thief.baseURL)/chat/completions")])
        }
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Secret")
        try await banter.showsPrompt(after: "Banter doesn't follow")
        try await banter.leave()
        #expect(thief.requests.isEmpty)
    }
}
