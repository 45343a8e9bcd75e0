import Terminal
import Testing

@Suite("Markdown to lines")
struct MarkdownRenderingTests {
    struct Case: CustomTestStringConvertible {
        var source: String
        var lines: [String]

        init(_ source: String, _ lines: String...) {
            self.source = source
            self.lines = lines
        }

        var testDescription: String { source }
    }

    static let inlines = [
        Case("plain", "plain"),
        Case("*a* **b** ***c*** ~~d~~", "<i|a> <b|b> <bi|c> <s|d>"),
        Case("**bold `code`**", "<b|bold ><b cyan|code>"),
        Case("[text](https://e.com \"T\")", "<u|text><d| (https://e.com) (T)>"),
        Case("<https://e.com> me@e.com www.e.com", "<u|https://e.com> <u|me@e.com> <u|www.e.com>"),
        Case("![alt](a.png) ![](b.png)", "<d|image: ><u|alt><d| (a.png)> <d|image: ><u|b.png>"),
        Case("&lt;&amp;&#65;&#x42;&nosuch;", "<&AB&nosuch;"),
        Case("&#27;[31m&#x9b;", "␛[31m<U+009B>"),
        Case("soft\nhard\\\nbreak  \nend", "soft", "hard", "break", "end"),
        Case("<div>*x*</div> a<br/>b <!-- c -->", "<div><i|x></div> a", "b <!-- c -->"),
        Case("$x^2$ and \\*no\\*", "$x^2$ and *no*"),
        Case("[1]: https://e.com", "[1]: <u|https://e.com>"),
        Case("[^1]: note\n[a\nb]: /url", "[^1]: note", "[a", "b]: /url"),
    ]

    static let blocks = [
        Case("# One\n## Two ##\nT\n===", "<d|# ><b|One>", "", "<d|## ><b|Two>", "", "<d|# ><b|T>"),
        Case("a\n\n\nb\n---\n***", "a", "", "<d|## ><b|b>", "", "<d|\(String(repeating: "─", count: 40))>"),
        Case("- a\n- b\n  - c\n\n- d", "<d|• >a", "<d|• >b", "  <d|• >c", "", "<d|• >d"),
        Case("9. a\n9. b", "<d|9. >a", "<d|10. >b"),
        Case("- [ ] a\n- [X] b\n1. [x] c", "<d|☐ >a", "<d|☑ >b", "", "<d|1. ☑ >c"),
        Case("1. a\n\n   b\n2. c", "<d|1. >a", "", "   b", "<d|2. >c"),
        Case("> a\n> > b\n>\n> - c", "<d|│ >a", "<d|│>", "<d|│ ><d|│ >b", "<d|│>", "<d|│ ><d|• >c"),
        Case(
            "- word word word word word word word word word word\n",
            "<d|• >word word word word word word word", "  word word word"),
        Case("```\na\n\n  b\n```\nc", "<d|[1]>", "a", "", "  b", "", "c"),
        Case("- x\n  ```zz y\n  a\n  ```\n\n~~~\nb", "<d|• >x", "  <d|[1] zz y>", "  a", "", "<d|[2]>", "b"),
        Case("    a\n\n     b\n\nc", "<d|[1]>", "a", "", " b", "", "c"),
        Case("a\r\nb\r\n\r\nc\rd", "a", "b", "", "c␍d"),
    ]

    /// Mistakes that models make, taken for what they mean.
    static let mistakes = [
        Case("1. a\n  - b\n    c\n  - d\n2. e", "<d|1. >a", "   <d|• >b", "     c", "   <d|• >d", "<d|2. >e"),
        Case("- a\n  ```zz\nb\n  c\n  ```\n- d", "<d|• >a", "  <d|[1] zz>", "  b", "  c", "<d|• >d"),
        Case("- a\n  ```zz\n  b\n```\nc", "<d|• >a", "  <d|[1] zz>", "  b", "", "c"),
        Case("- a\n      ```zz\n      b\n      ```\n- c", "<d|• >a", "  <d|[1] zz>", "  b", "<d|• >c"),
        Case("a:\n|b|c|\n|-|-|\n|1|2|", "a:", "", "<b|b> <d|│> <b|c>", "<d|──┼──>", "1 <d|│> 2"),
        Case("**注：**字 这是**“字”**的", "<b|注：>字 这是<b|“字”>的"), Case("**중요:**한", "<b|중요:>한"),
        Case("**not**: *a*b", "<b|not>: <i|a>b"), Case("|a|b|\n|-|\n|c|", "|a|b|", "|-|", "|c|"),
        Case(
            "|`a|b|\n|-|-|\n|`c||d|", "<b|`a> <d|│> <b|b> <d|│>", "<d|───┼───┼──>", "`c <d|│>   <d|│> d"),
    ]

