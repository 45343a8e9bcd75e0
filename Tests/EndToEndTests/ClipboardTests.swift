import Glibc
import TestSupport
import Testing

@Suite("The clipboard", .serialized, .timeLimit(.minutes(3)))
struct ClipboardTests {
    static let answer = "Look:\n\n```sh\necho one\necho two\n```\n\nand `that`.\n"
    let server: LoopbackServer
    let programs: TemporaryDirectory

    init() throws {
        server = try LoopbackServer.chat(replies: [Self.answer])
        programs = try TemporaryDirectory()
    }

    /// A home in which these clipboard programs are scripts.
    private func home(_ scripts: [String: String], _ variables: [String: String]) throws -> Home {
        for (name, script) in scripts {
            try programs.write("#!/bin/sh\n\(script)\n", to: name, permissions: 0o700)
        }
        return try Home(server, ["PATH": "\(programs.path):/usr/bin:/bin"].merging(variables) { $1 })
    }

    private func afterAnswer(_ home: Home) async throws -> BanterOnTerminal {
        let banter = try await home.prompt()
        banter.enter("Code")
        try await banter.showsPrompt(after: "7 out")
        return banter
    }

    private func enter(_ line: String, _ banter: BanterOnTerminal, shows text: String) async throws {
        banter.enter(line)
        try await banter.terminal.wait(for: text) { $0.containsWrapped(text) }
        try await banter.showsPrompt()
    }

    private static let keeping = #"cat >"$HOME/clip"; echo "$@" >"$HOME/arguments"; env >"$HOME/env"; echo noise"#

