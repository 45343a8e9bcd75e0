import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Interrupting and leaving", .serialized, .timeLimit(.minutes(3)))
struct InterruptionTests {
    @Test(
        "Ctrl-C in mid-answer stops it, keeps what came, marked, and the conversation goes on",
        arguments: ["\u{3}", "\u{1B}"])
    func stopsAnswer(key: String) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two ")
        try await banter.shows("one two")
        banter.type(key)
        try await chat.waitUntilClientCloses()
        try await banter.showsPrompt(after: "Stopped; what came is kept.")
        #expect(try home.session.conversation == ["user: Count", "assistant: one two "])
        #expect(try home.session.lastTurn?["finishReason"] == "interrupted")
        banter.enter("Go on")
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation == ["user: Count", "assistant: one two ", "user: Go on"])
        next.reply("three")
        try await banter.showsPrompt(after: "three")
        try await banter.leave()
    }

    @Test("Ctrl-C before the first word stops the wait; the message stays in the session")
    func stopsWait() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Anybody?")
        let chat = try await server.nextChat()
        try await banter.shows("…")
        banter.type("\u{3}")
        try await chat.waitUntilClientCloses()
        try await banter.showsPrompt(after: "Stopped.")
        #expect(try home.session.conversation == ["user: Anybody?"])
        try await banter.leave()
    }

    @Test("Ctrl-C with text typed clears it and leaves the answer alone")
    func clearsEntry() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one ")
        try await banter.shows("one")
        banter.type("never mind")
        try await banter.shows("› never mind")
        banter.type("\u{3}")
        try await banter.terminal.wait { !$0.lines[$0.cursor.row].contains("mind") && $0.cursor.column == 2 }
        chat.send(content: "two")
        chat.finish()
        try await banter.showsPrompt(after: "one two")
        try await banter.leave()
        #expect(try home.session.conversation == ["user: Count", "assistant: one two"])
        #expect(server.postCount == 1)
    }

    @Test("Ctrl-C at an empty prompt never leaves, and says what does")
    func neverLeaves() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        let banter = try await home.prompt()
        banter.type("\u{3}\u{3}\u{3}")
        try await banter.showsPrompt(after: "(Ctrl-D or /quit leaves)")
        banter.enter("Still there?")
        try await banter.showsPrompt(after: "Hi.")
        try await banter.leave()
    }

    @Test("Ctrl-C hammered from the first moment to the last leaves the terminal as it was")
    func hammered() async throws {
        let server = try LoopbackServer.chat(replies: [Array(repeating: "word", count: 500).joined(separator: " ")])
        let home = try Home(server)
        let banter = try await home.prompt()
        for _ in 1...10 {
            banter.type("go\r\u{3}\u{3}x\u{3}")
            try await banter.showsPrompt()
        }
        try await banter.leave()
    }

    @Test("Ctrl-D on an empty line leaves, and says how to go on")
    func leaves() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        let banter = try await home.prompt()
        banter.enter("Hello")
        try await banter.showsPrompt(after: "7 out")
        banter.type("\u{4}")
        let screen = try await banter.expectEnd(0)
        let id = try #require(try home.session["id"]?.stringValue)
        #expect(screen.text.contains("To go on with this session: banter -r \(id)"))
    }

    @Test("leaving without a word said leaves no session")
    func leavesNothing() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        let banter = try await home.prompt()
        banter.type("\u{4}")
        let screen = try await banter.expectEnd(0)
        #expect(!screen.text.contains("To go on"))
        #expect(home.files() == [])
    }

    @Test("Ctrl-D in mid-answer stops it, keeps what came and leaves")
    func leavesInMidAnswer() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one two")
        try await banter.shows("one two")
        banter.enter("and then?")
        try await banter.shows("queued: and then?")
        banter.type("\u{4}")
        let screen = try await banter.expectEnd(0)
        #expect(screen.text.contains("Not sent: and then?"))
        #expect(try home.session.conversation == ["user: Count", "assistant: one two"])
        #expect(try home.session.lastTurn?["finishReason"] == "interrupted")
    }
}
