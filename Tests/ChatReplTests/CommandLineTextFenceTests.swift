import Testing

@testable import ChatRepl

@Suite("Fences")
struct CommandLineTextFenceTests {
    @Test(
        "what stands between fences is a message, without the line ends beside them",
        arguments: [
            ("\"\"\"hello\"\"\"", "hello"), ("\"\"\"\nhello\n\"\"\"", "hello"), ("  \"\"\"\n/quit\n\"\"\" \n", "/quit"),
            ("\"\"\"\n\nx\n\n\"\"\"", "\nx\n"), ("\"\"\"//x\"\"\"", "//x"), ("\"\"\"\n  x \\\n\"\"\"", "  x \\"),
            ("\"\"\"\nsay \"\"\" twice\n\"\"\"", "say \"\"\" twice"), ("\"\"\"\"\"\"", ""),
        ])
    func content(entry: String, message: String) {
        #expect(CommandLineText.isComplete(entry))
        #expect(CommandLineText(entry) == .message(message))
    }

    @Test(
        "an entry is open until a line ends with a fence; then it is as it stands",
        arguments: ["\"\"\"", "\"\"\"\"", "\"\"\"\"\"", "\"\"\"\nx", " \"\"\" x\n\"\"\"y", "\"\"\"\nx\"\""])
    func open(entry: String) {
        #expect(!CommandLineText.isComplete(entry))
        #expect(CommandLineText(entry) == .message(entry))
    }

    @Test("nothing else is ever open", arguments: ["", "x", "x \"\"\"", "\"\"", "/help", "\\", "'''"])
    func others(entry: String) { #expect(CommandLineText.isComplete(entry)) }

    @Test("an entry with nothing between its fences sends nothing")
    func blank() {
        #expect(CommandLineText("\"\"\"\n\n\"\"\"").isBlank && CommandLineText(" ").isBlank)
        #expect(!CommandLineText("\"\"\"x\"\"\"").isBlank && !CommandLineText("/help").isBlank)
    }
}
