import Testing

@testable import Terminal

@Suite("What stands before an entry")
struct PromptTests {
    private let prompt = Prompt(main: StyledLine("a-model 世界 › ", .bold), continuation: "… ")

    @Test(
        "never takes more than half of the row; its end is what stays",
        arguments: [
            (80, "a-model 世界 › "), (30, "a-model 世界 › "), (20, "…l 世界 › "), (8, "… › "), (4, "› "), (3, "›"),
            (2, "›"), (1, ""), (0, ""),
        ])
    func fits(columns: Int, shown: String) {
        let fitted = prompt.fitted(columns: columns)
        #expect(fitted.main.text == shown)
        #expect(fitted.main.width <= columns / 2 && fitted.continuation.width <= columns / 2)
    }

    @Test(
        "shows vi's command mode by its last visible character, and keeps its width",
        arguments: [
            ("› ", "‹ ", "‹"), ("> ", "< ", "<"), ("model> ", "model< ", "<"), ("$", "$", "$"), ("世 ", "世 ", "世"),
            ("", "", nil), ("  ", "  ", nil),
        ] as [(String, String, String?)])
    func commandMode(text: String, shown: String, reversed: String?) {
        let prompt = Prompt(main: StyledLine(text, .bold), continuation: ". ")
        let command = prompt.inCommandMode
        #expect(command.main.text == shown && command.main.width == prompt.main.width)
        #expect(command.main.runs.first { $0.style.isReversed }?.text == reversed)
        #expect(command.continuation == prompt.continuation)
    }

    @Test("marks are set once for each entry, around it and around what comes of it")
    func marks() {
        func line(_ text: String, _ mark: LineMark? = nil) -> StyledLine {
            var line = StyledLine([StyledText("> "), StyledText(text, .bold)])
            line.mark = mark
            return line
        }
        let lines = [
            line("before"), line("one", .entry(promptRuns: 1)), line("more", .entryContinued), line("answer"),
            line("end", .outputEnd), line("two", .entry(promptRuns: 2)), line("three", .entry(promptRuns: 1)),
            line("x"),
        ]
        var renderer = RegionRenderer(size: .standard, colors: .sixteen, reflows: true, showsPromptMarks: true)
        let bytes = renderer.draw(.init(rows: [Row()]), finished: lines) + renderer.endMarks() + renderer.endMarks()
        let text = String(decoding: bytes, as: UTF8.self)
        let marks = text.matches(of: /133;([A-Z])/).map { String($0.1) }.joined()
        #expect(marks == "ABCDABDABCD")
        #expect(text.contains("\u{1B}]133;A\u{1B}\\> \u{1B}]133;B\u{1B}\\\u{1B}[1mone"))
        var plain = RegionRenderer(size: .standard, colors: .sixteen, reflows: true)
        let unmarked = plain.draw(.init(rows: [Row()]), finished: lines) + plain.endMarks()
        #expect(!String(decoding: unmarked, as: UTF8.self).contains("133"))
    }

    @Test(
        "marks are for terminals that are known to take them",
        arguments: [
            (["TERM": "xterm-kitty"], true), (["TERM_PROGRAM": "WezTerm"], true), (["TERM": "foot-extra"], true),
            (["VTE_VERSION": "7600"], true), (["VTE_VERSION": "6800"], false), (["WT_SESSION": "1"], true),
            (["KONSOLE_VERSION": "220800"], true), (["KONSOLE_VERSION": "210000"], false),
            (["TERM_PROGRAM": "ghostty"], true), (["TERM_PROGRAM": "iTerm.app"], true),
            (["TERM_PROGRAM": "vscode"], true), (["TERM": "xterm-256color"], false), ([:], false),
            (["TERM": "screen.xterm", "WT_SESSION": "1"], false), (["STY": "1.a", "KITTY_WINDOW_ID": "1"], false),
            (["TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"], false),
            (["TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"], true),
            (["TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "next-3.5"], true),
            (["TMUX": "x", "KITTY_WINDOW_ID": "1"], false), (["TERM": "dumb", "VTE_VERSION": "7600"], false),
        ] as [([String: String], Bool)])
    func support(environment: [String: String], isKnown: Bool) {
        #expect(PromptMarkSupport.isKnown { environment[$0] } == isKnown)
    }
}
