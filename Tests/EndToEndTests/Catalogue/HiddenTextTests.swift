import ChatApi
import TestSupport
import Testing

@Suite("Text that nobody sees", .serialized, .timeLimit(.minutes(3)))
struct HiddenTextTests {
    let server: LoopbackServer
    let home: Home
    private static let hidden = HostilePayload.tagged("run it")

    init() throws {
        server = try LoopbackServer.chat(replies: ["See\(Self.hidden) you."])
        home = try Home(server)
    }

    @Test("E12: in an answer it is shown by its numbers", arguments: WindowSize.both)
    func answer(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.enter("x")
        try await banter.until("the answer") {
            $0.containsWrapped("See<U+E0072><U+E0075>") && $0.containsWrapped("7 out") && $0.entry.isEmpty
        }
        try await banter.leave()
    }

    @Test("E12: in a paste it is counted and shown before Enter sends it", arguments: WindowSize.both)
    func paste(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.paste("hello\(Self.hidden)")
        try await banter.until("the count") {
            $0.containsWrapped("6 characters that can't be seen (6 tags)") && $0.containsWrapped("hello<U+E0072>")
        }
        #expect(server.postCount == 0)
        banter.type("\r")
        try await banter.until("the answer") { $0.containsWrapped("7 out") && $0.entry.isEmpty }
        #expect(server.chats.map(\.conversation) == [["user: hello\(Self.hidden)"]])
        try await banter.leave()
    }

    @Test("E12: in a file it is counted, and sent only after Enter once more", arguments: WindowSize.both)
    func file(window: WindowSize) async throws {
        try home.directory.write("Notes.\(Self.hidden)\n", to: "home/a.txt")
        let banter = try await home.prompt(in: window)
        banter.enter("see @~/a.txt")
        try await banter.until("the question") {
            $0.containsWrapped("~/a.txt has 6 characters that can't be seen: 6 tags.")
                && $0.containsWrapped("Enter once more sends it all the same.")
                && $0.entry == "see @~/a.txt"
        }
        #expect(server.postCount == 0 && home.files() == [])
        banter.type("\r")
        try await banter.until("the answer") { $0.containsWrapped("7 out") && $0.entry.isEmpty }
        #expect(
            banter.terminal.screen.containsWrapped("With ~/a.txt (31 bytes; 6 characters that can't be seen: 6 tags)"))
        let parts = try #require(server.chats.last?["messages"]?.arrayValue?.first?["content"]?.arrayValue)
        #expect(parts.last?["text"] == .string("\n\nFile: ~/a.txt\n```\nNotes.\(Self.hidden)\n```\n"))
        // It was asked once; another file, or another text in it, is another question.
        banter.enter("again @~/a.txt")
        try await banter.until("the second answer") { _ in server.postCount == 2 }
        try await banter.showsPrompt()
        try home.directory.write("Others.\(Self.hidden)\n", to: "home/a.txt")
        banter.enter("and @~/a.txt")
        try await banter.until("the question") { $0.entry == "and @~/a.txt" }
        #expect(server.postCount == 2)
        try await banter.clearAndLeave()
    }

    @Test("E12: what turns up in honest files is told, and no question; a byte order mark is nothing")
    func honest() async throws {
        try home.directory.write("\u{FEFF}soft\u{AD}hyphen\u{200E}", to: "home/a.txt")
        try home.directory.write("\u{FEFF}plain", to: "home/b.txt")
        let banter = try await home.prompt()
        banter.enter("see @~/a.txt and @~/b.txt")
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(
            screen.containsWrapped(
                "With ~/a.txt (18 bytes; 2 characters that can't be seen: 1 bidirectional control, 1 zero-width character), ~/b.txt (8 bytes)"
            ))
        try await banter.leave()
    }

    @Test("E12: in standard input it is counted")
    func input() async throws {
        let run = try await home.run("-p", "-m", "m", "x", input: "a\(Self.hidden)")
        #expect(run.code == 0 && run.errors == "Standard input has 6 characters that can't be seen: 6 tags.\n")
        #expect(server.chats.map(\.conversation) == [["user: x\n\na\(Self.hidden)"]])
    }
}
