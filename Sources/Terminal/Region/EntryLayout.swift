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
    init(_ entry: Entry, prompt: Prompt, folds: FoldedPastes, columns: Int) {
        var builder = RowBuilder(columns: columns)
        builder.append(prompt.main)
        var offset = 0
        var cursor: (row: Int, column: Int)?
        for piece in EntryPieces(entry.scalars, folds: folds) {
            if cursor == nil, entry.cursor < offset + piece.length {
                cursor = builder.position(forWidth: piece.isLineFeed ? 1 : max(piece.firstWidth, 1))
            }
            offset += piece.length
            if piece.isLineFeed {
                builder.endRow()
                builder.append(prompt.continuation)
            } else {
                piece.append(to: &builder)
            }
        }
        (cursorRow, cursorColumn) = cursor ?? builder.position(forWidth: 1)
        builder.endRow()
        rows = builder.rows
    }

    /// The lines of an entry with its prompts, for the scrollback.
    static func lines(_ entry: Entry, prompt: Prompt, folds: FoldedPastes) -> [StyledLine] {
        var lines: [StyledLine] = []
        // No terminal is that wide, so only line feeds end a row.
        var builder = RowBuilder(columns: .max)
        builder.append(prompt.main)
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
        return lines
    }
}

/// An entry cut into what is shown as one: characters, controls, tabs, folded pastes.
struct EntryPieces: Sequence, IteratorProtocol {
    struct Piece {
        /// How many scalars of the entry it stands for.
        var length: Int
        /// What is shown, sanitised.
        var text: StyledText
        var isLineFeed = false
        var isTab = false

        var firstWidth: Int { isTab ? 1 : text.text.first.map { TextWidth.width(of: $0) } ?? 0 }

        func append(to builder: inout RowBuilder) {
            guard isTab else { return builder.append(text) }
            let blanks = 8 - builder.column % 8
            for _ in 0..<blanks where builder.column < builder.columns { builder.append(" ", width: 1, .plain) }
        }
    }

    private let scalars: [Unicode.Scalar]
    private let folds: FoldedPastes
    private var index = 0

    init(_ scalars: [Unicode.Scalar], folds: FoldedPastes) {
        self.scalars = scalars
        self.folds = folds
    }

    mutating func next() -> Piece? {
        guard index < scalars.count else { return nil }
        let scalar = scalars[index]
        if scalar == "\n" {
            index += 1
            return Piece(length: 1, text: StyledText(sanitized: "", .plain), isLineFeed: true)
        }
        if scalar == "\t" {
            index += 1
            return Piece(length: 1, text: StyledText(sanitized: " ", .plain), isTab: true)
        }
        if let label = folds.label(of: scalar) {
            index += 1
            return Piece(length: 1, text: StyledText(label, .reversed))
        }
        let end = Entry.characterEnd(scalars, from: index)
        defer { index = end }
        if end == index + 1, (0x20..<0x7F).contains(scalar.value) {
            return Piece(length: 1, text: StyledText(sanitized: String(scalar), .plain))
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[index..<end])
        let raw = String(view)
        let shown = StyledText(raw)
        if shown.text == raw, TextWidth.width(of: raw) > 0 { return Piece(length: end - index, text: shown) }
        // What can't be seen as it is, such as a control or a combining mark without a base, is shown by its number.
        if shown.text != raw { return Piece(length: end - index, text: StyledText(raw, .reversed)) }
        let numbers = scalars[index..<end].map { "<U+\(String($0.value, radix: 16, uppercase: true))>" }
        return Piece(length: end - index, text: StyledText(numbers.joined(), .reversed))
    }
}
