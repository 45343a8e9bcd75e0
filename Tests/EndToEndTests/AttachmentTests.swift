import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Files in a message", .serialized, .timeLimit(.minutes(3)))
struct AttachmentTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two."])
        home = try Home(server)
    }

    @Test(
        "@path completes to a file with blanks, which is sent and kept; a resumed session names it",
        arguments: WindowSize.both)
    func text(window: WindowSize) async throws {
        try home.directory.write("SECRET CONTENT", to: "home/my notes.txt")
        try home.directory.write("x", to: "home/sub dir/inner 世.md")
        let banter = try await home.prompt(in: window)
        banter.type("see @~/my\t")
        try await banter.until("the quoted name") { $0.entry == "see @\"~/my notes.txt\"" }
        banter.type("and @~/su\t")
        try await banter.until("the directory") { $0.containsWrapped("@\"~/sub dir/") }
        banter.type("\t")
        try await banter.until("the file in it") { $0.containsWrapped("inner 世.md\"") }
        banter.type("ok\r")
        let screen = try await banter.until("the answer") {
            $0.containsWrapped("One.") && $0.entry.isEmpty && $0.cursor.column == 2
        }
        #expect(screen.containsWrapped("With ~/my notes.txt (14 bytes), ~/sub dir/inner 世.md (1 byte)"))
        try await banter.leave()
        let parts = try #require(server.chats.last?["messages"]?.arrayValue?.first?["content"]?.arrayValue)
        #expect(parts.first == ["type": "text", "text": "see @\"~/my notes.txt\" and @\"~/sub dir/inner 世.md\" ok"])
        #expect(parts.count == 3)
        #expect(parts[1]["text"] == "\n\nFile: \"~/my notes.txt\"\n```\nSECRET CONTENT\n```\n")
        #expect(try home.session["messages"]?.arrayValue?.first?["content"]?.arrayValue == parts)
        #expect(try home.session["title"]?.stringValue?.contains("File:") == false)

        let resumed = try BanterOnTerminal(in: home, ["-c"], rows: window.rows, columns: window.columns)
        let replay = try await resumed.until("the replay") {
            $0.containsWrapped("One.") && $0.entry.isEmpty && $0.cursor.column == 2
        }
        #expect(replay.containsWrapped("With \"~/my notes.txt\""))
        #expect(!replay.containsWrapped("SECRET CONTENT"))
        try await resumed.leave()
    }

    @Test("an image goes along as what its bytes say", arguments: WindowSize.both)
    func image(window: WindowSize) async throws {
        let descriptor = open(home.directory.file("home/a.bin"), O_WRONLY | O_CREAT, 0o600)
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        #expect(write(descriptor, png, png.count) == png.count)
        close(descriptor)
        let banter = try await home.prompt(in: window)
        banter.enter("what is @~/a.bin?")
        try await banter.showsPrompt(after: "One.")
        try await banter.leave()
        let parts = try #require(server.chats.last?["messages"]?.arrayValue?.first?["content"]?.arrayValue)
        #expect(parts.last?["image_url"]?["url"] == "data:image/png;base64,iVBORw0KGgo=")
    }

    @Test(
        "one that can't be sent is said before anything is, and the message is back at the prompt",
        arguments: WindowSize.both)
    func refused(window: WindowSize) async throws {
        mkfifo(home.directory.file("home/pipe"), 0o600)
        try home.directory.write("a\u{0}b", to: "home/binary")
        try home.directory.write(String(repeating: "x", count: 1 << 20) + "x", to: "home/long")
        let banter = try await home.prompt(in: window)
        for (name, complaint) in [
            ("no", "There is no file ~/no to send."), ("pipe", "~/pipe is a device or a pipe"),
            ("binary", "~/binary is neither text in UTF-8 nor an image"), ("long", "~/long is larger than 1 MB"),
            (".", "~/. is a directory"),
        ] {
            banter.enter("see @~/\(name)")
            try await banter.until(complaint) { $0.containsWrapped(complaint) && $0.entry == "see @~/\(name)" }
            banter.type("\u{15}")
            try await banter.showsPrompt()
        }
        #expect(server.postCount == 0 && home.files() == [])
        banter.enter("write to @alice and bob@~/long, then @angular/core")
        try await banter.showsPrompt(after: "One.")
        try await banter.leave()
        #expect(server.chats.last?.conversation == ["user: write to @alice and bob@~/long, then @angular/core"])
    }

    @Test("one named beside a folded paste that can't be sent can be named anew", arguments: WindowSize.both)
    func besidePaste(window: WindowSize) async throws {
        try home.directory.write("CONTENT", to: "home/a.txt")
        let banter = try await home.prompt(in: window)
        banter.paste((1...300).map { "line \($0)" }.joined(separator: "\n"))
        try await banter.type(" see @~/b.txt", shows: "[pasted 300 lines] see @~/b.txt")
        banter.type("\r")
        try await banter.until("the complaint") { $0.containsWrapped("There is no file ~/b.txt to send.") }
        try await banter.until("what wasn't sent") { $0.containsWrapped("Not sent: line 1") }
        try await banter.type("\u{17}", shows: "[pasted 300 lines] see")
        try await banter.type("@~/a.txt", shows: "[pasted 300 lines] see @~/a.txt")
        #expect(!banter.terminal.screen.containsWrapped("line 299"))
        banter.type("\r")
        try await banter.showsPrompt(after: "One.")
        try await banter.leave()
        let parts = try #require(server.chats.last?["messages"]?.arrayValue?.first?["content"]?.arrayValue)
        #expect(parts.last?["text"] == "\n\nFile: ~/a.txt\n```\nCONTENT\n```\n")
    }

    @Test("what a folded paste names stays where it is: nobody has seen it", arguments: WindowSize.both)
    func pasted(window: WindowSize) async throws {
        try home.directory.write("SECRET CONTENT", to: "home/key")
        try home.directory.write("wanted", to: "home/log")
        let banter = try await home.prompt(in: window)
        let paste = String(repeating: "log @~/key\n", count: 30)
        banter.type("see @~/log \u{1B}[200~\(paste)\u{1B}[201~\r")
        let screen = try await banter.until("the answer") { $0.containsWrapped("s to first token") && $0.entry.isEmpty }
        #expect(screen.containsWrapped("With ~/log (6 bytes)"))
        try await banter.leave()
        let parts = try #require(server.chats.last?["messages"]?.arrayValue?.first?["content"]?.arrayValue)
        #expect(parts.count == 2 && parts[0]["text"]?.stringValue == "see @~/log " + paste)
        #expect(parts[1]["text"]?.stringValue?.contains("wanted") == true)
    }

    @Test("on the command line it is only text")
    func printed() async throws {
        try home.directory.write("x", to: "home/a.txt")
        let result = try await home.run("-m", "test-model", "-p", "see @\(home.directory.file("home/a.txt"))")
        #expect(result.code == 0)
        #expect(server.chats.last?.conversation == ["user: see @\(home.directory.file("home/a.txt"))"])
    }
}
