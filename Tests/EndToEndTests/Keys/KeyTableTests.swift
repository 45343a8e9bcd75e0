import ChatApi
import Glibc
import TestSupport
import Testing

/// The key table of the design, a test for each row, with the real keys in the real program.
@Suite("The key table", .serialized, .timeLimit(.minutes(3)))
struct KeyTableTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    /// Answers the next chat and returns what was asked.
    private func asked(_ banter: BanterOnTerminal, reply: String = "Fine.") async throws -> String? {
        let chat = try await server.nextChat()
        chat.reply(reply)
        try await banter.showsPrompt(after: "7 out")
        return chat.request.json?.conversation.last
    }

    /// Waits for the cursor to stand in a column of a row that is as given.
    private func shows(_ row: String, column: Int? = nil, _ banter: BanterOnTerminal) async throws {
        try await banter.terminal.wait(for: "the row “\(row)”, column \(column ?? -1)") { screen in
            screen.lines[screen.cursor.row] == row && (column == nil || screen.cursor.column == column)
        }
    }

    @Test("Enter sends", arguments: WindowSize.both)
    func enter(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("hé 世🙂\r")
        #expect(try await asked(banter) == "user: hé 世🙂")
        try await banter.leave()
    }

    @Test("a trailing backslash and Enter make a new line; two backslashes are text", arguments: WindowSize.both)
    func backslash(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("one\\\r")
        try await shows("…", column: 2, banter)
        banter.type("two\\\\\r")
        #expect(try await asked(banter) == "user: one\ntwo\\\\")
        try await banter.leave()
    }

    @Test("Alt-Enter, Ctrl-J and Shift-Enter, as each terminal sends it, make a new line", arguments: WindowSize.both)
    func newLine(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let keys = ["\u{1B}\r", "\n", "\u{1B}[13;2u", "\u{1B}[27;2;13~", "\u{1B}[13;2:1u"]
        banter.type("0")
        for (number, key) in keys.enumerated() {
            banter.type(key + "\(number + 1)")
            try await shows("… \(number + 1)", column: 3, banter)
        }
        banter.type("\r")
        #expect(try await asked(banter) == "user: 0\n1\n2\n3\n4\n5")
        try await banter.leave()
    }

    @Test("the keyboard modes that tell Shift-Enter apart are entered once and left once")
    func keyboardModes() async throws {
        let banter = try await home.prompt()
        banter.type("\u{4}")
        try await banter.expectEnd(0)
        let sent = String(decoding: banter.terminal.transcript, as: UTF8.self)
        for (entered, left) in [("[>1u", "[<u"), ("[>4;1m", "[>4;0m"), ("[?2004h", "[?2004l")] {
            #expect(sent.components(of: "\u{1B}\(entered)") == 1, "\(entered)")
            #expect(sent.components(of: "\u{1B}\(left)") == 1, "\(left)")
        }
    }

    @Test(
        "Up, Down, Ctrl-P and Ctrl-N move in an entry of several lines, then through the history by what was typed",
        arguments: WindowSize.both)
    func history(window: WindowSize) async throws {
        try home.configure(#"{"editor": {"suggestions": false}}"#)
        let banter = try await home.prompt(in: window)
        for entry in ["git log", "make", "git diff"] {
            banter.type("\(entry)\r")
            #expect(try await asked(banter) == "user: \(entry)")
        }
        banter.type("gi\ntx")
        try await shows("… tx", column: 4, banter)
        banter.type("\u{1B}[A")
        try await shows("› gi", column: 4, banter)
        banter.type("\u{1B}OB")
        try await shows("… tx", column: 4, banter)
        banter.type("\u{15}\u{7F}")
        try await shows("› gi", column: 4, banter)
        for (key, row) in [
            ("\u{1B}[A", "git diff"), ("\u{10}", "git log"), ("\u{1B}[A", "git log"), ("\u{0E}", "git diff"),
            ("\u{1B}[B", "gi"),
        ] {
            banter.type(key)
            try await shows("› \(row)", column: nil, banter)
        }
        banter.type("\u{3}")
        try await banter.showsPrompt()
        try await banter.leave()
    }

    @Test("Home, End, Ctrl-A and Ctrl-E go to the ends of the line in the entry", arguments: WindowSize.both)
    func lineEnds(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("one\ntwo\nsix\u{1B}[A")
        try await shows("… two", column: 5, banter)
        for (key, column) in [
            ("\u{1}", 2), ("\u{5}", 5), ("\u{1B}[H", 2), ("\u{1B}[F", 5), ("\u{1B}[1~", 2), ("\u{1B}OF", 5),
        ] {
            banter.type(key)
            try await shows("… two", column: column, banter)
        }
        banter.type("\u{1}>\u{5}<\r")
        #expect(try await asked(banter) == "user: one\n>two<\nsix")
        try await banter.leave()
    }

    @Test("Alt-<, Alt->, Page-Up and Page-Down go to the ends of the entry", arguments: WindowSize.both)
    func entryEnds(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("one\ntwo\nsix\u{1B}[A")
        try await shows("… two", column: 5, banter)
        for keys in [("\u{1B}<", "\u{1B}>"), ("\u{1B}[5~", "\u{1B}[6~")] {
            banter.type(keys.0)
            try await shows("› one", column: 2, banter)
            banter.type(keys.1)
            try await shows("… six", column: 5, banter)
        }
        banter.type("\r")
        #expect(try await asked(banter) == "user: one\ntwo\nsix")
        try await banter.leave()
    }

    @Test("Ctrl-R searches the history as it is typed; Ctrl-G brings the draft back", arguments: WindowSize.both)
    func search(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        for entry in ["alpha 世界", "beta"] {
            banter.type("\(entry)\r")
            #expect(try await asked(banter) == "user: \(entry)")
        }
        banter.type("draft\u{12}世")
        try await shows("› alpha 世界", banter)
        banter.type("\u{7}")
        try await shows("› draft", column: 7, banter)
        banter.type("\u{12}lph\r")
        #expect(try await asked(banter) == "user: alpha 世界")
        try await banter.leave()
    }

    @Test(
        "Ctrl-C stops an answer with an empty entry; with text it clears that first; Esc stops it, too",
        arguments: WindowSize.both)
    func interrupt(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        for key in ["\u{3}", "\u{1B}"] {
            banter.type("Count\r")
            let chat = try await server.nextChat()
            chat.startEvents()
            chat.send(content: "one ")
            try await banter.shows("one")
            banter.type("typed")
            try await shows("› typed", banter)
            banter.type("\u{3}")
            try await shows("›", column: 2, banter)
            #expect(chat.isOpen)
            chat.send(content: "two ")
            try await banter.shows("two")
            banter.type(key)
            try await chat.waitUntilClientCloses()
            try await banter.terminal.wait { $0.containsWrapped("Stopped; what came is kept.") }
            banter.type("/clear-nothing\r")
            try await banter.terminal.wait { $0.containsWrapped("There is no command") }
        }
        try await banter.leave()
    }

    @Test("Ctrl-D deletes forward in a line, and leaves on an empty one", arguments: WindowSize.both)
    func endOfFile(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("ab\u{1}\u{4}")
        try await shows("› b", column: 2, banter)
        banter.type("\u{4}")
        try await banter.showsPrompt()
        banter.type("\u{4}")
        try await banter.expectEnd(0)
    }

    @Test(
        "a paste is one entry, whatever it holds, and a large one is folded and sent in full",
        arguments: WindowSize.both)
    func paste(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("\u{1B}[200~rm -rf ~\r/quit\n\tx\u{3}\u{1B}[201~")
        try await banter.terminal.wait { $0.lines[$0.cursor.row].contains("x␃") }
        banter.type("\r")
        #expect(try await asked(banter) == "user: rm -rf ~\n/quit\n\tx\u{3}")
        let lines = (1...812).map { "line \($0) 世" }.joined(separator: "\n")
        banter.type("\u{1B}[200~\(lines)\u{1B}[201~")
        try await banter.terminal.wait { $0.containsWrapped("[pasted 812 lines]") }
        banter.type("\r")
        #expect(try await asked(banter) == "user: \(lines)")
        try await banter.leave()
    }
}

extension String {
    /// How often a text is in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
