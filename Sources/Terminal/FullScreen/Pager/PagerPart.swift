import TextSearch

/// A part of a ``PagerDocument`` in rows of one width.
struct PagerPart {
    let rows: [Row]
    /// Whether a row goes on with the line of the one before it.
    let continues: [Bool]
    /// How many characters that are no blanks stand before each row, and in all: the same in every width, but for tables.
    let weights: [Int]

    init(_ lines: [StyledLine], columns: Int) {
        var rows: [Row] = []
        var continues: [Bool] = []
        for line in lines {
            let wrapped = Row.wrapping(line, columns: columns)
            rows += wrapped
            continues += wrapped.indices.map { $0 > 0 }
        }
        if rows.isEmpty { (rows, continues) = ([Row()], [false]) }
        (self.rows, self.continues) = (rows, continues)
        var weights = [0]
        for row in rows {
            let weight = row.runs.reduce(0) { $0 + $1.text.unicodeScalars.count { $0 != " " } }
            weights.append(weights[weights.count - 1] + weight)
        }
        self.weights = weights
    }

    /// The row in which a character stands that so many characters are before.
    func row(ofWeight weight: Int) -> Int {
        let next = weights.firstIndex { $0 > weight } ?? rows.count
        return min(max(next - 1, 0), rows.count - 1)
    }

    /// Where a text that was looked for stands.
    struct Match: Hashable {
        /// Its first and its last character.
        var start: Cell
        var end: Cell
    }

    struct Cell: Hashable, Comparable {
        var row: Int
        var column: Int

        static func < (one: Cell, other: Cell) -> Bool { (one.row, one.column) < (other.row, other.column) }
    }

    /// Where a text stands, also across the ends of rows; not more than a thousand places.
    func matches(of search: FoldedText) -> [Match] {
        guard !search.bytes.isEmpty else { return [] }
        var (text, cells) = ([UInt8](), [Cell]())
        func add(_ cell: Cell, _ append: (inout [UInt8]) -> Void) {
            append(&text)
            while cells.count < text.count { cells.append(cell) }
        }
        for (number, row) in rows.enumerated() {
            var cell = Cell(row: number, column: 0)
            if number > 0, !continues[number] { add(cell) { FoldedText.append(ascii: 0x20, to: &$0) } }
            for run in row.runs {
                if run.text.utf8.allSatisfy({ $0 < 0x80 }) {
                    // No control is in a row, so each byte has a column.
                    for byte in run.text.utf8 {
                        add(cell) { FoldedText.append(ascii: byte, to: &$0) }
                        cell.column += 1
                    }
                } else {
                    for character in run.text {
                        add(cell) { text in
                            for scalar in character.unicodeScalars { FoldedText.append(scalar, to: &text) }
                        }
                        cell.column += TextWidth.width(of: character)
                    }
                }
            }
        }
        var matches: [Match] = []
        var index = 0
        text.withUnsafeBufferPointer { text in
            while matches.count < 1000, let found = ByteSearch.firstIndex(of: search.bytes, in: text, from: index) {
                index = found + search.bytes.count
                matches.append(Match(start: cells[found], end: cells[index - 1]))
            }
        }
        return matches
    }
}

/// The parts of a document that are laid out, of one width.
struct PagerPages {
    /// More rows than these aren't kept.
    static let mostRows = 20_000

    let document: any PagerDocument
    private(set) var columns = 80
    private var parts: [Int: PagerPart] = [:]
    /// Where a text stands in each of them, as far as that was asked for.
    private var found: (text: FoldedText?, matches: [Int: [PagerPart.Match]]) = (nil, [:])
    private(set) var rowCount = 0
    /// How many bytes of text are before each part, and in all.
    private let sizes: [Int]

    init(_ document: any PagerDocument) {
        self.document = document
        var sizes = [0]
        for part in 0..<document.partCount { sizes.append(sizes[part] + document.size(ofPart: part) + 1) }
        self.sizes = sizes
    }

    mutating func setColumns(_ columns: Int) {
        if columns == self.columns { return }
        self.columns = columns
        empty()
    }

    private mutating func empty() {
        parts.removeAll(keepingCapacity: true)
        found.matches = [:]
        rowCount = 0
    }

    mutating func part(_ index: Int) -> PagerPart {
        if let part = parts[index] { return part }
        let part = PagerPart(document.lines(ofPart: index, columns: columns), columns: columns)
        // Whoever goes through all of it comes back to little of it.
        if rowCount > Self.mostRows { empty() }
        parts[index] = part
        rowCount += part.rows.count
        return part
    }

    /// Where a text stands in a part, which is looked through once.
    mutating func matches(of text: FoldedText, inPart index: Int) -> [PagerPart.Match] {
        if found.text != text { found = (text, [:]) }
        if let matches = found.matches[index] { return matches }
        let matches = part(index).matches(of: text)
        found.matches[index] = matches
        return matches
    }

    /// How many of a hundred parts of the text are before a place.
    mutating func percent(before place: PagerPlace) -> Int {
        let rows = part(place.part).rows.count
        let (start, end) = (sizes[place.part], sizes[place.part + 1])
        return (start + (end - start) * place.row / rows) * 100 / max(sizes[sizes.count - 1], 1)
    }

    // MARK: - Places

    var last: Int { document.partCount - 1 }

    /// The place so many rows further down, or up; no further than the first or the last row.
    mutating func place(_ place: PagerPlace, movedBy rows: Int) -> PagerPlace {
        var place = place
        place.row += rows
        while place.row < 0, place.part > 0 {
            place.part -= 1
            place.row += part(place.part).rows.count
        }
        while place.part < last, place.row >= part(place.part).rows.count {
            place.row -= part(place.part).rows.count
            place.part += 1
        }
        place.row = max(min(place.row, part(place.part).rows.count - 1), 0)
        return place
    }

    /// The place from which the end just fits into so many rows.
    mutating func end(height: Int) -> PagerPlace {
        place(PagerPlace(part: last, row: part(last).rows.count - 1), movedBy: 1 - height)
    }
}

/// A row of a part.
struct PagerPlace: Hashable, Comparable {
    var part: Int
    var row = 0

    static func < (one: PagerPlace, other: PagerPlace) -> Bool { (one.part, one.row) < (other.part, other.row) }
}
