import TestSupport
import Testing

/// The oracle of the other tests has to be right itself.
@Suite("TerminalScreen")
struct TerminalScreenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var sent: String
        var lines: [String]
        var row: Int
        var column: Int
        var testDescription: String { sent.debugDescription }
    }

    /// On three rows of six columns.
    static let cases: [Case] = [
        Case(sent: "ab", lines: ["ab", "", ""], row: 0, column: 2),
        Case(sent: "ab\ncd", lines: ["ab", "  cd", ""], row: 1, column: 4),
        Case(sent: "ab\r\ncd\rx", lines: ["ab", "xd", ""], row: 1, column: 1),
        // The last column is left only by the next character.
        Case(sent: "123456", lines: ["123456", "", ""], row: 0, column: 5),
        Case(sent: "1234567", lines: ["123456", "7", ""], row: 1, column: 1),
        Case(sent: "123456\r\n7", lines: ["123456", "7", ""], row: 1, column: 1),
        Case(sent: "\u{1B}[?7l1234567", lines: ["123457", "", ""], row: 0, column: 5),
        Case(sent: "12345世", lines: ["12345", "世", ""], row: 1, column: 2),
        Case(sent: "\u{1B}[?7l12345世", lines: ["12345", "", ""], row: 0, column: 5),
        // Wide characters, marks and joined emoji.
        Case(sent: "世e\u{301}x", lines: ["世e\u{301}x", "", ""], row: 0, column: 4),
        Case(sent: "👨‍👩", lines: ["👨\u{200D}👩", "", ""], row: 0, column: 4),
        Case(sent: "12345e\u{301}", lines: ["12345e\u{301}", "", ""], row: 0, column: 5),
        Case(sent: "\u{1112}\u{1161}\u{11AB}x", lines: ["\u{1112}\u{1161}\u{11AB}x", "", ""], row: 0, column: 3),
        // Movements stop at the edges.
        Case(sent: "abc\u{1B}[2Dx", lines: ["axc", "", ""], row: 0, column: 2),
        Case(sent: "\u{1B}[9B\u{1B}[9Cx", lines: ["", "", "     x"], row: 2, column: 5),
        Case(sent: "a\u{1B}[9A\u{1B}[9Dx", lines: ["x", "", ""], row: 0, column: 1),
        Case(sent: "\u{1B}[2;3Hx\u{1B}[Hy\u{1B}[5Gz", lines: ["y   z", "  x", ""], row: 0, column: 5),
        Case(sent: "ab\u{1B}7\r\nc\u{1B}8d", lines: ["abd", "c", ""], row: 0, column: 3),
        // Erasing.
        Case(sent: "abc\u{1B}[2D\u{1B}[K", lines: ["a", "", ""], row: 0, column: 1),
        Case(sent: "abc\u{1B}[2Kx", lines: ["   x", "", ""], row: 0, column: 4),
        Case(sent: "a\r\nb\r\nc\u{1B}[2;1H\u{1B}[J", lines: ["a", "", ""], row: 1, column: 0),
        Case(sent: "a\r\nb\u{1B}[2J", lines: ["", "", ""], row: 1, column: 1),
    ]

    @Test("what is sent looks as on a terminal, in any chunks", arguments: cases)
    func look(of expected: Case) {
        for size in [1, 2, 3, 1000] {
            var screen = TerminalScreen(rows: 3, columns: 6)
            let bytes = Array(expected.sent.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                screen.feed(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(screen.lines == expected.lines)
            #expect(screen.cursor == (expected.row, expected.column))
            #expect(screen.foreignSequences.isEmpty)
        }
    }

    @Test("rows that leave at the top are in the scrollback, those of the alternate screen aren't")
    func scrollback() {
        var screen = TerminalScreen(rows: 2, columns: 9)
        screen.feed("a\r\nb\r\nc\r\nd".utf8)
        #expect(screen.lines == ["c", "d"])
        #expect(screen.allLines == ["a", "b", "c", "d"])
        screen.feed("\u{1B}[?1049hx\r\ny\r\nz".utf8)
        #expect(screen.text == "y\nz")
        screen.feed("\u{1B}[?1049l".utf8)
        #expect(screen.allLines == ["a", "b", "c", "d"])
    }

    @Test("styles stay with their cells")
    func styles() {
        var screen = TerminalScreen(rows: 1, columns: 9)
        screen.feed("a\u{1B}[1;32mb\u{1B}[0mc".utf8)
        #expect(screen.cells[0][0].style == .plain)
        #expect(screen.cells[0][1].style.attributes == [1, 32])
        #expect(screen.cells[0][2].style == .plain)
    }

    @Test(
        "what isn't the product's own is told, whatever way it came",
        arguments: [
            "\u{1B}]0;title\u{07}", "\u{1B}]52;p;eA==\u{1B}\\", "\u{1B}P$q\u{1B}\\", "\u{1B}_x\u{1B}\\", "\u{1B}c",
            "\u{1B}(0", "\u{1B}[c",
            "\u{1B}[6n", "\u{1B}[?1000h", "\u{1B}[31;5m", "\u{1B}[38;5;1m", "\u{1B}[>0c", "\u{1B}[3J", "\u{1B}[1K",
            "\u{08}", "\u{0B}", "\u{7F}",
            "\u{9B}31m", "\u{1B}[5 q", "\u{1B}[2;3r",
        ])
    func foreign(sent: String) {
        var screen = TerminalScreen(rows: 3, columns: 20)
        screen.feed("ab\(sent)".utf8)
        #expect(!screen.foreignSequences.isEmpty)
    }

    @Test("a C1 byte alone is told too, as some terminals obey it")
    func rawC1() {
        var screen = TerminalScreen(rows: 3, columns: 20)
        screen.feed([0x9B, 0x31, 0x6D])
        #expect(!screen.foreignSequences.isEmpty)
    }

    @Test("the bell is counted, and modes are kept")
    func bellsAndModes() {
        var screen = TerminalScreen(rows: 3, columns: 20)
        screen.feed("\u{07}\u{07}\u{1B}[?2004h\u{1B}[?25l".utf8)
        #expect(screen.bells == 2)
        #expect(screen.modes == [7, 2004])
        #expect(screen.foreignSequences.isEmpty)
    }

    @Test("a smaller screen loses rows at the top only if the cursor needs it, a narrower one cuts or wraps")
    func resizing() {
        var screen = TerminalScreen(rows: 4, columns: 6)
        screen.feed("abcdef\r\nghi".utf8)
        screen.resize(rows: 2, columns: 6)
        #expect(screen.allLines == ["abcdef", "ghi"])
        #expect(screen.scrollback.isEmpty)
        screen.resize(rows: 1, columns: 6)
        #expect(screen.allLines == ["abcdef", "ghi"])
        #expect(screen.scrollback.count == 1)
        var wrapping = TerminalScreen(rows: 4, columns: 6)
        wrapping.feed("abcdef\r\nghi".utf8)
        wrapping.narrow(toColumns: 4)
        #expect(wrapping.lines == ["abcd", "ef", "ghi", ""])
        #expect(wrapping.cursor == (2, 3))
        var cutting = TerminalScreen(rows: 2, columns: 6)
        cutting.feed("abcdef".utf8)
        cutting.resize(rows: 2, columns: 4)
        #expect(cutting.lines == ["abcd", ""])
    }
}
