import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("Formulas in LaTeX")
struct FormulaTests {
    static let theme = {
        var theme = MarkdownTheme.standard
        theme.math = .reversed
        return theme
    }()

    /// The lines, with formulas between `«` and `»`.
    static func shown(_ source: String, width: Int = 80) -> [String] {
        var markdown = StreamingMarkdown(width: width, theme: theme)
        markdown.append(source)
        markdown.finish()
        return markdown.takeFinished().map { line in
            line.runs.map { $0.style.isReversed ? "«\($0.text)»" : $0.text }.joined()
        }
    }

    static let spans: [(String, String)] = [
        ("so \\(a_1 * b_2\\) and *c*", "so «\\(a_1 * b_2\\)» and c"),
        ("\\(\\{x\\,|\\,x \\\\ y\\}\\).", "«\\(\\{x\\,|\\,x \\\\ y\\}\\)»."),
        ("$x_1$ and $y_1$", "«$x_1$» and «$y_1$»"), ("**$a*b$**", "«$a*b$»"), ("在$x$中", "在«$x$»中"),
        ("a $$x_1$$ b_2", "a «$$x_1$$» b_2"), ("see \\[x_1\\] there", "see «\\[x_1\\]» there"),
        ("($n$-th, $k$.)", "(«$n$»-th, «$k$».)"), ("[$x$](http://e.com)", "«$x$» (http://e.com)"),
        // Money, names and code.
        ("costs $5 and $10", "costs $5 and $10"), ("$5-$10, or $5/$10", "$5-$10, or $5/$10"),
        ("US$ 5, 5$ or 6$", "US$ 5, 5$ or 6$"), ("$HOME/$USER and $PATH:$MANPATH", "$HOME/$USER and $PATH:$MANPATH"),
        ("\\$5 and \\$6", "$5 and $6"), ("`$x$` and `\\(y\\)`", "$x$ and \\(y\\)"),
        ("``a ` $x$`` $y$", "a ` $x$ «$y$»"),
        ("https://e.com/?$filter=a&$top=5$ x", "https://e.com/?$filter=a&$top=5$ x"),
        ("$not a formula", "$not a formula"), ("a \\(b", "a (b"), ("\\\\(a\\\\)", "\\(a\\)"),
        ("[a](http://e.com/\\(b\\))", "a (http://e.com/\\(b\\))"),
        // Characters of Banter's own in the text: all stays, formulas are plain.
        ("\u{100000} $a$ \u{10A7F}", "\u{100000} $a$ \u{10A7F}"),
    ]

    @Test("they are shown as they were written, and nothing else is taken for one", arguments: spans)
    func inline(_ source: String, _ shown: String) { #expect(Self.shown(source) == [shown]) }

    @Test("a displayed one stays line by line, whatever its lines look like")
    func display() {
        let bodies = ["$$\na\n+ b\n- c\n# d\n= e\n> f\n  1. g_1 *h*\n$$", "\\[\nx \\\\\n\\{y\\}\n\\]"]
        for body in bodies + ["\\begin{align*}\na &= b_1 \\\\\n- c\n\\end{align*}", "$$ a\n+ b $$", "\\[ a_1 \\]"] {
            let lines = body.split(separator: "\n").map { "«\($0)»" }
            #expect(Self.shown(body) == lines)
            #expect(Self.shown("Text:\n\(body)\nmore") == ["Text:", ""] + lines + ["", "more"])
            let inItem = "- a\n" + body.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n") + "\n- b"
            #expect(Self.shown(inItem) == ["• a"] + lines.map { "  " + $0 } + ["• b"])
            let inQuote = body.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")
            #expect(Self.shown(inQuote) == lines.map { "│ " + $0 })
        }
    }

    @Test("each complete line of a displayed one is finished at once")
    func lineByLine() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("$$\na_1\n+ b")
        #expect(text(markdown.takeFinished()) == "$$\na_1")
        #expect(text(markdown.openLines()) == "+ b")
        markdown.append("\n$")
        #expect(text(markdown.takeFinished()) == "+ b")
        #expect(markdown.openLines().isEmpty)
    }

    @Test("one that isn't closed ends at a blank line")
    func unclosed() {
        #expect(Self.shown("$$\na\n\n- *b*") == ["«$$»", "«a»", "", "• b"])
        #expect(Self.shown("\\[WIP] fix\n- a") == ["[WIP] fix", "", "• a"])
    }

    @Test("bars in one are no borders of a table's cells")
    func table() {
        #expect(
            Self.shown("|a|b|\n|-|-|\n|$|x|$|\\(\\|y\\|\\)|") == [
                "a     │ b", "──────┼──────────", "«$|x|$» │ «\\(\\|y\\|\\)»",
            ])
    }

    @Test("a long one is wrapped between its words")
    func wrapping() {
        #expect(Self.shown("$$\n  a + b + c + d\n$$", width: 9) == ["«$$»", "  «a + b +»", "  «c + d»", "«$$»"])
    }
}
