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

    @Test("an item of a list is finished when the next begins")
    func items() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("- a\n  b\n- c")
        #expect(markdown.takeFinished().isEmpty)
        markdown.append("\n")
        #expect(text(markdown.takeFinished()) == "• a\n  b")
        #expect(text(markdown.openLines()) == "• c")
    }
}
