extension PagerView {
    /// Rows of text over one that says where they are, and which keys there are.
    mutating func frame(in size: TerminalSize) -> FullScreenFrame {
        fit(size)
        var frame = FullScreenFrame()
        if mode == .keys { return keysFrame(in: size) }
        if size.rows > 1 { putText(in: &frame) }
        putFooter(row: size.rows - 1, columns: size.columns, in: &frame)
        return frame
    }

    private mutating func putText(in frame: inout FullScreenFrame) {
        var place = top
        var matches = found.map { pages.matches(of: $0, inPart: place.part) } ?? []
        for row in 0..<height {
            let part = pages.part(place.part)
            let content = part.rows[place.row]
            let marked = matches.filter { ($0.start.row...$0.end.row).contains(place.row) }
            frame.pieces.append(.init(row: row, column: 0, content: mark(marked, in: content, at: place)))
            if place.row + 1 < part.rows.count {
                place.row += 1
            } else if place.part < pages.last {
                place = PagerPlace(part: place.part + 1)
                matches = found.map { pages.matches(of: $0, inPart: place.part) } ?? []
            } else {
                return
            }
        }
    }

    /// What was found is reversed, the other places underlined.
    private func mark(_ matches: [PagerPart.Match], in row: Row, at place: PagerPlace) -> Row {
        if matches.isEmpty { return row }
        return row.marked { column in
            let cell = PagerPart.Cell(row: place.row, column: column)
            let match = matches.first { $0.start <= cell && cell <= $0.end }
            let isHit = match != nil && hit?.part == place.part && hit?.match == match
            return match == nil ? .plain : isHit ? .reversed : Style(isUnderlined: true)
        }
    }

    // MARK: - The footer

    private mutating func putFooter(row: Int, columns: Int, in frame: inout FullScreenFrame) {
        guard row >= 0 else { return }
        if case .searching(let field, _) = mode {
            let state = isBusy ? "  …" : hit == nil && !field.isEmpty ? "  not found" : ""
            let (text, cursor) = field.visible(columns: columns - 1 - (columns > 20 ? state.count : 0))
            let line = StyledLine([StyledText("/", .bold), StyledText(text), StyledText(state, .dim)])
            frame.put(line, row: row, columns: columns)
            frame.cursor = .init(row: row, column: 1 + cursor)
            return
        }
        if !number.isEmpty {
            let line = StyledLine([
                StyledText("\(pages.document.partName) "), StyledText(number, .bold),
                StyledText(isUTF8 ? "  Enter goes there · Esc" : "  Enter goes there, Esc", .dim),
            ])
            frame.put(line, row: row, columns: columns)
            let column = pages.document.partName.count + 1 + number.count
            frame.cursor = .init(row: row, column: column)
            return
        }
        let separator = isUTF8 ? " · " : ", "
        var text = notice.isEmpty ? position : notice
        if isBusy { text = isUTF8 ? "looking…" : "looking..." }
        text = Sanitizer.sanitizeLine(text)
        // As many of the keys as there is room for.
        for hint in ["q leave", "? keys", "/ search", "[ ] \(pages.document.partName)", "n N next"] {
            if hint == "n N next", found == nil { continue }
            guard TextWidth.width(of: text + separator + hint) <= columns else { break }
            text += separator + hint
        }
        frame.put(StyledLine(text, .dim), row: row, columns: columns)
        frame.cursor = .init(row: row, column: 0)
    }

    private var position: String {
        mutating get {
            let document = pages.document
            let separator = isUTF8 ? " · " : ", "
            let number = top.part + document.firstNumber
            let count = pages.last + document.firstNumber
            let name = number == 0 ? "start" : "\(document.partName) \(number) of \(count)"
            let isAtEnd = top >= pages.end(height: height)
            return name + separator + (isAtEnd ? "end" : "\(pages.percent(before: top))%")
        }
    }

    // MARK: - The keys

    private func keysFrame(in size: TerminalSize) -> FullScreenFrame {
        let name = pages.document.partName
        let keys = [
            ("q, Esc", "leave"),
            ("j, k, Down, Up", "a row down, up"),
            ("Space, b, PgDn, PgUp", "a page down, up"),
            ("d, u", "half a page down, up"),
            ("g, G, Home, End", "the start, the end"),
            ("], [, Tab, Shift-Tab", "the next \(name), the one before"),
            ("3 Enter, 3t", "\(name) 3"),
            ("/", "search, in either case"),
            ("n, N", "the next place, the one before"),
            ("Ctrl-L, Ctrl-Z", "draw again, suspend"),
        ]
        var frame = FullScreenFrame()
        if size.rows < 1 { return frame }
        for (row, (key, words)) in keys.enumerated() where row < size.rows - 1 {
            let column = size.columns >= 50 ? 24 : min(22, size.columns / 2)
            let gap = String(repeating: " ", count: max(column - key.count, 1))
            frame.put(
                StyledLine([StyledText(key + gap, .bold), StyledText(words)]), row: row, columns: size.columns)
        }
        let footer = size.rows - 1
        frame.put(StyledLine("Any key goes back.", .dim), row: footer, columns: size.columns)
        frame.cursor = .init(row: footer, column: 0)
        return frame
    }
}
