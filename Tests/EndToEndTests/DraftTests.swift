import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("What is typed and not sent, and what is never written", .serialized, .timeLimit(.minutes(3)))
struct DraftTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["Yes.", "Yes.", "Yes."])
        home = try Home(server)
    }

    private func shows(_ row: String, _ banter: BanterOnTerminal) async throws {
        try await banter.terminal.wait(for: "the row “\(row)”") { $0.lines[$0.cursor.row] == row }
    }

    private func ended(_ process: Int32) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while kill(process, 0) == 0, !readFile("/proc/\(process)/stat").contains(") Z ") {
            guard ContinuousClock.now < limit else { throw Unexpected("process \(process) is still there after 20 s") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test(
        "a signal finds the draft, pastes and all, in the history of the next start", arguments: WindowSize.both,
        [SIGTERM, SIGHUP])
    func signals(window: WindowSize, signal: Int32) async throws {
        let banter = try await home.prompt(in: window)
        let paste = (1...30).map { "line \($0)" }.joined(separator: "\r")
        banter.type("half 世界 \u{1B}[200~\(paste)\u{1B}[201~ a thought")
        try await banter.terminal.wait { $0.containsWrapped("[pasted 30 lines] a thought") }
        kill(try banter.process, signal)
        try await banter.terminal.wait { $0.containsWrapped("[exit \(128 + signal)]") }
        let next = try await home.prompt(in: window)
        next.type("\u{1B}[A")
        try await shows("… line 30 a thought", next)
        next.type("\r")
        try await next.showsPrompt(after: "Yes.")
        try await next.leave()
        let text = (["half 世界 line 1"] + (2...29).map { "line \($0)" } + ["line 30 a thought"]).joined(separator: "\n")
        #expect(server.chats.last?.conversation == ["user: " + text])
    }

    @Test("so does a terminal that goes away, also in the middle of a walk through the history")
    func terminalGone() async throws {
        var banter: BanterOnTerminal? = try await home.prompt()
        banter?.type("older\r")
        try await banter?.showsPrompt(after: "Yes.")
        banter?.type("ol")
        try await banter?.shows("› ol")
        banter?.type("\u{1B}[A")
        try await banter?.shows("› older")
        banter?.type("\u{15}x\u{15}new draft")
        try await banter?.shows("› new draft")
        let process = try banter?.process ?? 0
        banter = nil
        try await ended(process)
        let next = try await home.prompt()
        next.type("\u{1B}[A")
        try await shows("› new draft", next)
        next.type("\u{3}")
        try await next.leave()
    }

    @Test(
        "what looks like a key or a password is sent, but in no file of ours beside the session, and that is said once",
        arguments: WindowSize.both)
    func secrets(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let secret = "sk-proj-AAAAbbbbCCCC1111dddd"
        banter.enter("use \(secret)")
        try await banter.terminal.wait {
            $0.containsWrapped("7 out") && $0.containsWrapped("the history file doesn't get it")
                && $0.lines[$0.cursor.row] == "›"
        }
        banter.enter("/nosuch password=hunter2-hunter2")
        try await banter.showsPrompt(after: "no command")
        // It is still there for Up.
        banter.type("\u{1B}[A")
        try await banter.terminal.wait { $0.containsWrapped("› /nosuch password=hunter2-hunter2") }
        banter.type("\u{1B}[A")
        try await banter.terminal.wait {
            $0.lines[$0.cursor.row].contains("dddd") || $0.containsWrapped("› use \(secret)")
        }
        banter.type("\u{15}")
        try await banter.showsPrompt()
        let screen = banter.terminal.screen
        let words = screen.allLines.joined().filter { !$0.isWhitespace }
        #expect(words.ranges(of: "doesn'tgetit").count == 1)
        // A draft that holds one isn't kept either.
        banter.type("ghp_abcdefghijklmnopqrst0123")
        try await banter.terminal.wait { $0.containsWrapped("qrst0123") }
        kill(try banter.process, SIGTERM)
        try await banter.terminal.wait { $0.containsWrapped("[exit 143]") }
        #expect(try home.files(holding: "hunter2") == [] && home.files(holding: "ghp_") == [])
        let files = try home.files(holding: secret)
        #expect(files.count == 1 && files[0].contains("/sessions/") && files[0].hasSuffix(".json"))
    }

    @Test("the key in use is one of them, whatever it looks like", arguments: WindowSize.both)
    func keyInUse(window: WindowSize) async throws {
        let odd = try Home(server, ["OPENAI_API_KEY": "not-like-any-key"])
        let banter = try await odd.prompt(in: window)
        banter.enter("my not-like-any-key here")
        try await banter.terminal.wait {
            $0.containsWrapped("7 out") && $0.containsWrapped("the history file doesn't get it")
                && $0.lines[$0.cursor.row] == "›"
        }
        banter.enter("/nosuch")
        try await banter.showsPrompt(after: "no command")
        banter.type("\u{4}")
        try await banter.terminal.wait { $0.containsWrapped("[exit 0]") }
        #expect(odd.directory.text(of: "banter/history") == "_HiStOrY_V2_\n/nosuch\n")
    }
}
