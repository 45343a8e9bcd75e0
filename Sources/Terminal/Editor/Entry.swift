/// The text being edited and the cursor in it, with the motions and changes that libedit lacks or gets wrong.
///
/// Offsets count Unicode scalars, as libedit does; motions and deletions go by grapheme cluster, as people do.
struct Entry: Hashable, Sendable {
    var scalars: [Unicode.Scalar] = []
    var cursor = 0

    init(_ scalars: [Unicode.Scalar] = [], cursor: Int? = nil) {
        self.scalars = scalars
        self.cursor = cursor ?? scalars.count
    }

    init(_ text: String) { self.init(Array(text.unicodeScalars)) }

    var isEmpty: Bool { scalars.isEmpty }

    var text: String { Entry.text(scalars[...]) }

    static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        // One by one: appending them all at once takes a way of the library that is three times slower.
        var view = String.UnicodeScalarView()
        for scalar in scalars { view.append(scalar) }
        return String(view)
    }

    // MARK: - Where things are

    /// The start of the logical line that the cursor is in.
    var lineStart: Int { scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }

    /// The end of the logical line that the cursor is in.
    var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }

    /// Where the character ends that begins at an offset.
    static func characterEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        guard start + 1 < scalars.count else { return scalars.count }
        // Two scalars below the combining marks never join, but for CR LF, which has to be two here.
        if scalars[start].value < 0x300, scalars[start + 1].value < 0x300 { return start + 1 }
        // Most are short, and a short string costs nothing.
        for length in [3, 16, 64] {
            let limit = min(start + length, scalars.count)
            let count = text(scalars[start..<limit]).first?.unicodeScalars.count ?? 1
            if start + count < limit || limit == scalars.count || length == 64 { return start + max(count, 1) }
        }
        return start + 1
    }

    /// Where the character begins that ends at the cursor.
    var previousCharacter: Int {
        guard cursor > 1 else { return 0 }
        // From a place that is a boundary for sure.
        var start = cursor - 1
        while start > 0, cursor - start < 64, scalars[start].value >= 0x300 || scalars[start - 1].value >= 0x300 {
            start -= 1
        }
        while true {
            let end = Entry.characterEnd(scalars, from: start)
            if end >= cursor { return start }
            start = end
        }
    }

    /// Where the character ends that begins at the cursor.
    var nextCharacter: Int { Entry.characterEnd(scalars, from: cursor) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
    }

    var previousWord: Int {
        var index = cursor
        while index > 0, !Entry.isWord(scalars[index - 1]) { index -= 1 }
        while index > 0, Entry.isWord(scalars[index - 1]) { index -= 1 }
        return index
    }

    var nextWord: Int {
        var index = cursor
        while index < scalars.count, !Entry.isWord(scalars[index]) { index += 1 }
        while index < scalars.count, Entry.isWord(scalars[index]) { index += 1 }
        return index
    }

    /// The start of the word before the cursor, where only blanks and line ends are between words.
    var previousBlankWord: Int {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\n" }
        var index = cursor
        while index > 0, isBlank(scalars[index - 1]) { index -= 1 }
        while index > 0, !isBlank(scalars[index - 1]) { index -= 1 }
        return index
    }

    /// Where a motion leads that is done several times.
    func offset(of motion: KeyPath<Entry, Int>, times: Int) -> Int {
        var entry = self
        for _ in 0..<times {
            let next = entry[keyPath: motion]
            if next == entry.cursor { break }
            entry.cursor = next
        }
        return entry.cursor
    }

    // MARK: - Changes

    mutating func insert(_ text: [Unicode.Scalar]) {
        scalars.insert(contentsOf: text, at: cursor)
        cursor += text.count
    }

    /// Removes the text between the cursor and an offset.
    mutating func delete(to offset: Int) {
        let range = min(cursor, offset)..<max(cursor, offset)
        scalars.removeSubrange(range)
        cursor = range.lowerBound
    }

    /// Moves to the line above, as near to the column as it goes; false on the first line.
    mutating func moveUp() -> Bool {
        let start = lineStart
        guard start > 0 else { return false }
        let column = cursor - start
        cursor = start - 1
        cursor = min(lineStart + column, start - 1)
        return true
    }

    /// Moves to the line below; false on the last line.
    mutating func moveDown() -> Bool {
        let end = lineEnd
        guard end < scalars.count else { return false }
        let column = cursor - lineStart
        cursor = end + 1
        cursor = min(cursor + column, lineEnd)
        return true
    }
}
