import Terminal
import TerminalMarkdown
import Testing

@Suite("Hostile Markdown", .timeLimit(.minutes(2)))
struct HostileMarkdownTests {
    static let sources: [String] = {
        func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
        return [
            times(100_000, ">"), times(100_000, "*"), times(100_000, "["), times(50_000, "!["), times(100_000, "`"),
            times(50_000, "- "), times(100_000, "_a"), times(1_000_000, "x"), times(50_000, "**a"),
            times(30_000, "<a "),
            times(20_000, "[a]: b\n"), times(10_000, "[\n"), times(30_000, "&"), times(50_000, "~~"),
            times(30_000, "|"),
            times(8_000, "|") + "\n" + times(8_000, "|-") + "\n" + times(8_000, "a\n"),
            (0..<500).map { times($0, " ") + "- a\n" }.joined(), (0..<500).map { times($0, ">") + " a\n" }.joined(),
            times(20_000, "- a\n"), times(20_000, "> a\n"), times(20_000, "a\n"), times(20_000, "\n"),
            times(50_000, "\u{301}"), times(20_000, "\u{1F9D1}\u{200D}"), times(20_000, "ส"), times(20_000, "漢"),
            times(20_000, "\\("), times(20_000, "\\[x"), times(40_000, "$"), times(20_000, "$a"), times(20_000, "*：*字"),
            times(5_000, "$$\n"), (1..<200).map { times($0, "`") + "a" }.joined(), times(10_000, "](a "),
            times(16, "> ") + times(20_000, "- "), times(20_000, "1. "), "|a|\n|-|\n" + times(20_000, "|b|\n"),
            "```c\n" + times(5_000, "/* ( \" \n"), "```perl\n" + times(900, "\"") + "\n" + times(3_000, "/(") + "\n",
            "```\n" + times(200_000, "x"), "    a\n" + times(20_000, "\n") + "    b",
        ]
    }()

    @Test("pathological input ends, in parts and as a whole, and keeps the same lines", arguments: sources.indices)
    func pathological(_ index: Int) {
        let source = Self.sources[index]
        let scalars = Array(source.unicodeScalars)
        let parts = stride(from: 0, to: scalars.count, by: 4_099).map { start in
            String(String.UnicodeScalarView(scalars[start..<min(start + 4_099, scalars.count)]))
        }
        #expect(render(parts) == render([source]))
    }

    @Test("a long open block is shown again and again at a small cost")
    func openBlock() {
        var markdown = StreamingMarkdown(width: 80)
        for _ in 0..<400 {
            markdown.append(String(repeating: "word ", count: 40))
            #expect(!markdown.openLines().isEmpty || !markdown.takeFinished().isEmpty)
        }
    }

    @Test("random bytes never crash, never reach the terminal raw, and any cut gives the same", arguments: 0..<60)
    func random(_ seed: Int) {
        var generator = SeededGenerator(state: UInt64(seed))
        let alphabet = Array("`*_~[]()<>!#|-+=.:1 \n\n\t\r\\&;$a漢：\u{1B}\u{9B}\u{0}\u{202E}\u{301}".unicodeScalars)
        let scalars = (0..<400).map { _ in alphabet.randomElement(using: &generator) ?? " " }
        var parts: [String] = []
        var rest = scalars[...]
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...40, using: &generator))
            rest = rest.dropFirst(part.count)
            parts.append(String(String.UnicodeScalarView(part)))
        }
        for width in [0, 1, 7, 40] {
            let lines = render(parts, width: width)
            #expect(lines == render([parts.joined()], width: width))
            let isHarmless = lines.allSatisfy {
                $0.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
            }
            #expect(isHarmless)
        }
    }

    @Test("every word of a text is on the screen", arguments: 0..<40)
    func nothingLost(_ seed: Int) {
        var generator = SeededGenerator(state: UInt64(seed))
        let glue = [
            " ", "\n", "\n\n", "\n- ", "\n> ", "\n# ", "|", "\n|", "|\n|-|-|\n|", " *", "* ", " `", "` ", "[", "](",
            ")", "]: ", "\n1. ", "\n    ", "<", ">",
            " $", "$ ", "\\(", "\\)", "\n$$\n", "\n\\[\n", "\n```\n", "\n  - ", "**", "：**",
        ]
        var source = ""
        let words = (0..<60).map { "w\($0)w" }
        for word in words { source += (glue.randomElement(using: &generator) ?? " ") + word }
        for width in [10, 40, 200] {
            let shown = render([source], width: width).map(\.text).joined().filter { $0.isLetter || $0.isNumber }
            for word in words { #expect(shown.contains(word), "\(word) of \(source.debugDescription)") }
        }
    }
}
