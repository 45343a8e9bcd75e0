import ChatApi
import Glibc
import TestSupport
import Testing

/// The rows of the key table that are about the window: stop and go on, another size, an entry higher than the screen.
@Suite("The key table: the window", .serialized, .timeLimit(.minutes(3)))
struct WindowTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        // The emulator doesn't wrap rows anew when it gets narrower, as xterm doesn't.
        home = try Home(server, ["XTERM_VERSION": "XTerm(379)"])
    }

    /// A line that is wrapped in both windows, with wide characters at its breaks.
    static let long = (1...9).map { "word\($0) 世界🙂e\u{301}한" }.joined(separator: " ")

    /// What is on the screen from the prompt on, without the blanks that wrapping needs.
    private static func entry(_ screen: TerminalScreen, prompt: Character = "›") -> String {
        let text = screen.lines.joined().filter { $0 != " " }
        return String(text[(text.lastIndex(of: prompt) ?? text.startIndex)...])
    }

    private static func packed(_ text: String) -> String { "›" + text.filter { $0 != " " } }

    /// Waits for the entry, whole, with its cursor behind it.
    private func showsEntry(_ text: String, _ terminal: PseudoTerminal) async throws {
        let wanted = Self.packed(text)
        try await terminal.wait(for: "the entry \(wanted)") { Self.entry($0) == wanted && !$0.modes.contains(2026) }
    }

    @Test(
        "Ctrl-Z hands the terminal to the shell, and fg brings a wrapped line of wide characters back",
        arguments: WindowSize.both)
    func stop(window: WindowSize) async throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: home.environment.merging(["PS1": "$ ", "BANTER": Home.banter]) { $1 }, rows: window.rows,
            columns: window.columns, foreign: .these(["CSI 3J"]))
        terminal.write("stty -g >$HOME/before\r$BANTER -m test-model\r")
        try await terminal.wait { $0.lines[$0.cursor.row] == "›" }
        let text = String(Self.long.prefix(window.rows * window.columns / 3))
        for round in 1...2 {
            terminal.write((round == 1 ? text : "!") + "\u{1B}[D\u{1B}[D\u{1B}[D")
            try await showsEntry(text + (round == 2 ? "!" : ""), terminal)
            terminal.write("\u{1A}")
            try await terminal.wait { $0.containsWrapped("Stopped") && $0.lines[$0.cursor.row].hasPrefix("$") }
            terminal.write("clear; stty -g >$HOME/stopped\(round); fg\r")
            try await showsEntry(text + (round == 2 ? "!" : ""), terminal)
            terminal.write("\u{5}")
        }
        terminal.write("\r")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: \(text)!"])
        chat.reply("ok")
        try await terminal.wait { $0.containsWrapped("7 out") && $0.lines[$0.cursor.row] == "›" }
        terminal.write("\u{4}")
        try await terminal.wait { $0.lines[$0.cursor.row].hasPrefix("$") }
        terminal.write("stty -g >$HOME/after; echo done$?\r")
        try await terminal.waitFor("done0")
        let modes = ["before", "stopped1", "stopped2", "after"].map { home.directory.text(of: "home/\($0)") }
        #expect(modes[0] != nil && modes.allSatisfy { $0 == modes[0] })
    }

    @Test(
        "another size wraps the entry anew, with one copy of it, and nothing above it is lost",
        arguments: WindowSize.both)
    func resize(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.type("/first\r")
        try await banter.terminal.wait { $0.containsWrapped("There is no command /first") }
        let text = String(Self.long.prefix(window.rows * window.columns / 3))
        banter.type(text)
        try await showsEntry(text, banter.terminal)
        let (rows, columns) = (window.rows, window.columns)
        for size in [
            (rows, columns - 7), (rows, columns + 13), (rows + 5, columns), (rows - 2, columns),
            (rows + 8, columns + 30),
            (rows, columns),
        ] {
            banter.terminal.resize(rows: size.0, columns: size.1)
            try await showsEntry(text, banter.terminal)
            // Seen, so that no frame is under way when the next size comes.
            banter.type("x")
            try await showsEntry(text + "x", banter.terminal)
            banter.type("\u{7F}")
            try await showsEntry(text, banter.terminal)
        }
        let screen = banter.terminal.screen
        // In the small one the entry's first row may leave the screen before Banter hears of the size: the README's limit.
        #expect(screen.allLines.count { $0.hasPrefix("› word1") } <= (window.rows > 10 ? 1 : 2))
        // Short enough for every window, as an emulator that doesn't wrap cuts.
        #expect(screen.allLines.contains("› /first"))
        banter.type("\r")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: \(text)"])
        chat.reply("ok")
        try await banter.showsPrompt(after: "7 out")
        try await banter.leave()
    }

    @Test("another size while a paste is folded leaves it folded, and it is sent in full", arguments: WindowSize.both)
    func resizeWithFold(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let pasted = (1...100).map { "pasted 世 \($0)" }.joined(separator: "\n")
        banter.type("before \u{1B}[200~\(pasted)\u{1B}[201~ after")
        let shown = "before [pasted 100 lines] after"
        try await showsEntry(shown, banter.terminal)
        for columns in [window.columns - 9, window.columns + 20, 12, window.columns] {
            banter.terminal.resize(rows: window.rows, columns: columns)
            try await showsEntry(shown, banter.terminal)
        }
        banter.type("\r")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: before \(pasted) after"])
        chat.reply("ok")
        try await banter.showsPrompt(after: "7 out")
        try await banter.leave()
    }

    @Test(
        "an entry higher than the screen is edited at its last, first and a middle row, and sent and left whole",
        arguments: WindowSize.both)
    func tall(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let count = window.rows * 2 + 3
        var lines = (1...count).map { "line \($0)" }
        banter.type(lines.joined(separator: "\n"))
        try await banter.terminal.wait(for: "its end") {
            $0.lines[$0.cursor.row] == "… line \(count)" && $0.lines[0].contains("↑")
        }
        banter.type("L")
        try await banter.terminal.wait { $0.lines[$0.cursor.row] == "… line \(count)L" }
        banter.type(String(repeating: "\u{1B}[A", count: count - 1) + "\u{1}F")
        try await banter.terminal.wait(for: "its start") {
            $0.lines[$0.cursor.row] == "› Fline 1" && $0.lines.contains { $0.contains("↓") }
        }
        let middle = count / 2
        banter.type(String(repeating: "\u{1B}[B", count: middle) + "\u{5}M")
        try await banter.terminal.wait(for: "its middle") { screen in
            screen.lines[screen.cursor.row].hasPrefix("… line \(middle + 1)M")
                && screen.lines.contains { $0.contains("↑") } && screen.lines.contains { $0.contains("↓") }
        }
        banter.type("\r")
        lines[0] = "Fline 1"
        lines[middle] += "M"
        lines[count - 1] += "L"
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: \(lines.joined(separator: "\n"))"])
        chat.reply("ok")
        let screen = try await banter.showsPrompt(after: "7 out")
        let shown = screen.allLines.filter { $0.contains("line ") }
        #expect(shown == ["› \(lines[0])"] + lines.dropFirst().map { "… \($0)" })
        try await banter.leave()
    }
}
