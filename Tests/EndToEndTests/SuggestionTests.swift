import TestSupport
import Testing

@Suite("Suggestions", .serialized, .timeLimit(.minutes(3)))
struct SuggestionTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two.", "Three.", "Four."])
        home = try Home(server)
    }

    /// Banter, with one message in its history.
    private func prompt(in window: WindowSize, after message: String) async throws -> BanterOnTerminal {
        let banter = try await home.prompt(in: window)
        banter.enter(message)
        try await banter.showsPrompt(after: "One.")
        return banter
    }

    @Test("the rest of an earlier entry is shown in grey, and never sent nor left behind", arguments: WindowSize.both)
    func shown(in window: WindowSize) async throws {
        let banter = try await prompt(in: window, after: "count sheep")
        try await banter.type("cou", shows: "count sheep")
        let screen = banter.terminal.screen
        #expect(screen.cursor.column == 5)
        let row = screen.cells[screen.cursor.row]
        #expect(row[4].style == .plain && row[5].style.attributes == [2] && row[12].style.attributes == [2])
        banter.type("\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation.last == "user: cou")
        #expect(banter.terminal.screen.allLines.contains("› cou"))
        // Not where the cursor is elsewhere, and not on the empty entry.
        try await banter.type("cou\u{1B}[D", shows: "cou")
        try await banter.type("\u{1B}[C", shows: "count sheep")
        try await banter.type("\u{3}", shows: "")
        #expect(banter.terminal.screen.allLines.contains("› cou^C"))
        try await banter.leave()
    }

    @Test(
        "a suggestion is taken whole with Right, End, Ctrl-F and Ctrl-E",
        arguments: WindowSize.both, ["\u{1B}[C", "\u{1B}[F", "\u{6}", "\u{5}"])
    func taken(in window: WindowSize, key: String) async throws {
        let banter = try await prompt(in: window, after: "a b c")
        try await banter.type("a", shows: "a b c")
        try await banter.type(key + "!", shows: "a b c!")
        banter.type("\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation.last == "user: a b c!")
        try await banter.leave()
    }

    @Test("a word of it is taken with Alt-F and Ctrl-Right", arguments: WindowSize.both)
    func words(in window: WindowSize) async throws {
        let banter = try await prompt(in: window, after: "one two three")
        try await banter.type("o", shows: "one two three")
        banter.type("\u{1B}f\u{1B}[1;5C!\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation.last == "user: one two!")
        try await banter.leave()
    }

    @Test("of an entry of several lines the first is shown, and all are taken", arguments: WindowSize.both)
    func lines(in window: WindowSize) async throws {
        let banter = try await prompt(in: window, after: "first\nsecond")
        try await banter.type("fi", shows: "first…")
        try await banter.type("\u{5}", shows: "first…second")
        banter.type("\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation.last == "user: first\nsecond")
        try await banter.leave()
    }

    @Test("a long one is cut at the end of the row, and what it holds is harmless", arguments: WindowSize.both)
    func clipped(in window: WindowSize) async throws {
        let long = "x \u{1B}[31m\u{202E}" + String(repeating: "word ", count: 40)
        let banter = try await home.prompt(in: window)
        banter.paste(long)
        banter.type("\r")
        try await banter.showsPrompt(after: "One.")
        banter.type("x")
        let screen = try await banter.terminal.wait { $0.lines[$0.cursor.row].hasPrefix("› x ␛[31m") }
        #expect(screen.lines[screen.cursor.row].hasSuffix("…"))
        #expect(screen.cursor.row == window.rows - 1 || screen.lines[screen.cursor.row + 1].isEmpty)
        // A narrower window doesn't leave any of it.
        banter.terminal.resize(rows: window.rows, columns: 12)
        try await banter.terminal.wait { $0.columns == 12 && $0.lines[$0.cursor.row].hasPrefix("› x ␛[31m") }
        banter.type("\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation.last == "user: x")
        try await banter.leave()
    }

    @Test("the configuration switches them off", arguments: WindowSize.both)
    func off(in window: WindowSize) async throws {
        try home.configure(#"{"editor": {"suggestions": false}}"#)
        let banter = try await prompt(in: window, after: "count sheep")
        try await banter.type("cou", shows: "cou")
        try await banter.type("\u{1B}[C!", shows: "cou!")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }
}
