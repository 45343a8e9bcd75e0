import ChatApi
import TestSupport
import Testing

@Suite("Calm mode", .serialized, .timeLimit(.minutes(3)))
struct CalmTests {
    private func home(_ server: LoopbackServer) throws -> Home {
        let home = try Home(server)
        try home.configure(#"{"display": {"calm": true}, "editor": {"suggestions": true}}"#)
        return home
    }

    @Test("an answer is printed block by block, once each, after a word that it is waited for; nothing else moves")
    func answer() async throws {
        let server = try LoopbackServer()
        let banter = try await home(server).prompt()
        banter.enter("Hi")
        let chat = try await server.nextChat()
        try await banter.shows("Waiting for the answer.")
        chat.startEvents()
        for word in ["## Ti", "tle\n", "\nfirst ", "block ", "of ", "three\n", "\n- se", "cond\n\n", "> la", "st"] {
            chat.send(content: word)
        }
        try await banter.shows("second")
        chat.finish()
        try await banter.showsPrompt(after: "7 out")
        // No suggestion.
        banter.type("H")
        try await banter.shows("> H")
        banter.type("\u{7F}")
        try await banter.leave()
        let written = String(decoding: banter.terminal.transcript, as: UTF8.self)
        for text in ["Waiting for the answer.", "Heading 2: ", "Title", "first block", "second", "Quote:", "last"] {
            #expect(written.split(separator: text, omittingEmptySubsequences: false).count == 2, "\(text)")
        }
        #expect(!written.contains { "›…•│·▸".contains($0) })
    }

    @Test("sessions are listed, not chosen from on a screen")
    func sessions() async throws {
        let home = try home(try LoopbackServer.chat(replies: ["ok"]))
        #expect(try await home.run("-m", "test-model", "-p", "Something to pick").code == 0)
        let banter = try await home.prompt()
        banter.enter("/sessions")
        try await banter.showsPrompt(after: "Something to pick")
        try await banter.leave()
        #expect(!contains(banter.terminal.transcript, "\u{1B}[?1049h"))
    }
}
