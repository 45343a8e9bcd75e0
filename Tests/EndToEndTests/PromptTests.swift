import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("What stands before an entry", .serialized, .timeLimit(.minutes(3)))
struct PromptTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two.", "Three."])
        home = try Home(server)
    }

    /// Opens a prompt of the configuration, and waits until its row is as given.
    private func open(
        _ window: WindowSize, shows row: String, _ arguments: String..., in home: Home? = nil
    ) async throws -> BanterOnTerminal {
        let banter = try BanterOnTerminal(
            in: home ?? self.home, ["-m", "test-model"] + arguments, rows: window.rows, columns: window.columns)
        try await shows(row, banter)
        return banter
    }

    @discardableResult
    private func shows(_ row: String, _ banter: BanterOnTerminal) async throws -> TerminalScreen {
        try await banter.terminal.wait(for: "the row “\(row)”") { $0.lines[$0.cursor.row] == row }
    }

    private func leave(_ banter: BanterOnTerminal) async throws {
        banter.type("\u{4}")
        try await banter.expectEnd(0)
    }

    @Test("model, provider, title and turn are put in, and change with them", arguments: WindowSize.both)
    func placeholders(window: WindowSize) async throws {
        let isWide = window.columns == 80
        try home.configure(#"{"editor": {"prompt": "{provider}/{model} {title} {{{turn}}} › "}}"#)
        let banter = try await open(window, shows: isWide ? "openai/test-model new session {1} ›" : "…on {1} ›")
        banter.enter("Hi")
        try await shows(isWide ? "openai/test-model Hi {2} ›" : "…Hi {2} ›", banter)
        banter.enter("/model other")
        try await shows(isWide ? "openai/other Hi {2} ›" : "…Hi {2} ›", banter)
        banter.enter("/rename Tea")
        let screen = try await shows(isWide ? "openai/other Tea {2} ›" : "…ea {2} ›", banter)
        // The lines that were accepted keep the prompts that they had.
        #expect(screen.containsWrapped(isWide ? "new session {1} › Hi" : "…on {1} › Hi"))
        try await leave(banter)
        let resumed = try await open(window, shows: isWide ? "openai/test-model Tea {2} ›" : "…ea {2} ›", "-c")
        try await leave(resumed)
    }

    @Test("colours are the configuration's; without any the prompt looks as it always does", arguments: WindowSize.both)
    func colours(window: WindowSize) async throws {
        try home.configure(#"{"editor": {"prompt": "{cyan}世{/}{bold}> ", "continuation": "{red}| "}}"#)
        let banter = try await open(window, shows: "世>")
        banter.type("a\nb")
        let screen = try await shows("| b", banter)
        let row = screen.cursor.row
        #expect(screen.cells[row - 1][0].style.attributes == [36])
        #expect(screen.cells[row - 1][2].style.attributes == [1])
        #expect(screen.cells[row][0].style.attributes == [31])
        #expect(screen.cells[row - 1][4].style.attributes == [] && screen.cursor.column == 3)
        banter.type("\u{3}\u{4}")
        try await banter.expectEnd(0)
        try home.configure(#"{"editor": {"prompt": "» "}}"#)
        let usual = try await open(window, shows: "»")
        #expect(usual.terminal.screen.cells[usual.terminal.screen.cursor.row][0].style.attributes == [1, 32])
        try await leave(usual)
    }

    @Test("a hostile title can't act on the terminal, and leaves room to type", arguments: WindowSize.both)
    func hostile(window: WindowSize) async throws {
        try home.configure(#"{"editor": {"prompt": "{title}› "}, "display": {"windowTitle": true}}"#)
        let banter = try await open(window, shows: window.columns == 80 ? "new session›" : "…session›")
        banter.type(
            "\u{1B}[200~x\u{1B}\u{9B}]0;evil\u{7}\u{1B}[31m\u{202E}\(String(repeating: "世", count: 90))\u{1B}[201~\r")
        try await banter.terminal.wait { $0.containsWrapped("One.") && $0.lines[$0.cursor.row].hasSuffix("›") }
        let screen = banter.terminal.screen
        #expect(screen.cursor.column <= window.columns / 2 && screen.foreignSequences.isEmpty)
        #expect(screen.title.hasSuffix("- banter") && !screen.title.unicodeScalars.contains { $0.value < 0x20 })
        try await leave(banter)
    }

    @Test("one column is enough", arguments: [1, 2, 3])
    func narrow(columns: Int) async throws {
        try home.configure(#"{"editor": {"prompt": "{model} › "}}"#)
        let banter = try BanterOnTerminal(in: home, ["-m", "test-model"], rows: 6, columns: columns)
        try await banter.terminal.wait { $0.modes.contains(2004) }
        banter.type("ok\r")
        try await banter.terminal.wait { $0.containsWrapped("One.") }
        banter.type("\u{4}")
        try await banter.terminal.wait { $0.containsWrapped("[exit 0]") }
        #expect(server.chats.map(\.conversation) == [["user: ok"]])
    }

    @Test("a mistake in it is told with line and column")
    func mistake() async throws {
        try home.configure("{\n \"editor\": {\"prompt\": \"{modle}\"}}")
        let run = try await home.run("-p", "x")
        #expect(run.code == 78 && run.errors.contains("config.json:2:13"), "\(run)")
        #expect(run.errors.contains("did you mean {model}?\n"), "\(run)")
    }

    @Test("vi's command mode is seen in it, in colour or not, in UTF-8 or not", arguments: WindowSize.both)
    func commandMode(window: WindowSize) async throws {
        try home.configure(#"{"editor": {"keys": "vi"}}"#)
        for (variables, typing, command) in [
            ([:], "›", "‹"), (["NO_COLOR": "1"], "›", "‹"), (["LANG": "C"], ">", "<"),
        ] as [([String: String], String, String)] {
            let other = try Home(server, variables)
            try other.configure(#"{"editor": {"keys": "vi"}}"#)
            let banter = try await open(window, shows: typing, in: other)
            banter.type("one two")
            try await shows("\(typing) one two", banter)
            banter.type("\u{1B}")
            let screen = try await shows("\(command) one two", banter)
            #expect(screen.cells[screen.cursor.row][0].style.attributes.contains(7) && screen.cursor.column == 8)
            banter.type("0dw")
            try await shows("\(command) two", banter)
            banter.type("ithe ")
            try await shows("\(typing) the two", banter)
            banter.type("\u{1B}")
            try await shows("\(command) the two", banter)
            // An accepted entry has the usual prompt, and the next one begins with typing.
            banter.type("\r")
            let end = try await banter.terminal.wait {
                $0.containsWrapped("7 out") && $0.lines[$0.cursor.row] == typing
            }
            #expect(end.containsWrapped("\(typing) the two"))
            try await leave(banter)
        }
    }

    @Test("emacs mode knows no such mark")
    func emacs() async throws {
        let banter = try await home.prompt()
        banter.type("one\u{1B}")
        banter.type("b!")
        try await shows("› !one", banter)
        #expect(!contains(banter.terminal.transcript, "‹"))
        banter.type("\u{3}")
        try await banter.leave()
    }
}
