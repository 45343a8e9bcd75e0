import Glibc
import TestSupport
import Testing

@Suite("Commands on code blocks", .serialized, .timeLimit(.minutes(3)))
struct PipeTests {
    let home: Home

    init() throws { home = try Home(try LoopbackServer.chat(replies: ["```py\nprint('a')\n1\n```\n"])) }

    private func afterAnswer(
        in window: WindowSize = WindowSize.both[0], on home: Home? = nil
    ) async throws -> BanterOnTerminal {
        let banter = try await (home ?? self.home).prompt(in: window)
        banter.enter("Code")
        try await banter.showsPrompt(after: "7 out")
        return banter
    }

    @Test(
        "a command gets the block, the terminal, no key, and what it prints stays on the screen, in lines of its own",
        arguments: WindowSize.both)
    func pipe(in window: WindowSize) async throws {
        let banter = try await afterAnswer(in: window)
        banter.enter("/pipe 1 sed s/a/B/")
        try await banter.terminal.wait { screen in
            let lines = screen.allLines
            return lines.firstIndex(of: "print('B')").map { lines[$0...].starts(with: ["print('B')", "1", "›"]) }
                == true
        }
        let probe = "test -t 1 && test -t 2 && stty -a </dev/tty | grep -o ' icanon' >$HOME/tty; env >$HOME/env"
        banter.enter("/pipe 1 printf no-end; \(probe)")
        try await banter.terminal.wait { $0.allLines.contains("no-end") && $0.allLines.last == "›" }
        #expect(home.directory.text(of: "home/tty") == " icanon\n")
        #expect(home.directory.text(of: "home/env")?.contains("HOME=") == true)
        #expect(home.directory.text(of: "home/env")?.contains(Home.key) == false)
        try await banter.leave()
    }

    @Test(
        "how it ended is said, unless it went well",
        arguments: [
            ("exit 3", "The command ended with exit code 3."), ("kill -9 $$", "The command was ended by signal 9."),
            ("no-such-command", "The command ended with exit code 127."),
        ])
    func endings(command: String, sentence: String) async throws {
        let banter = try await afterAnswer()
        banter.enter("/pipe 1 \(command)")
        try await banter.showsPrompt(after: sentence)
        banter.enter("/pipe 2 cat")
        try await banter.showsPrompt(after: "The last answer has one code block: [1] py.")
        banter.enter("/pipe 1")
        try await banter.showsPrompt(after: "/pipe N COMMAND: ")
        try await banter.leave()
    }

    @Test("Ctrl-C is the command's, and ends what follows it, but not Banter", arguments: WindowSize.both)
    func interrupt(in window: WindowSize) async throws {
        let banter = try await afterAnswer(in: window)
        banter.enter("/pipe 1 sh -c 'echo begins; exec sleep 600'; echo goes-on")
        try await banter.terminal.wait { $0.allLines.contains("begins") }
        banter.type("\u{3}")
        try await banter.terminal.wait { $0.containsWrapped("The command was stopped.") }
        #expect(!banter.terminal.screen.allLines.contains("goes-on"))
        try await banter.leave()
    }

    @Test("Ctrl-Z stops the whole job, and fg goes on with the command", arguments: WindowSize.both)
    func stopping(in window: WindowSize) async throws {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
            environment: home.environment.merging(["PS1": "$ ", "B": Home.banter]) { $1 }, rows: window.rows,
            columns: window.columns)
        terminal.write("$B -m m\r")
        try await terminal.wait(for: "the prompt") { $0.lines[$0.cursor.row] == "›" }
        terminal.write("Code\r")
        try await terminal.wait(for: "the answer") { $0.containsWrapped("7 out") && $0.lines[$0.cursor.row] == "›" }
        terminal.write("/pipe 1 sh -c 'echo begins; read key </dev/tty; echo got $key'; echo ends\r")
        try await terminal.wait(for: "the command") { $0.allLines.contains("begins") }
        terminal.write("\u{1A}")
        try await terminal.wait(for: "the shell") { $0.containsWrapped("Stopped") && $0.lines[$0.cursor.row] == "$" }
        terminal.write("fg\r")
        try await terminal.wait(for: "the job") { $0.allLines.contains("$ fg") }
        // A line feed, as bash may not have given the terminal back yet, and its mode doesn't take \r for one.
        terminal.write("it\n")
        try await terminal.wait(for: "its end") { $0.allLines.contains("got it") && $0.lines[$0.cursor.row] == "›" }
        terminal.write("\u{4}")
        try await terminal.wait(for: "the shell again") { $0.lines[$0.cursor.row] == "$" }
        terminal.write("exit\r")
        #expect(try await terminal.waitForExit() == 0)
    }

    @Test("a program reads keys while it has the block: the terminal is its own, and is taken back from it")
    func fullScreen() async throws {
        try home.directory.write(
            """
            #!/bin/sh
            cat >"$HOME/got"
            stty raw -echo </dev/tty
            printf '\\033[?1049h\\033[?1h\\033[2Jkey?'
            dd bs=1 count=1 2>/dev/null </dev/tty >"$HOME/key"
            """, to: "home/viewer", permissions: 0o700)
        let banter = try await afterAnswer()
        banter.enter("/pipe 1 ~/viewer")
        try await banter.shows("key?")
        banter.type("k")
        let screen = try await banter.showsPrompt(after: "/pipe 1 ~/viewer")
        #expect(!screen.contains("key?"))
        #expect(home.directory.text(of: "home/key") == "k")
        #expect(home.directory.text(of: "home/got") == "print('a')\n1\n")
        banter.type("draft")
        try await banter.shows("› draft")
        banter.type("\u{3}")
        try await banter.leave()
    }

    @Test("what is typed under a command that doesn't read it is the next entry, with its Enter")
    func typeAhead() async throws {
        let banter = try await afterAnswer()
        #expect(mkfifo(home.directory.file("home/go"), 0o600) == 0)
        banter.enter("/pipe 1 echo begins; read line <$HOME/go")
        try await banter.terminal.wait { $0.allLines.contains("begins") }
        banter.enter("/pipe 1 echo over")
        try await banter.shows("/pipe 1 echo over")
        let go = open(home.directory.file("home/go"), O_WRONLY)
        #expect(write(go, "\n", 1) == 1)
        close(go)
        try await banter.terminal.wait(for: "the next command") { $0.allLines.contains("over") }
        try await banter.leave()
    }

    @Test("SIGTERM ends the command, too, whatever the shell runs")
    func termination() async throws {
        let banter = try await afterAnswer()
        banter.enter("/pipe 1 sh -c 'echo $$ >$HOME/pid; echo begins; exec sleep 600'; true")
        try await banter.terminal.wait { $0.allLines.contains("begins") }
        kill(try banter.process, SIGTERM)
        try await banter.expectEnd(128 + SIGTERM)
        try await waitUntilGone(try #require(home.directory.text(of: "home/pid").flatMap { Int32($0.dropLast()) }))
    }

    @Test("on a terminal without escape sequences, too")
    func dumb() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["```py\nprint('a')\n1\n```\n"]), ["TERM": "dumb"])
        let banter = try await afterAnswer(on: home)
        banter.enter("/pipe 1 tr a-z A-Z")
        try await banter.showsPrompt(after: "PRINT('A')")
        try await banter.leave()
    }
}
