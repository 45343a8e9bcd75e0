import ChatApi
import TestSupport
import Testing

@Suite("Themes, the background, and links", .serialized, .timeLimit(.minutes(3)))
struct ThemeTests {
    private static let dark = TerminalAnswers.background("rgb:1e1e/1e1e/1e1e")
    private static let light = TerminalAnswers.background("rgb:ffff/ffff/ffff")

    private func home(_ answer: String, _ variables: [String: String] = [:]) throws -> Home {
        try Home(try LoopbackServer.chat(replies: [answer]), variables)
    }

    /// Runs Banter on a terminal with these answers, lets it answer once, and leaves.
    private func screen(of home: Home, answers: TerminalAnswers) async throws -> TerminalScreen {
        try await PseudoTerminal.$answers.withValue(answers) {
            let banter = try await home.prompt()
            banter.enter("Hi")
            try await banter.showsPrompt(after: "7 out")
            try await banter.leave()
            return banter.terminal.screen
        }
    }

    /// The look of the first cell of a text.
    private func style(of text: String, in screen: TerminalScreen) -> TerminalScreen.Style? {
        for row in screen.scrollback + screen.cells {
            let line = row.map(\.text).joined()
            if let range = line.firstRange(of: text) {
                return row[line.distance(from: line.startIndex, to: range.lowerBound)].style
            }
        }
        return nil
    }

    @Test(
        "an answer has the colours that fit the background: as the terminal tells, else as the environment hints",
        arguments: [
            ([:], dark, "5;117"), ([:], light, "5;25"), (["COLORTERM": "truecolor"], light, "2;11;92;173"),
            ([:], .attributes, nil), ([:], .background("rgb:80/80/80"), nil),
            (["COLORFGBG": "0;15"], .attributes, "5;25"), (["COLORFGBG": "0;15"], dark, "5;117"),
            (["COLORFGBG": "0;15"], .background("rgb:80/80/80"), nil),
        ] as [([String: String], TerminalAnswers, String?)])
    func background(variables: [String: String], answers: TerminalAnswers, color: String?) async throws {
        let screen = try await screen(of: try home("# Title\n\ntext", variables), answers: answers)
        #expect(screen.isAskedForBackground)
        let title = style(of: "Title", in: screen)
        #expect(title?.color == color && title?.attributes == [1])
    }

    @Test(
        "a theme that is configured is that, and nothing is asked",
        arguments: [("dark", "5;117"), ("light", "5;25"), ("terminal", nil)] as [(String, String?)])
    func configured(theme: String, color: String?) async throws {
        let home = try home("# Title", ["COLORFGBG": "0;15"])
        try home.configure(#"{"display": {"theme": "\#(theme)"}}"#)
        let screen = try await screen(of: home, answers: Self.light)
        #expect(!screen.isAskedForBackground)
        #expect(style(of: "Title", in: screen)?.color == color)
    }

    @Test(
        "terminals are not asked that show no more than sixteen colours, or are not known to answer",
        arguments: [["TERM": "linux"], ["TERM": "xterm"], ["NO_COLOR": "1"], ["TERM": "screen-256color"]])
    func notAsked(variables: [String: String]) async throws {
        let screen = try await screen(of: try home("# Title", variables), answers: .attributes)
        #expect(!screen.isAskedForBackground && style(of: "Title", in: screen)?.color == nil)
    }

    @Test("one answer on the command line asks nothing")
    func printed() async throws {
        let banter = try BanterOnTerminal(in: try home("Hello."), ["-p", "-m", "test-model", "x"])
        #expect(try await !banter.expectEnd(0).isAskedForBackground)
    }

    @Test("a terminal that never answers holds nothing back; what comes late is no text")
    func late() async throws {
        try await PseudoTerminal.$answers.withValue(.nothing) {
            let home = try home("# Title")
            let banter = try await home.prompt()
            for byte in "ab\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\cd".utf8 { banter.terminal.write([byte]) }
            try await banter.shows("› abcd")
            banter.type("\r")
            let screen = try await banter.showsPrompt(after: "7 out")
            #expect(style(of: "Title", in: screen)?.color == "5;25")
            try await banter.leave()
            #expect(try home.session.conversation.first == "user: abcd")
        }
    }

    // MARK: Links

    @Test("a link shows where it leads, and can be clicked where that is wanted (E07, E08)")
    func links() async throws {
        let home = try home(
            "See [https://good.example](http://evil.example/) and [a text](https://x.example/&#27;\\y), "
                + "<https://auto.example>, [script](javascript:alert(1)), [user](https://bank.example@evil.example).")
        try home.configure(#"{"display": {"links": "always"}}"#)
        let screen = try await screen(of: home, answers: .attributes)
        #expect(screen.containsWrapped("https://good.example (http://evil.example/)"))
        #expect(screen.containsWrapped("script (javascript:alert(1))"))
        var shown: [String: String] = [:]
        for (target, text) in screen.links { shown[target, default: ""] += text }
        #expect(
            shown == [
                "http://evil.example/": "https://good.examplehttp://evil.example/",
                "https://x.example/%1B%5Cy": "a texthttps://x.example/␛\\y",
                "https://auto.example": "https://auto.example",
            ])
    }

    @Test(
        "links are shown by themselves only where the terminal is known to have them",
        arguments: [([:], false), (["TERM_PROGRAM": "WezTerm"], true)] as [([String: String], Bool)])
    func knownLinks(variables: [String: String], areShown: Bool) async throws {
        let screen = try await screen(of: try home("<https://a.example>", variables), answers: .attributes)
        #expect(screen.links.map(\.target) == (areShown ? ["https://a.example"] : []))
    }

    @Test("links that aren't wanted aren't shown")
    func noLinks() async throws {
        let home = try home("<https://a.example>", ["TERM_PROGRAM": "WezTerm"])
        try home.configure(#"{"display": {"links": "never"}}"#)
        #expect(try await screen(of: home, answers: .attributes).links.isEmpty)
    }
}
