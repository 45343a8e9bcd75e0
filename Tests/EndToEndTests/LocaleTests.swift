import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Every locale, script and kind of terminal", .serialized, .timeLimit(.minutes(3)))
struct LocaleTests {
    private static let letters = "é 世 🙂"

    @Test(
        "what is typed is shown and sent whatever the locale says; only the prompt keeps to what it can show",
        arguments: ["C", "POSIX", "", "xx_YY.UTF-8", "C.UTF-8"], WindowSize.both)
    func locale(name: String, window: WindowSize) async throws {
        let server = try LoopbackServer.chat(replies: ["Oui 世."])
        let home = try Home(server, ["LANG": name])
        let banter = try await home.prompt(in: window)
        let prompt = name == "C.UTF-8" ? "›" : ">"
        banter.type(Self.letters + "x\u{7F}\u{1B}[D")
        try await banter.terminal.wait(for: "the letters") {
            $0.lines[$0.cursor.row] == "\(prompt) \(Self.letters)" && $0.cursor.column == 7
        }
        banter.type("\r")
        try await banter.terminal.wait { $0.containsWrapped("7 out") && $0.lines[$0.cursor.row] == prompt }
        #expect(server.chats.map(\.conversation) == [["user: \(Self.letters)"]])
        try await banter.leave()
    }

    /// What begins with each kind of terminal, beside bracketed paste and the frames.
    private static let extensions = ["[>1u", "[>4;1m", "[<u", "[>4;0m"]

    @Test(
        "each kind of terminal gets the sequences that it knows, and no word of an unknown kind",
        arguments: [
            ("xterm-256color", true), ("xterm", true), ("screen", true), ("tmux-256color", true), ("nosuch", true),
            ("vt100", false), ("vt220", false), ("linux", false),
        ], [false, true])
    func kind(of terminal: (kind: String, isExtended: Bool), vi: Bool) async throws {
        let server = try LoopbackServer.chat(replies: ["Fine."])
        let home = try Home(server, ["TERM": terminal.kind])
        if vi { try home.configure(#"{"editor":{"keys":"vi"}}"#) }
        let banter = try await home.prompt()
        banter.type(Self.letters + "\u{1B}[D\u{1B}OD\u{7F}!\r")
        try await banter.showsPrompt(after: "7 out")
        #expect(server.chats.map(\.conversation) == [["user: é ! 🙂"]])
        try await banter.leave()
        let sent = String(decoding: banter.terminal.transcript, as: UTF8.self)
        for sequence in Self.extensions + (vi ? ["[6 q"] : []) {
            #expect(sent.contains("\u{1B}\(sequence)") == terminal.isExtended, "\(sequence)")
        }
        #expect(!sent.contains("terminal") && !sent.contains("termcap"))
    }

    @Test(
        "with no terminal on one side or both nothing is edited, and what is asked is answered",
        arguments: [
            ("<in >out", true), ("<in", false), (">out", true), ("<in 2>err", false),
        ])
    func redirected(redirection: String, toFile: Bool) async throws {
        let server = try LoopbackServer.chat(replies: ["Hello there."])
        let home = try Home(server)
        try home.directory.write("From a file\n", to: "home/in")
        let terminal = try PseudoTerminal(
            running: "/bin/sh",
            arguments: [
                "-c", "cd; \"$0\" -m test-model \(redirection); echo \"[exit $?]\"; read -r line", Home.banter,
            ],
            environment: home.environment)
        if !redirection.hasPrefix("<") {
            terminal.write("From a file\r")
            while !(home.directory.text(of: "home/out") ?? "").contains("7 out") {
                try await Task.sleep(for: .milliseconds(5))
            }
            terminal.write("\u{4}")
        }
        let screen = try await terminal.waitFor("[exit 0]")
        let output = toFile ? home.directory.text(of: "home/out") ?? "" : screen.text
        #expect(output.contains("Hello there."))
        #expect(screen.foreignSequences == [])
        if toFile { #expect(!output.contains("\u{1B}")) }
        #expect(
            server.chats.map { $0.conversation.last ?? "" } == [
                "user: From a file" + (redirection.hasPrefix("<") ? "\n" : "")
            ])
    }

    @Test(
        "one column, one row and one of each are enough to type and send",
        arguments: [(24, 1), (1, 80), (1, 1), (2, 2), (6, 20)])
    func tiny(rows: Int, columns: Int) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try BanterOnTerminal(in: home, ["-m", "test-model"], rows: rows, columns: columns)
        // What is typed before is edited by the terminal itself.
        try await banter.terminal.wait(for: "the editor") { $0.modes.contains(2004) }
        banter.type("é世🙂 and\u{1B}[D\u{1B}[D\u{1B}[D\u{7F}\u{7F}🙂\r")
        let chat = try await server.nextChat()
        #expect(chat.request.json?.conversation == ["user: é世🙂and"])
        chat.reply("ok")
        banter.terminal.resize(rows: 24, columns: 80)
        try await banter.terminal.wait { $0.contains("›") && $0.containsWrapped("7out") }
        try await banter.leave()
    }

    struct Script: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        /// The columns that it takes.
        var width: Int
        /// What is left of it after one backspace, and the columns of that.
        var shorter: (text: String, width: Int)
        var testDescription: String { name }
    }

