import TestSupport
import Testing

@Suite("Fences", .serialized, .timeLimit(.minutes(3)))
struct FenceTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two."])
        home = try Home(server)
    }

    @Test(
        "inside a fence Enter makes a new line, and what stands between is sent, a command too",
        arguments: WindowSize.both)
    func fence(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await banter.type("\"\"\"\r/quit\r  a \\\r\r", shows: "\"\"\"…/quit…  a \\……")
        banter.type("\"\"\"\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation == ["user: /quit\n  a \\\n"])
        // The history has it as it was typed.
        try await banter.type("\u{1B}[A", shows: "\"\"\"…/quit…  a \\……\"\"\"")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("Ctrl-C gets out of a fence, and nothing is sent", arguments: WindowSize.both)
    func interrupt(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await banter.type("\"\"\"\rx\r", shows: "\"\"\"…x…")
        try await banter.type("\u{3}", shows: "")
        banter.enter("\"\"\"\r\r\"\"\"")
        try await banter.showsPrompt()
        banter.enter("\"\"\"one line\"\"\"")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.map(\.conversation) == [["user: one line"]])
        try await banter.leave()
    }

    @Test("a trailing backslash makes a new line, two don't", arguments: WindowSize.both)
    func backslash(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await banter.type("one\\\r", shows: "one…")
        banter.type("two\\\\\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation == ["user: one\ntwo\\\\"])
        try await banter.leave()
    }

    @Test("a terminal without escape sequences gathers lines, too", arguments: WindowSize.both)
    func dumb(in window: WindowSize) async throws {
        let home = try Home(server, ["TERM": "dumb"])
        let banter = try await home.prompt(in: window)
        for line in ["\"\"\"", "one", "two"] {
            banter.type(line + "\n")
            try await banter.terminal.wait(for: "the prompt of a continued line") { screen in
                screen.lines[screen.cursor.row] == "…" && screen.lines[screen.cursor.row - 1].hasSuffix(line)
            }
        }
        banter.type("\"\"\"\n")
        try await banter.showsPrompt(after: "One.")
        banter.type("three \\\nfour\n")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation == ["user: one\ntwo", "assistant: One.", "user: three \nfour"])
        banter.type("\u{4}")
        try await banter.expectEnd(0)
    }
}
