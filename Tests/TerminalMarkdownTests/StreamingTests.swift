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
            expectOpen(lines + markdown.openLines(), of: seen, width: 40)
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

    @Test("a block in a list or quote is finished as soon as it ends, not with its item")
    func items() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("- a\n  b\n")
        #expect(markdown.takeFinished().isEmpty)
        #expect(text(markdown.openLines()) == "• a\n  b")
        markdown.append("  - c\n")
        #expect(text(markdown.takeFinished()) == "• a\n  b")
        #expect(text(markdown.openLines()) == "  • c")
        markdown.append("\n> q\n> # h\n")
        #expect(text(markdown.takeFinished()) == "  • c\n\n│ q\n│\n│ # h")
    }

    @Test("code in a list or quote is finished line by line")
    func codeInItem() {
        for (source, prefix) in [("1. a\n   ```c\n   int a;\n   in", "   "), ("> ```c\n> int a;\n> in", "│ ")] {
            var markdown = StreamingMarkdown(width: 40)
            markdown.append(source)
            #expect(text(markdown.takeFinished()).hasSuffix("\n\(prefix)int a;"))
            #expect(text(markdown.openLines()) == prefix + "in")
        }
    }

    @Test("a table that is cut at its greatest length goes on with its header")
    func longTable() {
        let row = "|" + String(repeating: "word ", count: 60) + "|2|\n"
        let lines = render(["|a|b|\n|-|-|\n" + String(repeating: row, count: 150) + "\nend"], width: 400)
        #expect(lines.filter { $0.text.hasPrefix("a ") }.count == 2)
        #expect(lines.filter { $0.text.hasSuffix("word │ 2") }.count == 150)
        #expect(lines.suffix(2).map(\.text) == ["", "end"])
    }
}
