import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Text that is out to harm", .serialized, .timeLimit(.minutes(3)))
struct HostileAnswerTests {
    /// What terminals have been attacked with: colours, the clipboard, the title, C1, the bell, backspaces, bidi, tags.
    static let attack = """
        a\u{1B}[31mb\u{1B}]52;c;cm0gLXJmIH4=\u{7}c\u{1B}]0;owned\u{1B}\\d\u{9B}2Je\u{7}f\u{8}\u{8}g\u{202E}h\u{2066}i\
        \u{1B}Pq#\u{1B}\\j\u{7F}k\u{E0041}l\u{0}m\rn \u{1B}c`\u{1B}[2J` **\u{1B}[5m** end
        ```sh\u{1B}[31m
        echo \u{1B}]0;x\u{7}
        ```
        """

    @Test("no byte of an answer acts on the terminal, and the session file has every one of them")
    func answer() async throws {
        let server = try LoopbackServer.chat(replies: [Self.attack])
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Attack")
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.bells == 0 && screen.foreignSequences == [])
        let text = screen.allLines.joined()
        for scalar in ["\u{202E}", "\u{2066}", "\u{E0041}"] {
            #expect(!text.unicodeScalars.contains(Unicode.Scalar(scalar) ?? " "))
        }
        #expect(try home.session.conversation.last == "assistant: " + Self.attack)
        try await banter.leave()
    }

    @Test("nor does a saved session that is shown again, its title, or the list of sessions")
    func savedSession() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["ok"]))
        let id = "20260101-120000-abcd"
        let session: JSONValue = [
            "format": 1, "id": .string(id), "title": .string("T\(Self.attack)"), "created": "2026-01-01T12:00:00Z",
            "updated": "2026-01-01T12:00:00Z", "provider": "openai", "model": .string("m\u{1B}]0;x\u{7}"),
            "messages": [
                ["role": "user", "content": .string(Self.attack)],
                ["role": "assistant", "content": .string(Self.attack)],
            ],
        ]
        let text = String(decoding: session.serialized(), as: UTF8.self)
        try home.directory.write(text, to: "banter/sessions/\(id).json")
        let banter = try await home.prompt("-r", id)
        let screen = try await banter.showsPrompt(after: "end")
        #expect(screen.bells == 0)
        try await banter.leave()
        for arguments in [["sessions", "list"], ["sessions", "list", "--json"]] {
            let list = try BanterProcess(in: home, arguments)
            #expect(try await list.exitCode() == 0)
            #expect(!list.output.contains("\u{1B}") && !list.output.contains("\u{7}"))
        }
    }

    @Test("nor does an error of the server, or a name of a model")
    func error() async throws {
        let message = String(decoding: JSONValue.string(Self.attack).serialized(), as: UTF8.self)
        let server = try LoopbackServer { exchange in
            if exchange.request.method == "GET" {
                return exchange.respond(body: #"{"data":[{"id":\#(message)},{"id":"b"}]}"#)
            }
            exchange.respond(status: 400, body: #"{"error":{"message":\#(message)}}"#)
        }
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("x")
        try await banter.showsPrompt(after: "refuses the request (400)")
        banter.enter("/models")
        let screen = try await banter.showsPrompt(after: "  b")
        #expect(screen.bells == 0)
        try await banter.leave()
        let run = try await home.run("-p", "-m", "m", "x")
        #expect(!run.errors.contains("\u{1B}") && !run.errors.contains("\u{7}"))
    }

    @Test("what is pasted is shown harmlessly, and sent as it is")
    func paste() async throws {
        let server = try LoopbackServer.chat(replies: ["ok"])
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.type("\u{1B}[200~x\u{1B}[31my\u{7}z\u{202E}\u{1B}[201~\r")
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.bells == 0)
        #expect(server.chats.map(\.conversation) == [["user: x\u{1B}[31my\u{7}z\u{202E}"]])
        try await banter.leave()
    }
}
