/// Where the candidates of a menu stand: down the columns, as `ls` has them, or one a row beside its description.
struct CompletionMenuLayout {
    /// No more rows of candidates than this at once.
    static let maximumRows = 15
    /// From this width on there is room for descriptions beside the candidates.
    static let columnsForDescriptions = 40
    private static let gap = 2

    private struct Cell {
        let label: StyledText
        let width: Int
        let description: String
    }

    private let cells: [Cell]
    private let widest: Int
    private let widestDescription: Int
    /// As last drawn.
    private(set) var columnCount = 1
    private var top = 0

    init(_ candidates: [Completion.Candidate]) {
        cells = candidates.map { candidate in
            let label = StyledText(CompletionMenuLayout.shortened(candidate.label))
            return Cell(
                label: label, width: TextWidth.width(of: label.text),
                description: CompletionMenuLayout.shortened(candidate.description))
        }
        widest = max(cells.map(\.width).max() ?? 1, 1)
        widestDescription = cells.map { TextWidth.width(of: StyledText($0.description).text) }.max() ?? 0
    }

    /// No terminal shows more of it, and whoever named it may have meant to make us count.
    private static func shortened(_ text: String) -> String { String(text.unicodeScalars.prefix(400)) }

    /// How many rows all candidates take.
    private var rowCount: Int { (cells.count + columnCount - 1) / columnCount }

    /// The candidate in the next column or the one before; from the ends of a row to the next row or the one before.
    func index(beside index: Int, offset: Int) -> Int {
        let rows = rowCount
        var (row, column) = (index % rows, index / rows)
        repeat {
            column += offset
            if column >= columnCount { (row, column) = ((row + 1) % rows, 0) }
            if column < 0 { (row, column) = ((row + rows - 1) % rows, columnCount - 1) }
        } while column * rows + row >= cells.count
        return column * rows + row
    }

    // MARK: - Rows

    mutating func rows(columns: Int, height: Int, selected: Int?) -> [Row] {
        guard height > 0, !cells.isEmpty else { return [] }
        let isDescribed = widestDescription > 0 && columns >= CompletionMenuLayout.columnsForDescriptions
        let gap = CompletionMenuLayout.gap
        columnCount = isDescribed ? 1 : max((columns + gap) / (min(widest, columns) + gap), 1)
        // No more than are needed for so many rows.
        columnCount = (cells.count + rowCount - 1) / rowCount
        // A last row tells how many more there are, and of the selected one what has no room beside it.
        let hasMore = rowCount > min(height, CompletionMenuLayout.maximumRows)
        let hasNote = height > 1 && (hasMore || (!isDescribed && widestDescription > 0))
        let shown = min(rowCount, CompletionMenuLayout.maximumRows, hasNote ? height - 1 : height)
        let row = (selected ?? 0) % rowCount
        top = min(max(min(top, row), row - shown + 1), rowCount - shown)
        let width = labelWidth(columns: columns, isDescribed: isDescribed)
        var rows = (top..<top + shown).map { row in
            var line = StyledLine()
            for column in 0..<columnCount where column * rowCount + row < cells.count {
                let index = column * rowCount + row
                let isLast = column == columnCount - 1 && !isDescribed
                line.runs += runs(of: cells[index], width: width, isSelected: index == selected, isLast: isLast)
            }
            return Row.cutting(line, columns: columns)
        }
        if hasNote {
            let hidden = cells.count - (top..<top + shown).reduce(0) { $0 + count(inRow: $1) }
            let note = note(selected: selected, hidden: hidden, showsDescription: !isDescribed)
            rows.append(Row.cutting(StyledLine(note, .dim), columns: columns))
        }
        return rows
    }

    private func count(inRow row: Int) -> Int {
        (0..<columnCount).count { $0 * rowCount + row < cells.count }
    }

    /// A long label leaves a quarter of the row to the descriptions: what is chosen matters more.
    private func labelWidth(columns: Int, isDescribed: Bool) -> Int {
        guard isDescribed else { return min(widest, columns) }
        return min(widest, columns - CompletionMenuLayout.gap - min(widestDescription, columns / 4))
    }

    private func runs(of cell: Cell, width: Int, isSelected: Bool, isLast: Bool) -> [StyledText] {
        let style = isSelected ? Style.reversed : .plain
        var label = [StyledText(sanitized: cell.label.text, style)]
        var used = cell.width
        if cell.width > width {
            let row = Row.cutting(StyledLine(label), columns: width)
            // The mark where it is cut belongs to it.
            (label, used) = (isSelected ? row.runs.map { StyledText(sanitized: $0.text, style) } : row.runs, row.width)
        }
        if isLast { return label }
        label.append(StyledText(String(repeating: " ", count: width - used + CompletionMenuLayout.gap)))
        if !cell.description.isEmpty, columnCount == 1 { label.append(StyledText(cell.description, .dim)) }
        return label
    }

    private func note(selected: Int?, hidden: Int, showsDescription: Bool) -> String {
        guard let selected else { return hidden > 0 ? "+\(hidden) more" : "" }
        let place = hidden > 0 ? "\(selected + 1)/\(cells.count)" : ""
        let description = showsDescription ? cells[selected].description : ""
        return [place, description].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
