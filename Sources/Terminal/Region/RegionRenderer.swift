/// Draws the region at the bottom of the terminal, and what leaves it upwards.
///
/// It knows what stands on the screen and writes only what changed: of a row what follows the first difference, and of a line that
/// leaves upwards and stands there already nothing. A value: frames in, bytes out.
struct RegionRenderer {
    /// What the region is to look like.
    struct Frame: Equatable {
        var rows: [Row] = []
        var cursorRow = 0
        var cursorColumn = 0
    }

    private(set) var size: TerminalSize
    var colors: ColorSupport
    private let reflows: Bool
    /// What stands on the screen; empty after an erase.
    private var drawn = Frame()
    private var marks: PromptMarks

    init(size: TerminalSize, colors: ColorSupport, reflows: Bool, showsPromptMarks: Bool = false) {
        marks = PromptMarks(isShown: showsPromptMarks)
        self.size = size
        self.colors = colors
        self.reflows = reflows
    }

    /// Prints finished lines above the region and draws it below them, in one go.
    mutating func draw(_ frame: Frame, finished: [StyledLine] = [], rings: Bool = false) -> [UInt8] {
        defer { drawn = frame }
        if finished.isEmpty, !rings {
            if frame == drawn { return [] }
            if let bytes = changeOfOneRow(to: frame) { return bytes }
        }
        var painter = RegionPainter(over: drawn, columns: size.columns, colors: colors, rings: rings)
        let gone = finished.isEmpty ? rowsGone(in: frame) : 0
        painter.deleteRows(gone)
        let rowsBelow = rowsBelow(in: frame, behind: gone, finished: finished)
        if rowsBelow > 0 {
            let added = finished.count + frame.rows.count - (drawn.rows.count - gone)
            painter.insertRows(added, at: drawn.rows.count - gone - rowsBelow)
        }
        for line in finished { painter.print(line, marks: &marks) }
        let top = painter.count
        for row in frame.rows { painter.set(row) }
        return painter.finish(cursorRow: top + frame.cursorRow, column: frame.cursorColumn)
    }

    /// The bytes for a frame that differs in one row only, such as the last one of an answer that streams; nil for any other.
    ///
    /// The cursor comes back by itself (DECRC), so nothing has to be hidden meanwhile: a word more costs little more than its letters.
    private func changeOfOneRow(to frame: Frame) -> [UInt8]? {
        guard frame.rows.count == drawn.rows.count, frame.cursorRow == drawn.cursorRow,
            frame.cursorColumn == drawn.cursorColumn
        else { return nil }
        let changed = frame.rows.indices.filter { frame.rows[$0] != drawn.rows[$0] }
        guard changed.count == 1, frame.rows[changed[0]].hasCertainWidth else { return nil }
        let change = frame.rows[changed[0]].change(from: drawn.rows[changed[0]], columns: size.columns)
        var encoder = EscapeEncoder(colors: colors)
        encoder.saveCursor()
        encoder.up(frame.cursorRow - changed[0])
        encoder.down(changed[0] - frame.cursorRow)
        encoder.column(change.column)
        encoder.change(change)
        encoder.restoreCursor()
        return encoder.bytes
    }

    /// How many rows have left at the top, those below being there still: an open block that is higher than its room has grown.
    private func rowsGone(in frame: Frame) -> Int {
        guard let first = frame.rows.first, first != drawn.rows.first else { return 0 }
        for gone in drawn.rows.indices.dropFirst() where drawn.rows[gone] == first {
            let kept = zip(drawn.rows[gone...], frame.rows).prefix { $0 == $1 }.count
            // What moves must be more than what has to be written below it again.
            if kept > max(gone, 2) { return gone }
        }
        return 0
    }

    /// How many rows at the end stay as they are, with new ones above them: the entry under an answer that grows.
    ///
    /// None where the first rows would leave the screen before they are as they should be.
    private func rowsBelow(in frame: Frame, behind gone: Int, finished: [StyledLine]) -> Int {
        let count = finished.count + frame.rows.count
        guard count > drawn.rows.count - gone, count <= size.rows,
            finished.allSatisfy({ Row(finished: $0, columns: size.columns) != nil })
        else { return 0 }
        let same = zip(drawn.rows.reversed(), frame.rows.reversed()).prefix { $0 == $1 }.count
        return min(same, drawn.rows.count - gone)
    }

    /// Removes the region; the cursor stays where it began.
    mutating func erase() -> [UInt8] {
        var encoder = EscapeEncoder(colors: colors)
        erase(&encoder)
        return encoder.bytes
    }

    /// Says that nothing more comes, where the terminal was told what the lines are.
    mutating func endMarks() -> [UInt8] {
        var encoder = EscapeEncoder(colors: colors)
        for mark in marks.end() { encoder.mark(mark) }
        return encoder.bytes
    }

    /// Empties the screen, so that the region is drawn anew at the top.
    mutating func clearScreen() -> [UInt8] {
        var encoder = EscapeEncoder(colors: colors)
        encoder.clearScreen()
        drawn = Frame()
        return encoder.bytes
    }

    /// Forgets what stands on the screen, as another program has written to it.
    mutating func forget() { drawn = Frame() }

    /// Removes the region from a terminal that has got another size.
    ///
    /// Every row ends in a line break of ours, so a terminal that got narrower and re-wraps shows each as
    /// ceil(width / columns) rows.
    mutating func resize(to newSize: TerminalSize) -> [UInt8] {
        let narrower = newSize.columns < size.columns
        size = newSize
        guard !drawn.rows.isEmpty else { return [] }
        var up = drawn.cursorRow
        if reflows, narrower {
            let columns = newSize.columns
            up = drawn.rows[..<drawn.cursorRow].reduce(0) { $0 + max(1, ($1.width + columns - 1) / columns) }
            up += drawn.cursorColumn / columns
        }
        var encoder = EscapeEncoder(colors: colors)
        encoder.up(min(up, newSize.rows - 1))
        encoder.eraseFromThisRow()
        drawn = Frame()
        return encoder.bytes
    }

    private mutating func erase(_ encoder: inout EscapeEncoder) {
        guard !drawn.rows.isEmpty else { return }
        encoder.up(drawn.cursorRow)
        encoder.eraseFromThisRow()
        drawn = Frame()
    }
}
