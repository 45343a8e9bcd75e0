import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Slash commands", .serialized, .timeLimit(.minutes(3)))
struct SlashCommandTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two.", "Three."])
        home = try Home(server)
    }

    /// Types a line and waits for what it brings, with the prompt under it.
    @discardableResult
    private func enter(_ line: String, _ banter: BanterOnTerminal, shows text: String) async throws -> TerminalScreen {
        banter.enter(line)
        return try await banter.showsPrompt(after: text)
    }

    @Test("/help lists the commands, and tells of one")
    func help() async throws {
        let banter = try await home.prompt(rows: 90)
        let screen = try await enter("/help", banter, shows: "two: //like this.")
        for name in ["/new", "/model", "/models", "/system", "/sessions", "/resume", "/rename", "/usage", "/quit"] {
            #expect(screen.lines.contains { $0.hasPrefix("  \(name)") }, "\(name)")
        }
        try await enter(
            "/help rename", banter, shows: "/rename [TITLE]  Give this session a title; without one, the model")
        try await enter("/help /new", banter, shows: "/new  Begin a new session.")
        try await enter("/help nonsense", banter, shows: "There is no command /nonsense.")
        try await banter.leave()
    }

    @Test("/help breaks no line before the window's edge, and indents only explanations", arguments: WindowSize.both)
    func helpLines(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.enter("/help")
        let lines = try await banter.showsPrompt(after: "this.").allLines
        for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  /") && line.count > 28 {
            let word = next.drop { $0 == " " }.prefix { $0 != " " }
            #expect(!next.hasPrefix("   ") || line.count + 1 + word.count > window.columns, "\(line)")
        }
        let last = try #require(lines.lastIndex { $0.hasPrefix("/keys tells") })
        #expect(lines[(last + 1)...].prefix { $0 != "›" }.allSatisfy { !$0.hasPrefix(" ") })
        try await banter.leave()
    }

    @Test("an unknown command is never sent, and the nearest one is told")
    func unknown() async throws {
        let banter = try await home.prompt()
        try await enter("/modle gpt", banter, shows: "There is no command /modle. Did you mean /model?")
        try await enter("/xyzzyplugh", banter, shows: "There is no command /xyzzyplugh. /help lists them.")
        try await banter.leave()
        #expect(server.postCount == 0 && home.files() == [])
    }

    @Test("two slashes send one; a path is a message")
    func slashes() async throws {
        let banter = try await home.prompt()
        try await enter("//help", banter, shows: "One.")
        try await enter("/etc/passwd is a file", banter, shows: "Two.")
        try await banter.leave()
        #expect(server.chats.last?.conversation == ["user: /help", "assistant: One.", "user: /etc/passwd is a file"])
    }

    @Test("/new begins a session without the old one's messages, and the old one stays")
    func new() async throws {
        let banter = try await home.prompt()
        try await enter("first", banter, shows: "One.")
        banter.enter("/new")
        try await banter.terminal.wait { screen in screen.allLines.count { $0.contains("new session") } == 2 }
        try await enter("second", banter, shows: "Two.")
        try await banter.leave()
        #expect(server.chats.map(\.conversation) == [["user: first"], ["user: second"]])
        #expect(server.chats.map { $0["model"] } == ["test-model", "test-model"])
        #expect(
            Set(try home.sessions.map(\.conversation)) == [
                ["user: first", "assistant: One."], ["user: second", "assistant: Two."],
            ])
    }

    @Test("/model asks another model from now on, and shows it")
    func model() async throws {
        let banter = try await home.prompt()
        try await enter("/model", banter, shows: "openai/test-model")
        try await enter("/model other-model", banter, shows: "openai/other-model")
        try await enter("Hi", banter, shows: "One.")
        try await banter.leave()
        #expect(server.chats.map { $0["model"] } == ["other-model"])
        #expect(try home.session["model"] == "other-model")
    }

    @Test("/models lists the provider's models, the current one marked, and filters them")
    func models() async throws {
        let banter = try await home.prompt()
        try await enter("/models", banter, shows: "* test-model")
        try await enter("/models nothing-like-it", banter, shows: "No model has nothing-like-it in its name.")
        try await banter.leave()
    }

    @Test("/system sets the system prompt from the next message on, shows and removes it")
    func system() async throws {
        let banter = try await home.prompt()
        try await enter("/system", banter, shows: "There is no system prompt.")
        try await enter("/system Be brief.", banter, shows: "The system prompt is set")
        try await enter("Hi", banter, shows: "One.")
        try await enter("/system -", banter, shows: "The system prompt is gone.")
        try await enter("Hi again", banter, shows: "Two.")
        try await banter.leave()
        #expect(
            server.chats.map(\.conversation) == [
                ["system: Be brief.", "user: Hi"], ["user: Hi", "assistant: One.", "user: Hi again"],
            ])
    }

    @Test("/rename names a session, and /resume goes on with it")
    func sessions() async throws {
        let banter = try await home.prompt()
        try await enter("/sessions", banter, shows: "No session is saved yet.")
        try await enter("first", banter, shows: "7 out")
        try await enter("/rename Tea time", banter, shows: "This session is called Tea time.")
        try await enter("/new", banter, shows: "new session")
        try await enter("/resume nothing like it", banter, shows: "There is no saved session nothing like it.")
        try await enter("/resume tea", banter, shows: "· Tea time ·")
        try await enter("more", banter, shows: "Two.")
        try await banter.leave()
        #expect(server.chats.last?.conversation == ["user: first", "assistant: One.", "user: more"])
        #expect(try home.session["title"] == "Tea time")
    }

    @Test("/usage adds up the tokens")
    func usage() async throws {
        let banter = try await home.prompt()
        try await enter("/usage", banter, shows: "No tokens were counted in this session yet.")
        try await enter("first", banter, shows: "One.")
        try await enter("second", banter, shows: "Two.")
        try await enter("/usage", banter, shows: "2 answers: 10 tokens in, 14 out, 24 in all.")
        try await banter.leave()
    }

    @Test("/quit and its other names leave", arguments: ["/quit", "/exit", "/q"])
    func quit(command: String) async throws {
        let banter = try await home.prompt()
        banter.enter(command)
        try await banter.expectEnd(0)
    }

    @Test("/quit leaves in mid-answer, too, and keeps what came")
    func quitInMidAnswer() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two")
        try await banter.shows("one two")
        banter.enter("/quit")
        try await banter.expectEnd(0)
        #expect(try home.session.conversation == ["user: Count", "assistant: one two"])
    }

    @Test("Tab completes commands and models")
    func completion() async throws {
        let banter = try await home.prompt()
        try await enter("/models", banter, shows: "* test-model")
        banter.type("/hel\t")
        try await banter.shows("› /help")
        banter.type("\u{3}")
        try await banter.showsPrompt()
        banter.type("/model te\t")
        try await banter.shows("› /model test-model")
        banter.type("\u{3}")
        try await banter.leave()
    }

    @Test("history survives the end of Banter, and Up recalls it; --no-save keeps none")
    func history() async throws {
        let secret = try await home.prompt("--no-save")
        try await enter("a secret", secret, shows: "One.")
        try await secret.leave()
        let first = try await home.prompt()
        try await enter("remember me", first, shows: "Two.")
        try await first.leave()
        let second = try await home.prompt()
        second.type("\u{1B}[A")
        try await second.shows("› remember me")
        second.type("\u{1B}[A")
        second.type("!")
        try await second.shows("› remember me!")
        second.type("\u{3}")
        try await second.leave()
        #expect(try home.files(holding: "a secret") == [])
    }
}
