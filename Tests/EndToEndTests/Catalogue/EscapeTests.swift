import ChatApi
import Glibc
import TestSupport
import Testing

/// The rows of the catalogue about answers.
///
/// That nothing foreign reaches the terminal is looked after in every test; here is what
/// that leaves open.
@Suite("Escapes in answers", .serialized, .timeLimit(.minutes(5)))
struct EscapeTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    /// All lines that the terminal has after an answer, up to the one with its times.
    private func lines(
        _ arguments: [String] = [], framing: LoopbackExchange.Framing = .chunked, columns: Int = 120,
        _ send: (LoopbackExchange) -> Void
    ) async throws -> [String] {
        let prints = arguments.contains("-p")
        let banter = try BanterOnTerminal(in: home, ["-m", "test-model"] + arguments, columns: columns)
        if !prints {
            try await banter.showsPrompt(after: "banter 0")
            banter.enter("Attack")
        }
        let chat = try await server.nextChat()
        chat.startEvents(framing: framing)
        send(chat)
        chat.finish()
        if prints { return try await banter.expectEnd(0).allLines }
        try await banter.showsPrompt(after: "7 out")
        try await banter.leave()
        #expect(banter.terminal.screen.bells == 0)
        return Array(banter.terminal.screen.allLines.prefix { !$0.contains("7 out") })
    }

    private static let text = HostileText.all

    @Test("E01: every payload as one delta is shown inert, and nothing behind it is lost")
    func whole() async throws {
        let lines = try await lines { chat in
            for payload in Self.text.split(separator: "\n\n") { chat.send(content: payload + "\n\n") }
        }
        for number in HostilePayload.all.indices {
            #expect(lines.contains("end \(number)."), "\(HostilePayload.all[number])")
        }
        let text = lines.joined()
        for shown in ["␛]52;c;cm0gLXJmIH4=␇", "<U+009B>31mred", "photo_<U+202E>gpj.exe", "␛[c␛[>c", "␛_Ga=T"] {
            #expect(text.contains(shown))
        }
        #expect(try home.session.conversation.last == "assistant: " + Self.text)
    }

    @Test(
        "E02: scalar by scalar it comes to the same screen, at the prompt, as source, and printed by -p",
        arguments: [[], ["--raw"], ["-p", "x"]])
    func scalars(arguments: [String]) async throws {
        let whole = try await lines(arguments) { $0.send(content: Self.text) }
        #expect(whole.contains("end 0."))
        let cut = try await lines(arguments) { chat in
            for scalar in Self.text.unicodeScalars { chat.send(content: String(scalar)) }
        }
        #expect(cut == whole)
    }

    @Test("E02: so it does byte by byte")
    func bytes() async throws {
        let payloads = HostilePayload.all.enumerated().filter { $0.offset % 4 == 0 && $0.element.text.utf8.count < 100 }
        let text = HostileText.text(of: payloads.map(\.element))
        let whole = try await lines { $0.send(content: text) }
        let event =
            #"data: {"id":"c1","model":"test-model","choices":[{"index":0,"delta":{"content":\#(quoted(text))}}]}"#
            + "\n\n"
        let cut = try await lines(framing: .closing) { chat in for byte in event.utf8 { chat.send(bytes: [byte]) } }
        #expect(cut == whole)
    }

    @Test("E03: bytes that are no UTF-8 are replacement characters", arguments: HostileBytes.all)
    func badUTF8(bytes: [UInt8]) async throws {
        let banter = try await home.prompt()
        banter.enter("Attack")
        let chat = try await server.nextChat()
        chat.startEvents(framing: .closing)
        let event = #"data: {"id":"c1","model":"test-model","choices":[{"index":0,"delta":{"content":"before "#
        chat.send(bytes: Array(event.utf8) + bytes + Array(#" after"}}]}"#.utf8) + [0x0A, 0x0A])
        chat.finish()
        // With a control that JSON has escaped only, it is no JSON, and the answer is none.
        let end = bytes.contains(0x1B) ? "is no chat answer" : "7 out"
        let screen = try await banter.until("the end") { $0.containsWrapped(end) && $0.entry.isEmpty }
        if !bytes.contains(0x1B) {
            #expect(screen.containsWrapped("before \u{FFFD}") && screen.containsWrapped("after"))
        }
        try await banter.leave()
    }

    @Test(
        "E07: the true target of a link is shown, whatever its text says, and only the web and mail can be clicked on")
    func link() async throws {
        // A terminal that takes links (OSC 8).
        let home = try Home(server, ["VTE_VERSION": "7600"])
        let banter = try await home.prompt(columns: 120)
        banter.enter("x")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(
            content: "[https://good.example](http://evil.example/x) <javascript:alert(1)> [a](file:///etc/passwd)")
        chat.finish()
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.containsWrapped("evil.example") && screen.containsWrapped("file:///etc/passwd"))
        try await banter.leave()
        let sent = String(decoding: banter.terminal.transcript, as: UTF8.self)
        for link in sent.matches(of: /\x1B\]8;[^;]*;([^\x1B]+)/) { #expect(link.1.hasPrefix("http://evil.example/x")) }
    }

    @Test("E08: a target with an escape in it is inert")
    func target() async throws {
        let lines = try await lines { chat in
            chat.send(
                content:
                    "[x](http://e.example/\u{1B}\\\u{1B}]0;owned\u{7}) <http://f.example/\u{9C}\u{9D}0;owned\u{7}>\n\nend."
            )
        }
        let text = lines.joined()
        #expect(text.contains("http://e.example/") && text.contains("http://f.example/") && lines.contains("end."))
    }

    @Test("E09: what carriage returns and backspaces would write over stays visible")
    func overwriting() async throws {
        let text = "```\nrm -rf ~\rls\n```\nrm -rf /" + String(repeating: "\u{8}", count: 8) + "pwd"
        let lines = try await lines { $0.send(content: text) }
        #expect(lines.contains("rm -rf ~␍ls") && lines.contains("rm -rf /␈␈␈␈␈␈␈␈pwd"))
    }

    @Test("E10: CRLF is one line end, cut in two or not", arguments: [[], ["-p", "x"]])
    func lineEnds(arguments: [String]) async throws {
        let text = "one\r\ntwo\r\n\r\nthree\rfour\r\r\nfive\r\n"
        var screens: [[String]] = []
        for parts in [
            [text], text.unicodeScalars.map { String($0) },
            ["one\r", "\ntwo\r", "\n\r", "\nthree\r", "four\r\r", "\nfive\r", "\n"],
        ] {
            screens.append(
                try await arguments.isEmpty
                    ? lines { chat in for part in parts { chat.send(content: part) } }
                    : lines(["-p", "x"]) { chat in for part in parts { chat.send(content: part) } })
        }
        #expect(screens[1] == screens[0] && screens[2] == screens[0])
        #expect(screens[0].contains("two") && screens[0].contains("three␍four␍") && screens[0].contains("five"))
        #expect(!screens[0].contains { $0.hasPrefix("one") && $0 != "one" })
    }

    @Test(
        "E13: what people write is shown scalar for scalar, also where it arrives scalar by scalar",
        arguments: [[], ["-p", "x"]])
    func welcome(arguments: [String]) async throws {
        for payload in HostilePayload.welcome {
            let banter = try BanterOnTerminal(in: home, ["-m", "test-model"] + arguments)
            if arguments.isEmpty {
                try await banter.showsPrompt()
                banter.enter("x")
            }
            let chat = try await server.nextChat()
            chat.startEvents()
            for scalar in "# \(payload.text)|\n\n".unicodeScalars { chat.send(content: String(scalar)) }
            chat.finish()
            if arguments.isEmpty {
                try await banter.showsPrompt(after: "7 out")
                try await banter.leave()
            } else {
                try await banter.expectEnd(0)
            }
            // On the screen, as it may be painted in two parts.
            #expect(contains(Array(banter.terminal.screen.allLines.joined().utf8), payload.text), "\(payload)")
        }
    }

    @Test("E14: of hundreds and of ten thousand marks eight are shown", arguments: [500, 10_000])
    func marks(count: Int) async throws {
        let marks = String(repeating: "\u{301}", count: count)
        let lines = try await lines { chat in
            chat.send(content: "a\(marks)b\n\n`c\(marks)d`\n\ne")
            for mark in marks.unicodeScalars.prefix(1000) { chat.send(content: String(mark)) }
            chat.send(content: "end.")
        }
        let text = lines.joined().unicodeScalars
        #expect(text.count { $0 == "\u{301}" } == 8 * 3)
        #expect(text.contains("end.".unicodeScalars))
    }

    @Test("E19: code with escapes is coloured by nobody but Banter, and no colour runs on behind a line")
    func code() async throws {
        let banter = try await home.prompt()
        banter.enter("Code")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(
            content: "```c\nint main() { /* \u{1B}[31m\n\u{9B}5m */ return \"\u{1B}]0;owned\u{7}\"[0]; }\n```\nplain")
        chat.finish()
        let screen = try await banter.showsPrompt(after: "7 out")
        let row = try #require(screen.cells.first { $0.map(\.text).joined().contains("return") })
        #expect(row.map(\.text).joined().contains("<U+009B>5m"))
        #expect(Set(row.map(\.style)).count > 1)
        let plain = try #require(screen.cells.first { $0.map(\.text).joined().hasPrefix("plain") })
        #expect(plain.allSatisfy { $0.style == .plain })
        try await banter.leave()
    }

    @Test("E22: escapes that hide behind a mark are seen", arguments: [[], ["-p", "x"]])
    func bypasses(arguments: [String]) async throws {
        let text = HostileText.text(
            of: HostilePayload.all.filter { $0.text.contains("owned") || $0.text.unicodeScalars.contains("\u{301}") })
        let lines = try await lines(arguments) { chat in
            for scalar in text.unicodeScalars { chat.send(content: String(scalar)) }
        }
        #expect(lines.joined().unicodeScalars.contains("␛"))
        #expect(lines.contains("end 0."))
    }

    @Test(
        "E23: an escape at the end of a delta or of the answer swallows nothing that follows",
        arguments: ["\u{1B}", "\u{1B}]0;never", "\u{1B}P", "\u{9D}0;x", "\u{1B}[31;", "\u{1B}_"])
    func unterminated(end: String) async throws {
        let banter = try await home.prompt()
        banter.enter("One")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "before \(end)")
        try await banter.shows("before")
        chat.send(content: "]2;owned\u{7} after \(end)")
        chat.finish()
        try await banter.showsPrompt(after: "7 out")
        banter.enter("typed as ever")
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation.last == "user: typed as ever")
        next.reply("Fine.")
        let screen = try await banter.showsPrompt(after: "Fine.")
        #expect(screen.contains("› typed as ever"))
        try await banter.leave()
    }
}
