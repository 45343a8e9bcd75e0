import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Marks and the window's name", .serialized, .timeLimit(.minutes(3)))
struct PromptMarkTests {
    @Test("prompt, entry, answer and its end are marked once each, in their places", arguments: WindowSize.both)
    func marks(window: WindowSize) async throws {
        let server = try LoopbackServer()
        let home = try Home(server, ["TERM_PROGRAM": "WezTerm"])
        let banter = try await home.prompt(in: window)
        // The prompt is there before the banner is.
        try await banter.terminal.wait { $0.containsWrapped("/help") }
        banter.type("one\ntwo")
        // The region is painted many times, and never marked.
        for key in ["a", "b", "\u{7F}", "\u{7F}"] { banter.type(key) }
        try await banter.shows("… two")
        #expect(banter.terminal.screen.marks.isEmpty)
        banter.type("\r")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "first\n\n")
        try await banter.shows("first")
        banter.enter("next")
        try await banter.shows("queued")
        chat.send(content: "last")
        chat.finish()
        try await server.nextChat().reply("Done.")
        try await banter.showsPrompt(after: "Done.")
        try await banter.leave()
        let screen = banter.terminal.screen
        #expect(screen.marks.map(\.kind) == ["A", "B", "C", "D", "A", "B", "C", "D"])
        let lines = (screen.scrollback + screen.cells).map { $0.map(\.text).joined() }
        for (mark, text) in zip(screen.marks, ["› one", "› one", "first", "", "› next", "› next", "Done."])
        where mark.kind != "D" {
            #expect(lines[mark.line].hasPrefix(text), "\(mark) \(lines[mark.line])")
            #expect(mark.column == (mark.kind == "B" ? 2 : 0))
        }
    }

    @Test(
        "a terminal that isn't known to take marks gets none", arguments: [[:], ["TERM": "screen", "WT_SESSION": "1"]])
    func noMarks(variables: [String: String]) async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]), variables)
        let banter = try await home.prompt()
        banter.enter("Hello")
        try await banter.showsPrompt(after: "7 out")
        try await banter.leave()
        #expect(banter.terminal.screen.marks.isEmpty && !contains(banter.terminal.transcript, "]133"))
        #expect(!contains(banter.terminal.transcript, "\u{1B}]2;"))
    }

    @Test(
        "the window is named after the session, and gets its name back, however Banter ends",
        arguments: [0, SIGTERM, SIGHUP, SIGSEGV])
    func title(signal: Int32) async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        try home.configure(#"{"display": {"windowTitle": true}}"#)
        for window in WindowSize.both {
            let banter = try await home.prompt(in: window)
            try await banter.terminal.wait { $0.title == "banter" }
            banter.enter("Hello 世界")
            try await banter.terminal.wait { $0.title == "Hello 世界 - banter" }
            banter.enter("/rename Tea \u{1B}]0;x\u{7}")
            try await banter.terminal.wait { $0.title.hasPrefix("Tea") }
            try await banter.showsPrompt()
            if signal == 0 { banter.type("\u{4}") } else { kill(try banter.process, signal) }
            let screen = try await banter.terminal.wait {
                $0.containsWrapped("[exit \(signal == 0 ? 0 : 128 + signal)]")
            }
            #expect(screen.title == "the old title" && screen.foreignSequences.isEmpty)
        }
    }
}
