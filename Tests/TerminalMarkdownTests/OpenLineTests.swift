import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("The line that is still arriving")
struct OpenLineTests {
    static let completions: [(String, String?)] = [
        ("plain text", "plain text"), ("trailing blank ", "trailing blank"),
        ("a **bold", "a **bold**"), ("a **bold ", "a **bold**"), ("a **bold*", "a **bold**"),
        ("a **bold**", "a **bold**"), ("a **", "a"), ("a *", "a"), ("**a *b", "**a *b***"),
        ("***both", "***both***"), ("***both** it", "***both** it*"), ("*i* __b", "*i* __b__"),
        ("a ~~gone", "a ~~gone~~"), ("about ~5 km", "about ~5 km"), ("a ~~gone~", "a ~~gone~~"),
        ("2 * 3", "2 * 3"), ("a*b", "a*b"), ("snake_case", "snake_case"), ("\\*no", "\\*no"),
        ("a `code", "a `code`"), ("a `", "a"), ("a ``b ` c", "a ``b ` c``"), ("a ``b`", "a ``b``"),
        ("`*a`", "`*a`"), ("**`", nil), ("a **`", "a"), ("**`a", "**`a`**"), ("a \\", "a"),
        ("[text", "[text"), ("[text]", "[text]"), ("[text](", "[text]()"), ("[text](htt", "[text](htt)"),
        ("[text](http://a \"ti", "[text](http://a)"), ("[a](b) c", "[a](b) c"), ("[a](b(c", "[a](b(c))"),
        ("**[a](b", "**[a](b)**"), ("![a](b.p", "![a](b.p)"),
        ("so \\(a_1 *", "so \\(a_1 *\\)"), ("so \\(a\\", "so \\(a\\)"), ("so \\(", "so"),
        ("so \\(a\\) *b", "so \\(a\\) *b*"),
        ("```sw", "```sw"), ("\\[ a_1 *b", "\\[ a_1 *b"), ("$$ a *b", "$$ a *b"),
        // What may still become a marker isn't shown.
        ("", nil), ("-", nil), ("- ", nil), ("--", nil), ("*", nil), ("**", nil), ("1", nil), ("12.", nil),
        ("1. ", nil),
        ("#", nil), ("## ", nil), ("`", nil), ("``", nil), ("> ", nil), ("> -", nil), ("- [", nil), ("- [ ]", nil),
        ("- [x] ", nil), ("|", nil), ("|--", nil), ("| :-: |", nil), ("===", nil), ("\\", nil), ("$", nil),
        ("- **", nil),
        ("- a", "- a"), ("[x]", "[x]"), ("1.5", "1.5"), ("2026", nil), ("42 is", "42 is"), ("> *a", "> *a*"),
    ]

    @Test("it is taken for what it will most likely be", arguments: completions)
    func completion(_ line: String, _ completed: String?) { #expect(OpenLine.completed(line) == completed) }

    @Test("the marks of what is emphasised are never seen while it arrives")
    func calm() {
        let source = "Some **bold words** and `code`, a [link](https://e.com), \\(x_1\\) and *more*.\n"
        let final = render([source], width: 100).map(\.text).joined()
        var markdown = StreamingMarkdown(width: 100)
        for character in source {
            markdown.append(String(character))
            for line in markdown.openLines() {
                // The bracket of a link's target is at its end, wherever that is; a bracket may be no link's.
                let text = line.text.split(separator: ")").joined().split(separator: "\\").joined()
                #expect(!text.contains("*") && !text.contains("`"), "\(line.text)")
            }
        }
        #expect(final == "Some bold words and code, a link (https://e.com), \\(x_1\\) and more.")
    }

    @Test("a dash under a paragraph doesn't make it a heading while it arrives")
    func list() {
        var markdown = StreamingMarkdown(width: 40)
        for part in ["Here they are:\n", "-", " ", "one"] {
            markdown.append(part)
            #expect(markdown.openLines().first.map { $0.text == "Here they are:" } ?? false)
        }
        #expect(text(markdown.openLines()) == "Here they are:\n\n• one")
    }

    @Test("the rows of a table stay as they are until the next one is complete")
    func table() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("| a | b |\n|---|--:|\n| 1 | 2 |\n")
        let rows = markdown.openLines()
        for part in ["| a long", " cell | **3", "33** "] {
            markdown.append(part)
            #expect(Array(markdown.openLines().prefix(rows.count)) == rows)
            #expect(markdown.openLines().count == rows.count + 1)
        }
        #expect(markdown.openLines().last?.text == "| a long cell | **333**")
        markdown.append("|\n")
        #expect(
            text(markdown.openLines()) == "a           │   b\n────────────┼────\n1           │   2\na long cell │ 333")
    }

    @Test("a fence that may be closing isn't shown as code")
    func fence() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("```c\nint a;\n``")
        #expect(text(markdown.takeFinished()) == "[1] c\nint a;")
        #expect(markdown.openLines().isEmpty)
        markdown.append("`")
        #expect(markdown.openLines().isEmpty)
        markdown.append("\nend")
        #expect(text(markdown.openLines()) == "\nend")
    }
}