    @Test(
        "the program of the display that is there gets the text, and no key",
        arguments: [
            ("wl-copy", ["WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":9"], "--type text/plain"),
            ("xclip", ["DISPLAY": ":9"], "-selection clipboard"), ("xsel", ["DISPLAY": ":9"], "--clipboard --input"),
            ("pbcopy", [:], ""), ("tmux", ["TMUX": "/tmp/x,1,0"], "load-buffer -w -"),
        ])
    func programs(name: String, variables: [String: String], arguments: String) async throws {
        let home = try home([name: Self.keeping], variables)
        let banter = try await afterAnswer(home)
        try await enter("/copy 1", banter, shows: "Copied block 1, 2 lines, with \(name).")
        #expect(home.directory.text(of: "home/clip") == "echo one\necho two")
        #expect(home.directory.text(of: "home/arguments") == arguments + "\n")
        #expect(home.directory.text(of: "home/env")?.contains("HOME=") == true)
        #expect(home.directory.text(of: "home/env")?.contains(Home.key) == false)
        try await enter("/copy", banter, shows: "Copied the answer, 8 lines, with \(name).")
        #expect(home.directory.text(of: "home/clip") == String(Self.answer.dropLast()))
        try await banter.leave()
    }

    @Test("clip.exe gets UTF-16")
    func windows() async throws {
        let script = #"od -An -v -tx1 | tr -d ' \n' >"$HOME/clip""#
        let home = try home(["clip.exe": script], ["WSL_DISTRO_NAME": "Debian"])
        let banter = try await afterAnswer(home)
        try await enter("/copy 1", banter, shows: "with clip.exe.")
        let units = "\u{FEFF}echo one\necho two".utf16.map {
            String(0x10000 + Int($0.byteSwapped), radix: 16).dropFirst()
        }
        #expect(home.directory.text(of: "home/clip") == units.joined())
        try await banter.leave()
    }

    @Test("without a program the terminal is asked, with exactly that text, and it is said that it may not listen")
    func terminal() async throws {
        let banter = try await afterAnswer(try home([:], [:]))
        try await enter(
            "/copy 1", banter,
            shows: "Sent block 1, 2 lines, to the terminal's clipboard (OSC 52); not every terminal takes it.")
        try await banter.leave(clipboard: ["ZWNobyBvbmUKZWNobyB0d28="])
    }

    @Test("a program that fails or hangs isn't the last word")
    func failing() async throws {
        let scripts = ["xclip": "exit 1", "xsel": "sleep 600"]
        let banter = try await afterAnswer(try home(scripts, ["DISPLAY": ":9"]))
        try await enter("/copy 1", banter, shows: "not every terminal takes it. xclip and xsel failed.")
        try await banter.leave(clipboard: ["ZWNobyBvbmUKZWNobyB0d28="])
    }

    @Test("what is left behind to serve the clipboard holds nothing up, and hears no Ctrl-C")
    func daemon() async throws {
        // As xclip does it; a shell would have what it leaves behind ignore Ctrl-C.
        let script = #"mkfifo "$HOME/fifo"; exec perl -e 'fork and exit; exec "cat", "$ENV{HOME}/fifo"'"#
        let home = try home(["xclip": script], ["DISPLAY": ":9"])
        let banter = try await afterAnswer(home)
        try await enter("/copy 1", banter, shows: "with xclip.")
        // There it is a signal, to all that is in the session of the terminal.
        banter.enter("/pipe 1 sh -c 'echo begins; exec sleep 600'")
        try await banter.terminal.wait { $0.allLines.contains("begins") }
        banter.type("\u{3}")
        try await banter.showsPrompt(after: "The command was stopped.")
        try await banter.leave()
        // There is somebody to read it.
        let fifo = open(home.directory.file("home/fifo"), O_WRONLY | O_NONBLOCK)
        #expect(fifo >= 0)
        close(fifo)
    }

    @Test("what is too large for a terminal isn't sent, and where else it can go is said")
    func tooLarge() async throws {
        let server = try LoopbackServer.chat(replies: [
            "```\n" + String(repeating: "0123456789\n", count: 7000) + "```\n"
        ])
        let home = try Home(server)
        let banter = try await afterAnswer(home)
        try await enter("/copy 1", banter, shows: "Not copied: of 76 kB a terminal takes no more than 74 kB.")
        try await banter.leave()
    }

    @Test("characters that can't be seen or act on a terminal are copied as they are shown, or raw when asked for")
    func hidden() async throws {
        let server = try LoopbackServer.chat(replies: ["```sh\nls \u{1B}]52;c;eA==\u{7} \u{202E}x\u{E0041}\t1\n```\n"])
        let home = try Home(server, ["DISPLAY": ":9", "PATH": "\(programs.path):/usr/bin:/bin"])
        try programs.write("#!/bin/sh\n\(Self.keeping)\n", to: "xclip", permissions: 0o700)
        let banter = try await afterAnswer(home)
        try await enter(
            "/copy 1", banter,
            shows: "It has 4 characters that can't be seen or act on a terminal, copied as they are shown here.")
        #expect(home.directory.text(of: "home/clip") == "ls ␛]52;c;eA==␇ <U+202E>x<U+E0041>\t1")
        try await enter("/copy 1 raw", banter, shows: "copied as they are: look before you paste.")
        #expect(home.directory.text(of: "home/clip") == "ls \u{1B}]52;c;eA==\u{7} \u{202E}x\u{E0041}\t1")
        try await enter("/write 1 ~/out", banter, shows: "Wrote block 1, 1 line, to ~/out.")
        #expect(home.directory.text(of: "home/out") == "ls \u{1B}]52;c;eA==\u{7} \u{202E}x\u{E0041}\t1\n")
        try await enter("/pipe 1 tr -d '\\t'", banter, shows: "ls ␛]52;c;eA==␇ <U+202E>x<U+E0041>1")
        try await banter.terminal.wait { $0.containsWrapped("the command gets them as shown here.") }
        banter.enter("/pipe 1 cat >$HOME/piped; echo over")
        try await banter.terminal.wait { $0.allLines.contains("over") }
        #expect(home.directory.text(of: "home/piped") == "ls ␛]52;c;eA==␇ <U+202E>x<U+E0041>\t1\n")
        try await banter.leave()
    }

    @Test("a terminal without escape sequences isn't asked")
    func dumb() async throws {
        let home = try home([:], ["TERM": "dumb"])
        let banter = try await afterAnswer(home)
        try await enter("/copy 1", banter, shows: "Not copied: this terminal can't be asked")
        try await banter.leave()
    }
}
