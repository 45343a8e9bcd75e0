import ChatApi
import TestSupport
import Testing

@Suite("A conversation", .serialized, .timeLimit(.minutes(3)))
struct ConversationTests {
    @Test(
        "the second request carries the first exchange, and the session file holds what was sent, for its owner alone")
    func twoTurns() async throws {
        let server = try LoopbackServer.chat(replies: ["Hello **you**.", "Good bye."])
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Good day")
        try await banter.showsPrompt(after: "Hello you.")
        banter.enter("See you")
        try await banter.showsPrompt(after: "Good bye.")
        try await banter.leave()

        #expect(
            server.chats.map(\.conversation) == [
                ["user: Good day"], ["user: Good day", "assistant: Hello **you**.", "user: See you"],
            ])
        let session = try home.session
        #expect(session.conversation == server.chats[1].conversation + ["assistant: Good bye."])
        #expect(session["model"] == "test-model")
        #expect(session.lastTurn?["finishReason"] == "stop")
        #expect(home.permissions(of: "sessions") == "700")
        for file in home.files() { #expect(home.permissions(of: "sessions/\(file)") == "600") }
        #expect(home.files().count { $0.hasSuffix(".partial") } == 0)
    }

    @Test("what was typed is on the disk before it is answered")
    func typedIsSaved() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Remember this")
        let chat = try await server.nextChat()
        #expect(try home.session.conversation == ["user: Remember this"])
        chat.reply("Done.")
        try await banter.showsPrompt(after: "Done.")
        try await banter.leave()
    }

    @Test("the answer is on the disk as it arrives")
    func arrivingIsSaved() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Tell")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "Once upon")
        try await banter.shows("Once upon")
        let journal = try #require(home.files().first { $0.hasSuffix(".partial") })
        #expect(home.directory.text(of: "banter/sessions/\(journal)")?.contains("Once upon") == true)
        #expect(home.permissions(of: "sessions/\(journal)") == "600")
        chat.send(content: " a time.")
        chat.finish()
        try await banter.showsPrompt(after: "7 out")
        #expect(!home.files().contains(journal))
        #expect(try home.session.conversation.last == "assistant: Once upon a time.")
        try await banter.leave()
    }

    @Test("what is typed while an answer streams waits, and is sent as the next turn")
    func typeAhead() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("One")
        let first = try await server.nextChat()
        first.startEvents()
        first.send(content: "Eins ")
        try await banter.shows("Eins")
        banter.enter("Two")
        try await banter.shows("queued: Two")
        banter.enter("Three")
        let screen = try await banter.shows("queued (+1): Three")
        #expect(server.postCount == 1)
        // It doesn't break into the answer: it is printed when it is sent.
        #expect(!screen.contains("› Two"))
        first.send(content: "fertig.")
        first.finish()
        let second = try await server.nextChat()
        second.reply("Zwei.")
        let third = try await server.nextChat()
        third.reply("Drei.")
        let transcript = try await banter.showsPrompt(after: "Drei.").allLines
        let order = ["› One", "Eins fertig.", "› Two", "Zwei.", "› Three", "Drei."]
        #expect(transcript.filter(order.contains) == order)
        try await banter.leave()
        #expect(
            third.request.json?.conversation == [
                "user: One", "assistant: Eins fertig.", "user: Two", "assistant: Zwei.", "user: Three",
            ])
    }

    @Test("what is half typed when an answer ends stays in the entry")
    func halfTyped() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("One")
        let first = try await server.nextChat()
        first.startEvents()
        first.send(content: "Eins.")
        try await banter.shows("Eins.")
        banter.type("Tw")
        try await banter.shows("› Tw")
        first.finish()
        try await banter.shows("out")
        banter.enter("o")
        let second = try await server.nextChat()
        #expect(second.request.json?.conversation.last == "user: Two")
        second.reply("Zwei.")
        try await banter.showsPrompt(after: "Zwei.")
        try await banter.leave()
    }

    @Test("a prompt on the command line is the first turn, even before the model is known")
    func promptOnCommandLine() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try BanterOnTerminal(in: home, ["Hello", "there"])
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: Hello there"])
        #expect(chat.request.json?["model"] == "test-model")
        chat.reply("General!")
        try await banter.showsPrompt(after: "General!")
        #expect(banter.terminal.screen.text.contains("› Hello there"))
        try await banter.leave()
    }

    @Test("several lines, typed or pasted, are one message")
    func severalLines() async throws {
        let server = try LoopbackServer.chat(replies: ["Yes."])
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.type("one\ntwo\u{1B}[200~three\nfour\u{1B}[201~\r")
        try await banter.showsPrompt(after: "Yes.")
        try await banter.leave()
        #expect(server.chats.map(\.conversation) == [["user: one\ntwothree\nfour"]])
    }

    @Test("a system prompt is the first message, and stays when the session goes on")
    func systemPrompt() async throws {
        let server = try LoopbackServer.chat(replies: ["Arr."])
        let home = try Home(server)
        let banter = try await home.prompt("-s", "You are a pirate.", "--temperature", "0.5")
        banter.enter("Hi")
        try await banter.showsPrompt(after: "Arr.")
        try await banter.leave()
        let second = try await home.prompt("-c")
        second.enter("More")
        try await second.showsPrompt(after: "› More")
        try await second.terminal.wait { screen in screen.allLines.count { $0 == "Arr." } == 2 }
        try await second.leave()
        #expect(
            server.chats.last?.conversation == [
                "system: You are a pirate.", "user: Hi", "assistant: Arr.", "user: More",
            ])
        #expect(server.chats.map { $0["temperature"] } == [0.5, 0.5])
    }

    @Test("the session file is a request as it stands")
    func sessionIsRequest() async throws {
        let server = try LoopbackServer.chat(replies: ["Yes."])
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Ready?")
        try await banter.showsPrompt(after: "Yes.")
        banter.enter("Sure?")
        try await banter.terminal.wait { screen in screen.allLines.count { $0 == "Yes." } == 2 }
        try await banter.leave()
        let (session, chat) = (try home.session, server.chats[1])
        #expect(session["model"] == chat["model"])
        #expect(session["messages"]?.arrayValue?.prefix(3) == chat["messages"]?.arrayValue?.prefix(3))
    }
}
