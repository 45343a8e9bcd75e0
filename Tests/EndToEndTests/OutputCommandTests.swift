import Glibc
import TestSupport
import Testing

@Suite("Code blocks by their numbers", .serialized, .timeLimit(.minutes(3)))
struct OutputCommandTests {
    static let answer = """
        First:

        ```sh
        echo one
        ```

        - in a list
          ~~~ swift
          let two = 2
          ~~~

        > ```
        > three
        > ```

        Done.
        """

    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: [Self.answer, "Nothing to run."])
        home = try Home(server)
    }

    private func afterAnswer(_ home: Home, in window: WindowSize = WindowSize.both[0]) async throws -> BanterOnTerminal
    {
        let banter = try await home.prompt(in: window)
        banter.enter("Code")
        try await banter.showsPrompt(after: "7 out")
        return banter
    }

    private func enter(_ line: String, _ banter: BanterOnTerminal, shows text: String) async throws {
        banter.enter(line)
        try await banter.terminal.wait(for: text) { $0.containsWrapped(text) }
        try await banter.showsPrompt()
    }

    // MARK: /write

    @Test("/write writes the block that has the number on the screen", arguments: WindowSize.both)
    func write(in window: WindowSize) async throws {
        let banter = try await afterAnswer(home, in: window)
        for (number, text) in [(1, "echo one\n"), (2, "let two = 2\n"), (3, "three\n")] {
            let path = home.directory.file("home/\(number).txt")
            try await enter(
                "/write \(number) ~/\(number).txt", banter, shows: "Wrote block \(number), 1 line, to ~/\(number).txt.")
            #expect(home.directory.text(of: "home/\(number).txt") == text)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o644)
        }
        try await enter("/write 4 x", banter, shows: "The last answer has 3 code blocks: [1] sh, [2] swift, [3].")
        try await enter("/write x", banter, shows: "/write [-f] N PATH: ")
        try await enter("/write 1", banter, shows: "/write [-f] N PATH: ")
        try await banter.leave()
    }

    @Test("/write replaces a file only with -f, which keeps its permissions, and never anything else")
    func overwriting() async throws {
        let directory = home.directory
        try directory.write("mine", to: "home/a b.txt", permissions: 0o600)
        #expect(mkdir(directory.file("home/dir"), 0o700) == 0)
        #expect(mkfifo(directory.file("home/fifo"), 0o600) == 0)
        #expect(symlink(directory.file("home/a b.txt"), directory.file("home/link")) == 0)
        let banter = try await afterAnswer(home)
        let sentence = "~/a b.txt is there already, and was left alone. /write -f 1 ~/a b.txt replaces it."
        try await enter("/write 1 ~/a b.txt", banter, shows: sentence)
        try await enter("/write -f 1 ~/dir", banter, shows: "~/dir is a directory. Name a file in it.")
        try await enter(
            "/write -f 1 ~/fifo", banter, shows: "~/fifo is a pipe or a device, and only files are written.")
        try await enter("/write -f 1 ~/link", banter, shows: "~/link is a link, which isn't followed.")
        try await enter("/write 1 ~/no/such", banter, shows: "Can't write ~/no/such: No such file or directory.")
        try await enter("/write 1 /dev/null", banter, shows: "/dev/null is a pipe or a device")
        #expect(directory.text(of: "home/a b.txt") == "mine")
        try await enter("/write -f 1 \"~/a b.txt\"", banter, shows: "Wrote block 1, 1 line, to ~/a b.txt.")
        #expect(directory.text(of: "home/a b.txt") == "echo one\n")
        var status = stat()
        #expect(stat(directory.file("home/a b.txt"), &status) == 0 && status.st_mode & 0o777 == 0o600)
        try await banter.leave()
    }

    // MARK: /raw

    @Test("/raw shows the last answer's source at once, and the next ones'; /raw again renders")
    func raw() async throws {
        let banter = try await afterAnswer(home)
        try await enter("/raw", banter, shows: "Answers are shown as their source, from the next one on")
        try await banter.showsPrompt(after: "> ```")
        try await enter("/raw off", banter, shows: "Answers are rendered, from the next one on.")
        try await enter("/raw maybe", banter, shows: "/raw [on|off]: ")
        try await banter.leave()
    }

    // MARK: Which answer

    @Test("commands typed while an answer streams mean that answer; without code blocks that is said")
    func streaming() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        try await enter("/copy", banter, shows: "There is no answer yet.")
        banter.enter("Go")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "```sh\nfirst\n")
        try await banter.shows("[1] sh")
        banter.enter("/write 1 ~/out")
        try await banter.shows("queued: /write 1 ~/out")
        chat.send(content: "second\n```\n")
        chat.finish()
        try await banter.showsPrompt(after: "Wrote block 1, 2 lines, to ~/out.")
        #expect(home.directory.text(of: "home/out") == "first\nsecond\n")
        try await banter.leave()
    }

    @Test("after a resume they mean the saved session's last answer")
    func resumed() async throws {
        try await afterAnswer(home).leave()
        let banter = try await home.prompt("-c")
        try await banter.showsPrompt(after: "[3]")
        try await enter("/write 2 ~/two", banter, shows: "Wrote block 2, 1 line, to ~/two.")
        #expect(home.directory.text(of: "home/two") == "let two = 2\n")
        banter.enter("More")
        try await banter.showsPrompt(after: "Nothing to run.")
        try await enter("/pipe 1 cat", banter, shows: "The last answer has no code block.")
        try await banter.leave()
    }

    @Test("Tab offers the numbers with what they stand for, then paths")
    func completion() async throws {
        try home.directory.write("", to: "home/target file.txt")
        let banter = try await afterAnswer(home)
        banter.type("/write \t")
        try await banter.terminal.wait { $0.contains("sh: echo one") && $0.contains("swift: let two = 2") }
        banter.type("2\t~/tar\t")
        try await banter.shows("› /write 2 ~/target file.txt")
        banter.type("\u{3}")
        try await banter.leave()
    }
}
