import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("The conversation on the whole screen", .serialized, .timeLimit(.minutes(3)))
struct ViewerTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    static let windows = [(24, 80), (10, 40), (6, 20)]

    /// A prompt with a conversation of some turns, each with a word of its own: `apple7`.
    private func conversation(_ turns: Int = 30, in home: Home, rows: Int = 24, columns: Int = 80) async throws
        -> BanterOnTerminal
    {
        let messages = (1...turns).flatMap { number in
            ["Question \(number)?", "An answer with **apple\(number)** and 世界.\n\n- one\n- two"]
        }
        try home.save(session: 1, title: "Fruit", messages)
        let banter = try BanterOnTerminal(in: home, ["-c"], rows: rows, columns: columns)
        try await banter.showsPrompt(after: "apple\(turns)")
        return banter
    }

    @Test("/show opens over the prompt, which is exactly as it was afterwards", arguments: windows)
    func opens(rows: Int, columns: Int) async throws {
        let banter = try await conversation(in: home, rows: rows, columns: columns)
        let before = banter.terminal.screen.allLines
        banter.enter("/show")
        try await banter.terminal.wait(for: "the view") {
            $0.modes.contains(1049) && $0.lines[rows - 1].hasPrefix("turn ") && $0.contains("• two")
        }
        banter.type("7\r")
        try await banter.terminal.wait(for: "turn 7") { $0.lines[0] == "Turn 7" && $0.lines[1] == "› Question 7?" }
        banter.type("]")
        try await banter.terminal.wait(for: "turn 8") { $0.lines[0] == "Turn 8" }
        banter.type("\u{1B}[Z")
        try await banter.terminal.wait(for: "turn 7 again") { $0.lines[0] == "Turn 7" }
        banter.type("/APPLE12\r")
        try await banter.terminal.wait(for: "what was found") { screen in
            screen.cells.joined().filter { $0.style.attributes.contains(7) }.map(\.text).joined() == "apple12"
        }
        // Around the end, to the same place.
        banter.type("n")
        try await banter.shows("Around")
        banter.type("\u{1B}[H")
        try await banter.terminal.wait(for: "the start") { $0.lines[0] == "Turn 1" }
        banter.type("q")
        let after = try await banter.showsPrompt(after: "/show")
        #expect(after.allLines == before.dropLast() + ["› /show", "›"])
        #expect(after.modes.isSuperset(of: [7, 25]) && !after.modes.contains(1049))
        banter.type("x")
        try await banter.shows("› x")
        banter.type("\u{7F}")
        try await banter.leave()
    }

    @Test("what is pasted into it is no command, and isn't typed at the prompt behind it either")
    func paste() async throws {
        let banter = try await conversation(in: home)
        let before = banter.terminal.screen.allLines
        banter.enter("/show")
        try await banter.terminal.wait(for: "the view") { $0.lines[23].hasPrefix("turn ") && $0.modes.contains(2004) }
        banter.type("\u{1B}[200~q\rSend this.\r\u{1B}[201~7\r")
        try await banter.terminal.wait(for: "turn 7") { $0.modes.contains(1049) && $0.lines[0] == "Turn 7" }
        banter.type("/\u{1B}[200~APPLE\r12\u{1B}[201~\u{7F}\u{7F}\u{7F}12\r")
        try await banter.terminal.wait(for: "what was found") { screen in
            screen.cells.joined().filter { $0.style.attributes.contains(7) }.map(\.text).joined() == "apple12"
        }
        banter.type("q")
        let after = try await banter.showsPrompt(after: "/show")
        #expect(after.allLines == before.dropLast() + ["› /show", "›"] && after.modes.contains(2004))
        try await banter.leave()
    }

    @Test("another size keeps the turn at the top, in the view and afterwards at the prompt")
    func resizes() async throws {
        let banter = try await conversation(in: home)
        banter.enter("/show 7")
        try await banter.terminal.wait(for: "turn 7") { $0.lines[0] == "Turn 7" && $0.lines[23].hasPrefix("turn 7 of") }
        for (rows, columns) in [(10, 40), (6, 20), (40, 132), (24, 80)] {
            banter.terminal.resize(rows: rows, columns: columns)
            try await banter.terminal.wait(for: "turn 7 in \(rows)×\(columns)") {
                $0.rows == rows && $0.lines[0] == "Turn 7" && $0.lines[rows - 1].hasPrefix("turn 7 of 30")
            }
        }
        banter.type("\u{1B}")
        try await banter.showsPrompt(after: "/show 7")
        try await banter.leave()
    }

    @Test("while an answer streams it opens at once, and the answer is whole when it is left", arguments: windows)
    func streaming(rows: Int, columns: Int) async throws {
        let banter = try await conversation(in: home, rows: rows, columns: columns)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one\n\ntwo ")
        try await banter.shows("two")
        banter.enter("/show")
        try await banter.terminal.wait(for: "the view") { $0.modes.contains(1049) && $0.contains("turn ") }
        chat.send(content: "three\n\nfour")
        banter.type("gj")
        try await banter.shows("An answer with")
        chat.finish()
        banter.type("q")
        try await banter.showsPrompt(after: "four")
        try await banter.showsPrompt(after: "7 out")
        let lines = banter.terminal.screen.allLines
        // No trace of the command in the answer.
        let start = try #require(lines.lastIndex(of: "one"))
        #expect(Array(lines[start...].filter { !$0.isEmpty }.prefix(3)) == ["one", "two three", "four"])
        #expect(!lines.contains("› /show"))
        #expect(try home.session.conversation.last == "assistant: one\n\ntwo three\n\nfour")
        try await banter.leave()
    }

    @Test("Ctrl-C leaves the view, and stops no answer")
    func interrupted() async throws {
        let banter = try await conversation(in: home)
        banter.enter("Count")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one ")
        try await banter.shows("one")
        banter.enter("/show")
        try await banter.shows("q leave")
        banter.type("\u{3}")
        try await banter.terminal.wait(for: "the way out") { !$0.modes.contains(1049) }
        chat.send(content: "two")
        chat.finish()
        try await banter.showsPrompt(after: "7 out")
        #expect(try home.session.conversation.last == "assistant: one two")
        try await banter.leave()
    }

    @Test("Ctrl-Z hands the terminal to the shell, and fg brings the view back")
    func suspended() async throws {
        try home.save(session: 1, title: "Fruit", ["Which?", "Apples."])
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: home.environment.merging(["PS1": "$ "]) { $1 })
        terminal.write("stty -g >$HOME/before; \(Home.banter) -c\r")
        try await terminal.wait { $0.lines[$0.cursor.row] == "›" }
        terminal.write("/show\r")
        try await terminal.waitFor("q leave")
        terminal.write("\u{1A}")
        try await terminal.wait { $0.contains("Stopped") && !$0.modes.contains(1049) }
        terminal.write("stty -g >$HOME/stopped; fg\r")
        try await terminal.waitFor("q leave")
        terminal.write("q")
        try await terminal.wait { $0.lines[$0.cursor.row] == "›" && !$0.modes.contains(1049) }
        terminal.write("\u{4}")
        try await terminal.wait { $0.lines[$0.cursor.row].hasPrefix("$") }
        terminal.write("stty -g >$HOME/after; echo done$?\r")
        try await terminal.waitFor("done0")
        let modes = ["before", "stopped", "after"].map { home.directory.text(of: "home/\($0)") }
        #expect(modes[0] != nil && modes[1] == modes[0] && modes[2] == modes[0])
    }

    @Test("a turn that isn't there, and a conversation that hasn't begun, are said")
    func nothing() async throws {
        let banter = try await conversation(2, in: home)
        for argument in ["3", "0", "x", "-1"] {
            banter.enter("/show \(argument)")
            try await banter.showsPrompt(after: "There is no turn \(argument): there are 2.")
        }
        banter.enter("/new")
        banter.enter("/show")
        try await banter.showsPrompt(after: "Nothing has been said yet.")
        try await banter.leave()
    }

    @Test("in calm mode it is printed, or goes to $PAGER", arguments: [false, true])
    func calm(hasPager: Bool) async throws {
        let home = try Home(server, hasPager ? ["PAGER": "cat >\"$HOME/paged\"; echo paged"] : [:])
        try home.configure(#"{"display": {"calm": true}}"#)
        let banter = try await conversation(3, in: home)
        banter.enter("/show")
        banter.enter("/show 2")
        try await banter.showsPrompt(after: "/show 2")
        if hasPager {
            try await banter.terminal.wait(for: "both") { $0.allLines.count { $0 == "paged" } == 2 }
            try await banter.leave()
            let text = home.directory.text(of: "home/paged") ?? ""
            #expect(
                text.hasPrefix("Turn 2\n> Question 2?\nAn answer with apple2 and 世界.\n") && !text.contains("\u{1B}"))
        } else {
            try await banter.terminal.wait(for: "turn 2 again") { $0.allLines.count { $0 == "Turn 2" } == 2 }
            #expect(banter.terminal.screen.allLines.count { $0 == "Turn 1" } == 1)
            try await banter.leave()
        }
        #expect(!contains(banter.terminal.transcript, "\u{1B}[?1049h"))
    }

    @Test("where the terminal can't, it is printed")
    func dumb() async throws {
        let home = try Home(server, ["TERM": "dumb"])
        try home.save(session: 1, title: "Fruit", ["Which?", "Apples."])
        let banter = try BanterOnTerminal(in: home, ["-c"])
        try await banter.shows("Apples.")
        banter.enter("/show")
        try await banter.shows("Turn 1")
        banter.enter("/quit")
        try await banter.expectEnd(0)
    }

    @Test("E18: whatever a conversation holds is inert, laid out and looked for")
    func hostile() async throws {
        try home.save(session: 1, title: "x", model: "m", [HostileText.all, HostileText.all])
        let banter = try BanterOnTerminal(in: home, ["-c"], columns: 100)
        try await banter.showsPrompt(after: "end \(HostilePayload.all.count - 1).")
        banter.enter("/show")
        try await banter.shows("q leave")
        banter.type("g")
        try await banter.terminal.wait(for: "the start") { $0.lines[0] == "Turn 1" }
        for _ in 0..<40 { banter.type(" ") }
        banter.type("/end 12.\r")
        try await banter.terminal.wait(for: "what was found") { $0.reversed.contains("end 12.") }
        banter.type("/[31\rnnn")
        try await banter.terminal.wait(for: "a place of an escape") { $0.reversed.contains("[31") }
        banter.type("q")
        try await banter.showsPrompt(after: "/show")
        try await banter.leave()
    }
}