    static let tables = [
        Case("|a|b|\n|-|-|\n|1|22|", "<b|a> <d|│> <b|b>", "<d|──┼───>", "1 <d|│> 22"),
        Case(
            "|漢字|r|c|\n|-|-:|:-:|\n|a|10|xyz|\n|ひらがな||y|",
            "<b|漢字>     <d|│>  <b|r> <d|│>  <b|c>", "<d|─────────┼────┼────>",
            "a        <d|│> 10 <d|│> xyz", "ひらがな <d|│>    <d|│>  y"),
        Case(
            "|a|\n|-|\n|1|2|3|\ntext", "<b|a>    <d|│>   <d|│>", "<d|─────┼───┼──>", "1    <d|│> 2 <d|│> 3",
            "text <d|│>   <d|│>"),
        Case(
            "|name|text|\n|-|-|\n|x|some words that have to be wrapped in their cell|",
            "<b|name> <d|│> <b|text>", "<d|─────┼──────────────────────────────────>",
            "x    <d|│> some words that have to be", "     <d|│> wrapped in their cell"),
    ]

    @Test("code with bars stays in its cell")
    func barsInCode() {
        let lines = render(["|a|b|\n|---|---|\n|`x || y`|or|\n|`\\|`|bar|"])
        #expect(lines.map(\.text) == ["a      │ b", "───────┼────", "x || y │ or", "|      │ bar"])
    }

    @Test("inline marks become styles, and no text is lost", arguments: inlines)
    func inline(_ example: Case) { #expect(marked(render([example.source])) == example.lines) }

    @Test("blocks are set apart by one blank line", arguments: blocks)
    func block(_ example: Case) { #expect(marked(render([example.source])) == example.lines) }

    @Test("mistakes that models make are taken for what they mean", arguments: mistakes)
    func mistake(_ example: Case) { #expect(marked(render([example.source])) == example.lines) }

    @Test("tables are aligned by display width and wrapped into the terminal's", arguments: tables)
    func table(_ example: Case) { #expect(marked(render([example.source])) == example.lines) }

    @Test("narrow columns keep their width, and words are cut where nothing else helps only")
    func columnWidths() {
        let source =
            "|No|Name|What it is about|\n|-:|:-:|-|\n|1|Document-level|" + String(repeating: "some words ", count: 8)
        #expect(
            render([source + "|\n|100||`a \\| b` 漢字 👩🏽‍💻|"], width: 48).map(\.text) == [
                " No │      Name      │ What it is about",
                "────┼────────────────┼──────────────────────────",
                "  1 │ Document-level │ some words some words",
                "    │                │ some words some words",
                "    │                │ some words some words",
                "    │                │ some words some words",
                "100 │                │ a | b 漢字 👩🏽‍💻",
            ])
        let word = "|a|b|\n|-|-|\n|internationalization|some words some|"
        #expect(
            render([word], width: 33).map(\.text) == [
                "a                    │ b", "─────────────────────┼───────────",
                "internationalization │ some words", "                     │ some",
            ])
        let address = "|a|b|\n|-|-|\n|x|https://example.com/one/two/three|"
        #expect(
            render([address], width: 24).map(\.text) == [
                "a │ b", "──┼─────────────────────", "x │ https://example.com/", "  │ one/two/three",
            ])
    }

    @Test("a table with too many columns for the width becomes a list of its cells")
    func narrowTable() {
        let source = "|Name|Country|Remark|\n|-|-|-|\n|Mercator|Flanders|cylinder|\n|Peters||equal area|"
        let records = [
            "Name:", "Mercator", "Country:", "Flanders", "Remark:", "cylinder", "",
            "Name: Peters", "Country:", "Remark: equal", "area",
        ]
        #expect(render([source], width: 13).map(\.text) == records)
        #expect(render([source], width: 40).map(\.text).first == "Name     │ Country  │ Remark")
    }

    @Test("long words are cut and Chinese text breaks anywhere but before and behind its punctuation")
    func wrapping() {
        #expect(render(["a 1234567890123 b"], width: 10).map(\.text) == ["a", "1234567890", "123 b"])
        #expect(render(["漢字漢字漢、字"], width: 10).map(\.text) == ["漢字漢字", "漢、字"])
        #expect(render(["漢字漢字「漢」字"], width: 10).map(\.text) == ["漢字漢字", "「漢」字"])
        #expect(render(["漢字漢字漢(字)."], width: 12).map(\.text) == ["漢字漢字漢", "(字)."])
        #expect(render(["단어가 필요합니다."], width: 14).map(\.text) == ["단어가", "필요합니다."])
        #expect(render(["a (https://e.com/one/)"], width: 20).map(\.text) == ["a", "(https://e.com/one/)"])
        #expect(render(["a (https://e.com/ones/)"], width: 20).map(\.text) == ["a", "(https://e.com/", "ones/)"])
    }

    @Test("every line but code fits the width", arguments: [8, 13, 20, 40, 80])
    func width(_ width: Int) {
        for sample in samples where !sample.contains("```") && !sample.contains("    ") && width >= 13 {
            for line in render([sample], width: width) { #expect(line.width <= width, "\(line.text)") }
        }
    }

    @Test("the source is shown as it is when asked for")
    func source() {
        let lines = render(["# *a*\n", "\n```c\nint\tx;"], rendersSource: true)
        #expect(lines == [StyledLine("# *a*"), StyledLine(), StyledLine("```c"), StyledLine("int     x;")])
    }
}
