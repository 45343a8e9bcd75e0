import Terminal
import TerminalMarkdown
import Testing

@Suite("Code blocks")
struct CodeRenderingTests {
    @Test("code is coloured, with what a line leaves open kept for the next")
    func highlighting() {
        let lines = render(["```python\ndef f():\n    \"\"\"a\n    b\"\"\"\n    return 1 # c\n```\n"])
        #expect(
            marked(lines) == [
                "<d|[1] python>", "< magenta|def> < blue|f>():", "    < green|\"\"\"a>", "< green|    b\"\"\">",
                "    < magenta|return> < yellow|1> <id|# c>",
            ])
    }

    @Test(
        "a name that models use finds its language",
        arguments: ["c++", "C", "golang", "js", "JSON", "{.rust}", "sh:run.sh"])
    func aliases(_ info: String) {
        let lines = render(["```\(info)\nif (true) return \"x\"\n```"])
        #expect(lines.dropFirst().contains { $0.runs.count > 1 })
    }

    @Test(
        "code in an unknown language is plain",
        arguments: ["nosuch", "../../etc/passwd", "", "lang.map", "default.lang"])
    func unknown(_ info: String) {
        let lines = render(["```\(info)\nif x\n```"])
        #expect(lines.last == StyledLine("if x"))
    }

    @Test("code has no borders, no indentation and no trailing blanks, and isn't wrapped")
    func clean() {
        let long = String(repeating: "x = 1; ", count: 20) + "y"
        let lines = render(["```c\nint a;   \n\t\n\(long)\n\tb\t\n```\n"])
        #expect(lines.dropFirst().map(\.text) == ["int a;", "", long, "        b"])
    }

    @Test("each complete line of code is finished at once, and the rest stays open")
    func lineByLine() {
        var markdown = StreamingMarkdown(width: 40)
        markdown.append("```c\nint a;\n/* b")
        #expect(text(markdown.takeFinished()) == "[1] c\nint a;")
        #expect(marked(markdown.openLines()) == ["<id|/* b>"])
        markdown.append(" */ int")
        #expect(markdown.takeFinished().isEmpty)
        #expect(marked(markdown.openLines()) == ["<id|/* b */> < cyan|int>"])
    }

    @Test("code blocks are found by the numbers they are shown with, as they were written")
    func numbers() {
        let source = "```a\n1\t\u{1B}\n```\n- x\n  ~~~ b c\n  2\n  ~~~\n\n> ```\n> 3\n\n    4\n\n```swift:x\n"
        let blocks = [("a", "1\t\u{1B}\n"), ("b", "2\n"), ("", "3\n"), ("", "4\n"), ("swift", "")]
        #expect(CodeBlock.all(in: source).map(\.language) == blocks.map(\.0))
        #expect(CodeBlock.all(in: source).map(\.text) == blocks.map(\.1))
        let shown = text(render([source]))
        let long = String(repeating: "é", count: 40_000)
        let cut = "```\n\(long)\n\n\(long)```\n```\n  ```\n  a\r\n```\n"
        #expect(CodeBlock.all(in: cut).map(\.text) == ["\(long)\n\n\(long)```\n", "a\n"])
        for number in 1...blocks.count { #expect(shown.contains("[\(number)]")) }
        #expect(!shown.contains("[\(blocks.count + 1)]"))
    }
}
