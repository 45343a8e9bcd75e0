import Terminal
import TerminalMarkdown

/// Lays out reasoning as it arrives: as text, with its line breaks, wrapped between words.
///
/// The lines are the same however the text is cut. A row is finished when the next one begins, so that the work for each part
/// depends on its length alone, however long a line is.
struct ReasoningText {
    var width: Int
    private let style: Style
    /// The beginning of the row that is open, sanitised.
    private var row = ""
    /// What came behind it as it came, as a word is sanitised as a whole.
    private var word = String.UnicodeScalarView()
    private var wordLength = 0
    private var blankCount = 0
    private var holdsReturn = false
    /// Empty lines, which are shown once something follows.
    private var emptyLines = 0
    private var hasText = false
    private var finished: [StyledLine] = []

    private static let longestWord = 512
    private static let mostBlanks = 512
    private static let tabWidth = 4

    init(width: Int, style: Style) {
        self.width = width
        self.style = style
    }

    /// Takes the next part of the text.
    mutating func append(_ text: String) {
        for scalar in text.unicodeScalars {
            // A carriage return before a line feed is part of the line break.
            if holdsReturn, scalar != "\n" { add("\r") }
            holdsReturn = scalar == "\r"
            switch scalar {
            case "\r": break
            case "\n": endLine()
            case "\t": for _ in 0..<Self.tabWidth { add(" ") }
            default: add(scalar)
            }
        }
        finishRows()
    }

    /// Ends the text.
    mutating func finish() {
        holdsReturn = false
        endLine()
        emptyLines = 0
    }

    /// The lines that will never change again, since the last call.
    mutating func takeFinished() -> [StyledLine] {
        defer { finished = [] }
        return finished
    }

    /// What may still change, as if the text ended here.
    func openLines() -> [StyledLine] {
        var rest = self
        rest.finished = []
        rest.finish()
        return rest.finished
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        blankCount = scalar == " " ? blankCount + 1 : 0
        if blankCount > Self.mostBlanks { return }
        word.append(scalar)
        wordLength += 1
        if scalar == " " || WordCount.isWord(scalar) || wordLength >= Self.longestWord { endWord() }
    }

    private mutating func endWord() {
        row += StyledText(String(word)).text
        word = String.UnicodeScalarView()
        wordLength = 0
    }

    private mutating func endLine() {
        endWord()
        finishRows()
        if row.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) {
            if hasText { emptyLines += 1 }
        } else {
            add([StyledLine(row, style)].flatMap { $0.wrapped(to: width) })
        }
        row = ""
        blankCount = 0
    }

    /// Finishes all rows but the last, which nothing that follows can change.
    private mutating func finishRows() {
        // No character takes more columns than bytes.
        guard row.utf8.count > width else { return }
        let rows = StyledLine(row, style).wrapped(to: width)
        guard rows.count > 1, let last = rows.last else { return }
        add(Array(rows.dropLast()))
        row = last.text + String(repeating: " ", count: row.utf8.reversed().prefix { $0 == UInt8(ascii: " ") }.count)
    }

    private mutating func add(_ lines: [StyledLine]) {
        finished += Array(repeating: StyledLine(), count: emptyLines) + lines
        emptyLines = 0
        hasText = true
    }
}
