import ChatApi
import TestSupport
import Testing

@Suite("Sending less than all that was said", .serialized, .timeLimit(.minutes(3)))
struct CompactingTests {
    /// Takes no more messages than these at once, and sums up when it is asked to.
    private static func server(most: Int = .max) throws -> LoopbackServer {
        try LoopbackServer { exchange in
            guard exchange.request.method == "POST" else {
                return exchange.respond(body: #"{"object":"list","data":[{"id":"test-model"}]}"#)
            }
            let said = exchange.request.json?.conversation ?? []
            if said.count > most {
                return exchange.respond(
                    status: 400,
                    body:
                        #"{"error":{"message":"too long","type":"invalid_request_error","code":"context_length_exceeded"}}"#
                )
            }
            if said.last?.hasPrefix("user: Sum up our conversation") == true {
                return exchange.reply("They counted to \(said.count).")
            }
            if said.last?.hasSuffix("Write only the title.") == true {
                return exchange.reply("\"**Counting up.**\"\nYes.")
            }
            exchange.reply("Re \(said.last?.split(whereSeparator: \.isWhitespace).last ?? "")")
        }
    }

    private func prompt(_ server: LoopbackServer, _ turns: [String]) async throws -> (Home, BanterOnTerminal) {
        let home = try Home(server)
        let banter = try await home.prompt(rows: 60)
        for text in turns {
            banter.enter(text)
            try await banter.showsAnswer("Re \(text)")
        }
        return (home, banter)
    }

    private static let head = "user: Summary of our conversation so far:\n\n"

    @Test("/compact sends a summary for the old turns; the file keeps them, /usage tells, /compact off takes it back")
    func compact() async throws {
        let server = try Self.server()
        let (home, banter) = try await prompt(server, ["one", "two", "three"])
        banter.enter("/compact")
        try await banter.showsPrompt(after: "From now on this is sent instead of the first 2 turns, 4 words.")
        #expect(
            server.chats.last?.conversation.dropLast() == [
                "user: one", "assistant: Re one", "user: two", "assistant: Re two",
            ])
        banter.enter("/usage")
        try await banter.showsPrompt(after: "Of 3 turns the last one is sent, and a summary of the others in 4 words.")
        banter.enter("four")
        try await banter.showsAnswer("Re four")
        #expect(
            server.chats.last?.conversation == [
                "\(Self.head)They counted to 5.\n\n---\n\nthree", "assistant: Re three", "user: four",
            ])
        #expect(try home.session.conversation.count == 8)
        #expect(try home.session["view"]?["messages"] == 4)
        try await banter.leave()

