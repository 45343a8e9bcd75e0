import ChatApi
import Glibc
import Synchronization
import TestSupport
import Testing

/// The rows of the catalogue about everything else that a server, a file or a saved session can get onto the screen.
@Suite("Escapes everywhere else", .serialized, .timeLimit(.minutes(5)))
struct EscapeSinkTests {
    /// Short enough to be shown whole where names and messages are.
    private static let payloads = HostilePayload.all.filter { $0.text.unicodeScalars.count < 200 }
    private static let attack = payloads.prefix(40).map(\.text).joined()

    @Test("E11: a file name that turns its end around is shown with the control that does it, in menus and notes")
    func fileNames() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["ok"]))
        let names = ["photo_\u{202E}gpj.exe", "a\u{2066}b\u{2069}.txt", "z\u{1B}]0;owned\u{7}.txt"]
        for name in names {
            let descriptor = open(home.directory.file("home/\(name)"), O_WRONLY | O_CREAT, 0o600)
            #expect(descriptor >= 0 && write(descriptor, "x", 1) == 1)
            close(descriptor)
        }
        let banter = try await home.prompt()
        banter.type("see @~/\t")
        try await banter.until("the menu") {
            $0.containsWrapped("photo_<U+202E>gpj.exe") && $0.containsWrapped("a<U+2066>b<U+2069>.txt")
                && $0.containsWrapped("z␛]0;owned␇.txt")
        }
        banter.type("\u{3}")
        try await banter.showsPrompt()
        banter.enter("see @~/\(names[0]) and @~/\(names[1])")
        try await banter.showsPrompt(after: "7 out")
        let screen = banter.terminal.screen
        #expect(screen.containsWrapped("With ~/photo_<U+202E>gpj.exe (1 byte), ~/a<U+2066>b<U+2069>.txt (1 byte)"))
        banter.enter("see @~/missing\u{202E}")
        try await banter.until("the complaint") { $0.containsWrapped("There is no file ~/missing<U+202E> to send.") }
        banter.type("\u{3}")
        try await banter.leave()
    }

    @Test("E15: an error of the server is shown inert, as JSON and as it is, also in the log")
    func errors() async throws {
        let count = Atomic(0)
        let server = try LoopbackServer { exchange in
            if exchange.request.method == "GET" { return exchange.respond(body: #"{"data":[]}"#) }
            let number = count.add(1, ordering: .relaxed).oldValue
            let text = "end\(number). \(Self.payloads[number % Self.payloads.count].text)"
            exchange.respond(
                status: 400,
                body: number % 2 == 0
                    ? #"{"error":{"message":\#(quoted(text)),"code":\#(quoted(text)),"type":\#(quoted(text))}}"# : text)
        }
        let home = try Home(server)
        let banter = try await home.prompt("--verbose", columns: 200)
        for number in Self.payloads.indices {
            banter.enter("x\(number)")
            try await banter.showsPrompt(after: "end\(number).")
        }
        try await banter.leave()
        let printed = try BanterOnTerminal(in: home, ["--verbose", "-m", "m", "-p", "x"], columns: 200)
        try await printed.expectEnd(1)
        let log = try await home.run("--verbose", "-m", "m", "-p", "x")
        #expect(log.code == 1 && log.errors.unicodeScalars.allSatisfy { $0 == "\n" || TerminalScreen.isHarmless($0) })
    }

    @Test("E15: so is an error in mid-answer")
    func errorInStream() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt(columns: 200)
        for payload in Self.payloads.prefix(20) {
            banter.enter("x")
            let chat = try await server.nextChat()
            chat.startEvents()
            chat.send(content: "half")
            chat.send(event: #"{"error":{"message":\#(quoted(payload.text)),"code":500}}"#)
            chat.endBody()
            try await banter.until("an end") {
                $0.cursor.column == 2 && $0.entry.isEmpty && $0.containsWrapped("what came is kept")
            }
        }
        try await banter.leave()
    }

    @Test("E16: names and numbers of the server are shown inert: models, tools, roles, how it ended, what it cost")
    func fields() async throws {
        let attack = quoted(Self.attack)
        let server = try LoopbackServer { exchange in
            if exchange.request.method == "GET" {
                let models = Self.payloads.map { #"{"id":\#(quoted("m" + $0.text)),"object":"model"}"# }
                return exchange.respond(body: #"{"data":[\#(models.joined(separator: ","))]}"#)
            }
            exchange.startEvents()
            exchange.send(
                event:
                    #"{"id":\#(attack),"model":\#(attack),"system_fingerprint":\#(attack),"service_tier":\#(attack),"choices":[{"index":0,"delta":{"role":\#(attack),"reasoning":\#(attack),"refusal":\#(attack),"tool_calls":[{"index":0,"id":\#(attack),"type":"function","function":{"name":\#(attack),"arguments":\#(attack)}}]}}]}"#
            )
            exchange.send(content: "an answer")
            exchange.send(
                event:
                    #"{"choices":[{"index":0,"delta":{},"finish_reason":\#(attack)}],"usage":{"prompt_tokens":\#(attack),"completion_tokens":\#(attack)}}"#
            )
            exchange.send(event: "[DONE]")
            exchange.endBody()
        }
        let home = try Home(server)
        let banter = try await home.prompt(columns: 200)
        banter.enter("x")
        try await banter.until("the answer") {
            $0.allLines.contains { $0.contains("an answer") } && $0.entry.isEmpty && $0.cursor.column == 2
        }
        banter.enter("/usage")
        banter.enter("/models")
        try await banter.until("the models") { $0.allLines.contains { $0.contains("m␛[31;1mred") } }
        try await banter.showsPrompt()
        banter.type("/model m\t\t\t")
        try await banter.until("a choice") { !$0.reversed.isEmpty }
        banter.type("\r\r")
        try await banter.showsPrompt()
        banter.enter("/model")
        banter.enter("/set x\u{1B}]0;owned\u{7} 1")
        try await banter.leave()
        for arguments in [["models"], ["models", "--json"]] {
            let list = try BanterOnTerminal(in: home, arguments, columns: 200)
            try await list.expectEnd(0)
        }
    }

    @Test("E17: a title of any kind is one row of the list, cut where the window ends", arguments: [80, 20])
    func titles(columns: Int) async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["ok"]))
        let titles = Self.payloads.map(\.text) + [String(repeating: "long 世\n", count: 2000), "a\nb\r\nc\td"]
        for (number, title) in titles.enumerated() { try home.save(session: number, title: title, [title, title]) }
        let banter = try await home.prompt(rows: 30, columns: columns)
        banter.enter("/sessions")
        try await banter.until("the picker") {
            $0.modes.contains(1049) && $0.contains("type to")
        }
        for _ in 0..<titles.count { banter.type("\u{1B}[B") }
        try await banter.until("the last one") { $0.contains("a␊b␍␊c␉d") }
        banter.type("\u{1B}[6~\u{1B}[5~red")
        try await banter.until("the filter") { $0.contains("› red") }
        banter.type("\u{1B}")
        try await banter.until("the prompt") { !$0.modes.contains(1049) }
        banter.type("/resume \t")
        try await banter.until("the menu, once the sessions are read") { $0.contains("more") }
        banter.type("\t")
        try await banter.until("the menu") { !$0.reversed.isEmpty }
        banter.type("\u{1B}")
        try await banter.until("what was typed") { $0.reversed.isEmpty && $0.entry == "/resume" }
        try await banter.clearAndLeave()
        // On a terminal, as one line each.
        let list = try BanterOnTerminal(in: home, ["sessions", "list"], columns: 1000)
        let screen = try await list.expectEnd(0)
        #expect(screen.allLines.count { $0.contains("2026-01-01") } == titles.count)
        try await BanterOnTerminal(in: home, ["sessions", "list", "--json"], columns: 200).expectEnd(0)
    }

    @Test("E18: a saved session is shown again as inertly as it was, and its file keeps every byte")
    func replay() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["ok"]))
        let text = HostileText.all
        let id = try home.save(session: 1, title: Self.attack, model: Self.attack, [text, text])
        let banter = try BanterOnTerminal(in: home, ["-r", id], columns: 120)
        try await banter.showsPrompt(after: "end \(HostilePayload.all.count - 1).")
        banter.paste("/rename \(Self.attack.filter { !$0.isNewline }).")
        banter.type("\r")
        try await banter.showsPrompt(after: "This session is called")
        banter.enter("/model")
        try await banter.leave()
        #expect(try home.session.conversation == ["user: \(text)", "assistant: \(text)"])
        // The file is shown harmlessly by cat, too, but for what only looks odd.
        let file = home.directory.text(of: "banter/sessions/\(id).json") ?? "\u{1B}"
        #expect(file.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    }

    @Test("E20: a file or a pipe gets the answer as it is, and nothing of Banter's own looks")
    func files() async throws {
        let home = try Home(try LoopbackServer.chat(replies: [HostileText.all]))
        for color in ["auto", "always"] {
            let run = try await home.run("--color", color, "-p", "x")
            #expect(run.code == 0 && run.output.hasPrefix(HostileText.all) && run.errors.isEmpty)
        }
        let json = try BanterProcess(in: home, ["--json", "x"])
        #expect(try await json.exitCode() == 0)
        #expect(try json.json["content"]?.stringValue == HostileText.all)
        #expect(json.output.unicodeScalars.allSatisfy { $0 == "\n" || TerminalScreen.isHarmless($0) })
    }

    @Test(
        "E21: headers of the server are inert in the log",
        arguments: [
            ("x-request-id", "r\u{1B}]0;owned\u{7}"), ("Server", "s\u{9B}31m\u{202E}"), ("Retry-After", "\u{1B}[31m"),
            ("x-request-id", "\u{9D}0;owned\u{9C}"),
        ])
    func headers(name: String, value: String) async throws {
        let server = try LoopbackServer { exchange in
            if exchange.request.method == "GET" {
                return exchange.respond(headers: [(name, value)], body: #"{"data":[]}"#)
            }
            exchange.respond(status: 400, headers: [(name, value)], body: #"{"error":{"message":"no"}}"#)
        }
        let home = try Home(server)
        let banter = try await home.prompt("--verbose", columns: 120)
        banter.enter("x")
        try await banter.until("an error") { $0.entry.isEmpty && $0.cursor.column == 2 && $0.allLines.count > 4 }
        try await banter.leave()
        let log = try await home.run("--verbose", "-m", "m", "-p", "x")
        #expect(log.code != 0 && log.errors.unicodeScalars.allSatisfy { $0 == "\n" || TerminalScreen.isHarmless($0) })
    }

    @Test("E18: what waits in the queue, and what was not sent, is inert")
    func queue() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt(columns: 100)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one ")
        try await banter.shows("one")
        for payload in Self.payloads.prefix(30) { banter.type("\u{1B}[200~\(payload.text).\u{1B}[201~\r") }
        try await banter.until("the queue") { $0.containsWrapped("queued (+29)") }
        banter.type("\u{1B}[A")
        try await banter.until("the last one, taken back") { $0.containsWrapped("queued (+28)") }
        banter.type("\u{15}")
        try await banter.until("an empty entry") { $0.entry.isEmpty }
        // Leaving tells what was not sent.
        banter.type("\u{4}")
        let screen = try await banter.expectEnd(0)
        #expect(screen.allLines.count { $0.hasPrefix("Not sent: ") } >= 29)
    }
}
