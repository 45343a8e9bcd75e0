import Terminal

/// Renders a table: columns as wide as their content, narrowed to the width by wrapping cells.
struct TableRenderer {
    private static let minimumColumnWidth = 4

    private let table: MarkdownTable
    private let theme: MarkdownTheme
    private var inline: InlineRenderer { InlineRenderer(theme: theme) }

    init(_ table: MarkdownTable, theme: MarkdownTheme) {
        self.table = table.droppingEmptyColumns()
        self.theme = theme
    }

    func lines(width: Int) -> [StyledLine] {
        let columns = table.header.count
        let available = width - 3 * (columns - 1)
        guard columns > 0, available >= columns * Self.minimumColumnWidth else { return records(width: width) }
        let widths = columnWidths(available)
        let rule = widths.map { String(repeating: theme.horizontalLine, count: $0) }
            .joined(separator: theme.horizontalLine + theme.crossing + theme.horizontalLine)
        return row(table.header, widths, theme.tableHeader) + [StyledLine(rule, theme.quiet)]
            + table.rows.flatMap { row($0, widths, .plain) }
    }

    /// Widths that together fit: columns that are wider than their share are narrowed to one common width.
    private func columnWidths(_ available: Int) -> [Int] {
        var natural = [Int](repeating: 1, count: table.header.count)
        for cells in [table.header] + table.rows {
            for (column, cell) in cells.enumerated() where column < natural.count {
                let lines = inline.lines(of: cell.content, width: .max)
                natural[column] = max(natural[column], lines.map(\.width).max() ?? 0)
            }
        }
        var room = available
        var widths = natural
        let narrowFirst = natural.indices.sorted { natural[$0] < natural[$1] }
        for (position, column) in narrowFirst.enumerated() {
            widths[column] = min(natural[column], room / (narrowFirst.count - position))
            room -= widths[column]
        }
        return widths
    }

    private func row(_ cells: [MarkdownTable.Cell], _ widths: [Int], _ style: Style) -> [StyledLine] {
        let cells = zip(cells, widths).map { cell, width in
            (cell.alignment, width, inline.lines(of: cell.content, width: width, base: style))
        }
        let height = cells.map { $0.2.count }.max() ?? 0
        return (0..<height).map { line in
            var row = StyledLine()
            var gap = 0
            for (column, (alignment, width, lines)) in cells.enumerated() {
                if column > 0 {
                    row.append(blanks: gap + 1)
                    row.runs.append(StyledText(theme.columnLine, theme.quiet))
                    gap = 1
                }
                let content = line < lines.count ? lines[line] : StyledLine()
                let free = max(width - content.width, 0)
                let before = alignment == .left ? 0 : alignment == .right ? free : free / 2
                if !content.runs.isEmpty { row.append(blanks: gap + before) }
                row.runs += content.runs
                gap = content.runs.isEmpty ? gap + width : free - before
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
                wrapper.add(": ", theme.quiet)
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
