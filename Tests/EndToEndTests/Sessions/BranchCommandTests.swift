import ChatApi
import TestSupport
import Testing

@Suite("Going back in a conversation", .serialized, .timeLimit(.minutes(3)))
struct BranchCommandTests {
    /// Answers each message with its number and the last word of what was said.
    private static func server() throws -> LoopbackServer {
        try LoopbackServer { exchange in
            guard exchange.request.method == "POST" else {
                return exchange.respond(body: #"{"object":"list","data":[{"id":"test-model"}]}"#)
            }
            let said = exchange.request.json?.conversation.last?.split(separator: " ").last ?? ""
            if said == "stumble" {
                return exchange.respond(status: 400, body: #"{"error":{"message":"no"}}"#)
            }
            exchange.reply("Re \(said)")
        }
    }

    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try Self.server()
        home = try Home(server)
    }

    private func afterTurns(_ texts: String..., rows: Int = 40, columns: Int = 80) async throws -> BanterOnTerminal {
        let banter = try await home.prompt(rows: rows, columns: columns)
        for text in texts {
            banter.enter(text)
            try await banter.showsAnswer("Re \(text)")
        }
        return banter
    }

    /// What hangs on the conversation in the file: the number, what it begins with, how many messages it has.
    private func branches() throws -> [String] {
        try (home.session["branches"]?.arrayValue ?? []).map { branch in
            let messages = branch.conversation
            return
                "\(branch["id"]?.intValue ?? 0) at \(branch["at"]?.intValue ?? -1): \(messages.joined(separator: ", "))"
        }
    }

    @Test("/retry asks again, for the same; the old answer is a branch, which comes back and goes again")
    func retry() async throws {
        let banter = try await afterTurns("one", "two")
        banter.enter("/retry")
        try await banter.showsPrompt(after: "Asking turn 2 again. What stood there is branch 1 now")
        // What it took is told once it is saved.
        try await banter.terminal.wait(for: "the answer") { $0.allLines.count { $0.contains("7 out") } == 3 }
        #expect(banter.terminal.screen.allLines.count { $0 == "Re two" } == 2)
        #expect(server.chats.count == 3)
        #expect(server.chats[1]["messages"] == server.chats[2]["messages"])
        #expect(try home.session.conversation == ["user: one", "assistant: Re one", "user: two", "assistant: Re two"])
        #expect(try branches() == ["1 at 3: assistant: Re two"])
        banter.enter("/retry 1")
        try await banter.showsPrompt(after: "Asking turn 1 again. What stood there is branch 2 now")
        try await banter.terminal.wait(for: "the answer") { $0.allLines.count { $0.contains("7 out") } == 4 }
        #expect(try home.session.conversation == ["user: one", "assistant: Re one"])
        #expect(
            try branches() == ["1 at 3: assistant: Re two", "2 at 1: assistant: Re one, user: two, assistant: Re two"])
        banter.enter("/branch 1")
        try await banter.showsPrompt(after: "The conversation is what branch 1 was, 2 turns in all.")
        #expect(try home.session.conversation.count == 4)
        banter.enter("/branch 7")
        try await banter.showsPrompt(after: "There is no branch 7. /branches shows those there are.")
        try await banter.leave()
    }

    @Test("/undo takes turns back, /branch brings them back, also in another process")
    func undo() async throws {
        let banter = try await afterTurns("one", "two", "three")
        banter.enter("/undo 4")
        try await banter.showsPrompt(after: "There is no turn 4: there are 3.")
        banter.enter("/undo 2")
        try await banter.showsPrompt(after: "Turns 2 to 3 are taken back: /branch 1 brings them back.")
        #expect(try home.session.conversation == ["user: one", "assistant: Re one"])
        banter.enter("/undo")
        try await banter.showsPrompt(after: "Turn 1 is taken back: /branch 2 brings it back.")
        banter.enter("/undo")
        try await banter.showsPrompt(after: "All turns were taken back; /branches shows them")
        try await banter.leave()

        let again = try await home.prompt("-c")
        again.enter("/branch 1")
        try await again.showsPrompt(after: "The conversation is what branch 1 was, 3 turns in all.")
        try await again.showsPrompt(after: "Re three")
        #expect(try home.session.conversation.count == 6)
        #expect(try branches() == [])
        try await again.leave()
    }

