import TestSupport
import Testing

@testable import Terminal

@Suite("TerminalEnvironment")
struct TerminalEnvironmentTests {
    private static let terminfo = [
        "xterm": 8, "xterm-256color": 256, "screen-256color": 256, "linux": 8, "vt100": 0, "xterm-direct": 1 << 24,
    ]

    private static func environment(
        _ variables: [String: String], terminals: [Bool] = [true, true, true]
    ) -> TerminalEnvironment {
        TerminalEnvironment(
            environment: { variables[$0] }, terminals: terminals, isUTF8: true,
            terminfoColors: { terminfo[$0] ?? -1 })
    }

    struct Case: Sendable {
        var variables: [String: String]
        var isTerminal = true
        /// Colours with `--color` auto.
        var auto: Bool
    }

    static let cases = [
        Case(variables: ["TERM": "xterm-256color"], auto: true),
        Case(variables: ["TERM": "xterm"], isTerminal: false, auto: false),
        Case(variables: ["TERM": "dumb"], auto: false), Case(variables: ["TERM": ""], auto: false),
        Case(variables: [:], auto: false),
        Case(variables: ["TERM": "xterm", "NO_COLOR": "1"], auto: false),
        Case(variables: ["TERM": "xterm", "NO_COLOR": "0"], auto: false),
        // An empty NO_COLOR says nothing (no-color.org).
        Case(variables: ["TERM": "xterm", "NO_COLOR": ""], auto: true),
        Case(variables: ["TERM": "xterm", "CLICOLOR_FORCE": "1"], isTerminal: false, auto: true),
        Case(variables: ["CLICOLOR_FORCE": "1"], isTerminal: false, auto: true),
        Case(variables: ["TERM": "xterm", "CLICOLOR_FORCE": "0"], isTerminal: false, auto: false),
        Case(variables: ["TERM": "xterm", "CLICOLOR_FORCE": ""], isTerminal: false, auto: false),
        Case(variables: ["TERM": "xterm", "NO_COLOR": "1", "CLICOLOR_FORCE": "1"], auto: false),
    ]

    @Test("colours go where they are wanted; what the command line says comes first", arguments: cases)
    func colors(of expected: Case) {
        let environment = Self.environment(
            expected.variables, terminals: [true, expected.isTerminal, expected.isTerminal])
        #expect(environment.showsColors(.auto) == expected.auto)
        #expect(environment.showsColors(.auto, on: 2) == expected.auto)
        #expect(environment.showsColors(.always))
        #expect(!environment.showsColors(.never))
    }

    @Test(
        "as many colours are shown as the terminal has, by COLORTERM, else by terminfo",
        arguments: [
            (["TERM": "xterm"], .sixteen), (["TERM": "xterm-256color"], .palette), (["TERM": "linux"], .sixteen),
            (["TERM": "xterm-direct"], .trueColor), (["TERM": "vt100"], .none), (["TERM": "dumb"], .none),
            (["TERM": "nosuchterminal"], .sixteen), (["TERM": "nosuchterminal", "COLORTERM": "24bit"], .trueColor),
            (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .trueColor),
            (["TERM": "xterm-256color", "COLORTERM": "yes"], .palette),
            (["TERM": "dumb", "COLORTERM": "truecolor"], .none), (["TERM": "vt100", "COLORTERM": "24bit"], .none),
            (["TERM": "screen-256color", "COLORTERM": "truecolor"], .palette),
            (["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux-0/default,1,0"], .trueColor),
            (["TERM": "xterm-256color", "NO_COLOR": "1"], .none), (["CLICOLOR_FORCE": "1"], .sixteen),
        ] as [([String: String], ColorDepth)])
    func depth(variables: [String: String], depth: ColorDepth) {
        let environment = Self.environment(variables)
        #expect(environment.colorDepth(.auto) == depth)
        #expect(environment.colorDepth(.never) == .none)
        #expect(environment.colorDepth(.always) >= max(depth, .sixteen))
        #expect(environment.showsColors(.auto) == (depth > .none))
    }

    @Test("terminfo is asked how many colours a kind of terminal has")
    func terminfoColors() {
        #expect(TerminalEnvironment.terminfoColors(of: "xterm-256color") == 256)
        #expect(TerminalEnvironment.terminfoColors(of: "linux") == 8)
        #expect(TerminalEnvironment.terminfoColors(of: "vt100") == 0)
        #expect(
            TerminalEnvironment.terminfoColors(of: "nosuchterminal") == -1
                && TerminalEnvironment.terminfoColors(of: "") == -1)
    }

    @Test("standard output and error are asked apart")
    func descriptors() {
        let environment = Self.environment(["TERM": "xterm"], terminals: [true, false, true])
        #expect(!environment.showsColors(.auto, on: 1))
        #expect(environment.showsColors(.auto, on: 2))
    }

    @Test(
        "editing needs a terminal for both directions that knows sequences",
        arguments: [
            ("xterm", [true, true, true], true), ("xterm", [true, true, false], true),
            ("xterm", [false, true, true], false),
            ("xterm", [true, false, true], false), ("dumb", [true, true, true], false),
            ("", [true, true, true], false),
            ("emacs", [true, true, true], false), ("linux", [true, true, true], true),
            ("vt100", [true, true, true], true),
            ("nosuchterminal", [true, true, true], true),
        ] as [(String, [Bool], Bool)])
    func editing(kind: String, terminals: [Bool], canEdit: Bool) {
        #expect(Self.environment(["TERM": kind], terminals: terminals).canEdit == canEdit)
    }

    @Test(
        "xterm and the consoles cut long lines, the others wrap them again",
        arguments: [("xterm-256color", true), ("tmux-256color", true), ("linux", false), ("vt220", false)])
    func reflow(kind: String, reflows: Bool) {
        #expect(Self.environment(["TERM": kind]).reflows == reflows)
        #expect(!Self.environment(["TERM": kind, "XTERM_VERSION": "XTerm(379)"]).reflows)
    }

    @Test("the size is the terminal's; what is none, or says nothing, has none")
    func size() throws {
        let terminal = try PseudoTerminal(rows: 11, columns: 44)
        #expect(TerminalEnvironment.size(of: terminal.terminal) == TerminalSize(rows: 11, columns: 44))
        terminal.resize(rows: 0, columns: 0)
        #expect(TerminalEnvironment.size(of: terminal.terminal) == nil)
        #expect(TerminalEnvironment.size(of: try TestPipe().reader) == nil)
    }
}
