/// How a ``ListPicker`` looks: a value that makes frames of the state, for windows of any size.
///
///     Title
///     › what is typed
///     › the selected row            detail │ its preview
///       another row                 detail │
///     2 of 10 · ↑↓ move · Enter choose · Esc leave
struct ListPickerView: Sendable {
    /// Narrower windows have no room for a preview.
    static let narrowestWithPreview = 80
    /// No more of a title is looked at than can be seen.
    private static let longestText = 1000

    let title: String
    let rows: [ListPicker.Row]
    let hasPreview: Bool
    private let symbols: Symbols

    private struct Symbols {
        var marker: String
        var bar: String
        var hint: String
    }

    /// With signs beyond ASCII if the locale is UTF-8.
    init(title: String, rows: [ListPicker.Row], isUTF8: Bool) {
        (self.title, self.rows) = (title, rows)
        hasPreview = rows.contains { !$0.preview.isEmpty }
        symbols =
            isUTF8
            ? Symbols(marker: "› ", bar: "│", hint: " · type to filter · ↑↓ move · Enter choose · Esc leave")
            : Symbols(marker: "> ", bar: "|", hint: ", type to filter, Up/Down move, Enter choose, Esc leave")
    }

    /// Which rows of a window show what; a low one keeps the list longest.
    private struct Layout {
        var title: Int?
        var filter: Int?
        var list: Range<Int>
        var footer: Int?

        init(rows: Int) {
            title = rows >= 6 ? 0 : nil
            filter = rows >= 2 ? (title == nil ? 0 : 1) : nil
            footer = rows >= 4 ? rows - 1 : nil
            list = (filter.map { $0 + 1 } ?? 0)..<(footer ?? max(rows, 1))
        }
    }

    /// How many rows of the list a window shows.
    static func listHeight(in size: TerminalSize) -> Int { Layout(rows: size.rows).list.count }

    func frame(of state: ListPickerState, in size: TerminalSize) -> FullScreenFrame {
        let layout = Layout(rows: size.rows)
        let listColumns =
            hasPreview && size.columns >= ListPickerView.narrowestWithPreview
            ? size.columns * 9 / 20 : size.columns
        var frame = FullScreenFrame()
        frame.cursor = FullScreenFrame.Position(row: layout.list.lowerBound, column: 0)
        if let row = layout.title { frame.put(StyledLine(title, .bold), row: row, columns: size.columns) }
        if let row = layout.filter { putFilter(state.filter, row: row, columns: size.columns, in: &frame) }
        putList(state, rows: layout.list, columns: listColumns, in: &frame)
        if listColumns < size.columns {
            putPreview(state, rows: layout.list, columns: (listColumns + 1)..<size.columns, in: &frame)
        }
        if let row = layout.footer {
            frame.put(StyledLine(count(state) + symbols.hint, .dim), row: row, columns: size.columns)
        }
        return frame
    }

    private func count(_ state: ListPickerState) -> String {
        state.filter.isEmpty ? "\(rows.count)" : "\(state.matches.count) of \(rows.count)"
    }

    /// The end of the filter, as much as there is room for, with the cursor behind it.
    private func putFilter(_ filter: String, row: Int, columns: Int, in frame: inout FullScreenFrame) {
        let marker = StyledText(symbols.marker, Style.bold.colored(.green))
        var room = columns - TextWidth.width(of: marker.text) - 1
        var shown = filter[...]
        var width = 0
        for (index, character) in zip(filter.indices, filter).reversed() {
            room -= TextWidth.width(of: character)
            if room < 0 { break }
            shown = filter[index...]
            width += TextWidth.width(of: character)
        }
        if width == 0 { shown = "" }
        let line = StyledLine([marker, StyledText(String(shown))])
        frame.put(line, row: row, columns: columns)
        frame.cursor = FullScreenFrame.Position(row: row, column: line.width)
    }

    // MARK: - The list

    private func putList(
        _ state: ListPickerState, rows visibleRows: Range<Int>, columns: Int, in frame: inout FullScreenFrame
    ) {
        if state.matches.isEmpty {
            let text = rows.isEmpty ? "  Nothing to choose from." : "  Nothing matches."
            frame.put(StyledLine(text, .dim), row: visibleRows.lowerBound, columns: columns)
        }
        for (row, index) in zip(visibleRows, state.visible) {
            let isSelected = index == state.selection
            let line = line(of: rows[state.matches[index]], isSelected: isSelected, columns: columns)
            frame.put(line, row: row, columns: columns)
        }
    }

    private func line(of row: ListPicker.Row, isSelected: Bool, columns: Int) -> StyledLine {
        let look = isSelected ? Style.reversed : .plain
        let marker = StyledText(isSelected ? symbols.marker : "  ", look)
        let title = StyledText(ListPickerView.start(of: row.title), look)
        var detail = StyledText(ListPickerView.start(of: row.detail), look.merging(isSelected ? .plain : .dim))
        var detailWidth = TextWidth.width(of: detail.text)
        // A detail that would take more than its share of a narrow list goes.
        if detailWidth > columns / 2 || columns < 20 { (detail, detailWidth) = (StyledText(""), 0) }
        let room = max(columns - 2 - (detailWidth > 0 ? detailWidth + 3 : 0), 1)
        let cut = Row.cutting(StyledLine([title]), columns: room)
        let runs = cut.runs.map { StyledText(sanitized: $0.text, look.merging($0.style)) }
        let gap = columns - 2 - cut.width - detailWidth - (detailWidth > 0 ? 1 : 0)
        let filling = StyledText(String(repeating: " ", count: max(gap, 0)), look)
        return StyledLine([marker] + runs + [filling, detail] + (detailWidth > 0 ? [StyledText(" ", look)] : []))
    }

    private static func start(of text: String) -> String {
        String(text.unicodeScalars.prefix(longestText))
    }

    // MARK: - The preview

    private func putPreview(
        _ state: ListPickerState, rows visibleRows: Range<Int>, columns: Range<Int>, in frame: inout FullScreenFrame
    ) {
        for row in visibleRows {
            frame.put(StyledLine(symbols.bar, .dim), row: row, column: columns.lowerBound - 1, columns: 1)
        }
        guard let selected = state.selectedRow, columns.count > 1 else { return }
        var rest = visibleRows
        for line in rows[selected].preview {
            if rest.isEmpty { return }
            // No more of a line than the pane holds is wrapped, however long it is.
            let line = line.start(ofColumns: columns.count * rest.count)
            for wrapped in Row.wrapping(line, columns: columns.count - 1).prefix(rest.count) {
                frame.pieces.append(.init(row: rest.lowerBound, column: columns.lowerBound + 1, content: wrapped))
                rest = rest.dropFirst()
            }
        }
    }
}

extension FullScreenFrame {
    /// Puts a line into a row, cut with an ellipsis where its columns end.
    mutating func put(_ line: StyledLine, row: Int, column: Int = 0, columns: Int) {
        guard columns > 0 else { return }
        pieces.append(Piece(row: row, column: column, content: Row.cutting(line, columns: columns)))
    }
}

extension StyledLine {
    /// The line without what is surely behind that many columns.
    fileprivate func start(ofColumns columns: Int) -> StyledLine {
        var room = columns
        var start = StyledLine()
        for run in runs where room > 0 {
            let text = run.text.prefix(room)
            start.runs.append(StyledText(sanitized: String(text), run.style))
            room -= text.count
        }
        return start
    }
}
