import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("A terminal that takes no more output", .serialized, .timeLimit(.minutes(3)))
struct StalledTerminalTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    private func ended(_ process: Int32) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while kill(process, 0) == 0, !readFile("/proc/\(process)/stat").contains(") Z ") {
            guard ContinuousClock.now < limit else { throw Unexpected("process \(process) is still there after 20 s") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test(
        "doesn't hold back a signal that ends Banter: what came and what was typed is saved",
        arguments: WindowSize.both, [SIGTERM, SIGHUP])
    func signals(window: WindowSize, signal: Int32) async throws {
        let banter = try await home.prompt(in: window)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one ")
        try await banter.shows("one")
        let process = try banter.process
        banter.type("dra")
        try await banter.shows("› dra")
        // As Ctrl-S does in a terminal that has it.
        #expect(tcflow(banter.terminal.terminal, TCOOFF) == 0)
        // More than fits into all buffers on the way.
        for number in 1...40 { chat.send(content: String(repeating: "word \(number) ", count: 1000) + "\n\n") }
        banter.type("ft")
        kill(process, signal)
        try await chat.waitUntilClientCloses()
        try await ended(process)
        #expect(tcflow(banter.terminal.terminal, TCOON) == 0)
        try await banter.terminal.wait { $0.containsWrapped("[exit \(128 + signal)]") }
        let session = try home.session
        #expect(session.conversation.last?.hasPrefix("assistant: one ") == true)
        #expect(session.lastTurn?["finishReason"] == "interrupted")
        #expect(home.directory.text(of: "banter/history")?.contains("dra") == true)
    }

    @Test("goes on where it was, once it takes output again", arguments: WindowSize.both)
    func goesOn(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        #expect(tcflow(banter.terminal.terminal, TCOOFF) == 0)
        banter.type("Count\r")
        let chat = try await server.nextChat()
        chat.startEvents()
        let words = (1...400).map { "word\($0)" }
        chat.send(content: words.joined(separator: "\n\n"))
        chat.finish()
        banter.type("next")
        #expect(tcflow(banter.terminal.terminal, TCOON) == 0)
        let screen = try await banter.terminal.wait {
            $0.containsWrapped("7 out") && $0.lines[$0.cursor.row] == "› next"
        }
        #expect(screen.allLines.filter { $0.hasPrefix("word") } == words)
        banter.type("\u{3}")
        try await banter.leave()
    }

    @Test("doesn't hold back a signal without escape sequences either", arguments: [SIGTERM, SIGHUP])
    func plain(signal: Int32) async throws {
        let plain = try Home(server, ["TERM": "dumb"])
        let banter = try BanterOnTerminal(in: plain, ["-m", "test-model"])
        try await banter.shows("banter 0")
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        let process = try banter.process
        #expect(tcflow(banter.terminal.terminal, TCOOFF) == 0)
        for number in 1...40 { chat.send(content: String(repeating: "word \(number) ", count: 1000) + "\n\n") }
        kill(process, signal)
        try await chat.waitUntilClientCloses()
        try await ended(process)
        #expect(tcflow(banter.terminal.terminal, TCOON) == 0)
        try await banter.terminal.wait { $0.containsWrapped("[exit \(128 + signal)]") }
    }
}
