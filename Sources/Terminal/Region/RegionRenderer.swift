/// Draws the region at the bottom of the terminal, and what leaves it upwards.
///
/// It knows what stands on the screen and writes only the rows that changed. A value: frames in, bytes out.
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
        if finished.isEmpty, frame == drawn, !rings { return [] }
        var encoder = EscapeEncoder(colors: colors)
        encoder.beginFrame()
        if rings { encoder.bell() }
        if !finished.isEmpty {
            erase(&encoder)
            encoder.setAutowrap(true)
            for line in finished { encoder.line(line, marks: &marks) }
            encoder.setAutowrap(false)
        }
        update(to: frame, &encoder)
        encoder.endFrame()
        return encoder.bytes
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

    private mutating func update(to frame: Frame, _ encoder: inout EscapeEncoder) {
        var row = drawn.cursorRow
        let old = drawn.rows
        func move(to target: Int, _ encoder: inout EscapeEncoder) {
            encoder.up(row - target)
            let lowest = max(old.count - 1, 0)
            if target > row {
                // Below the rows that are there a line feed scrolls where a cursor movement would stop.
                let moved = min(target, max(lowest, row)) - row
                encoder.down(moved)
                for _ in 0..<(target - row - moved) { encoder.newLine() }
            }
            row = target
            encoder.returnToFirstColumn()
        }
        for index in frame.rows.indices where index >= old.count || old[index] != frame.rows[index] {
            move(to: index, &encoder)
            encoder.row(frame.rows[index], columns: size.columns)
        }
        if old.count > frame.rows.count {
            move(to: frame.rows.count, &encoder)
            encoder.eraseBelow()
        }
        move(to: frame.cursorRow, &encoder)
        encoder.right(frame.cursorColumn)
        drawn = frame
    }
}
