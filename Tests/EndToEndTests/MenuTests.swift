import Glibc
import TestSupport
import Testing

@Suite("The menu under the entry", .serialized, .timeLimit(.minutes(3)))
struct MenuTests {
    let home: Home

    init() throws { home = try Home(try LoopbackServer.chat(replies: ["One.", "Two."])) }

    private func file(_ name: String) {
        let descriptor = open(home.directory.file("home/\(name)"), O_WRONLY | O_CREAT, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
    }

    @Test(
        "lists at once what makes sense now, narrows as one types, and Esc brings back what was typed",
        arguments: WindowSize.both)
    func narrowing(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("/\t")
        try await banter.until("the list") { $0.contains("/new") && $0.contains("/system") }
        banter.type("mod")
        try await banter.until("the narrowed list") { !$0.contains("/new") && $0.contains("/models") }
        banter.type("\u{7F}\u{7F}\u{7F}")
        try await banter.until("the whole list") { $0.contains("/new") }
        banter.type("m\t")
        try await banter.until("the first choice") { $0.entry == "/model" && $0.contains("/models") }
        banter.type("\u{1B}")
        try await banter.until("what was typed") { $0.entry == "/m" && !$0.contains("/models") }
        banter.type("\t")
        try await banter.until("the common beginning") { $0.entry == "/model" && $0.contains("/models") }
        banter.type("x")
        try await banter.until("nothing that fits") { $0.entry == "/modelx" && !$0.contains("/models") }
        try await banter.clearAndLeave()
    }

    @Test(
        "Tab, Shift-Tab and arrows choose, the choice is reversed, and Enter takes it without sending",
        arguments: WindowSize.both)
    func choosing(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("/mo\t\t\t")
        let screen = try await banter.until("the second") { $0.entry == "/models" && !$0.reversed.isEmpty }
        #expect(screen.reversed == "/models")
        banter.type("\u{1B}[Z")
        try await banter.until("the first") { $0.entry == "/model" && $0.reversed == "/model" }
        banter.type("\u{1B}[B")
        try await banter.until("the second again") { $0.reversed == "/models" }
        banter.type("\u{1B}[A\r")
        try await banter.until("the list to close") { $0.entry == "/model" && !$0.contains("/models") }
        banter.type("\r")
        try await banter.showsPrompt(after: "/test-model")
        banter.type("/mo\t\t\tx")
        try await banter.until("the choice with a letter") { $0.entry == "/models x" && $0.reversed.isEmpty }
        try await banter.clearAndLeave()
    }

    @Test(
        "a list longer than the window scrolls under an entry that stays, down its columns and across them",
        arguments: WindowSize.both)
    func scrolling(window: WindowSize) async throws {
        for number in 10..<100 { file("file-number-\(number)") }
        let banter = try await home.prompt(in: window)
        banter.type("@~/f\t")
        let screen = try await banter.until("the list") { $0.contains("file-number-10") && $0.contains("more") }
        #expect(screen.entry == "@~/file-number-")
        #expect(screen.lines.contains { $0.hasPrefix("file-number-10") })
        banter.type("\u{1B}[A")
        try await banter.until("the last") { $0.entry.hasPrefix("@~/file-number-99") && $0.contains("90/90") }
        banter.type("\t")
        try await banter.until("the first") { $0.entry.hasPrefix("@~/file-number-10") && $0.contains("1/90") }
        // Five columns of eighteen, or one.
        banter.type("\u{1B}[B")
        try await banter.until("the next") { $0.contains("2/90") }
        if window.columns == 80 {
            banter.type("\u{1B}[C")
            try await banter.until("the next column") { $0.reversed == "file-number-\(11 + 18)" }
        }
        banter.type("\u{1B}")
        try await banter.until("what was typed") { $0.entry == "@~/f" }
        try await banter.clearAndLeave()
    }

    @Test(
        "names that are wide or hostile are shown harmlessly, and inserted as what they are", arguments: WindowSize.both
    )
    func hostile(window: WindowSize) async throws {
        file("世界\u{1B}[31m\r")
        file("世界 2")
        let banter = try await home.prompt(in: window)
        banter.type("@~/世\t")
        try await banter.until("the list") {
            $0.contains("世界␛[31m␍") || $0.lines.contains { $0.hasPrefix("世 界 ␛") } || $0.text.contains("␛[31m␍")
        }
        banter.type("\t")
        let screen = try await banter.until("a choice") { $0.containsWrapped("世界\\u{1B}[31m\\u{D}") }
        #expect(screen.foreignSequences.isEmpty)
        try await banter.clearAndLeave()
    }

    @Test("what completes nothing rings and changes nothing; a paste never completes", arguments: WindowSize.both)
    func nothing(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let bells = banter.terminal.screen.bells
        banter.type("/xyzzy\t")
        try await banter.until("the bell") { $0.bells > bells && $0.entry == "/xyzzy" }
        banter.type("\u{3}")
        try await banter.showsPrompt()
        banter.type("\u{1B}[200~/mo\t\u{1B}[201~.")
        let screen = try await banter.until("the paste") { $0.containsWrapped("›/mo.") }
        #expect(!screen.contains("/models"))
        try await banter.clearAndLeave()
    }

    @Test("works with vi's keys, and Esc leaves it before it leaves insert mode", arguments: WindowSize.both)
    func vi(window: WindowSize) async throws {
        try home.configure(#"{"editor": {"keys": "vi"}}"#)
        let banter = try await home.prompt(in: window)
        banter.type("/mo\t\t\t")
        try await banter.until("a choice") { $0.entry == "/models" && $0.reversed == "/models" }
        banter.type("\u{1B}")
        try await banter.until("what was typed") { $0.entry == "/mo" && !$0.contains("/models") }
        banter.type("d\t")
        try await banter.until("the list again") { $0.entry == "/model" && $0.contains("/models") }
        banter.type("s")
        try await banter.until("a letter in it") { $0.entry == "/models" }
        try await banter.clearAndLeave()
    }

    @Test("stays while an answer streams above it, and while the window changes", arguments: WindowSize.both)
    func streaming(window: WindowSize) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt(in: window)
        banter.enter("go")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "alpha ")
        try await banter.shows("alpha")
        banter.type("/mo\t\t")
        try await banter.until("a choice") { $0.reversed == "/model" }
        chat.send(content: "beta\n\nga")
        try await banter.until("more of the answer") {
            $0.containsWrapped("alpha beta") && $0.reversed == "/model" && $0.entry == "/model"
        }
        banter.terminal.resize(rows: 12, columns: 50)
        chat.send(content: "mma")
        try await banter.until("the end of the answer") {
            $0.containsWrapped("gamma") && $0.reversed == "/model" && $0.entry == "/model"
        }
        chat.finish()
        try await banter.until("the end of the turn") { $0.containsWrapped("first token") && $0.reversed == "/model" }
        banter.type("\r\r")
        try await banter.showsPrompt(after: "/test-model")
        try await banter.leave()
    }
}
