import Testing

@testable import Terminal

@Suite("Characters that aren't shown as they are")
struct UnsafeCountTests {
    @Test(
        "are counted",
        arguments: [
            ("", 0), ("plain\ttext\n", 0), ("a\r\nb", 0), ("a\rb", 1), ("\u{1B}[31m\u{7}", 2), ("\u{7F}\u{0}", 2),
            ("é日本", 0),
            ("\u{202E}x\u{2066}", 2), ("\u{9B}", 1), ("\u{E0041}", 1), ("👩‍👩‍👧 🏴\u{E0067}\u{E0062}\u{E007F}", 0),
            ("\r\r\n", 1),
        ])
    func count(text: String, count: Int) {
        #expect(Sanitizer.unsafeCount(in: text) == count)
        #expect(
            (Sanitizer.sanitize(text).unicodeScalars.elementsEqual(text.unicodeScalars))
                == (count == 0 && text != "a\r\nb"))
    }
}
