import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Signals at every place", .serialized, .timeLimit(.minutes(3)))
struct SuddenEndTests {
    /// Where Banter is when something happens to it.
    enum Place: CaseIterable, Sendable {
        case prompt, answer, picker, viewer

        /// The command that opens the view that this is, and what that shows.
        var view: (command: String, text: String)? {
            switch self {
            case .prompt, .answer: nil
            case .picker: ("/sessions", "type to filter")
            case .viewer: ("/show", "q leave")
            }
        }
    }

    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    /// A run at that place; with text typed, where that goes.
    private func run(to place: Place, _ environment: [String: String] = [:]) async throws -> BanterOnTerminal {
        let banter = try await home.prompt()
        guard place != .prompt else {
            banter.type("half a thought")
            try await banter.shows("› half a thought")
            return banter
        }
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two ")
        try await banter.shows("one two")
        guard let view = place.view else {
            banter.type("half")
            try await banter.shows("› half")
            return banter
        }
        chat.finish()
        try await banter.showsPrompt(after: "7 out")
        banter.enter(view.command)
        try await banter.shows(view.text)
        return banter
    }

    static let endings = Place.allCases.flatMap { place in [SIGTERM, SIGHUP, SIGQUIT].map { (place, $0) } }

    @Test(
        "P01, D21: a signal that ends Banter leaves the terminal as it was, and what came is saved", arguments: endings)
    func ends(place: Place, signal: Int32) async throws {
        let banter = try await run(to: place)
        kill(try banter.process, signal)
        let screen = try await banter.expectEnd(128 + signal)
        #expect(!screen.contains("half") && !screen.contains(place.view?.text ?? "half"))
        if place == .prompt { return }
        // SIGQUIT is the way to end at once: then the journal has what came.
        if place == .answer, signal == SIGQUIT {
            #expect(home.files().contains { $0.hasSuffix(".partial") })
        } else {
            #expect(try home.session.conversation == ["user: Count", "assistant: one two "])
            #expect(try home.session.lastTurn?["finishReason"] == (place == .answer ? "interrupted" : "stop"))
            #expect(!home.files().contains { $0.hasSuffix(".partial") })
        }
    }

    @Test("P01: SIGINT from outside clears what was typed, and never ends Banter", arguments: Place.allCases)
    func interrupts(place: Place) async throws {
        let banter = try await run(to: place)
        kill(try banter.process, SIGINT)
        switch place {
        case .prompt: try await banter.showsPrompt(after: "half a thought^C")
        case .answer:
            try await banter.showsPrompt(after: "half^C")
            kill(try banter.process, SIGINT)
            try await banter.showsPrompt(after: "Stopped; what came is kept.")
        case .picker, .viewer:
            // It was for the view, which has a key of its own to leave.
            banter.type("\u{1B}")
            try await banter.showsPrompt(after: "7 out")
        }
        try await banter.leave()
    }

    @Test("P01: a stop in a view waits until that is left, and SIGCONT does no harm", arguments: Place.allCases)
    func continued(place: Place) async throws {
        let banter = try await run(to: place)
        // The shell that stays has no job control, so nothing stops a process of its group for good but SIGSTOP.
        kill(try banter.process, SIGTSTP)
        if place.view == nil {
            try await banter.terminal.wait(for: "the way out") { !$0.contains("half") }
            try await banter.shows("› half")
        }
        for signal in [SIGSTOP, SIGCONT] { kill(try banter.process, signal) }
        if place.view != nil {
            banter.type("\u{1B}")
            try await banter.showsPrompt(after: "7 out")
        } else {
            banter.type("!")
            try await banter.terminal.wait(for: "the draft") { $0.lines[$0.cursor.row].hasSuffix("!") }
            banter.type(place == .prompt ? "\u{3}" : "\u{3}\u{3}")
            try await banter.showsPrompt(after: place == .prompt ? "thought!^C" : "Stopped; what came")
        }
        try await banter.leave()
    }

    static let crashKinds =
        [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE].map { (Place.prompt, $0) }
        + [(.answer, SIGTRAP), (.picker, SIGILL), (.picker, SIGSEGV), (.viewer, SIGSEGV)]

    @Test(
        "P02: a crash leaves the terminal as it was, and Swift's own report doesn't take it",
        arguments: crashKinds)
    func crashes(place: Place, signal: Int32) async throws {
        let home = try Home(server, ["SWIFT_BACKTRACE": "enable=yes,interactive=yes,color=yes"])
        let test = SuddenEndTests(server: server, home: home)
        let banter = try await test.run(to: place)
        kill(try banter.process, signal)
        let screen = try await banter.expectEnd(128 + signal)
        #expect(!screen.contains("half") && !screen.contains(place.view?.text ?? "half"))
        #expect(!screen.text.contains("Thread 0") && !screen.text.contains("quit"))
    }

    private init(server: LoopbackServer, home: Home) { (self.server, self.home) = (server, home) }

    // MARK: - The terminal

    @Test("P05: a terminal that goes away ends Banter, with what came saved", arguments: Place.allCases)
    func terminalGone(place: Place) async throws {
        var banter: BanterOnTerminal? = try await run(to: place)
        let process = try banter?.process ?? 0
        banter = nil
        try await waitUntilGone(process)
        if place == .prompt { return }
        #expect(try home.session.conversation == ["user: Count", "assistant: one two "])
    }

    @Test("P05: a terminal that goes away without SIGHUP ends Banter too, and it doesn't spin")
    func terminalGoneSilently() async throws {
        // In a session of its own, without a controlling terminal, it gets no SIGHUP; the terminal only says EIO.
        let script = #"setsid --fork sh -c 'echo $$ >"$HOME/pid"; exec "$0" -m test-model' "$0"; exec sleep 1000"#
        let terminal = try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", script, Home.banter], environment: home.environment)
        try await terminal.waitFor("new session")
        terminal.write("Count\r")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two ")
        try await terminal.waitFor("one two")
        let process = try #require(Int32(home.directory.text(of: "home/pid")?.dropLast() ?? ""))
        terminal.hangUp()
        try await waitUntilGone(process)
        #expect(try home.session.conversation == ["user: Count", "assistant: one two "])
    }

    @Test("P06: a storm of SIGWINCH, with windows of one cell and of none, does no harm", arguments: WindowSize.both)
    func storm(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        let process = try banter.process
        for round in 0..<40 {
            chat.send(content: "word\(round) ")
            for size in [(1, 1), (0, 0), (1, window.columns), (window.rows, 1), (200, 300)] {
                banter.terminal.resize(rows: size.0, columns: size.1)
                banter.type("x世")
                for _ in 0..<20 { kill(process, SIGWINCH) }
            }
            banter.type("\u{15}")
        }
        banter.terminal.resize(rows: window.rows, columns: window.columns)
        chat.finish()
        banter.type("\u{15}still here")
        try await banter.terminal.wait(for: "the draft") { $0.lines[$0.cursor.row] == "› still here" }
        banter.type("\u{3}")
        try await banter.showsPrompt()
        try await banter.leave()
        #expect(try home.session.conversation.last == "assistant: " + (0..<40).map { "word\($0) " }.joined())
    }
}
