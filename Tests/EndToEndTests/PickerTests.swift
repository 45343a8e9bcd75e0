import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("The list of sessions", .serialized, .timeLimit(.minutes(3)))
struct PickerTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    static let windows = [(24, 80), (10, 40), (6, 20)]

    /// Sessions 1 to 8, the last one the newest; in number 3 there is a word that no title has.
    private func saveSessions() throws {
        for number in 1...8 {
            try home.save(
                session: number, title: "Title \(number)",
                ["Question \(number)?", "An answer\(number == 3 ? " with a kumquat" : ""), 世界."])
            // A moment each, as the order goes by the time of the file.
            let name = home.directory.file("banter/sessions/20260101-120000-000\(number).json")
            let times = [
                timespec(tv_sec: 1_700_000_000 + number, tv_nsec: 0),
                timespec(tv_sec: 1_700_000_000 + number, tv_nsec: 0),
            ]
            #expect(utimensat(AT_FDCWD, name, times, 0) == 0)
        }
    }

    private func file(_ number: Int) -> String { "banter/sessions/20260101-120000-000\(number).json" }

    private func title(_ number: Int) throws -> String? {
        try JSONValue(parsing: Array((home.directory.text(of: file(number)) ?? "").utf8))["title"]?.stringValue
    }

    /// Its own first row looks like a prompt, too.
    private func leaveList(_ banter: BanterOnTerminal, with key: String) async throws {
        banter.type(key)
        try await banter.terminal.wait(for: "the way out") { !$0.modes.contains(1049) }
        try await banter.showsPrompt(after: "/sessions")
    }

    @Test("the prompt behind it is exactly as it was: what is typed there, the cursor, the screen", arguments: windows)
    func prompt(rows: Int, columns: Int) async throws {
        try saveSessions()
        let banter = try await home.prompt(rows: rows, columns: columns)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one")
        try await banter.shows("one")
        banter.type("/sessions\r")
        try await banter.shows("queued")
        banter.type("a draft 世界\u{1B}[D\u{1B}[D\u{1B}[D")
        let typed = try await banter.terminal.wait(for: "the draft") { screen in
            screen.lines[screen.cursor.row] == "› a draft 世界" && screen.cursor.column == 9
        }
        chat.finish()
        try await banter.terminal.wait(for: "the list") { $0.modes.contains(1049) && $0.contains("› * Count") }
        banter.type("\u{1B}[B\u{1B}[B5")
        try await banter.terminal.wait(for: "what fits") { $0.contains("Title 5") && !$0.contains("Title 8") }
        for (rows, columns) in [(12, 50), (5, 15), (rows, columns)] {
            banter.terminal.resize(rows: rows, columns: columns)
            try await banter.terminal.wait(for: "the list in \(rows)×\(columns)") {
                $0.rows == rows && $0.contains("Title 5") && $0.cursor.column == 3
            }
        }
        banter.type("\u{1B}")
        let after = try await banter.terminal.wait(for: "the draft again") { screen in
            !screen.modes.contains(1049) && screen.lines[screen.cursor.row] == "› a draft 世界"
                && screen.cursor.column == typed.cursor.column
        }
        #expect(after.allLines.contains("one") && after.modes.isSuperset(of: [7, 25]))
        #expect(after.allLines.count { $0.hasPrefix("› a draft") } == 1)
        banter.type("!")
        try await banter.shows("› a draft! 世界")
        try await banter.clearAndLeave()
    }

    @Test("-r opens it; what is typed filters titles, and then all that was said; Enter goes on", arguments: windows)
    func choosing(rows: Int, columns: Int) async throws {
        try saveSessions()
        let banter = try BanterOnTerminal(in: home, ["-r"], rows: rows, columns: columns)
        try await banter.terminal.wait(for: "the newest first") { $0.contains("› Title 8") }
        if columns >= 80 { try await banter.shows("│ › Question 8?") }
        banter.type("/title 2")
        try await banter.terminal.wait(for: "the title") { $0.contains("› Title 2") && !$0.contains("Title 8") }
        banter.type("\u{15}KUMquat")
        try await banter.shows("› Title 3")
        if columns >= 80 {
            let screen = try await banter.shows("│ An answer with a kumquat, 世界.")
            #expect(screen.contains("│ Turn 1") && screen.contains("│ 1 turn · test-model"))
            try await banter.terminal.wait(for: "the word") { $0.reversed.hasSuffix("kumquat") }
        }
        banter.type("\r")
        try await banter.showsPrompt(after: "› Question 3?")
        try await banter.leave()
    }

    @Test("what is pasted is looked for, and chooses nothing, whatever lines and keys are in it")
    func paste() async throws {
        try saveSessions()
        let banter = try BanterOnTerminal(in: home, ["-r"])
        try await banter.terminal.wait(for: "the list") { $0.contains("› Title 8") && $0.modes.contains(2004) }
        banter.type("\u{1B}[200~title\r\u{1B}[B\u{3}\n2\r\u{1B}[201~")
        try await banter.terminal.wait(for: "what was pasted") { screen in
            screen.contains("› title  2") && screen.contains("› Title 2") && !screen.contains("Title 8")
        }
        banter.type("\r")
        let after = try await banter.showsPrompt(after: "› Question 2?")
        #expect(after.modes.contains(2004))
        try await banter.leave()
    }

    @Test("F2 gives a session a title; that of the prompt's own session is the prompt's business")
    func renaming() async throws {
        try saveSessions()
        let banter = try BanterOnTerminal(in: home, ["-c"])
        try await banter.showsPrompt(after: "› Question 8?")
        banter.enter("/sessions")
        try await banter.shows("› * Title 8")
        banter.type("\u{1B}OQ")
        try await banter.shows("Title: Title 8")
        banter.type("\u{15}Mine\r")
        try await banter.shows("› * Mine")
        banter.type("\u{1B}OB\u{12}\u{17}7b\r")
        try await banter.shows("› Title 7b")
        try await leaveList(banter, with: "\u{1B}")
        banter.enter("/sessions")
        try await banter.terminal.wait(for: "the new titles") { $0.contains("* Mine") && $0.contains("Title 7b") }
        try await leaveList(banter, with: "\u{1B}")
        try await banter.leave()
        #expect(try title(8) == "Mine" && title(7) == "Title 7b")
    }

    @Test("a session that another window has open keeps its title, and that is said")
    func openElsewhere() async throws {
        try saveSessions()
        let other = try BanterOnTerminal(in: home, ["-c"])
        try await other.showsPrompt(after: "› Question 8?")
        let banter = try await home.prompt()
        banter.enter("/sessions")
        try await banter.shows("› Title 8")
        banter.type("\u{1B}OQx\r")
        try await banter.shows("is open in another window")
        #expect(banter.terminal.screen.contains("› Title 8 "))
        try await leaveList(banter, with: "\u{1B}")
        try await banter.leave()
        try await other.leave()
        #expect(try title(8) == "Title 8")
    }

    @Test("Delete moves a session to the trash, Ctrl-_ brings the last one back, and /delete undo those before")
    func deleting() async throws {
        try saveSessions()
        let banter = try await home.prompt()
        banter.enter("/sessions")
        try await banter.shows("› Title 8")
        // Each when the one before is seen, as a person does.
        banter.type("\u{1B}[3~")
        try await banter.terminal.wait(for: "seven") { $0.contains("› Title 7") && $0.contains("7 · type") }
        banter.type("\u{18}")
        try await banter.terminal.wait(for: "six") { $0.contains("› Title 6") && $0.contains("6 · type") }
        banter.type("\u{1F}")
        try await banter.terminal.wait(for: "seven again") { $0.contains("› Title 7") && $0.contains("7 · type") }
        banter.type("\u{1B}")
        try await banter.showsPrompt(after: "to the trash, which keeps it")
        #expect(home.files().count { $0.hasSuffix(".json") } == 7)
        #expect(home.files("trash").filter { $0.hasSuffix(".json") } == ["20260101-120000-0008.json"])
        banter.enter("/delete undo")
        try await banter.showsPrompt(after: "› Question 8?")
        try await banter.leave()
        #expect(home.files().count { $0.hasSuffix(".json") } == 8)
    }

    @Test("what can't be deleted is there again, and that is said")
    func notDeleted() async throws {
        try saveSessions()
        let other = try BanterOnTerminal(in: home, ["-c"])
        try await other.showsPrompt(after: "› Question 8?")
        let banter = try BanterOnTerminal(in: home, ["-r", "Title 7"])
        try await banter.showsPrompt(after: "› Question 7?")
        banter.enter("/sessions")
        try await banter.shows("› Title 8")
        banter.type("\u{1B}[3~")
        try await banter.shows("is open in another window")
        try await banter.shows("Title 8")
        banter.type("\u{1B}[H\u{1B}[B\u{1B}[3~")
        try await banter.shows("That is the session at the prompt")
        try await leaveList(banter, with: "\u{1B}")
        try await banter.leave()
        try await other.leave()
        #expect(home.files().count { $0.hasSuffix(".json") } == 8 && home.files("trash").isEmpty)
    }

    @Test("J08: a damaged file is shown as such, can't be opened, hides no other and stays as it is")
    func damaged() async throws {
        try saveSessions()
        let name = "banter/sessions/20200101-000000-dead.json"
        try home.directory.write(#"{"format":1,"messages":[{"role":"us"#, to: name)
        let banter = try await home.prompt()
        banter.enter("/sessions")
        let screen = try await banter.terminal.wait(for: "the list") { $0.contains("Title 1") }
        #expect(screen.contains("20200101-000000-dead") && screen.contains("damaged"))
        banter.type("dead\r")
        try await banter.shows("The session file")
        try await leaveList(banter, with: "\u{1B}")
        try await banter.leave()
        #expect(home.directory.text(of: name) == #"{"format":1,"messages":[{"role":"us"#)
    }

    @Test("Ctrl-C leaves the list, and Ctrl-D does nothing in it")
    func leaving() async throws {
        try saveSessions()
        let banter = try await home.prompt()
        banter.enter("/sessions")
        try await banter.shows("› Title 8")
        banter.type("\u{4}1")
        try await banter.shows("› Title 1")
        try await leaveList(banter, with: "\u{3}")
        try await banter.leave()
    }
}
