/// What the region shows, before it is fitted to the terminal's height.
struct RegionContent {
    /// The block of an answer that is still open.
    var open: [StyledLine]
    var status: StyledLine?
    var entry: EntryLayout
    /// The menu or the search line.
    var below: [Row] = []

    /// How many rows there may be below the entry: all but the status and the three of the entry that are always seen.
    func roomBelow(height: Int) -> Int {
        max(max(height, 1) - (status != nil && height > 1 ? 1 : 0) - min(entry.rows.count, 3), 0)
    }

    /// The rows that fit: the end of the open block, the status, the part of the entry around the cursor, what is below.
    ///
    /// - Parameters:
    ///   - size: The size of the terminal.
    ///   - scroll: The first row of the entry that is shown; kept from frame to frame, so that it moves no more than
    ///     the cursor makes it.
    /// - Returns: What is to be drawn.
    func frame(size: TerminalSize, scroll: inout Int) -> RegionRenderer.Frame {
        let height = max(size.rows, 1)
        let statusRows = height > 1 ? status.map { [Row.cutting($0, columns: size.columns)] } ?? [] : []
        let belowRows = Array(below.prefix(roomBelow(height: height)))
        let entryShare = min(entry.rows.count, max(height / 2, 1))
        let openRows = lastRowsOfOpen(
            count: height - statusRows.count - belowRows.count - entryShare, columns: size.columns)
        let above = openRows + statusRows
        let window = max(height - above.count - belowRows.count, 1)
        let entryRows = visibleEntryRows(window: window, columns: size.columns, scroll: &scroll)
        return RegionRenderer.Frame(
            rows: above + entryRows + belowRows, cursorRow: above.count + entry.cursorRow - scroll,
            cursorColumn: min(entry.cursorColumn, max(size.columns - 1, 0)))
    }

    private func lastRowsOfOpen(count: Int, columns: Int) -> [Row] {
        var rows: [Row] = []
        for line in open.reversed() {
            if rows.count >= count { break }
            rows = Row.wrapping(line, columns: columns) + rows
        }
        return rows.suffix(max(count, 0))
    }

    private func visibleEntryRows(window: Int, columns: Int, scroll: inout Int) -> [Row] {
        let count = entry.rows.count
        scroll = min(scroll, entry.cursorRow, max(count - window, 0))
        scroll = max(scroll, entry.cursorRow - window + 1, 0)
        var rows = Array(entry.rows[scroll..<min(scroll + window, count)])
        let hiddenBelow = count - scroll - rows.count
        if scroll > 0 { rows[0].mark("↑\(scroll)", columns: columns) }
        if hiddenBelow > 0, rows.count > 1 { rows[rows.count - 1].mark("↓\(hiddenBelow)", columns: columns) }
        return rows
    }
}

extension Row {
    /// Puts a mark at the right end, if there is room.
    fileprivate mutating func mark(_ text: String, columns: Int) {
        let markWidth = TextWidth.width(of: text)
        let blanks = columns - width - markWidth
        guard blanks > 0 else { return }
        runs.append(StyledText(String(repeating: " ", count: blanks)))
        runs.append(StyledText(text, .dim))
        width = columns
    }
}
