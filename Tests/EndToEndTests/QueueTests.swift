import ChatApi
import TestSupport
import Testing

@Suite("What waits under an answer", .serialized, .timeLimit(.minutes(3)))
struct QueueTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    /// A run in mid-answer.
    private func midAnswer(_ window: WindowSize) async throws -> (banter: BanterOnTerminal, chat: LoopbackExchange) {
        let banter = try await home.prompt(in: window)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one ")
        try await banter.shows("one")
        return (banter, chat)
    }

    private func shows(_ row: String, _ banter: BanterOnTerminal) async throws {
        try await banter.terminal.wait(for: "the row “\(row)”") { $0.lines[$0.cursor.row] == row }
    }

    private func finish(_ chat: LoopbackExchange) {
        chat.send(content: "end.")
        chat.finish()
    }

    @Test(
        "is shown with the way to take it back, and Up takes the last one back to be edited", arguments: WindowSize.both
    )
    func takenBack(window: WindowSize) async throws {
        let (banter, chat) = try await midAnswer(window)
        let hint = window.columns == 80 ? "Up takes it back" : "queued, Up: "
        banter.enter("first")
        try await banter.shows(hint)
        banter.enter("second\nline")
        try await banter.shows("(+1)")
        banter.enter("thurd")
        try await banter.shows("(+2)")
        banter.type("\u{1B}[A")
        try await shows("› thurd", banter)
        try await banter.shows("(+1)")
        banter.type("\u{1B}b\u{1B}[C\u{1B}[C\u{1B}[3~i\r")
        try await banter.shows("(+2)")
        banter.type("\u{10}")
        try await shows("› third", banter)
        banter.type("\u{15}\u{1B}[A")
        try await shows("… line", banter)
        try await banter.terminal.wait { $0.contains("queued") && !$0.contains("(+") }
        banter.type("!\r")
        try await banter.shows("(+1)")
        finish(chat)
        for text in ["first", "second\nline!"] {
            let next = try await server.nextChat()
            #expect(next.request.json?.conversation.last == "user: \(text)")
            next.reply("Fine.")
        }
        try await banter.terminal.wait { $0.allLines.count { $0 == "Fine." } == 2 }
        try await banter.leave()
        #expect(server.postCount == 3)
    }

    @Test("can be a command, which is done in its turn, and taken back like any other", arguments: WindowSize.both)
    func commands(window: WindowSize) async throws {
        let (banter, chat) = try await midAnswer(window)
        for (line, count) in [
            ("/rename One", "queued"), ("more", "(+1)"), ("/rename Two", "(+2)"), ("/rename No", "(+3)"),
        ] {
            banter.enter(line)
            try await banter.shows(count)
        }
        banter.type("\u{1B}[A")
        try await shows("› /rename No", banter)
        banter.type("\u{3}")
        try await shows("›", banter)
        finish(chat)
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation.last == "user: more")
        try await banter.terminal.wait { $0.containsWrapped("called One.") && !$0.containsWrapped("called Two.") }
        next.reply("Fine.")
        try await banter.terminal.wait { $0.containsWrapped("called Two.") }
        try await banter.leave()
        #expect(try home.session["title"] == "Two")
        #expect(!banter.terminal.screen.containsWrapped("called No."))
    }

    @Test("Up pressed many times at once takes one message back and no more", arguments: WindowSize.both)
    func takenBackOnce(window: WindowSize) async throws {
        let (banter, chat) = try await midAnswer(window)
        for (line, count) in [("first", "queued"), ("second", "(+1)"), ("third", "(+2)")] {
            banter.enter(line)
            try await banter.shows(count)
        }
        banter.type(String(repeating: "\u{1B}[A", count: 10))
        try await shows("› third", banter)
        banter.type("!")
        try await shows("› third!", banter)
        #expect(banter.terminal.screen.contains("(+1)"))
        banter.type("\u{3}")
        finish(chat)
        for text in ["first", "second"] {
            let next = try await server.nextChat()
            #expect(next.request.json?.conversation.last == "user: \(text)")
            next.reply("Fine.")
        }
        try await banter.terminal.wait { $0.allLines.count { $0 == "Fine." } == 2 }
        try await banter.leave()
    }

    @Test("nothing waits, or something is typed: Up walks through the history as ever", arguments: WindowSize.both)
    func history(window: WindowSize) async throws {
        let (banter, chat) = try await midAnswer(window)
        banter.type("\u{1B}[A")
        try await shows("› Count", banter)
        banter.type("\u{15}")
        try await shows("›", banter)
        banter.enter("waits")
        try await banter.shows("queued")
        banter.type("Co\u{1B}[A")
        try await shows("› Count", banter)
        #expect(banter.terminal.screen.contains("queued"))
        banter.type("\u{3}")
        try await shows("›", banter)
        // Ctrl-C stops the answer, and what waits is sent.
        banter.type("\u{3}")
        try await chat.waitUntilClientCloses()
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation.last == "user: waits")
        next.reply("Fine.")
        try await banter.showsPrompt(after: "Fine.")
        try await banter.leave()
    }

    @Test(
        "what arrives while something is typed stands above it, and the line is there again", arguments: WindowSize.both
    )
    func arriving(window: WindowSize) async throws {
        let (banter, chat) = try await midAnswer(window)
        let typed = "世界 e\u{301}tude 🙂 and more words than a narrow row has"
        banter.type(typed)
        try await banter.terminal.wait { $0.containsWrapped(typed) }
        // The server goes away in the middle of the answer.
        chat.close()
        try await banter.terminal.wait { $0.containsWrapped("The answer was cut off; what came is kept.") }
        let screen = try await banter.terminal.wait { $0.containsWrapped("› " + typed) }
        #expect(screen.allLines.count { $0.contains("世界") } == 1)
        banter.type("\r")
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation.last == "user: \(typed)")
        next.reply("Fine.")
        try await banter.showsPrompt(after: "Fine.")
        try await banter.leave()
    }
}
