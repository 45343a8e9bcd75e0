/// The rows of an entry with its prompts, and where the cursor stands in them.
struct EntryLayout: Equatable {
    private(set) var rows: [Row] = []
    private(set) var cursorRow = 0
    private(set) var cursorColumn = 0

    /// Lays an entry out.
    ///
    /// - Parameters:
    ///   - entry: The text and the cursor in it.
    ///   - prompt: What stands before its lines.
    ///   - folds: The pastes that stand in the entry as one scalar each.
    ///   - columns: The width of the terminal.
    ///   - highlighted: What of it was searched for, if anything.
    ///   - suggestion: What is shown behind the end of the entry, as far as the row goes.
    init(
        _ entry: Entry, prompt: Prompt, folds: FoldedPastes, columns: Int, highlighted: Range<Int>? = nil,
        suggestion: StyledText? = nil
    ) {
        var builder = RowBuilder(columns: columns)
        builder.append(prompt.main)
        var offset = 0
        var cursor: (row: Int, column: Int)?
        let cuts = [entry.cursor] + (highlighted.map { [$0.lowerBound, $0.upperBound] } ?? [])
        for piece in EntryPieces(entry.scalars, folds: folds, cuts: cuts) {
            let isHighlighted = highlighted?.contains(offset) == true
            if cursor == nil, entry.cursor < offset + piece.length {
                cursor = builder.position(forWidth: piece.isLineFeed ? 1 : max(piece.firstWidth, 1))
            }
            offset += piece.length
            if piece.isLineFeed {
                builder.endRow()
                builder.append(prompt.continuation)
            } else {
                piece.append(to: &builder, highlighted: isHighlighted)
            }
        }
        (cursorRow, cursorColumn) = cursor ?? builder.position(forWidth: 1)
        if let suggestion { builder.appendToRowEnd(suggestion) }
        builder.endRow()
        rows = builder.rows
    }

    /// The lines of an entry with its prompts, for the scrollback.
    static func lines(_ entry: Entry, prompt: Prompt, folds: FoldedPastes) -> [StyledLine] {
        var lines: [StyledLine] = []
        // No terminal is that wide, so only line feeds end a row.
        var builder = RowBuilder(columns: .max)
        builder.append(prompt.main)
        let promptRuns = builder.endRun()
        for piece in EntryPieces(entry.scalars, folds: folds) {
            if piece.isLineFeed {
                builder.endRow()
                builder.append(prompt.continuation)
            } else {
                piece.append(to: &builder)
            }
        }
        builder.endRow()
        for row in builder.rows { lines.append(StyledLine(row.runs)) }
        for index in lines.indices { lines[index].mark = index == 0 ? .entry(promptRuns: promptRuns) : .entryContinued }
        return lines
    }
}
