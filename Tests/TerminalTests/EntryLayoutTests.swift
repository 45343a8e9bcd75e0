import TestSupport
import Testing

@testable import Terminal

@Suite("EntryLayout")
struct EntryLayoutTests {
    private static let prompt = Prompt(main: "> ", continuation: ". ")

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        /// The offset of the cursor in scalars; the end if nil.
        var cursor: Int?
        var columns = 10
        var rows: [String]
        var row: Int
        var column: Int

        var testDescription: String {
            "\(text.debugDescription) at \(cursor.map(String.init) ?? "the end") in \(columns)"
        }
    }

    static let cases: [Case] = [
        Case(text: "", rows: ["> "], row: 0, column: 2),
        Case(text: "abc", rows: ["> abc"], row: 0, column: 5),
        Case(text: "abc", cursor: 0, rows: ["> abc"], row: 0, column: 2),
        Case(text: "a\nbc", rows: ["> a", ". bc"], row: 1, column: 4),
        Case(text: "a\nbc", cursor: 1, rows: ["> a", ". bc"], row: 0, column: 3),
        Case(text: "a\n", rows: ["> a", ". "], row: 1, column: 2),
        Case(text: "\n\n", cursor: 1, rows: ["> ", ". ", ". "], row: 1, column: 2),
        // A full row: the cursor goes on in the next.
        Case(text: "12345678", rows: ["> 12345678", ""], row: 1, column: 0),
        Case(text: "12345678", cursor: 7, rows: ["> 12345678"], row: 0, column: 9),
        Case(text: "123456789", rows: ["> 12345678", "9"], row: 1, column: 1),
        Case(text: "12345678\nx", cursor: 8, rows: ["> 12345678", "", ". x"], row: 1, column: 0),
        // Wide characters don't stand in two rows.
        Case(text: "1234567世", rows: ["> 1234567", "世"], row: 1, column: 2),
        Case(text: "1234567世", cursor: 7, rows: ["> 1234567", "世"], row: 1, column: 0),
        Case(text: "世世世世", cursor: 3, rows: ["> 世世世世"], row: 0, column: 8),
        Case(text: "👨‍👩‍👧x", cursor: 5, rows: ["> 👨‍👩‍👧x"], row: 0, column: 4),
        Case(text: "e\u{301}x", cursor: 2, rows: ["> e\u{301}x"], row: 0, column: 3),
        Case(text: "น้ำx", cursor: 3, rows: ["> น้ำx"], row: 0, column: 4),
        // Inside a character the cursor stands on it.
        Case(text: "ae\u{301}x", cursor: 2, rows: ["> ae\u{301}x"], row: 0, column: 3),
        // Tabs go to every eighth column of the terminal, and no further than its edge.
        Case(text: "\tx", columns: 20, rows: [">       x"], row: 0, column: 9),
        Case(text: "\tx", cursor: 0, columns: 20, rows: [">       x"], row: 0, column: 2),
        Case(text: "123456\tx", columns: 12, rows: ["> 123456    ", "x"], row: 1, column: 1),
        // What can't be shown as it is.
        Case(text: "a\u{3}b", rows: ["> a␃b"], row: 0, column: 5),
        Case(text: "\u{1B}[31m", rows: ["> ␛[31m"], row: 0, column: 7),
        Case(text: "\u{202E}x", cursor: 1, columns: 20, rows: ["> <U+202E>x"], row: 0, column: 10),
        Case(text: "\u{301}", columns: 20, rows: ["> <U+301>"], row: 0, column: 9),
        Case(text: "\r", rows: ["> ␍"], row: 0, column: 3),
        // Terminals too narrow for anything.
        Case(text: "ab", columns: 1, rows: [">", " ", "a", "b", ""], row: 4, column: 0),
        Case(text: "世", columns: 1, rows: [">", " ", "世", ""], row: 3, column: 0),
    ]

    @Test("an entry is cut into rows, and the cursor stands where the next character would", arguments: cases)
    func layout(of expected: Case) {
        let entry = Entry(Array(expected.text.unicodeScalars), cursor: expected.cursor)
        let layout = EntryLayout(
            entry, prompt: Self.prompt, folds: FoldedPastes(), columns: expected.columns)
        #expect(layout.rows.map { $0.runs.map(\.text).joined() } == expected.rows)
        #expect(layout.cursorRow == expected.row)
        #expect(layout.cursorColumn == expected.column)
    }

    @Test(
        "E14: of a character with ten thousand marks no more than eight join another, in whatever pieces it is looked at"
    )
    func marks() {
        for marks in ["\u{301}", "\u{200D}\u{FE0F}"] {
            let scalars = Array(("a" + String(repeating: marks, count: 5000) + "b").unicodeScalars)
            let layout = EntryLayout(Entry(scalars), prompt: Self.prompt, folds: FoldedPastes(), columns: 80)
            for row in layout.rows {
                var screen = TerminalScreen(rows: 1, columns: 200)
                screen.feed(row.runs.map(\.text).joined().utf8)
                #expect(screen.foreignSequences == [])
            }
        }
    }

    @Test("no row is wider than the terminal, and the cursor is always inside", arguments: [1, 2, 3, 7, 21])
    func bounds(columns: Int) {
        var generator = SeededGenerator(seed: UInt64(columns))
        for _ in 0..<300 {
            let scalars = RandomText.scalars(count: 40, &generator)
            let entry = Entry(scalars, cursor: Int.random(in: 0...scalars.count, using: &generator))
            let layout = EntryLayout(entry, prompt: Self.prompt, folds: FoldedPastes(), columns: columns)
            #expect(layout.rows.allSatisfy { $0.width <= columns })
            #expect(layout.rows.indices.contains(layout.cursorRow))
            #expect((0..<columns).contains(layout.cursorColumn))
        }
    }

    @Test("a folded paste is one thing on the screen")
    func folds() throws {
        var folds = FoldedPastes()
        let paste = folds.fold(Array(repeating: "x", count: 3000))
        let text = try ["a"] + #require(paste) + ["b"]
        let layout = EntryLayout(Entry(text), prompt: Self.prompt, folds: folds, columns: 80)
        #expect(layout.rows[0].runs.map(\.text).joined() == "> a[pasted 3000 characters]b")
    }

    @Test(
        "a suggestion stands behind the entry as far as its row goes, and never makes it higher",
        arguments: [
            ("ab", "cdef", 20, ["> abcdef"]), ("ab", "cdefgh", 8, ["> abcde…"]),
            ("ab", "cd", 5, ["> ab"]), ("ab", "cd", 4, ["> ab", "cd"]), ("ab\nc", "世界x", 8, ["> ab", ". c世界x"]),
            ("ab\nc", "世界x", 7, ["> ab", ". c世…"]),
        ])
    func suggestion(text: String, rest: String, columns: Int, rows: [String]) {
        let layout = EntryLayout(
            Entry(text), prompt: Self.prompt, folds: FoldedPastes(), columns: columns,
            suggestion: StyledText(rest, .dim))
        let plain = EntryLayout(Entry(text), prompt: Self.prompt, folds: FoldedPastes(), columns: columns)
        #expect(layout.rows.map { $0.runs.map(\.text).joined() } == rows)
        #expect(layout.rows.count == plain.rows.count && layout.rows.allSatisfy { $0.width <= columns })
        #expect(layout.cursorRow == plain.cursorRow && layout.cursorColumn == plain.cursorColumn)
    }

    @Test("runs of plain text are laid out as character by character", arguments: [1, 5, 11, 40])
    func plainRuns(columns: Int) {
        var generator = SeededGenerator(seed: 7)
        let pieces = [
            "a", "b", " ", "ß", "ж", "ж\u{301}", "世", "가", "の", "か\u{3099}", "、", "Ａ", "©", "©\u{FE0F}", "e\u{301}",
            "🙂",
            "👨‍👩‍👧", "น้ำ",
        ]
        for _ in 0..<300 {
            let text = (0...20).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            let scalars = Array(text.unicodeScalars)
            let entry = Entry(scalars, cursor: Int.random(in: 0..<scalars.count, using: &generator))
            let layout = EntryLayout(entry, prompt: Self.prompt, folds: FoldedPastes(), columns: columns)
            #expect(layout.rows == Row.wrapping(StyledLine("> " + text), columns: columns), "\(text)")
        }
    }

    @Test("in the scrollback a line stays one line, whatever its length")
    func scrollback() {
        let long = String(repeating: "世", count: 500)
        let lines = EntryLayout.lines(Entry("\(long)\n\tx\u{3}"), prompt: Self.prompt, folds: FoldedPastes())
        #expect(lines.map(\.text) == ["> \(long)", ".       x␃"])
    }
}

/// Texts as nasty as people and pastes make them.
enum RandomText {
    static let pieces: [[Unicode.Scalar]] = [
        "a", "b", " ", "word", "世", "界", "é", "e\u{301}", "🙂", "👍🏽", "👨‍👩‍👧", "❤️", "🇩🇪", "\t", "\n", "\u{3}", "\u{1B}",
        "\u{202E}", "한",
        "\u{1112}\u{1161}\u{11AB}", "น้ำ", "कि", "1️⃣", "\u{301}", "\u{200D}",
    ].map { (text: String) in Array(text.unicodeScalars) }

    static func scalars(count: Int, _ generator: inout SeededGenerator) -> [Unicode.Scalar] {
        (0..<Int.random(in: 0...count, using: &generator)).flatMap { _ in pieces.randomElement(using: &generator) ?? []
        }
    }
}
