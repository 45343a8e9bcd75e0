import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("Markdown in words")
struct SpokenMarkdownTests {
    private func lines(of text: String, width: Int = 40) -> [String] {
        var markdown = StreamingMarkdown(width: width, theme: MarkdownTheme.standard.inWords)
        var lines: [StyledLine] = []
        // However it comes: piece by piece is as at once.
        for character in text {
            markdown.append(String(character))
            lines += markdown.takeFinished()
        }
        markdown.finish()
        return (lines + markdown.takeFinished()).map(\.text)
    }

    @Test(
        "words say what is what, where symbols would",
        arguments: [
            ("## Two\n", ["Heading 2: Two"]), ("a\n\n---\n\nb", ["a", "", "Section break.", "", "b"]),
            ("- one\n- [x] two\n- [ ] three\n", ["- one", "done: two", "open: three"]),
            ("1. a\n2. [x] b\n", ["1. a", "2. done: b"]),
            ("> a\n> b\n\nc", ["Quote:", "a", "b", "End of quote.", "", "c"]),
            ("> a\n> > b\n", ["Quote:", "a", "", "Quote:", "b", "End of quote.", "End of quote."]),
            ("- > a\n", ["- Quote:", "  a", "  End of quote."]),
            (
                "```swift\nlet x = 1\n```\n\nb",
                ["Code block 1, swift:", "let x = 1", "End of code block 1.", "", "b"]
            ),
            (
                "```\na\n```\n```sh\nb\n",
                [
                    "Code block 1:", "a", "End of code block 1.", "", "Code block 2, sh:", "b", "End of code block 2.",
                ]
            ),
            ("- a\n  ```\n  b\n  ```\n", ["- a", "  Code block 1:", "  b", "  End of code block 1."]),
            (
                "| Name | Age |\n|---|---:|\n| Ann | 7 |\n| Bo | 9 |\n",
                ["Name: Ann", "Age: 7", "", "Name: Bo", "Age: 9"]
            ),
            ("[a](https://b.example)", ["a (https://b.example)"]), ("![a](b.png)", ["image: a (b.png)"]),
        ] as [(String, [String])])
    func words(text: String, expected: [String]) { #expect(lines(of: text) == expected) }

    @Test("no symbol is left of an answer with everything in it")
    func symbols() {
        let text = "# A\n\n- b\n- [x] c\n\n> d\n\n| e | f |\n|---|---|\n| g | h |\n\n***\n\n```\ni\n```\n"
        let shown = lines(of: text).joined(separator: "\n")
        #expect(!shown.contains { "#•☐☑│─┼|*>`[]".contains($0) }, "\(shown)")
        for letter in "Abcdefghi" { #expect(shown.contains(letter)) }
    }
}
