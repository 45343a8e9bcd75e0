import TestSupport
import Testing

@testable import Terminal

@Suite("The clipboard's sequence")
struct ClipboardSequenceTests {
    @Test(
        "base64 is as RFC 4648 §10 has it",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("ÿ~?", "w79+Pw=="),
        ])
    func base64(text: String, encoded: String) {
        #expect(String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) == encoded)
    }

    @Test("whatever is copied, the sequence is one, and nothing acts on the terminal but that")
    func sequence() {
        var encoder = EscapeEncoder(colors: .sixteen)
        encoder.clipboard("\u{1B}\\\u{7}\u{1B}]0;x\u{7}\u{9C}\n")
        var screen = TerminalScreen(rows: 2, columns: 20)
        screen.feed(encoder.bytes)
        #expect(screen.clipboard == ["G1wHG10wO3gHwpwK"])
        #expect(screen.foreignSequences.isEmpty && screen.text.allSatisfy { $0 == "\n" || $0 == " " })
    }
}
