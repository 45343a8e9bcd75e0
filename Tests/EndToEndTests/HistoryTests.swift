import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("The history", .serialized, .timeLimit(.minutes(3)))
struct HistoryTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: Array(repeating: "Yes.", count: 60))
        home = try Home(server)
    }

    private var lines: [String] {
        (home.directory.text(of: "banter/history") ?? "").split(separator: "\n").map(String.init)
    }

    /// Puts entries into the history file, oldest first, as libedit writes them.
    private func remember(_ entries: String...) throws {
        let lines = entries.map { entry in
            [("\\", "\\134"), ("\n", "\\012"), (" ", "\\040")].reduce(entry) { $0.replacing($1.0, with: $1.1) } + "\n"
        }
        try home.directory.write("_HiStOrY_V2_\n" + lines.joined(), to: "banter/history")
    }

    private func shows(_ row: String, _ banter: BanterOnTerminal) async throws {
        try await banter.terminal.wait(for: "the row “\(row)”") { $0.lines[$0.cursor.row] == row }
    }

    /// Sends a line and waits for the answer's end.
    private func send(_ line: String, _ banter: BanterOnTerminal) async throws {
        let count = server.postCount
        banter.enter(line)
        try await banter.terminal.wait { _ in server.postCount == count + 1 }
        try await banter.terminal.wait { screen in
            screen.lines[screen.cursor.row] == "›" && screen.allLines.count { $0 == "Yes." } == count + 1
        }
    }

    @Test(
        "an entry of several lines comes back as it was; Up goes through its lines, then on", arguments: WindowSize.both
    )
    func multiLine(window: WindowSize) async throws {
        try remember("oldest", "one\n  two 世界\\n\nthree")
        let banter = try await home.prompt(in: window)
        banter.type("\u{1B}[A")
        try await shows("… three", banter)
        banter.type("\u{1B}[A")
        try await shows("…   two 世界\\n", banter)
        banter.type("\u{1B}[A\u{1B}[A")
        try await shows("› oldest", banter)
        banter.type("\u{1B}[B")
        try await shows("… three", banter)
        banter.type("!\r")
        try await banter.terminal.wait { $0.containsWrapped("7 out") }
        try await banter.leave()
        #expect(server.chats.first?.conversation == ["user: one\n  two 世界\\n\nthree!"])
        #expect(lines.last == "one\\012\\040\\040two\\040世界\\134n\\012three!")
    }

    @Test(
        "Up walks through what begins as the draft does; a change of what was found begins anew",
        arguments: WindowSize.both)
    func prefix(window: WindowSize) async throws {
        try remember("git log", "make", "git diff\nmore", "make all")
        try home.configure(#"{"editor": {"suggestions": false}}"#)
        let banter = try await home.prompt(in: window)
        banter.type("git")
        try await shows("› git", banter)
        banter.type("\u{1B}[A")
        try await shows("… more", banter)
        banter.type("\u{1B}[A\u{1B}[A")
        try await shows("› git log", banter)
        banter.type("\u{1B}[B\u{1B}[B")
        try await shows("› git", banter)
        banter.type("\u{10}\u{10}\u{15}ma\u{10}")
        try await shows("› make all", banter)
        banter.type("\u{0E}")
        try await shows("› ma", banter)
        banter.type("\u{3}")
        try await banter.leave()
    }

    @Test(
        "Ctrl-R shows what it found with the match marked, goes to older and newer ones, and back to the draft",
        arguments: WindowSize.both)
    func search(window: WindowSize) async throws {
        try remember("a plan", "世界 Plan b", "no")
        let banter = try await home.prompt(in: window)
        banter.type("draft")
        try await shows("› draft", banter)
        banter.type("\u{12}plan")
        let screen = try await banter.terminal.wait {
            $0.lines[$0.cursor.row] == "› 世界 Plan b" && $0.lines[$0.cursor.row + 1] == "history: plan"
        }
        let cells = screen.cells[screen.cursor.row]
        #expect((0..<14).filter { cells[$0].style.attributes.contains(7) } == [7, 8, 9, 10])
        #expect(screen.cursor.column == 7)
        banter.type("\u{12}")
        try await shows("› a plan", banter)
        banter.type("\u{13}")
        try await shows("› 世界 Plan b", banter)
        banter.type("x")
        try await banter.terminal.wait { $0.containsWrapped("not") && $0.containsWrapped("planx") }
        banter.type("\u{7F}\u{7}")
        try await shows("› draft", banter)
        banter.type("\u{12}\u{12}")
        try await shows("› 世界 Plan b", banter)
        banter.type("\u{1B}")
        try await banter.terminal.wait { !$0.contains("history:") && $0.lines[$0.cursor.row] == "› 世界 Plan b" }
        banter.type("\u{5}!\r")
        try await banter.terminal.wait { $0.containsWrapped("7 out") }
        try await banter.leave()
        #expect(server.chats.first?.conversation == ["user: 世界 Plan b!"])
    }

    @Test(
        "two at once lose nothing, the file is private, and what is entered twice stands there once",
        arguments: WindowSize.both)
    func twoAtOnce(window: WindowSize) async throws {
        let (first, second) = (try await home.prompt(in: window), try await home.prompt(in: window))
        for line in ["one", "one", "/nosuch one"] { first.enter(line) }
        for line in ["two", "/nosuch two"] { second.enter(line) }
        for banter in [first, second] {
            try await banter.terminal.wait { $0.containsWrapped("There is no command /nosuch.") }
            try await banter.leave()
        }
        #expect(lines.dropFirst().sorted() == ["/nosuch\\040one", "/nosuch\\040two", "one", "two"])
        #expect(home.permissions(of: "history") == "600")
        let third = try await home.prompt(in: window)
        third.type("o\u{1B}[A")
        try await shows("› one", third)
        third.type("\u{15}tw\u{1B}[A")
        try await shows("› two", third)
        third.type("\u{3}")
        try await third.leave()
    }

    @Test(
        "\"history\": false and a leading blank keep an entry out; historyLimit keeps the newest",
        arguments: WindowSize.both)
    func keptOut(window: WindowSize) async throws {
        try home.configure(#"{"editor": {"history": false}}"#)
        let without = try await home.prompt(in: window)
        without.enter("/nosuch nothing")
        try await without.showsPrompt(after: "no command")
        without.type("\u{1B}[A")
        try await shows("› /nosuch nothing", without)
        without.type("\u{3}")
        try await without.leave()
        #expect(home.directory.text(of: "banter/history") == nil)
        try home.configure(#"{"editor": {"historyLimit": 3}}"#)
        let with = try await home.prompt(in: window)
        try await send(" blank", with)
        for number in 1...8 { with.enter("/nosuch \(number)") }
        try await with.terminal.wait { screen in
            screen.lines[screen.cursor.row] == "›" && screen.allLines.count { $0 == "› /nosuch 8" } == 1
        }
        for _ in 1...5 { with.type("\u{1B}[A") }
        try await shows("› /nosuch 6", with)
        with.type("\u{3}")
        try await with.leave()
        #expect(!lines.contains { $0.contains("blank") } && lines.count == 9)
        let cut = try await home.prompt(in: window)
        cut.type("x")
        try await shows("› x", cut)
        cut.type("\u{3}")
        try await cut.leave()
        #expect(lines.dropFirst() == ["/nosuch\\0406", "/nosuch\\0407", "/nosuch\\0408"])
    }

    @Test("ten thousand entries are there at the first key", arguments: WindowSize.both)
    func many(window: WindowSize) async throws {
        let entries = (1...10_000).map { "entry\\040number\\040\($0)\n" }
        try home.directory.write("_HiStOrY_V2_\n" + entries.joined(), to: "banter/history")
        let banter = try await home.prompt(in: window)
        banter.type("\u{1B}[A")
        try await banter.terminal.wait { $0.containsWrapped("› entry number 10000") }
        banter.type("\u{15}\u{12}number 1\u{12}\u{12}")
        try await banter.terminal.wait { $0.lines[$0.cursor.row].hasPrefix("› entry number 1") }
        banter.type("\u{15}\u{12}R 77")
        try await banter.terminal.wait { $0.containsWrapped("R 77") }
        banter.type("\u{7}\u{3}")
        try await banter.leave()
    }
}
