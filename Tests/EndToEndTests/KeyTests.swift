import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("/keys and .editrc", .serialized, .timeLimit(.minutes(3)))
struct KeyTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["Yes."])
        home = try Home(server)
    }

    private func shows(_ row: String, _ banter: BanterOnTerminal) async throws {
        try await banter.terminal.wait(for: "the row “\(row)”") { $0.lines[$0.cursor.row] == row }
    }

    /// The rows of `/keys`, in one line each.
    private func keys(_ banter: BanterOnTerminal) async throws -> String {
        banter.enter("/keys")
        let screen = try await banter.terminal.wait {
            $0.containsWrapped("bind \"^T\" banter-undo") && $0.lines[$0.cursor.row] == "›"
        }
        #expect(screen.allLines.allSatisfy { $0.count <= screen.columns })
        // Broken between words.
        #expect(screen.allLines.contains { $0 == "banter-undo" || $0.hasSuffix(" banter-undo") })
        return screen.allLines.joined().filter { !$0.isWhitespace }
    }

    @Test("/keys tells the keys of emacs mode, with what .editrc changed", arguments: WindowSize.both)
    func emacs(window: WindowSize) async throws {
        try home.directory.write(
            """
            # mine
            edit on
            bind "^K
            bind "^T" banter-undo
            banter:bind -s "^X" "hello there"
            other:bind "^B" em-yank
            nonsense
            bind "\\ex" ed-command
            bind "^G" vi-histedit
            bind "\\e[5~" ed-prev-history
            bind -s "^O" "never closed
            bind "^R" em-inc-search-prev

            """, to: "home/.editrc")
        let banter = try await home.prompt(in: window)
        let keys = try await keys(banter)
        for row in [
            "emacs", "Enter" + "send", "Ctrl-J,Alt-Enternewline", "Ctrl-Rsearchthehistory", "Ctrl-T,Ctrl-_undo",
            "Ctrl-Xtype\"hellothere\"", "Ctrl-P,Page-Up", "Ctrl-B,Leftacharactertotheleft", "Ctrl-Yputinwhatwascut",
        ] {
            #expect(keys.contains(row), "\(row) in \(keys)")
        }
        #expect(!keys.contains("Alt-x") && !keys.contains("vi,") && !keys.contains("<U+"))
        banter.type("a\u{18}b\u{14}")
        try await shows("› ahello there", banter)
        banter.type("\u{15}\u{1B}[5~")
        try await shows("› /keys", banter)
        banter.type("\u{15}\u{12}ey")
        try await banter.shows("history: ey")
        banter.type("\u{7}\u{3}")
        try await banter.leave()
    }

    @Test("/keys tells both maps of vi, which .editrc can ask for", arguments: WindowSize.both)
    func vi(window: WindowSize) async throws {
        try home.directory.write(
            "bind -v\nbind -a \"#\" vi-comment-out\nbind -a Z em-yank\nbind \"\\ex\" em-yank\n", to: "mine.editrc")
        let other = try Home(server, ["EDITRC": home.directory.file("mine.editrc")])
        let banter = try await other.prompt(in: window)
        let keys = try await keys(banter)
        for row in ["vi,typing", "vi,commands", "Esctakecommands", "Zputinwhatwascut", "uundo"] {
            #expect(keys.contains(row), "\(row) in \(keys)")
        }
        #expect(!keys.contains("#comment"))
        // Esc works at once, and nothing typed is lost to a command that ends the line.
        banter.type("one two\u{1B}")
        try await shows("‹ one two", banter)
        banter.type("#@x:NG")
        try await shows("‹ one tw", banter)
        banter.type("\r")
        try await banter.terminal.wait { $0.containsWrapped("7 out") && $0.lines[$0.cursor.row] == "›" }
        banter.type("\u{4}")
        try await banter.expectEnd(0)
        #expect(server.chats.last?.conversation.last == "user: one tw")
    }

    @Test("an .editrc that is a pipe, a directory, huge or binary does no harm", arguments: WindowSize.both)
    func strange(window: WindowSize) async throws {
        let path = home.directory.file("strange")
        for kind in ["fifo", "directory", "huge", "binary"] {
            switch kind {
            case "fifo": #expect(mkfifo(path, 0o600) == 0)
            case "directory": #expect(mkdir(path, 0o700) == 0)
            case "huge": try home.directory.write(String(repeating: "bind ^T em-yank\n", count: 200_000), to: "strange")
            default: try home.directory.write("bind \u{0}\u{1}\u{FF}\"\n\u{0}bind -v\u{0}\nbind \\", to: "strange")
            }
            let other = try Home(server, ["EDITRC": path])
            let banter = try await other.prompt(in: window)
            banter.type("ok")
            try await shows("› ok", banter)
            banter.type("\u{3}")
            try await banter.leave()
            #expect(remove(path) == 0)
        }
    }

    @Test("/help tells of /keys, and a terminal without keys of ours says so")
    func help() async throws {
        let banter = try await home.prompt(rows: 60)
        banter.enter("/help")
        let screen = try await banter.showsPrompt(after: "/keys tells all keys.")
        #expect(screen.contains("Show what the keys do, as they are bound now"))
        try await banter.leave()
        let plain = try Home(server, ["TERM": "dumb"])
        let dumb = try BanterOnTerminal(in: plain, ["-m", "test-model"])
        try await dumb.shows("banter 0")
        dumb.enter("/keys")
        try await dumb.shows("The keys are the terminal's own here")
        dumb.enter("/quit")
        try await dumb.shows("[exit 0]")
    }
}
