/// Turns the rows that stand on the screen into others, from top to bottom, and writes no more than what differs.
///
/// Rows are counted from where the region began when the frame did. A row that leaves the region upwards is set like any other, so
/// one that stands there already costs nothing.
struct RegionPainter {
    private var encoder: EscapeEncoder
    private let columns: Int
    /// What stands on the screen.
    private var old: [Row]
    /// The row that the cursor is in.
    private var cursorRow: Int
    /// The lowest row that a cursor movement reaches; below it a line feed scrolls where a movement would stop.
    private var lowest: Int
    /// How many rows are as they should be.
    private(set) var count = 0
    /// Whether the terminal has to be told where a frame begins and ends.
    private var isFramed = false

    /// Fewer bytes reach a terminal in one piece, and it shows none of the steps between.
    private static let framedBytes = 100

    /// Begins a frame, on a screen that shows another one.
    init(over drawn: RegionRenderer.Frame, columns: Int, colors: ColorSupport, rings: Bool = false) {
        encoder = EscapeEncoder(colors: colors)
        self.columns = columns
        (old, cursorRow) = (drawn.rows, drawn.cursorRow)
        lowest = max(old.count - 1, cursorRow)
        if rings { encoder.bell() }
    }

    /// Takes the first rows away, those below move up.
    mutating func deleteRows(_ count: Int) {
        if count == 0 { return }
        move(to: 0)
        encoder.deleteLines(count)
        old.removeFirst(count)
    }

    /// Puts empty rows before a row; that and those below move down.
    mutating func insertRows(_ count: Int, at index: Int) {
        if count == 0 { return }
        let missing = old.count + count - 1 - lowest
        if missing > 0 { move(to: lowest + missing) }
        move(to: index)
        encoder.insertLines(count)
        old.insert(contentsOf: repeatElement(Row(), count: count), at: index)
    }

    /// The next row.
    mutating func set(_ row: Row) {
        defer { count += 1 }
        let before = count < old.count ? old[count] : nil
        if before == row { return }
        isFramed = isFramed || !row.hasCertainWidth
        let change = row.change(from: before, columns: columns)
        move(to: count, column: change.column)
        encoder.change(change)
    }

    /// The next line of the scrollback.
    ///
    /// One that fits is a row. One that doesn't, such as a line of code, is wrapped by the terminal, so that it re-wraps it too, and
    /// copies it as one line.
    mutating func print(_ line: StyledLine, marks: inout PromptMarks) {
        let before = marks.before(line)
        let promptRuns = marks.promptRuns(of: line)
        let after = marks.after(line)
        if before.isEmpty, promptRuns == nil, let row = Row(finished: line, columns: columns) {
            set(row)
        } else {
            move(to: count)
            isFramed = true
            // Where it ends is known best by the terminal: what stood below is gone, and what follows it begins on a line of its own.
            encoder.eraseFromThisRow()
            old.removeSubrange(min(count, old.count)...)
            encoder.setAutowrap(true)
            for mark in before { encoder.mark(mark) }
            for (index, run) in line.runs.enumerated() {
                if index == promptRuns { encoder.mark(.entryStart) }
                encoder.append(run)
            }
            if let promptRuns, promptRuns >= line.runs.count { encoder.mark(.entryStart) }
            encoder.setAutowrap(false)
            count += Row.wrapping(line, columns: columns).count
            (cursorRow, lowest) = (count - 1, count - 1)
        }
        if after.isEmpty { return }
        move(to: count)
        for mark in after { encoder.mark(mark) }
    }

    /// Ends the frame: erases what stands below the last row, and puts the cursor where it belongs.
    mutating func finish(cursorRow: Int, column: Int) -> [UInt8] {
        if old.count > count {
            move(to: count)
            encoder.eraseBelow()
        }
        move(to: cursorRow, column: column)
        if isFramed || encoder.bytes.count > Self.framedBytes { encoder.frame() }
        return encoder.bytes
    }

    /// Puts the cursor into a row and column.
    private mutating func move(to row: Int, column: Int = 0) {
        if row == cursorRow + 1 || row > lowest {
            encoder.down(min(row - 1, lowest) - cursorRow)
            for _ in min(row - 1, lowest)..<row { encoder.newLine() }
            if column > 0 { encoder.column(column) }
        } else {
            encoder.up(cursorRow - row)
            encoder.down(row - cursorRow)
            encoder.column(column)
        }
        cursorRow = row
        lowest = max(lowest, row)
    }
}
