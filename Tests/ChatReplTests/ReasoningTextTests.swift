import Testing

@testable import ChatRepl
@testable import Terminal

@Suite("Laying out reasoning")
struct ReasoningTextTests {
    /// The lines of a text that comes in these pieces; the open lines are asked for after each.
    private func lines(_ pieces: [String], width: Int = 20) -> [String] {
        var text = ReasoningText(width: width, style: .dim)
        var lines: [StyledLine] = []
        for piece in pieces {
            text.append(piece)
            lines += text.takeFinished()
            _ = text.openLines()
        }
        let open = text.openLines()
        text.finish()
        let last = text.takeFinished()
        #expect(open == last)
        #expect((lines + last).flatMap(\.runs).allSatisfy { $0.style.isDim || $0.text.isBlank })
        return (lines + last).map(\.text)
    }

    @Test("line breaks are kept, and long lines broken between words, further lines as far in as the first")
    func wraps() {
        #expect(
            lines(["\n\nShort.\r\n\r\n  - a point that is long\n\tend\n\n"]) == [
                "Short.", "", "  - a point that is", "  long", "    end",
            ])
        #expect(lines(["漢字かな交じり文、これは長い文です。"]) == ["漢字かな交じり文、こ", "れは長い文です。"])
        #expect(lines(["a\rb\u{1B}[31m\u{202E}"]) == ["a␍b␛[31m<U+202E>"])
        #expect(lines([" \n \n"]).isEmpty && lines([""]).isEmpty)
    }

    private static let samples = [
        "One two three four five six\r\nseven\r\n\r\n  eight nine ten eleven twelve\n\n\nend \n",
        "漢字かな、交じり文。これは長い（文）です。 and words, é e\u{301} 👩‍👩‍👧 🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} x",
        "a\rb\u{1B}[31m \u{9B}c\u{202E}\u{8}d\ttab      blanks      " + String(repeating: "z", count: 70),
        String(repeating: " ", count: 30) + "far in, and on\n" + String(repeating: " ", count: 700) + "x",
        String(repeating: "w", count: 1100) + "\u{301}\u{301} end",
    ]

    @Test("the lines are the same, however the text is cut", arguments: samples)
    func everySplit(text: String) {
        let whole = lines([text])
        let scalars = text.unicodeScalars.map { String($0) }
        #expect(lines(scalars) == whole)
        for split in stride(from: 0, through: scalars.count, by: scalars.count / 200 + 1) {
            #expect(lines([scalars[..<split].joined(), scalars[split...].joined()]) == whole, "split at \(split)")
        }
    }

    @Test("however long a line is, what is open stays short")
    func open() {
        for word in ["word ", "漢", "x", " ", "\u{301}"] {
            var text = ReasoningText(width: 40, style: .dim)
            var most = 0
            for _ in 1...5000 {
                text.append(word)
                _ = text.takeFinished()
            }
            most = max(most, text.openLines().count)
            #expect(most <= 26, "\(word)")
        }
    }

    @Test("words are counted across pieces; in Chinese and Japanese each character is one")
    func words() {
        for (text, count) in [("", 0), (" \n", 0), ("one", 1), ("one two,\nthree ", 3), ("漢字 and かな", 5), ("a漢b", 3)] {
            var whole = WordCount()
            whole.add(text)
            #expect(whole.count == count, "\(text)")
            var pieces = WordCount()
            for scalar in text.unicodeScalars { pieces.add(String(scalar)) }
            #expect(pieces.count == count, "\(text), scalar by scalar")
        }
    }
}
