import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("Markdown in parts")
struct StreamingTests {
    @Test("no cut in two changes the lines", arguments: samples)
    func everyCut(_ sample: String) {
        let whole = render([sample])
        let scalars = sample.unicodeScalars
        for cut in scalars.indices {
            let parts = [String(scalars[..<cut]), String(scalars[cut...])]
            #expect(render(parts) == whole, "cut at \(cut)")
        }
    }

    @Test("the lines are the same scalar by scalar, and what is open always completes them", arguments: samples)
    func scalarByScalar(_ sample: String) {
        var markdown = StreamingMarkdown(width: 40)
        var lines: [StyledLine] = []
        var seen = ""
        for scalar in sample.unicodeScalars {
            seen.unicodeScalars.append(scalar)
            markdown.append(String(scalar))
            lines += markdown.takeFinished()
            #expect(lines + markdown.openLines() == render([seen]))
        }
        markdown.finish()
        #expect(lines + markdown.takeFinished() == render([sample]))
        #expect(markdown.openLines().isEmpty)
    }

    @Test("finished lines stay as they are when the width changes, and open ones follow it")
    func resize() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("one two three four\n\nfive six seven eight")
        markdown.width = 10
        #expect(text(markdown.takeFinished()) == "one two three four")
        #expect(text(markdown.openLines()) == "\nfive six\nseven\neight")
        markdown.width = 20
        #expect(text(markdown.openLines()) == "\nfive six seven eight")
    }

    @Test("an item of a list is finished when the next begins")
    func items() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("- a\n  b\n- c")
        #expect(markdown.takeFinished().isEmpty)
        markdown.append("\n")
        #expect(text(markdown.takeFinished()) == "• a\n  b")
        #expect(text(markdown.openLines()) == "• c")
    }

    /// Lines that begin, continue and end blocks of all kinds.
    ///
    /// No fences in quotes and lists: md4c mistakes what follows them where they aren't closed.
    static let fragments = [
        "text", "more *text*", "", "", "# head", "---", "===", "--", "***", "- item", "- [x] task", "* star", "+",
        "1. one",
        "2. two", "3) three", "  two in", "   three in", "    four in", "      six in", "> quote", ">", "> - q item",
        "> > deep",
        "```", "```c", "~~~", "|a|b|", "|-|-|", "|1|2|", "  - nested", "    1. deep", "-",
        " - one in",
        "> # h", "> text", "- # h", "-     code", "1.",
    ]

    @Test("cutting into pieces doesn't change what the parser makes of the whole", arguments: 0..<40)
    func differential(_ seed: Int) {
        var generator = SeededGenerator(state: UInt64(seed))
        for _ in 0..<25 {
            let count = Int.random(in: 1...9, using: &generator)
            let source = (0..<count).map { _ in Self.fragments.randomElement(using: &generator) ?? "" }.joined(
                separator: "\n")
            var renderer = BlockRenderer(theme: .standard)
            let whole = renderer.lines(of: MarkdownParser.blocks(of: source), width: 40).map(\.text).filter {
                !$0.isEmpty
            }
            let pieces = render([source]).map(\.text).filter { !$0.isEmpty }
            #expect(pieces == whole, "\(source.debugDescription)")
        }
    }
}
