import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Terminals of all kinds", .serialized, .timeLimit(.minutes(3)))
struct AppearanceTests {
    @Test("a resize at the prompt and in mid-answer loses no word and leaves one prompt")
    func resize() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.type("a line that is long enough to be wrapped by a narrow terminal")
        try await banter.shows("narrow terminal")
        banter.terminal.resize(rows: 24, columns: 30)
        try await banter.terminal.wait {
            $0.lines.prefix(6).joined().contains("› a line that is long enough to be wrapped by a narrow terminal")
        }
        banter.type("\r")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "alpha beta gamma ")
        try await banter.shows("alpha beta gamma")
        banter.terminal.resize(rows: 10, columns: 60)
        chat.send(content: "delta epsilon ")
        try await banter.shows("delta epsilon")
        banter.terminal.resize(rows: 24, columns: 80)
        chat.send(content: "zeta")
        chat.finish()
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.lines.count { $0.hasPrefix("›") && $0.count < 3 } == 1)
        let text = screen.allLines.joined(separator: " ")
        for word in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"] { #expect(text.contains(word)) }
        try await banter.leave()
        #expect(try home.session.conversation.last == "assistant: alpha beta gamma delta epsilon zeta")
    }

    @Test("a storm of resizes down to one cell does no harm")
    func storm() async throws {
        let home = try Home(
            try LoopbackServer.chat(replies: [Array(repeating: "word", count: 300).joined(separator: " ")]))
        let banter = try await home.prompt()
        banter.enter("go")
        for size in [(1, 1), (0, 0), (2, 3), (24, 1), (1, 80), (6, 20), (200, 400), (24, 80)] {
            banter.terminal.resize(rows: size.0, columns: size.1)
        }
        try await banter.showsPrompt(after: "7 out")
        try await banter.leave()
    }

    @Test("a terminal of 20 by 6 is enough")
    func tiny() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["one two three four five six seven eight nine ten"]))
        let banter = try BanterOnTerminal(in: home, ["-m", "test-model"], rows: 6, columns: 20)
        try await banter.showsPrompt()
        banter.enter("count to ten for me")
        let screen = try await banter.showsPrompt(after: "to first token")
        let lines = screen.allLines
        #expect(lines.contains { $0.hasSuffix("ten") } && lines.allSatisfy { $0.count <= 20 })
        try await banter.leave()
    }

    @Test("a terminal that understands no sequences gets none", arguments: ["dumb", ""])
    func dumb(kind: String) async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hello **you** `there`."]), ["TERM": kind])
        let banter = try BanterOnTerminal(in: home, ["-m", "test-model"])
        try await banter.shows("›")
        banter.enter("Hi")
        try await banter.shows("Hello you there.")
        // No prompt of its own stands between the entry and the answer.
        let lines = try await banter.shows("7 out").allLines
        #expect(lines.firstIndex(of: "› Hi").map { lines[$0 + 1] } == "Hello you there.")
        banter.type("\u{4}")
        try await banter.expectEnd(0)
        #expect(!String(decoding: banter.terminal.transcript, as: UTF8.self).contains("\u{1B}"))
        #expect(try home.session.conversation.count == 2)
    }

    @Test("Ctrl-C stops an answer on a terminal that understands no sequences, too")
    func dumbInterrupt() async throws {
        let server = try LoopbackServer()
        let home = try Home(server, ["TERM": "dumb"])
        let banter = try BanterOnTerminal(in: home, ["-m", "test-model"])
        try await banter.shows("›")
        banter.enter("Hi")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two")
        banter.type("\u{3}")
        try await chat.waitUntilClientCloses()
        try await banter.shows("Stopped")
        banter.enter("/quit")
        try await banter.expectEnd(0)
    }

    @Test("NO_COLOR shows no colour; --color always does, and --color never doesn't")
    func colours() async throws {
        for (variables, arguments, shows) in [
            ([:], [], true), (["NO_COLOR": "1"], [], false), (["NO_COLOR": "1"], ["--color", "always"], true),
            ([:], ["--color", "never"], false),
        ] as [([String: String], [String], Bool)] {
            let home = try Home(try LoopbackServer.chat(replies: ["Hi `code`."]), variables)
            let banter = try BanterOnTerminal(in: home, ["-m", "test-model"] + arguments)
            try await banter.showsPrompt(after: "banter 0")
            banter.enter("Hi")
            try await banter.showsPrompt(after: "7 out")
            banter.type("\u{4}")
            try await banter.expectEnd(0)
            let colours = String(decoding: banter.terminal.transcript, as: UTF8.self).matches(of: /\u{1B}\[([0-9;]*)m/)
                .flatMap { $0.1.split(separator: ";") }.filter { $0.count == 2 }
            #expect(!colours.isEmpty == shows, "\(variables) \(arguments): \(colours)")
        }
    }

    @Test("a locale without UTF-8 gets a prompt in ASCII")
    func ascii() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]), ["LANG": "C"])
        let banter = try await home.prompt()
        banter.enter("x")
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.text.contains("> x"))
        #expect(!screen.text.contains("›"))
        try await banter.leave()
    }

    @Test("Markdown is shown as what it means, with --raw as it stands")
    func markdown() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["# Title\n\n- *one*\n- **two**\n"]))
        let banter = try await home.prompt()
        banter.enter("x")
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(!screen.text.contains("**two**"))
        try await banter.leave()
        let raw = try await home.prompt("--raw")
        raw.enter("x")
        let source = try await raw.showsPrompt(after: "7 out")
        #expect(source.text.contains("# Title"))
        #expect(source.text.contains("- **two**"))
        try await raw.leave()
    }

    @Test("output to a terminal under -p is harmless, and ends at the start of a line")
    func printed() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["a\u{1B}[31mb"]))
        let banter = try BanterOnTerminal(in: home, ["-p", "-m", "test-model", "x"])
        let screen = try await banter.expectEnd(0)
        #expect(screen.lines[0].hasPrefix("a") && screen.lines[0].hasSuffix("b"))
    }
}
