import ChatApi
import TestSupport
import Testing

/// A real terminal emulator, which obeys what reaches it and answers what asks.
@Suite(
    "Escapes in tmux", .serialized, .timeLimit(.minutes(3)),
    .enabled(if: Tmux.isInstalled, "tmux isn't installed: the emulator of the tests has the only say"))
struct TmuxEscapeTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer()
        home = try Home(server)
    }

    /// Banter in a tmux that lets programs do whatever it can.
    private func tmux() async throws -> Tmux {
        let tmux = try await Tmux(in: home, WindowSize(columns: 100, rows: 30))
        for option in ["set-clipboard on", "allow-rename on", "allow-passthrough on"] {
            _ = tmux.run("set-option -g \(option)")
        }
        return tmux
    }

    /// Asks, and has the payloads answered scalar by scalar; the prompt is there again.
    private func answer(_ payloads: [HostilePayload], in tmux: Tmux) async throws {
        tmux.type("Attack\r")
        let chat = try await server.nextChat()
        chat.startEvents()
        for scalar in HostileText.text(of: payloads).unicodeScalars { chat.send(content: String(scalar)) }
        chat.finish()
        try await tmux.wait(for: "the prompt") { picture in
            picture.lines[picture.row] == "›" && picture.lines.contains { $0.contains("7 out") }
        }
    }

    @Test("E04: no query is answered: nothing arrives at the prompt, and what is typed next is sent exactly")
    func queries() async throws {
        let tmux = try await tmux()
        try await answer(
            HostilePayload.all.filter {
                $0.text.contains("?") || $0.text.contains("c") || $0.text.contains("n") || $0.text.contains("q")
            }, in: tmux)
        tmux.type("exactly this\r")
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation.last == "user: exactly this")
        next.reply("Fine.")
        try await tmux.wait(for: "the prompt") { picture in
            picture.lines[picture.row] == "›" && picture.lines.contains("Fine.")
        }
    }

    @Test("E05, E06, E22: clipboard, title and name stay as they were, whatever an answer holds")
    func state() async throws {
        let tmux = try await tmux()
        // A name that a program gives to the window would end that it is named by itself.
        let state = "#{automatic-rename} #{pane_title} #{alternate_on} #{mouse_any_flag}"
        let before = tmux.run("display-message -p '\(state)'")
        try await answer(HostilePayload.all, in: tmux)
        #expect(
            tmux.run("display-message -p '\(state)'") == before)
        #expect(tmux.run("list-buffers") == "")
        #expect(!tmux.history.contains("\u{1B}"))
    }

    @Test("E04, E05, E06: this tmux would have obeyed")
    func precondition() async throws {
        let tmux = try await tmux()
        try home.directory.write(
            #"printf '\033]2;owned\007\033]52;c;b3duZWQ=\007'; stty raw -echo; printf '\033[c'; head -c 3 >"$1.part"; mv "$1.part" "$1"; sleep 100"#,
            to: "home/attack")
        let file = home.directory.file("home/reply")
        _ = tmux.run("new-window 'sh \(home.directory.file("home/attack")) \(file)'")
        try await tmux.wait(for: "an answer") { _ in home.directory.text(of: "home/reply") == "\u{1B}[?" }
        #expect(tmux.run("display-message -p '#{pane_title}'") == "owned\n")
        #expect(tmux.run("show-buffer") == "owned")
    }
}
