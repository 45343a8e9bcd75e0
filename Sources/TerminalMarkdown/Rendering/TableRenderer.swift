import Terminal

/// Renders a table: columns as wide as their content, narrowed to the width by wrapping cells.
struct TableRenderer {
    /// Words up to this width aren't cut; a table without room for them becomes a list of its cells.
    private static let wordWidth = 10

    private let table: MarkdownTable
    private let theme: MarkdownTheme
    private var inline: InlineRenderer { InlineRenderer(theme: theme) }

    /// A cell on as few lines as it can have.
    private struct Cell {
        let source: MarkdownTable.Cell
        let style: Style
        let lines: [StyledLine]
        let widths: [Int]

        init(_ source: MarkdownTable.Cell, _ style: Style, _ inline: InlineRenderer) {
            self.source = source
            self.style = style
            // Most cells have one line, which is there faster without wrapping.
            lines =
                source.content.contains(.lineBreak)
                ? inline.lines(of: source.content, width: .max, base: style)
                : [inline.line(of: source.content, base: style)]
            widths = lines.map(\.width)
        }

        var width: Int { widths.max() ?? 0 }

        func widestWord(_ inline: InlineRenderer) -> Int {
            var wrapper = LineWrapper(width: .max)
            inline.add(source.content, to: &wrapper, base: style)
            _ = wrapper.finish()
            return wrapper.widestWord
        }
    }

    init(_ table: MarkdownTable, theme: MarkdownTheme) {
        self.table = table.droppingEmptyColumns()
        self.theme = theme
    }

    func lines(width: Int) -> [StyledLine] {
        let inline = inline
        let header = table.header.map { Cell($0, theme.tableHeader, inline) }
        let rows = table.rows.map { $0.map { Cell($0, .plain, inline) } }
        guard !theme.isSpoken, !header.isEmpty,
            let widths = columnWidths([header] + rows, available: width - 3 * (header.count - 1))
        else { return records(width: width) }
        let rule = widths.map { String(repeating: theme.horizontalLine, count: $0) }
            .joined(separator: theme.horizontalLine + theme.crossing + theme.horizontalLine)
        return row(header, widths) + [StyledLine(rule, theme.quiet)] + rows.flatMap { row($0, widths) }
    }

    /// Widths that fit together; nil where words would be cut too short.
    ///
    /// Where there isn't room for all, each column first gets what its words need; then the narrowest ones get more until
    /// nothing is left. So narrow columns have the width that they want, and wide ones the same.
    private func columnWidths(_ rows: [[Cell]], available: Int) -> [Int]? {
        let columns = table.header.count
        func widest(_ width: (Cell) -> Int) -> [Int] {
            rows.reduce(into: [Int](repeating: 1, count: columns)) { widths, row in
                for (column, cell) in zip(0..<columns, row) { widths[column] = max(widths[column], width(cell)) }
            }
        }
        let natural = widest(\.width)
        guard natural.reduce(0, +) > available else { return natural }
        let inline = inline
        let words = widest { $0.widestWord(inline) }
        var widths = [Int](repeating: 1, count: columns)
        widths.grow(to: words, available)
        guard available >= columns, zip(widths, words).allSatisfy({ $0 >= min($1, Self.wordWidth) }) else { return nil }
        widths.grow(to: natural, available)
        return widths
    }

    private func row(_ cells: [Cell], _ widths: [Int]) -> [StyledLine] {
        let cells = zip(cells, widths).map { cell, width in
            if cell.width <= width { return (cell.source.alignment, width, cell.lines, cell.widths) }
            let lines = inline.lines(of: cell.source.content, width: width, base: cell.style)
            return (cell.source.alignment, width, lines, lines.map(\.width))
        }
        let height = cells.map { $0.2.count }.max() ?? 0
        let bar = StyledText(theme.columnLine, theme.quiet)
        return (0..<height).map { line in
            var row = StyledLine()
            var gap = 0
            for (column, (alignment, width, lines, lineWidths)) in cells.enumerated() {
                if column > 0 {
                    row.append(blanks: gap + 1)
                    row.runs.append(bar)
                    gap = 1
                }
                guard line < lines.count, !lines[line].runs.isEmpty else {
                    gap += width
                    continue
                }
                let free = max(width - lineWidths[line], 0)
                let before = alignment == .left ? 0 : alignment == .right ? free : free / 2
                row.append(blanks: gap + before)
                row.runs += lines[line].runs
                gap = free - before
            }
            return row
        }
    }

    /// A table with too many columns for the width, as one paragraph per cell, named by its header.
    private func records(width: Int) -> [StyledLine] {
        if table.rows.isEmpty {
            return table.header.flatMap { inline.lines(of: $0.content, width: width, base: theme.tableHeader) }
        }
        return table.rows.enumerated().flatMap { number, row in
            let lines = zip(table.header, row).flatMap { header, cell in
                var wrapper = LineWrapper(width: width)
                inline.add(header.content, to: &wrapper, base: theme.tableHeader)
                if !header.content.isEmpty { wrapper.add(": ", theme.quiet) }
                inline.add(cell.content, to: &wrapper, base: .plain)
                return wrapper.finish()
            }
            return number == 0 ? lines : [StyledLine()] + lines
        }
    }
}

extension MarkdownTable {
    /// The table without columns at the end that are empty from top to bottom.
    fileprivate func droppingEmptyColumns() -> MarkdownTable {
        let used = ([header] + rows).map { ($0.lastIndex { !$0.content.isEmpty } ?? -1) + 1 }.max() ?? 0
        return MarkdownTable(header: Array(header.prefix(used)), rows: rows.map { Array($0.prefix(used)) })
    }
}

extension StyledLine {
    fileprivate mutating func append(blanks count: Int) {
        if count > 0 { runs.append(StyledText(String(repeating: " ", count: count))) }
    }
}

extension [Int] {
    /// Adds to the least ones until they are as great as wanted, or their sum is the limit.
    fileprivate mutating func grow(to wanted: [Int], _ limit: Int) {
        var room = limit - reduce(0, +)
        while room > 0 {
            let growing = indices.filter { self[$0] < wanted[$0] }
            guard let least = growing.min(by: { self[$0] < self[$1] }) else { return }
            self[least] += 1
            room -= 1
        }
    }
}
