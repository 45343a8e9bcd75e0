/// One row of the region, no wider than the terminal.
struct Row: Hashable, Sendable {
    var runs: [StyledText] = []
    var width = 0
}

/// Fills rows with characters, and begins another row where the terminal's width ends.
///
/// The terminal never wraps these rows itself: it is told where every one of them ends.
struct RowBuilder {
    let columns: Int
    private(set) var rows: [Row] = []
    private var row = Row()
    private var text = ""
    private var style = Style.plain

    /// The column that the next character stands in, unless it is too wide for it.
    var column: Int { row.width }

    init(columns: Int) { self.columns = max(columns, 1) }

    /// Where the next character that is so wide would stand.
    mutating func position(forWidth width: Int) -> (row: Int, column: Int) {
        if row.width + width > columns, row.width > 0 { endRow() }
        return (rows.count, row.width)
    }

    mutating func append(_ character: Character, width: Int, _ style: Style) {
        _ = position(forWidth: width)
        if style != self.style, !text.isEmpty { endRun() }
        self.style = style
        text.append(character)
        // What is wider than the terminal is clipped.
        row.width = min(row.width + width, columns)
    }

    /// Appends a sanitised text character by character.
    mutating func append(_ styled: StyledText) {
        for character in styled.text { append(character, width: TextWidth.width(of: character), styled.style) }
    }

    /// Appends scalars that are characters of their own, each as wide as ``TextWidth/widthIfPlain(_:)`` says.
    mutating func append(plain scalars: ArraySlice<Unicode.Scalar>, _ style: Style) {
        if style != self.style, !text.isEmpty { endRun() }
        self.style = style
        for scalar in scalars {
            let width = TextWidth.widthIfPlain(scalar) ?? 1
            if row.width + width > columns, row.width > 0 { endRow() }
            text.unicodeScalars.append(scalar)
            row.width = min(row.width + width, columns)
        }
    }

    /// Appends a text as far as the row goes; nothing where that is hardly anything.
    mutating func appendToRowEnd(_ styled: StyledText) {
        let room = columns - row.width
        guard room > 1, !styled.text.isEmpty else { return }
        let rest = Row.cutting(StyledLine([styled]), columns: room)
        endRun()
        row.runs += rest.runs
        row.width += rest.width
    }

    mutating func append(_ line: StyledLine) {
        for run in line.runs { append(run) }
    }

    mutating func endRow() {
        endRun()
        rows.append(row)
        row = Row()
    }

    /// Ends the run of one style; how many runs the row has now.
    @discardableResult
    mutating func endRun() -> Int {
        if !text.isEmpty { row.runs.append(StyledText(sanitized: text, style)) }
        text = ""
        return row.runs.count
    }
}

extension Row {
    /// A line that is no wider than the terminal.
    init(_ line: StyledLine) { self.init(runs: line.runs, width: line.width) }

    /// A line of the scrollback as a row; nil where the terminal has to lay it out: it is wider than that, or in characters that
    /// terminals draw in other widths, so that keeping each in its column would leave gaps in the text for good.
    init?(finished line: StyledLine, columns: Int) {
        self.init(line)
        if width > columns || !hasCertainWidth { return nil }
    }

    /// Whether nothing in it may be drawn wider or narrower by a terminal than we think, so that every part of it is in its place.
    var hasCertainWidth: Bool {
        runs.allSatisfy { run in
            run.text.utf8.allSatisfy { $0 < 0x80 } || !run.text.contains { TextWidth.isUncertain($0) }
        }
    }

    /// What has to be written to get this row in the place of another one, or of whatever stands there.
    ///
    /// Of a row that is sure to be in its place only what follows the first difference.
    func change(from old: Row?, columns: Int) -> RowChange {
        guard let old, old.hasCertainWidth, hasCertainWidth else {
            // Behind the last column there is nothing to clear, and the cursor would still be on it.
            return RowChange(runs: runs, column: 0, clearsRow: width >= columns, clearsRest: width < columns)
        }
        let same = zip(runs, old.runs).prefix { $0 == $1 }.count
        var column = runs[..<same].reduce(0) { $0 + TextWidth.width(of: $1.text) }
        var rest = Array(runs[same...])
        if let first = rest.first, same < old.runs.count, first.style == old.runs[same].style {
            let end = first.text.endOfCommonPrefix(with: old.runs[same].text)
            column += TextWidth.width(of: String(first.text[..<end]))
            rest[0] = StyledText(sanitized: String(first.text[end...]), first.style)
        }
        return RowChange(runs: rest, column: column, clearsRow: false, clearsRest: width < min(old.width, columns))
    }
}

/// A part of a row, from a column to the end of the row.
struct RowChange {
    var runs: [StyledText]
    var column: Int
    /// The whole row is cleared first.
    var clearsRow: Bool
    /// What stands behind it is cleared.
    var clearsRest: Bool
}

extension String {
    /// Where the characters end that both begin with.
    fileprivate func endOfCommonPrefix(with other: String) -> Index {
        var (index, otherIndex) = (startIndex, other.startIndex)
        while index < endIndex, otherIndex < other.endIndex, self[index] == other[otherIndex] {
            formIndex(after: &index)
            other.formIndex(after: &otherIndex)
        }
        return index
    }
}

extension Row {
    /// The rows of one line, wrapped at the terminal's width; an empty line is one empty row.
    static func wrapping(_ line: StyledLine, columns: Int) -> [Row] {
        if line.width <= columns { return [Row(line)] }
        var builder = RowBuilder(columns: columns)
        builder.append(line)
        builder.endRow()
        return builder.rows
    }

    /// The one row of a line that is cut where the terminal's width ends, with an ellipsis.
    static func cutting(_ line: StyledLine, columns: Int) -> Row {
        if line.width <= columns { return wrapping(line, columns: columns)[0] }
        var builder = RowBuilder(columns: columns)
        outer: for run in line.runs {
            for character in run.text {
                let width = TextWidth.width(of: character)
                if builder.column + width > columns - 1 { break outer }
                builder.append(character, width: width, run.style)
            }
        }
        builder.append("…", width: 1, .dim)
        builder.endRow()
        return builder.rows[0]
    }
}
