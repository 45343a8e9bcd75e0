/// How a ``ListPicker`` looks: a value that makes frames of the state, for windows of any size.
///
///     Title
///     › what is typed
///     › the selected row            detail │ its preview
///       another row                 detail │
///     2 of 10 · type to filter · Enter choose · Esc leave
struct ListPickerView: Sendable {
    /// Narrower windows have no room for a preview.
    static let narrowestWithPreview = 80
    /// No more of a title is looked at than can be seen.
    private static let longestText = 1000

    let title: String
    private let symbols: Symbols

    private struct Symbols {
        var marker: String
        var bar: String
        var separator: String
        var more: String
    }

    /// With signs beyond ASCII if the locale is UTF-8.
    init(title: String, isUTF8: Bool) {
        self.title = title
        symbols =
            isUTF8
            ? Symbols(marker: "› ", bar: "│", separator: " · ", more: "…")
            : Symbols(marker: "> ", bar: "|", separator: ", ", more: "...")
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
    func listHeight(in size: TerminalSize) -> Int { Layout(rows: size.rows).list.count }

    /// How many columns a window has for previews.
    func previewColumns(in size: TerminalSize) -> Int {
        size.columns < Self.narrowestWithPreview ? 0 : size.columns - Self.listColumns(in: size) - 2
    }

    private static func listColumns(in size: TerminalSize) -> Int {
        size.columns < narrowestWithPreview ? size.columns : size.columns * 9 / 20
    }

    func frame(of state: ListPickerState, in size: TerminalSize) -> FullScreenFrame {
        let layout = Layout(rows: size.rows)
        let listColumns = Self.listColumns(in: size)
        var frame = FullScreenFrame()
        frame.cursor = FullScreenFrame.Position(row: layout.list.lowerBound, column: 0)
        if let row = layout.title { frame.put(StyledLine(title, .bold), row: row, columns: size.columns) }
        if let row = layout.filter {
            put(state.field, behind: symbols.marker, row: row, columns: size.columns, in: &frame)
        }
        putList(state, rows: layout.list, columns: listColumns, in: &frame)
        if listColumns < size.columns {
            putPreview(state, rows: layout.list, columns: (listColumns + 1)..<size.columns, in: &frame)
        }
        if let renaming = state.renaming {
            let row = layout.footer ?? layout.filter ?? 0
            frame.pieces.removeAll { $0.row == row }
            put(
                renaming.field, behind: size.columns < 40 ? symbols.marker : "Title: ", row: row, columns: size.columns,
                in: &frame)
        } else if let row = layout.footer {
            frame.put(StyledLine(footer(of: state, columns: size.columns), .dim), row: row, columns: size.columns)
        }
        return frame
    }

    /// How many rows there are, or what has to be said, and as many of the keys as there is room for.
    private func footer(of state: ListPickerState, columns: Int) -> String {
        var text = state.filter.isEmpty ? "\(state.count)" : "\(state.matches.count) of \(state.count)"
        if state.isSearching { text += symbols.more }
        if !state.notice.isEmpty { text = Sanitizer.sanitizeLine(state.notice) }
        let changes = ["F2 rename"] + (state.canDelete ? ["Del delete", "Ctrl-_ undo"] : [])
        for hint in ["type to filter", "Enter choose", "Esc leave"] + changes {
            guard TextWidth.width(of: text + symbols.separator + hint) <= columns else { break }
            text += symbols.separator + hint
        }
        return text
    }

    /// A line that is being typed, as much as there is room for, with the cursor in it.
    private func put(
        _ field: LineField, behind marker: String, row: Int, columns: Int, in frame: inout FullScreenFrame
    ) {
        let marker = StyledText(marker, Style.bold.colored(.green))
        let width = TextWidth.width(of: marker.text)
        let (text, cursor) = field.visible(columns: columns - width)
        frame.put(StyledLine([marker, StyledText(text)]), row: row, columns: columns)
        frame.cursor = FullScreenFrame.Position(row: row, column: width + cursor)
    }

    // MARK: - The list

    private func putList(
        _ state: ListPickerState, rows visibleRows: Range<Int>, columns: Int, in frame: inout FullScreenFrame
    ) {
        if state.matches.isEmpty {
            let text = state.isEmpty ? "Nothing to choose from." : state.isWaiting ? symbols.more : "Nothing matches."
            frame.put(StyledLine("  " + text, .dim), row: visibleRows.lowerBound, columns: columns)
        }
        for (row, index) in zip(visibleRows, state.visible) {
            let isSelected = index == state.selection
            let line = line(of: state.rows[state.matches[index]], isSelected: isSelected, columns: columns)
            frame.put(line, row: row, columns: columns)
        }
    }

    private func line(of row: ListPicker.Row, isSelected: Bool, columns: Int) -> StyledLine {
        let look = isSelected ? Style.reversed : .plain
        let quiet = look.merging(isSelected ? .plain : .dim)
        let marker = StyledText(isSelected ? symbols.marker : "  ", look)
        let title = StyledText(
            (row.isMarked ? "* " : "") + Self.start(of: row.title), row.problem == nil ? look : quiet)
        var detail = StyledText(Self.start(of: row.detail), quiet)
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
        guard columns.count > 1 else { return }
        var rest = visibleRows
        for line in state.preview ?? [StyledLine(symbols.more, .dim)] {
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
