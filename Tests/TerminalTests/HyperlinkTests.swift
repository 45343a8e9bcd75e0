import TestSupport
import Testing

@testable import Terminal

@Suite("Hyperlink")
struct HyperlinkTests {
    @Test(
        "a link to the web or to mail is a link, its strange characters percent-encoded",
        arguments: [
            ("https://example.com", "https://example.com"), ("HTTP://example.com:8080/a?b=c;d#e", nil),
            ("mailto:ann@example.com", nil), ("https://[::1]:80/~x/%41", nil), ("https://example.com/a@b:c", nil),
            ("https://example.com/a b", "https://example.com/a%20b"),
            ("https://münchen.example/straße", "https://m%C3%BCnchen.example/stra%C3%9Fe"),
            ("https://example.com/\u{1B}\\\u{7}", "https://example.com/%1B%5C%07"),
            (
                "https://example.com/\u{1B}]8;;http://evil\u{9C}\u{202E}",
                "https://example.com/%1B]8;;http://evil%C2%9C%E2%80%AE"
            ),
            ("https://example.com/\r\n\t\u{0}\u{7F}", "https://example.com/%0D%0A%09%00%7F"),
            ("https://example.com/\u{1B}\u{301}", "https://example.com/%1B%CC%81"),
            (#"https://example.com/"<>^`{|}"#, "https://example.com/%22%3C%3E%5E%60%7B%7C%7D"),
            ("mailto:a\u{1B}b", "mailto:a%1Bb"),
        ] as [(String, String?)])
    func links(text: String, target: String?) {
        #expect(Hyperlink(text)?.target == target ?? text)
    }

    @Test(
        "nothing else is a link",
        arguments: [
            "", "example.com", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "vscode://x/y",
            "ssh://h",
            "https:", "https:/", "https://", "https:///path", "https://?x", "https://:80", "https:example.com",
            "mailto:",
            "mailto:?subject=x", " https://example.com", "https\u{301}://example.com", "ht\u{0}tps://example.com",
            // Who reads it takes the user for the host.
            "https://bank.example@evil.example", "https://bank.example:443@evil.example/",
            "https://bank.example%40evil.example",
            #"https://bank.example\@evil.example"#, #"https:\\evil.example"#, "https://evil.example\u{1B}\\",
            "https://a b",
            "https://bank.example\u{1B}]8;;\u{7}", "https://" + String(repeating: "a", count: 2000),
            "https://a/" + String(repeating: "é", count: 700),
        ])
    func others(text: String) { #expect(Hyperlink(text) == nil) }

    @Test("a terminal sees a link for as long as its run goes, joined by its id where it is wrapped")
    func written() {
        var style = Style.plain
        style.link = Hyperlink("https://example.com/")
        var encoder = EscapeEncoder(colors: .sixteen)
        encoder.append(StyledText("here", style.merging(.bold)))
        encoder.append(StyledText("!"))
        let text = String(decoding: encoder.bytes, as: UTF8.self)
        #expect(text == "\u{1B}]8;id=e0fbd8b4;https://example.com/\u{1B}\\\u{1B}[1mhere\u{1B}[0m\u{1B}]8;;\u{1B}\\!")
        var screen = TerminalScreen(rows: 4, columns: 6)
        var renderer = RegionRenderer(size: TerminalSize(rows: 4, columns: 6), colors: .sixteen, reflows: true)
        let rows = Row.wrapping(StyledLine([StyledText("see "), StyledText("this link", style)]), columns: 6)
        screen.feed(renderer.draw(.init(rows: rows, cursorRow: 0, cursorColumn: 0)))
        #expect(screen.links.map(\.text) == ["th", "is lin", "k"] && screen.foreignSequences.isEmpty)
        #expect(Set(screen.links.map(\.target)) == ["https://example.com/"])
    }

    @Test("another link, or none, is another style")
    func comparison() {
        var (one, other) = (Style.bold, Style.bold)
        one.link = Hyperlink("https://one.example")
        #expect(one != other)
        other.link = Hyperlink("https://other.example")
        #expect(one != other && one.merging(other).link == other.link && one.merging(.dim).link == one.link)
        other.link = Hyperlink("https://one.example")
        #expect(one == other)
    }

    @Test(
        "links are shown where the terminal is known to have them",
        arguments: [
            (["TERM": "xterm-kitty"], true), (["TERM": "foot"], true), (["TERM": "xterm-256color"], false),
            (["TERM": "xterm", "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.0.15"], false),
            (["TERM": "xterm", "TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.10"], true),
            (["TERM": "xterm", "TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.70.2"], false),
            (["TERM": "xterm", "TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.95.0"], true),
            (["TERM": "xterm", "TERM_PROGRAM": "WezTerm"], true),
            (["TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal", "TERM_PROGRAM_VERSION": "455"], false),
            (["TERM": "xterm", "VTE_VERSION": "4803"], false), (["TERM": "xterm", "VTE_VERSION": "7600"], true),
            (["TERM": "xterm", "KONSOLE_VERSION": "200800"], false),
            (["TERM": "xterm", "KONSOLE_VERSION": "220401"], true),
            (["TERM": "xterm", "WT_SESSION": "1"], true), (["TERM": "dumb", "WT_SESSION": "1"], false),
            (["TERM": "xterm", "WT_SESSION": "1", "INSIDE_EMACS": "29.1,vterm"], false),
            (["TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"], false),
            (["TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"], true),
            (["TERM": "screen-256color", "KITTY_WINDOW_ID": "1"], false),
            (["TERM": "xterm", "STY": "1", "WT_SESSION": "1"], false),
        ] as [([String: String], Bool)])
    func support(environment: [String: String], isKnown: Bool) {
        #expect(HyperlinkSupport.isKnown { environment[$0] } == isKnown)
    }
}