    @Test("/edit puts a message back at the prompt; what is sent stands in its place, and the old one is a branch")
    func edit() async throws {
        let banter = try await afterTurns("one", "two", "three")
        banter.enter("/edit 2")
        try await banter.shows("Turn 2, to be written anew.")
        try await banter.terminal.wait(for: "the message") { $0.lines[$0.cursor.row] == "› two" }
        banter.type("fold\r")
        try await banter.showsAnswer("Re twofold")
        #expect(banter.terminal.screen.containsWrapped("What stood in turn 2 is branch 1 now, with what followed"))
        #expect(
            try home.session.conversation == [
                "user: one", "assistant: Re one", "user: twofold", "assistant: Re twofold",
            ])
        #expect(
            try branches() == ["1 at 2: user: two, assistant: Re two, user: three, assistant: Re three"])
        try await banter.leave()
    }

    @Test(
        "an edit that is given up, or left for a command, leaves everything as it is",
        arguments: ["\u{3}", "\u{15}/usage\r"])
    func editGivenUp(keys: String) async throws {
        let banter = try await afterTurns("one", "two")
        banter.enter("/edit 1")
        try await banter.terminal.wait(for: "the message") { $0.lines[$0.cursor.row] == "› one" }
        #expect(try home.session.conversation.count == 4)
        banter.type(keys)
        try await banter.showsPrompt(after: "Turn 1 stays as it is.")
        banter.enter("three")
        try await banter.showsAnswer("Re three")
        #expect(try home.session.conversation.count == 6)
        #expect(try branches() == [])
        try await banter.leave()
    }

    @Test("a session all of whose turns were taken back is no new one, and says what is left of it")
    func nothingLeft() async throws {
        let banter = try await afterTurns("one", "two")
        banter.enter("/undo 2")
        try await banter.showsPrompt(after: "Turns 1 to 2 are taken back")
        banter.enter("/show")
        try await banter.showsPrompt(after: "All turns were taken back; /branches shows them")
        banter.enter("/usage")
        try await banter.showsPrompt(after: "2 answers, 2 of them in branches: 10 tokens in, 14 out")
        banter.type("\u{4}")
        let end = try await banter.expectEnd(0)
        #expect(end.text.contains("To go on with this session: banter -r"))
        let again = try await home.prompt("-c")
        let screen = try await again.showsPrompt(after: "All turns were taken back")
        #expect(screen.contains("· one ·") && !screen.contains("new session"))
        again.enter("/branch 1")
        try await again.showsPrompt(after: "Re two")
        try await again.leave()
    }

    @Test("/continue goes on with an answer that was stopped, and sends what wasn't answered again")
    func goOn() async throws {
        let banter = try await afterTurns("one")
        banter.enter("stumble")
        try await banter.showsPrompt(after: "refuses the request (400): no.")
        banter.enter("/continue")
        try await banter.terminal.wait(for: "the second refusal") {
            $0.allLines.count { $0.contains("refuses the request") } == 2
        }
        #expect(try home.session.conversation == ["user: one", "assistant: Re one", "user: stumble"])
        banter.enter("/undo")
        try await banter.showsPrompt(after: "is taken back")
        banter.enter("/continue")
        try await banter.showsAnswer("Re anything.")
        #expect(
            server.chats.last?.conversation.last == "user: Go on exactly where you stopped, without repeating anything."
        )
        try await banter.leave()
        #expect(try home.session.conversation.last == "assistant: Re anything.")
    }

    @Test("/branches draws the tree, in a narrow window, too", arguments: [80, 40, 20])
    func tree(columns: Int) async throws {
        let banter = try await afterTurns("one", "two", rows: 40, columns: columns)
        banter.enter("/retry")
        try await banter.terminal.wait(for: "the answer") { $0.allLines.count { $0 == "Re two" } == 2 }
        try await banter.showsPrompt()
        banter.enter("/undo 2")
        try await banter.terminal.wait(for: "the end") { $0.containsWrapped("are taken back") }
        try await banter.showsPrompt()
        banter.enter("three \u{202E}evil")
        try await banter.terminal.wait(for: "the answer") { $0.text.contains("Re ") && $0.text.contains("evil") }
        try await banter.showsPrompt()
        banter.enter("/branches")
        let screen = try await banter.terminal.wait(for: "the tree") {
            $0.containsWrapped("nothing is lost by it.") && $0.lines[$0.cursor.row] == "›"
        }
        let tree = screen.allLines.filter { $0.hasPrefix("●") || $0.contains("└─") || $0.contains("├─") }
        #expect(tree.count == 3)
        #expect(tree[0].hasPrefix("● 1 turn"))
        #expect(tree[1].hasPrefix("└─ 2  from turn 1"))
        #expect(tree[2].hasPrefix("   └─ 1  answer o"))
        if columns == 80 {
            #expect(tree[0] == "● 1 turn · the conversation  three <U+202E>evil")
            #expect(tree[1].hasPrefix("└─ 2  from turn 1, taken back · 2 turns · ") && tree[1].hasSuffix("  one"))
            #expect(tree[2].hasPrefix("   └─ 1  answer of turn 2 · ") && tree[2].hasSuffix("  Re two"))
        }
        try await banter.leave()
    }

    @Test("/fork goes on in a session of its own, which knows its parent; the other file stays as it is")
    func fork() async throws {
        let banter = try await afterTurns("one", "gone")
        banter.enter("/undo")
        try await banter.showsPrompt(after: "is taken back")
        let name = try #require(home.files().first { $0.hasSuffix(".json") })
        let before = home.directory.text(of: "banter/sessions/\(name)")
        banter.enter("/fork Another way")
        let screen = try await banter.showsPrompt(after: "This is a session of its own now")
        #expect(screen.allLines.joined(separator: " ").contains("stays as it was, with its 1 branch: /resume"))
        banter.enter("two")
        try await banter.showsAnswer("Re two")
        try await banter.leave()
        #expect(home.directory.text(of: "banter/sessions/\(name)") == before)
        let fork = try #require(try home.sessions.first { $0["title"] == "Another way" })
        #expect(fork["forkedFrom"]?.stringValue == String(name.dropLast(5)))
        #expect(fork.conversation.count == 4 && fork["branches"]?.arrayValue ?? [] == [])
        #expect(try home.sessions.count == 2)
    }

    @Test("with nothing said, each says so", arguments: ["/retry", "/undo", "/edit", "/continue", "/fork"])
    func empty(command: String) async throws {
        let banter = try await home.prompt()
        banter.enter(command)
        try await banter.showsPrompt(after: "Nothing has been said yet.")
        banter.enter("/branches")
        try await banter.showsPrompt(after: "There are no branches; /retry, /undo and /edit make them.")
        banter.enter("/retry x")
        try await banter.showsPrompt(after: "/retry [TURN]: ")
        try await banter.leave()
        #expect(server.chats.isEmpty)
    }
}
