import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("Code that is out to harm")
struct HostileCodeTests {
    /// Names of our own languages, and some that the library brings.
    static let names =
        CodeLanguage.definitions.map(\.name) + [
            "cpp", "go", "java", "sql", "html", "css", "ruby", "php", "diff", "ini",
        ]

    /// What languages begin and end things with.
    private static let pieces = [
        "\"", "'", "`", "\"\"\"", "'''", "/*", "*/", "//", "#", "##\"", "\"#", "\\", "\\(", "${", "$(", "{", "}", "(",
        ")",
        "[", "]", "<", ">", "</", "/>", "r#\"", "|", ": |", "- ", "&a", "<<EOF", "EOF", "let ", "x", "1e", "0x", " ",
        "é", "日本",
        "\u{1F600}", "e\u{301}", "@", "#[", "'a", "-->", "```",
    ]

    @Test("whatever stands in it, colours change no text, and cut no character", arguments: names)
    func text(_ name: String) {
        var random = SeededGenerator(state: 5)
        for _ in 0..<20 {
            var highlighter = CodeHighlighter(language: name, styles: ["string": Style(foreground: .green)])
            for _ in 0..<20 {
                var line = ""
                for _ in 0..<Int.random(in: 1...30, using: &random) {
                    line += Self.pieces.randomElement(using: &random) ?? ""
                }
                #expect(highlighter.highlight(line).text == line)
            }
        }
    }

    @Test("a line that begins nothing but brackets, quotes and comments is done in a moment", arguments: names)
    func depth(_ name: String) {
        for piece in Self.pieces where piece != " " {
            var highlighter = CodeHighlighter(language: name, styles: [:])
            let line = String(repeating: piece, count: 400 / piece.utf8.count)
            #expect(highlighter.highlight(line).text == line)
            #expect(highlighter.highlight("next").text == "next")
        }
    }

    @Test("escape sequences in code are shown, with colours or without", arguments: names + ["nosuch"])
    func escapes(_ name: String) {
        let attack = "a \u{1B}[31m\"b\u{1B}]0;x\u{7}\u{9B}2J\r /*\u{8} '\u{202E}c\u{E0041}\u{1B}\u{301}]2;y\u{1B}\\ # d"
        let lines = render(["```\(name)\n\(attack)\nx\n\(attack)\n```\nend"], width: 400)
        #expect(lines.count == 6 && lines.last == "end")
        for line in lines {
            #expect(line.text == Sanitizer.sanitizeLine(line.text))
            #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        }
        #expect(lines[1].text.hasPrefix("a \u{241B}[31m\"b\u{241B}]0;x\u{2407}<U+009B>2J\u{240D}"), "\(lines[1].text)")
    }

    @Test("lines that are shown again look the same, and a changed one doesn't look like the one before")
    func shownAgain() {
        var first = CodeHighlighter(language: "swift", styles: ["comment": .dim])
        let start = first
        let comment = [first.highlight("/* a"), first.highlight("b")]
        var again = start
        #expect([again.highlight("/* a"), again.highlight("b")] == comment)
        #expect(comment[1] == StyledLine("b", .dim))
        var other = start
        #expect(other.highlight("/* a */").text == "/* a */")
        #expect(other.highlight("b") == StyledLine("b"))
    }
}