        let again = try await home.prompt("-c", rows: 60)
        try await again.showsPrompt(after: "Of 4 turns the last 2 are sent")
        // Once more, with the summary in place of what it stands for.
        again.enter("/compact")
        try await again.showsPrompt(after: "instead of the first 3 turns")
        #expect(server.chats.last?.conversation.first == "\(Self.head)They counted to 5.\n\n---\n\nthree")
        again.enter("/compact off")
        try await again.showsPrompt(after: "From now on everything is sent again.")
        again.enter("five")
        try await again.showsAnswer("Re five")
        #expect(server.chats.last?.conversation.count == 9)
        try await again.leave()
    }

    @Test("what it stands for may leave the conversation: then it goes with it, and comes back with it")
    func branches() async throws {
        let server = try Self.server()
        let (home, banter) = try await prompt(server, ["one", "two", "three"])
        banter.enter("/compact")
        try await banter.showsPrompt(after: "From now on")
        banter.enter("/undo 2")
        try await banter.showsPrompt(after: "are taken back")
        banter.enter("again")
        try await banter.showsAnswer("Re again")
        #expect(server.chats.last?.conversation == ["user: one", "assistant: Re one", "user: again"])
        banter.enter("/branch 1")
        try await banter.showsPrompt(after: "what branch 1 was")
        banter.enter("four")
        try await banter.showsAnswer("Re four")
        #expect(server.chats.last?.conversation.first?.hasPrefix(Self.head) == true)
        #expect(try home.session.conversation.count == 8)
        try await banter.leave()
    }

    @Test("a conversation that is too long is told with its ways out, and goes again by itself once it is shorter")
    func tooLong() async throws {
        let server = try Self.server(most: 5)
        let (home, banter) = try await prompt(server, ["one", "two", "three"])
        banter.enter("four")
        try await banter.showsPrompt(after: "/compact has the old turns summed up")
        let before = try home.session["messages"]
        banter.enter("/compact")
        try await banter.showsAnswer("Re four")
        // The first two turns, a question for a summary behind them.
        #expect(
            server.chats.last?.conversation == [
                "\(Self.head)They counted to 5.\n\n---\n\nthree", "assistant: Re three", "user: four",
            ])
        #expect(
            try home.session.conversation.dropLast()
                == ArraySlice(JSONValue.object(["messages": before ?? .null]).conversation))
        try await banter.leave()
    }

    @Test("what is too long even for a summary is summed up in halves")
    func halves() async throws {
        let server = try Self.server(most: 3)
        let (_, banter) = try await prompt(server, ["one"])
        for text in ["two", "three", "four"] {
            banter.enter(text)
            try await banter.showsPrompt()
        }
        try await banter.showsPrompt(after: "/compact drop leaves them out")
        banter.enter("/compact 0")
        try await banter.showsAnswer("Re four")
        try await banter.leave()
    }

    @Test("/compact drop sends nothing for the old turns")
    func drop() async throws {
        let server = try Self.server()
        let (home, banter) = try await prompt(server, ["one", "two", "three", "four"])
        banter.enter("/compact drop")
        try await banter.showsPrompt(after: "The first 2 turns aren't sent any more.")
        banter.enter("five")
        try await banter.showsAnswer("Re five")
        #expect(server.chats.last?.conversation.first == "user: three")
        #expect(try home.session.conversation.count == 10)
        banter.enter("/compact drop 9")
        try await banter.showsPrompt(after: "There are no turns to sum up or leave out before the last 9.")
        try await banter.leave()
    }

    @Test("Ctrl-C stops a summary, and nothing is changed")
    func stopped() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt(rows: 40)
        for text in ["one", "two"] {
            banter.enter(text)
            try await server.nextChat().reply("Re \(text)")
            try await banter.showsAnswer("Re \(text)")
        }
        banter.enter("/compact")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "They began ")
        try await banter.shows("They began")
        let before = try home.session
        banter.type("\u{3}")
        try await banter.showsPrompt(after: "Nothing was changed; everything is sent as before.")
        #expect(try home.session == before)
        try await banter.leave()
    }

    @Test(
        "a summary that its limit cut off, or that says nothing, isn't taken",
        arguments: [("They began", "length"), (" \n", "stop"), ("<think>hm</think>\n", "stop")])
    func unfinished(summary: String, reason: String) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt(rows: 40)
        for text in ["one", "two"] {
            banter.enter(text)
            try await server.nextChat().reply("Re \(text)")
            try await banter.showsAnswer("Re \(text)")
        }
        let before = try home.session
        banter.enter("/compact")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: summary)
        chat.finish(reason: reason)
        try await banter.showsPrompt(after: "Nothing was changed; everything is sent as before.")
        #expect(try home.session == before)
        try await banter.leave()
    }

    @Test("a title that comes when another session is open is nobody's")
    func lateTitle() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("one")
        try await server.nextChat().reply("Re one")
        try await banter.showsAnswer("Re one")
        banter.enter("/rename")
        let title = try await server.nextChat()
        banter.enter("/new")
        try await banter.showsPrompt(after: "new session")
        title.reply("Counting up")
        title.waitUntilTaken()
        banter.enter("/branches")
        try await banter.showsPrompt(after: "There are no branches")
        banter.enter("two")
        try await server.nextChat().reply("Re two")
        let screen = try await banter.showsAnswer("Re two")
        #expect(!screen.text.contains("is called"))
        try await banter.leave()
        #expect(try home.sessions.compactMap { $0["title"]?.stringValue }.sorted() == ["one", "two"])
    }

    @Test("/rename without a title asks the model for one, and so does the first answer if the configuration says so")
    func titles() async throws {
        let server = try Self.server()
        let (home, banter) = try await prompt(server, ["one"])
        #expect(try home.session["title"] == "one")
        banter.enter("/rename")
        try await banter.showsPrompt(after: "This session is called Counting up.")
        #expect(try home.session["title"] == "Counting up")
        try await banter.leave()

        try home.configure(#"{"titles":"model"}"#)
        let other = try await home.prompt()
        other.enter("two")
        try await other.showsAnswer("Re two")
        while try home.sessions.count(where: { $0["title"] == "Counting up" }) < 2 {
            try await Task.sleep(for: .milliseconds(10))
        }
        other.enter("/rename Mine")
        try await other.showsPrompt(after: "This session is called Mine.")
        other.enter("three")
        try await other.showsAnswer("Re three")
        try await other.leave()
        // Asked for once, and not again for one that a person gave.
        #expect(server.chats.count { $0.conversation.last?.contains("Write only the title.") == true } == 2)
    }
}
