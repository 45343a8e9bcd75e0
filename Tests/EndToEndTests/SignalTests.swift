import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Signals and sudden ends", .serialized, .timeLimit(.minutes(3)))
struct SignalTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    /// A run in mid-answer.
    private func midAnswer() async throws -> (banter: BanterOnTerminal, chat: LoopbackExchange) {
        let banter = try await home.prompt()
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two ")
        try await banter.shows("one two")
        return (banter, chat)
    }

    @Test("SIGINT from outside is Ctrl-C: it stops the answer and nothing else")
    func interruptFromOutside() async throws {
        let (banter, chat) = try await midAnswer()
        kill(try banter.process, SIGINT)
        try await chat.waitUntilClientCloses()
        try await banter.showsPrompt(after: "Stopped; what came is kept.")
        try await banter.leave()
    }

    @Test("after kill -9 in mid-answer the session is readable, and going on recovers what came")
    func killed() async throws {
        let (banter, _) = try await midAnswer()
        kill(try banter.process, SIGKILL)
        try await banter.shows("[exit 137]")
        #expect(try home.session.conversation == ["user: Count"])
        let next = try await home.prompt("-c")
        let screen = try await next.showsPrompt(after: "one two")
        #expect(screen.text.contains("was recovered"))
        next.enter("Go on")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: Count", "assistant: one two ", "user: Go on"])
        #expect(try home.session.conversation.count == 3)
        chat.reply("three")
        try await next.showsPrompt(after: "three")
        try await next.leave()
    }

    @Test("kill -9 loses nothing of a recovered answer either, and -p -c sends it")
    func killedTwice() async throws {
        let (banter, _) = try await midAnswer()
        kill(try banter.process, SIGKILL)
        try await banter.shows("[exit 137]")
        let next = try await home.prompt("-c")
        try await next.showsPrompt(after: "one two")
        kill(try next.process, SIGKILL)
        try await next.shows("[exit 137]")
        let process = try BanterProcess(in: home, ["-c", "-p", "Go on"])
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: Count", "assistant: one two ", "user: Go on"])
        chat.reply("three")
        #expect(try await process.exitCode() == 0)
    }

    @Test("Ctrl-Z hands the terminal back to the shell, and fg brings the line back")
    func suspended() async throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: home.environment.merging(["PS1": "$ "]) { $1 })
        terminal.write("stty -g >$HOME/before; \(Home.banter) -m test-model\r")
        try await terminal.wait { $0.contains("banter 0") && $0.lines[$0.cursor.row] == "›" }
        terminal.write("half a")
        try await terminal.waitFor("› half a")
        terminal.write("\u{1A}")
        try await terminal.waitFor("Stopped")
        terminal.write("stty -g >$HOME/stopped; fg\r")
        try await terminal.wait { $0.lines[$0.cursor.row] == "› half a" }
        terminal.write(" line")
        try await terminal.waitFor("› half a line")
        terminal.write("\r")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: half a line"])
        chat.reply("ok")
        try await terminal.wait { $0.contains("7 out") && $0.lines[$0.cursor.row] == "›" }
        terminal.write("\u{4}")
        try await terminal.wait { $0.lines[$0.cursor.row].hasPrefix("$") }
        terminal.write("stty -g >$HOME/after; echo done$?\r")
        try await terminal.waitFor("done0")
        let modes = ["before", "stopped", "after"].map { home.directory.text(of: "home/\($0)") }
        #expect(modes[0] != nil && modes[1] == modes[0] && modes[2] == modes[0])
    }

    @Test("after Ctrl-Z and fg an entry of several lines is there once", arguments: WindowSize.both)
    func suspendedLines(in window: WindowSize) async throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: home.environment.merging(["PS1": "$ ", "B": Home.banter]) { $1 }, rows: window.rows,
            columns: window.columns, foreign: .these(["CSI 3J"]))
        terminal.write("$B -m test-model\r")
        try await terminal.wait(for: "the prompt") { $0.lines[$0.cursor.row] == "›" }
        terminal.write("upper\u{1B}\rlower")
        try await terminal.waitFor("… lower")
        terminal.write("\u{1A}")
        try await terminal.wait(for: "the shell") { $0.contains("Stopped") && $0.lines[$0.cursor.row] == "$" }
        terminal.write("clear; fg\r")
        try await terminal.wait(for: "the entry") { $0.lines[$0.cursor.row] == "… lower" }
        // What is typed is drawn after whatever SIGCONT has brought.
        terminal.write("!")
        try await terminal.waitFor("… lower!")
        #expect(terminal.screen.lines.count { $0.contains("upper") } == 1)
        terminal.write("\r")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: upper\nlower!"])
        chat.reply("ok")
        try await terminal.wait(for: "the prompt") { $0.lines[$0.cursor.row] == "›" }
        terminal.write("\u{4}")
        try await terminal.wait(for: "the shell") { $0.lines[$0.cursor.row].hasPrefix("$") }
    }

    @Test("Ctrl-Z and a stop from outside hand the terminal back from the session picker too")
    func suspendedInPicker() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["ok"]))
        let store = try await home.run("-m", "test-model", "-p", "Something to pick")
        #expect(store.code == 0)
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: home.environment.merging(["PS1": "$ "]) { $1 })
        terminal.write("stty -g >$HOME/before; \(Home.banter) -m test-model -r\r")
        try await terminal.wait(for: "the picker") { $0.modes.contains(1049) && $0.contains("Something") }
        terminal.write("\u{1A}")
        try await terminal.wait(for: "the shell") { !$0.modes.contains(1049) && $0.contains("Stopped") }
        terminal.write("stty -g >$HOME/stopped; fg\r")
        try await terminal.wait(for: "the picker again") { $0.modes.contains(1049) && $0.contains("Something") }
        // From outside, as Ctrl-Z in another job's terminal or `kill` sends it.
        terminal.write("pick")
        try await terminal.wait(for: "the filter") { $0.contains("› pick") }
        let shell = terminal.process ?? 0
        let picker = readFile("/proc/\(shell)/task/\(shell)/children").split(separator: " ").compactMap { Int32($0) }
        kill(try #require(picker.first), SIGTSTP)
        try await terminal.wait(for: "the shell again") { !$0.modes.contains(1049) && $0.contains("$") }
        terminal.write("fg\r")
        try await terminal.wait(for: "the filter") { $0.modes.contains(1049) && $0.contains("› pick") }
        terminal.write("\u{1B}")
        try await terminal.wait(for: "the prompt") { !$0.modes.contains(1049) && $0.lines[$0.cursor.row] == "›" }
        terminal.write("\u{4}")
        try await terminal.wait { $0.lines[$0.cursor.row].hasPrefix("$") }
        terminal.write("stty -g >$HOME/after; echo done$?\r")
        try await terminal.waitFor("done0")
        let modes = ["before", "stopped", "after"].map { home.directory.text(of: "home/\($0)") }
        #expect(modes[0] != nil && modes[1] == modes[0] && modes[2] == modes[0])
    }

    @Test(
        "a provider's own server starts with the first question and never outlives Banter",
        arguments: [SIGKILL, SIGTERM, 0])
    func servedProvider(signal: Int32) async throws {
        let script = try home.directory.write(Self.fakeServer, to: "server.py", permissions: 0o700)
        let note = home.directory.file("server.pid")
        try home.configure(
            #"{"providers":{"mine":{"serve":["/usr/bin/python3","\#(script)","{host}","{port}","\#(note)"],"model":"m"}}}"#
        )
        let banter = try BanterOnTerminal(in: home, ["-m", "mine/m"])
        try await banter.showsPrompt(after: "mine/m")
        banter.enter("Hello")
        try await banter.showsPrompt(after: "served")
        let serverProcess = try #require(Int32(home.directory.text(of: "server.pid") ?? ""))
        #expect(kill(serverProcess, 0) == 0)
        if signal == 0 { banter.type("\u{4}") } else { kill(try banter.process, signal) }
        try await banter.shows("[exit ")
        try await waitUntilGone(serverProcess)
    }

    /// Answers `/health` and chats, and notes its process id.
    private static let fakeServer = """
        import http.server, os, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self, kind, body):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                self.answer("application/json", b'{"status":"ok","data":[{"id":"m"}]}')
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.answer("text/event-stream", b'data: {"choices":[{"index":0,"delta":{"content":"served"},'
                    b'"finish_reason":"stop"}]}\\n\\ndata: [DONE]\\n\\n')
        server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler)
        open(sys.argv[3], "w").write(str(os.getpid()))
        server.serve_forever()
        """
}
