extension TerminalScreen {
    /// Makes the screen narrower and wraps the rows that are too long, as kitty, foot, tmux and VTE do.
    ///
    /// Rows aren't joined again when it gets wider.
    public mutating func narrow(toColumns newColumns: Int) {
        let newColumns = max(newColumns, 1)
        var wrapped: [[Cell]] = []
        var newCursor = (row: 0, column: 0)
        for (index, row) in cells.enumerated() {
            var length = row.lastIndex { $0 != Cell() }.map { $0 + 1 } ?? 0
            if index == cursor.row {
                newCursor = (wrapped.count + cursor.column / newColumns, cursor.column % newColumns)
                length = max(length, cursor.column + 1)
            }
            var start = 0
            repeat {
                let part = row[start..<min(start + newColumns, max(length, start))]
                wrapped.append(part + Array(repeating: Cell(), count: newColumns - part.count))
                start += newColumns
            } while start < length
        }
        while wrapped.count > rows, wrapped.count - 1 > newCursor.row,
            wrapped.last?.allSatisfy({ $0 == Cell() }) == true
        {
            wrapped.removeLast()
        }
        while wrapped.count > rows {
            scrollback.append(wrapped.removeFirst())
            newCursor.row -= 1
        }
        (cells, columns) = (wrapped, newColumns)
        cursor = (max(newCursor.row, 0), newCursor.column)
        mustWrap = false
        forgetFinishedLines()
    }
}
