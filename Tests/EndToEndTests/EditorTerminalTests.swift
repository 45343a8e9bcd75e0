import Glibc
import TestSupport
import Testing

@Suite("The terminal around an editor", .serialized, .timeLimit(.minutes(3)))
struct EditorTerminalTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server, ["VISUAL": "sh \"$HOME/editor\""])
    }

    private func editor(_ script: String) throws {
        try home.directory.write("file=$1\n\(script)\n", to: "home/editor")
    }

    @Test("the terminal is as it must be, whatever the editor left on", arguments: WindowSize.both)
    func modes(in window: WindowSize) async throws {
        try editor(
            """
            stty raw -echo -opost; printf '\\033[?1049h\\033[?25l\\033[?7l\\033[?2004l\\033[?1000h\\033[?1006h\\033[?1h'
            printf '\\033[31mfull screen'; echo ok >"$file"
            """)
        let banter = try await home.prompt(in: window, foreign: .these(["CSI ?1000h", "CSI ?1006h"]))
        try await banter.type("before", shows: "before")
        try await banter.type("\u{7}", shows: "ok")
        // A paste still is one, and wide lines wrap as ever.
        banter.paste("x\ry")
        try await banter.type("", shows: "okx…y")
        banter.type("\u{3}")
        let screen = try await banter.terminal.wait { $0.modes == [7, 25, 2004] }
        #expect(!screen.contains("full screen"))
        try await banter.showsPrompt()
        banter.type("\u{4}")
        let end = try await banter.shows("[exit 0]")
        #expect(end.modes == [7, 25])
        #expect(home.directory.text(of: "home/before") == home.directory.text(of: "home/after"))
    }

    @Test("Ctrl-C is the editor's", arguments: WindowSize.both)
    func interrupt(in window: WindowSize) async throws {
        try editor("trap 'echo caught >\"$file\"; exit 0' INT; echo waiting; while :; do sleep 0.05; done")
        let banter = try await home.prompt(in: window)
        try await banter.type("draft", shows: "draft")
        banter.type("\u{7}")
        try await banter.shows("waiting")
        try await banter.type("\u{3}", shows: "caught")
        try await banter.type("!", shows: "caught!")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("an answer that streams meanwhile is drawn afterwards, whole", arguments: WindowSize.both)
    func streaming(in window: WindowSize) async throws {
        try editor("echo waiting; while [ ! -e \"$HOME/go\" ]; do sleep 0.05; done; echo next >\"$file\"")
        let banter = try await home.prompt(in: window)
        banter.enter("Hi")
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "one ")
        try await banter.shows("one")
        banter.type("\u{7}")
        try await banter.shows("waiting")
        for number in 2...40 { chat.send(content: "\(number)\n\n") }
        chat.finish()
        #expect(!banter.terminal.screen.contains("40"))
        try home.directory.write("", to: "home/go")
        try await banter.terminal.wait { $0.lines[$0.cursor.row] == "› next" && $0.containsWrapped("40") }
        let lines = banter.terminal.screen.allLines
        for number in 3...40 { #expect(lines.contains("\(number)"), "\(number)") }
        try await banter.terminal.wait { $0.containsWrapped("7 out") }
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test(
        "SIGTERM and SIGHUP end the editor and then Banter, and the terminal is as it was", arguments: WindowSize.both,
        [SIGTERM, SIGHUP])
    func termination(in window: WindowSize, signal: Int32) async throws {
        try editor("echo saved so far >\"$file\"; echo $$ >\"$HOME/pid\"; echo waiting; exec sleep 60")
        let banter = try await home.prompt(in: window)
        try await banter.type("draft", shows: "draft")
        let process = try banter.process
        banter.type("\u{7}")
        try await banter.shows("waiting")
        kill(process, signal)
        try await banter.expectEnd(128 + signal)
        let editor = try #require(home.directory.text(of: "home/pid").flatMap { Int32($0.dropLast()) })
        #expect(kill(editor, 0) != 0)
        // What was saved there by then is the draft.
        let next = try await home.prompt(in: window)
        try await next.type("\u{10}", shows: "saved so far")
        try await next.type("\u{3}", shows: "")
        try await next.leave()
    }

    @Test(
        "Ctrl-Z in the editor stops the whole job, and fg brings it back", arguments: WindowSize.both,
        ["kill -TSTP 0", "kill -STOP $$"])
    func stopping(in window: WindowSize, stop: String) async throws {
        try editor("\(stop); echo back in the editor; echo done >\"$file\"")
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "-i"],
            environment: home.environment.merging(["PS1": "sh$ ", "BANTER": Home.banter]) { $1 }, rows: window.rows,
            columns: window.columns)
        try await terminal.waitFor("sh$")
        terminal.write("\"$BANTER\" -m m\n")
        try await terminal.wait(for: "the prompt") { $0.lines[$0.cursor.row] == "›" }
        terminal.write("draft\u{7}")
        try await terminal.wait(for: "the shell") { $0.containsWrapped("Stopped") && $0.lines[$0.cursor.row] == "sh$" }
        terminal.write("fg\n")
        try await terminal.wait(for: "the entry") { $0.lines[$0.cursor.row] == "› done" }
        terminal.write("\u{3}\u{4}")
        try await terminal.wait(for: "the shell again") { $0.lines[$0.cursor.row] == "sh$" }
        terminal.write("exit\n")
        #expect(try await terminal.waitForExit() == 0)
    }

    @Test(
        "a terminal without escape sequences has an editor, too, and what is saved there is sent",
        arguments: WindowSize.both)
    func dumb(in window: WindowSize) async throws {
        let home = try Home(server, ["TERM": "dumb", "VISUAL": "sh \"$HOME/editor\""])
        try home.directory.write("printf '%s\\n' 'by hand' >>\"$1\"\n", to: "home/editor")
        let banter = try await home.prompt(in: window)
        banter.type("/editor typed\n")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: typed\nby hand"])
        chat.reply("Read.")
        try await banter.showsPrompt(after: "Read.")
        banter.type("\u{4}")
        try await banter.expectEnd(0)
    }
}
