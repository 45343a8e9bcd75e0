import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Going on with a session", .serialized, .timeLimit(.minutes(3)))
struct ResumingTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["Blue.", "Green.", "Red."])
        home = try Home(server)
    }

    /// Has an exchange in a session of its own; returns the id.
    private func say(_ text: String) async throws -> String {
        let before = Set(home.files())
        #expect(try await home.run("-m", "test-model", "-p", text).code == 0)
        let name = home.files().first { $0.hasSuffix(".json") && !before.contains($0) }
        return String(try #require(name).dropLast(5))
    }

    @Test("-c shows the end of the newest session and goes on with it")
    func newest() async throws {
        _ = try await say("First colour?")
        let id = try await say("Second colour?")
        let banter = try await home.prompt("-c")
        let screen = try await banter.showsPrompt(after: "Green.")
        #expect(screen.text.contains("› Second colour?") && !screen.text.contains("Blue."))
        banter.enter("Third?")
        try await banter.showsPrompt(after: "Red.")
        try await banter.leave()
        #expect(home.files().count { $0.hasSuffix(".json") } == 2)
        let session = try #require(try home.sessions.first { $0["id"]?.stringValue == id })
        #expect(
            session.conversation == [
                "user: Second colour?", "assistant: Green.", "user: Third?", "assistant: Red.",
            ])
        #expect(server.chats.last?.conversation == Array(session.conversation.prefix(3)))
    }

    @Test("-r takes an id, the beginning of one that only one has, a title and a part of a title")
    func named() async throws {
        let first = try await say("First colour?")
        let second = try await say("Second colour?")
        let common = zip(first, second).prefix { $0 == $1 }.count
        for query in [first, String(first.prefix(common + 1)), "First colour?", "FIRST"] {
            let banter = try await home.prompt("-r", query)
            try await banter.showsPrompt(after: "› First colour?")
            try await banter.leave()
        }
    }

    @Test("what fits no session or several is said, with exit code 65", arguments: ["nothing like it", "colour"])
    func unclear(query: String) async throws {
        _ = try await say("First colour?")
        _ = try await say("Second colour?")
        let banter = try BanterOnTerminal(in: home, ["-r", query])
        let screen = try await banter.expectEnd(65)
        #expect(screen.text.contains(query))
        let (code, output, errors) = try await home.run("-r", query, "-p", "x")
        #expect(code == 65 && output.isEmpty && errors.contains(query))
        #expect(server.postCount == 2)
    }

    @Test("-c without a session says so, with exit code 65")
    func noSession() async throws {
        let banter = try BanterOnTerminal(in: home, ["-c"])
        #expect(try await banter.expectEnd(65).contains("No session is saved yet."))
    }

    @Test("-p -c goes on with the newest session")
    func printed() async throws {
        _ = try await say("First colour?")
        #expect(try await home.run("-c", "-p", "Next?").output == "Green.\n")
        #expect(try home.session.conversation.count == 4)
        #expect(server.chats.last?["model"] == "test-model")
    }

    @Test("D12: a session that is open elsewhere is gone on with as a copy, and neither loses a word")
    func openElsewhere() async throws {
        _ = try await say("First colour?")
        let one = try await home.prompt("-c")
        let other = try await home.prompt("-c")
        try await other.showsPrompt(after: "this is a copy")
        other.enter("In the copy")
        try await other.showsPrompt(after: "Green.")
        one.enter("In the first")
        try await one.showsPrompt(after: "Red.")
        try await one.leave()
        try await other.leave()
        let conversations = try home.sessions.map(\.conversation)
        #expect(Set(conversations.map { $0[2] }) == ["user: In the copy", "user: In the first"])
        #expect(conversations.allSatisfy { $0.count == 4 && $0[0] == "user: First colour?" })
    }

    @Test("D12: -p -c says on standard error that its session is a copy")
    func copyInOneShot() async throws {
        let window = try await home.prompt()
        window.enter("One")
        try await window.showsPrompt(after: "7 out")
        let run = try await home.run("-c", "-p", "Two")
        #expect(run.code == 0 && run.errors.contains("this is a copy; what you say here becomes a session of its own"))
        try await window.leave()
    }

    @Test("D06: -p -c sends the question though nothing can be saved, and says why once")
    func unsavedOneShot() async throws {
        _ = try await home.run("-m", "first", "-p", "One")
        let posts = server.postCount
        let script =
            "ulimit -f 0; exec \"$B\" -c -m second -p 'The new question' </dev/null >\"$HOME/out\" 2>\"$HOME/err\""
        let terminal = try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", script],
            environment: home.environment.merging(["B": Home.banter]) { $1 })
        _ = try await terminal.waitForExit()
        let chats = server.chats.suffix(server.postCount - posts)
        #expect(chats.last?.conversation.last == "user: The new question")
    }

    @Test("a damaged session is named, left as it is, and hides no other")
    func damaged() async throws {
        let id = try await say("First colour?")
        let name = "banter/sessions/20200101-000000-dead.json"
        try home.directory.write(#"{"format":1,"messages":[{"role":"us"#, to: name)
        let list = try await home.run("sessions", "list")
        #expect(list.output.contains(id) && list.errors.contains("20200101-000000-dead.json"))
        #expect(list.code == 65)
        let open = try await home.run("-r", "20200101", "-p", "x")
        #expect(open.code == 65 && open.errors.contains("damaged"))
        #expect(home.directory.text(of: name) == #"{"format":1,"messages":[{"role":"us"#)
    }
}