    static let scripts = [
        Script(name: "CJK", text: "世界", width: 4, shorter: ("世", 2)),
        Script(name: "emoji with ZWJ", text: "👨‍👩‍👧", width: 2, shorter: ("", 0)),
        Script(name: "skin tones", text: "👍🏽👍🏿", width: 4, shorter: ("👍🏽", 2)),
        Script(name: "flags", text: "🇩🇪🇫🇷", width: 4, shorter: ("🇩🇪", 2)),
        Script(name: "combining marks", text: "e\u{301}o\u{308}\u{304}", width: 2, shorter: ("e\u{301}", 1)),
        Script(
            name: "Hangul jamo", text: "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1161}", width: 4,
            shorter: ("\u{1112}\u{1161}\u{11AB}", 2)),
        Script(name: "Hangul syllables", text: "한글", width: 4, shorter: ("한", 2)),
        Script(name: "Thai", text: "กำที่", width: 3, shorter: ("กำ", 2)),
        Script(name: "Arabic, in logical order", text: "مرحبا", width: 5, shorter: ("مرحب", 4)),
        Script(name: "Hebrew, in logical order", text: "שלום", width: 4, shorter: ("שלו", 3)),
        Script(name: "keycaps", text: "1️⃣2️⃣", width: 4, shorter: ("1️⃣", 2)),
    ]

    @Test("cursor, backspace, wrapping and history are right in every script", arguments: scripts)
    func script(_ script: Script) async throws {
        let server = try LoopbackServer.chat(replies: ["ok"])
        let home = try Home(server)
        for window in WindowSize.both {
            let banter = try await home.prompt(in: window)
            banter.type("a\(script.text)b")
            try await banter.terminal.wait(for: "the end") { $0.cursor.column == 4 + script.width }
            banter.type("\u{1B}[D\u{7F}|")
            try await banter.terminal.wait(for: "one less") { $0.cursor.column == 4 + script.shorter.width }
            banter.type("\r")
            try await banter.terminal.wait { $0.lines[$0.cursor.row] == "›" && $0.containsWrapped("7 out") }
            #expect(server.chats.last?.conversation.last == "user: a\(script.shorter.text)|b")
            // Wrapped, sent and had back from the history.
            let long = String(repeating: script.text, count: window.columns) + "#"
            banter.type(long + "\r")
            try await banter.terminal.wait(for: "the answer") {
                $0.lines[$0.cursor.row] == "›" && server.chats.last?.conversation.last == "user: " + long
            }
            banter.type("\u{1B}[A\u{7F}!")
            try await banter.terminal.wait(for: "the history") { $0.lines[$0.cursor.row].hasSuffix("!") }
            banter.type("\u{3}")
            try await banter.leave()
        }
    }
}
