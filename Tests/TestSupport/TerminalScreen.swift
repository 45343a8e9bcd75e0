/// A terminal's screen as a value that is fed bytes: enough of a VT to see what a person would see.
///
/// It works scalar by scalar, as many real terminals do: marks and joiners stick to the cell before them, and every emoji of a
/// joined sequence takes two columns. What was sent beyond the product's own escape sequences is kept in
/// ``foreignSequences``, so that any test can assert that nothing else got through.
public struct TerminalScreen: Sendable {
    /// How a cell looks.
    public struct Style: Hashable, Sendable {
        /// The parameters of SGR that are set, such as 1 for bold and 32 for green.
        public var attributes: Set<Int> = []
        /// A colour beyond the sixteen: `5;208` of the palette, or `2;255;135;0` exactly.
        public var color: String?
        /// The plain look.
        public static let plain = Style()
    }

    /// One column of a row.
    public struct Cell: Hashable, Sendable {
        /// The character in it; empty in the right half of a wide one.
        public var text = " "
        /// Its look.
        public var style = Style.plain
        /// Where a click on it leads (OSC 8).
        public var link: String?
    }

    /// The number of rows.
    public internal(set) var rows: Int
    /// The number of columns.
    public internal(set) var columns: Int
    /// The cells by row and column.
    public internal(set) var cells: [[Cell]]
    /// Rows that have left the screen at its top, oldest first.
    public internal(set) var scrollback: [[Cell]] = []
    /// Where the cursor is, counted from 0.
    public internal(set) var cursor = (row: 0, column: 0)
    /// Private modes that are set, such as 2004 for bracketed paste.
    public internal(set) var modes: Set<Int> = [7, 25]
    /// Every sequence, control and hidden character that isn't the product's own, readable; no more than a hundred.
    public internal(set) var foreignSequences: [String] = []
    /// What is the product's own, but nothing that it sends there: above the region, with a look left on; no more than a hundred.
    public internal(set) var misplaced: [String] = []
    /// A mark of what is a prompt (A), an entry (B), what comes of it (C), and where that ends (D).
    public struct Mark: Hashable, Sendable {
        /// The letter.
        public let kind: String
        /// The line that it stands in, counted from the first of the scrollback.
        public let line: Int
        /// The column that it stands before.
        public let column: Int
    }

    /// The marks that were set, in order (OSC 133).
    public internal(set) var marks: [Mark] = []
    /// What was sent to be put into the clipboard, as it was sent; each is among the foreign sequences, too.
    public internal(set) var clipboard: [String] = []
    /// What the window is called.
    public internal(set) var title = "the old title"
    /// The names that were put by (XTWINOPS 22).
    var titles: [String] = []
    /// How often the bell rang.
    public internal(set) var bells = 0

    var style = Style.plain
    var link: String?
    var saved: (row: Int, column: Int, style: Style) = (0, 0, .plain)
    var mustWrap = false
    var primary: (cells: [[Cell]], cursor: (row: Int, column: Int))?
    /// The rows that scroll, where a full-screen view has said so.
    var scrollRegion: ClosedRange<Int>?
    var parser = TerminalScreenParser()
    var lastScalar: Unicode.Scalar = " "
    var questions: [Question] = []
    var answeredQuestions = 0
    /// The first line, counted from that of the scrollback, that may still change; those above are finished.
    var firstOpenLine = 0
    var isJustHome = false
    var isBehindText = false
    /// Whether something was shown since the line editor has had the terminal.
    var hasPrompt = false
    var hasWrapped = false
    var isInFlag = false

    /// An empty screen.
    public init(rows: Int = 24, columns: Int = 80) {
        (self.rows, self.columns) = (max(rows, 1), max(columns, 1))
        cells = Array(repeating: Array(repeating: Cell(), count: self.columns), count: self.rows)
    }

    /// Takes bytes from the program, cut anywhere.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            for token in parser.feed(byte) { apply(token) }
        }
    }

    /// Gives the screen another size, without re-wrapping, as xterm does: rows leave at the top if the cursor would be below.
    public mutating func resize(rows newRows: Int, columns newColumns: Int) {
        defer { forgetFinishedLines() }
        scrollRegion = nil
        let newRows = max(newRows, 1)
        while cells.count > newRows {
            if cursor.row < cells.count - 1 {
                cells.removeLast()
            } else {
                scrollback.append(cells.removeFirst())
                cursor.row -= 1
            }
        }
        columns = max(newColumns, 1)
        rows = newRows
        for index in cells.indices {
            cells[index] = Array(cells[index].prefix(columns))
            cells[index] += Array(repeating: Cell(), count: columns - cells[index].count)
        }
        while cells.count < rows { cells.append(blankRow) }
        cursor.column = min(cursor.column, columns - 1)
        mustWrap = false
    }

    /// The rows as text, without the blanks at their ends.
    public var lines: [String] { cells.map(TerminalScreen.text) }

    /// The scrollback and the screen as text, without empty rows at the end.
    public var allLines: [String] {
        var lines = (scrollback + cells).map(TerminalScreen.text)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The screen as text, without empty rows at the end.
    public var text: String {
        var lines = lines
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// Whether a text is somewhere on the screen, in one row.
    public func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// Whether a text is in the scrollback and on the screen, wherever it was wrapped: blanks and line ends don't count.
    public func containsWrapped(_ text: String) -> Bool {
        allLines.joined().filter { !$0.isWhitespace }.contains(text.filter { !$0.isWhitespace })
    }

    var blankRow: [Cell] { Array(repeating: Cell(), count: columns) }

    private static func text(of row: [Cell]) -> String {
        var text = row.map(\.text).joined()
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
