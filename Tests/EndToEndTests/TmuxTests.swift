import ChatApi
import TestSupport
import Testing

@Suite(
    "Banter in tmux", .serialized, .timeLimit(.minutes(3)),
    .enabled(if: Tmux.isInstalled, "tmux isn't installed: the emulator of the tests has the only say"))
struct TmuxTests {
    let home: Home

    init() throws { home = try Home(try LoopbackServer.chat(replies: ["Fine."])) }

    /// Waits until two pictures in a row are equal, and the second was drawn anew.
    private func expectSameWhenDrawnAnew(_ tmux: Tmux, _ comment: String) async throws {
        let before = tmux.picture
        tmux.redraw()
        try await tmux.wait(for: "the picture \(before), drawn anew, \(comment)") { $0 == before }
    }

    @Test("what is drawn bit by bit is what is drawn at once, in every script", arguments: WindowSize.both)
    func scripts(window: WindowSize) async throws {
        let tmux = try await Tmux(in: home, window)
        for script in LocaleTests.scripts + [.init(name: "all", text: "世a👨‍👩‍👧❤️🇩🇪é한น้ำ", width: 0, shorter: ("", 0))] {
            tmux.type(
                "ab\(script.text)\(script.text) cd\u{1}\u{1B}[C\(script.text)\u{5}\u{1B}[D\u{1B}[D\u{7F}\u{7F}|END")
            try await tmux.wait(for: "the end") { $0.lines.joined().contains("END") }
            try await expectSameWhenDrawnAnew(tmux, script.name)
            tmux.type("\u{1B}[1;5D\u{1B}[1;5D\u{1B}[3~\u{1B}[3~@")
            try await tmux.wait(for: "the change") { $0.lines.joined().contains("@") }
            try await expectSameWhenDrawnAnew(tmux, script.name)
            tmux.type("\u{5}\u{15}")
            try await tmux.wait(for: "an empty entry") { $0.lines[$0.row] == "›" && $0.column == 2 }
        }
    }

    @Test("the cursor stands where the emulator of the tests has it", arguments: WindowSize.both)
    func cursor(window: WindowSize) async throws {
        let tmux = try await Tmux(in: home, window)
        let banter = try await home.prompt(in: window)
        for keys in [
            "世界 abc\u{1B}[D", "e\u{301}世\u{1}", "한글\u{5}", "x\ny 世\u{1B}[A", String(repeating: "世", count: 15),
            "\u{1B}b?",
        ] {
            tmux.type(keys)
            banter.type(keys)
            try await tmux.wait(for: "the row of the emulator after \(keys.debugDescription)") { picture in
                let screen = banter.terminal.screen
                return picture.lines[picture.row] == screen.lines[screen.cursor.row]
                    && picture.column == screen.cursor.column
            }
        }
    }

    @Test("what tmux answers is neither text nor left to the shell")
    func answers() async throws {
        let window = WindowSize.both[0]
        let tmux = try await Tmux(in: home, window)
        tmux.type("hi")
        try await tmux.wait(for: "the entry") { $0.lines[$0.row] == "› hi" }
        tmux.type("\u{15}\u{4}")
        try await tmux.wait(for: "the end") { $0.lines[$0.row].isEmpty }
        #expect(!tmux.history.contains("62;") && !tmux.history.contains("11;"))
    }

    @Test(
        "a window that gets narrower and wider, in which tmux wraps what is there anew, keeps one copy of the entry",
        arguments: WindowSize.both)
    func resize(window: WindowSize) async throws {
        let tmux = try await Tmux(in: home, window)
        let text = String(repeating: "wörd 世界 ", count: 5) + "#"
        let packed = "›" + text.filter { $0 != " " }
        tmux.type(text)
        for columns in [window.columns - 6, window.columns + 9, window.columns / 2, window.columns] {
            tmux.resize(WindowSize(columns: columns, rows: window.rows + 4))
            try await tmux.wait(for: "the entry in \(columns) columns") { picture in
                let shown = picture.lines.joined().filter { $0 != " " }
                return shown.hasSuffix(packed) && shown.count { $0 == "›" } == 1
            }
        }
    }
}
