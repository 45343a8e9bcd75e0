/// An entry cut into what is shown as one: runs of plain text, other characters, controls, tabs, folded pastes.
struct EntryPieces: Sequence, IteratorProtocol {
    enum Piece {
        /// Scalars that are characters of their own, each shown as it is, in 1 or 2 columns.
        case plain(ArraySlice<Unicode.Scalar>)
        /// What is shown, sanitised, for so many scalars of the entry.
        case text(StyledText, length: Int)
        case tab
        case lineFeed

        /// How many scalars of the entry it stands for.
        var length: Int {
            switch self {
            case .plain(let scalars): scalars.count
            case .text(_, let length): length
            case .tab, .lineFeed: 1
            }
        }

        var isLineFeed: Bool { if case .lineFeed = self { true } else { false } }

        var firstWidth: Int {
            switch self {
            case .plain(let scalars): scalars.first.flatMap { TextWidth.widthIfPlain($0) } ?? 1
            case .text(let text, _): text.text.first.map { TextWidth.width(of: $0) } ?? 0
            case .tab, .lineFeed: 1
            }
        }

        func append(to builder: inout RowBuilder, highlighted: Bool = false) {
            let style = highlighted ? Style.reversed : .plain
            switch self {
            case .plain(let scalars): builder.append(plain: scalars, style)
            case .text(var text, _):
                text.style = text.style.merging(style)
                builder.append(text)
            case .tab:
                let blanks = 8 - builder.column % 8
                for _ in 0..<blanks where builder.column < builder.columns { builder.append(" ", width: 1, style) }
            case .lineFeed: break
            }
        }
    }

    private let scalars: [Unicode.Scalar]
    private let folds: FoldedPastes
    private let cuts: [Int]
    private var index = 0

    /// - Parameters:
    ///   - scalars: The entry.
    ///   - folds: The pastes that stand in it as one scalar each.
    ///   - cuts: Offsets that no run of plain text goes across, as the cursor stands there, or another style begins.
    init(_ scalars: [Unicode.Scalar], folds: FoldedPastes, cuts: [Int] = []) {
        self.scalars = scalars
        self.folds = folds
        self.cuts = cuts
    }

    mutating func next() -> Piece? {
        guard index < scalars.count else { return nil }
        if let plain = plainRun() { return .plain(plain) }
        let scalar = scalars[index]
        if scalar == "\n" || scalar == "\t" {
            index += 1
            return scalar == "\n" ? .lineFeed : .tab
        }
        if let label = folds.label(of: scalar) {
            index += 1
            return .text(StyledText(label, .reversed), length: 1)
        }
        let end = Entry.characterEnd(scalars, from: index)
        defer { index = end }
        let raw = Entry.text(scalars[index..<end])
        let shown = StyledText(raw)
        // Without a base, as the rest of a very long cluster, it would join what stands before it.
        if shown.text.unicodeScalars.first.map({ TextWidth.width(of: $0) > 0 }) == true {
            // What can't be seen as it is, such as a control, is shown by its number.
            return .text(shown.text == raw ? shown : StyledText(raw, .reversed), length: end - index)
        }
        let numbers = scalars[index..<end].map { "<U+\(String($0.value, radix: 16, uppercase: true))>" }
        return .text(StyledText(numbers.joined(), .reversed), length: end - index)
    }

    /// The plain text here: long entries are nearly all of it, and it needs no work on characters.
    private mutating func plainRun() -> ArraySlice<Unicode.Scalar>? {
        let limit = cuts.reduce(scalars.count) { $1 > index ? Swift.min($0, $1) : $0 }
        var end = index
        while end < limit, TextWidth.widthIfPlain(scalars[end]) != nil { end += 1 }
        // What follows may join the last one, but for what certainly doesn't.
        if end < scalars.count, end > index, !isApart(scalars[end]) { end -= 1 }
        guard end > index else { return nil }
        defer { index = end }
        return scalars[index..<end]
    }

    private func isApart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || TextWidth.widthIfPlain(scalar) != nil
    }
}
