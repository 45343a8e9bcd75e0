/// The incremental search through the history (Ctrl-R): plain text, any script, small letters for both cases.
///
/// libedit's takes the text for a regular expression and looks keys up by their low byte, so that CJK ends it.
struct HistorySearch {
    /// What a key did to it.
    enum Step: Equatable {
        /// The search goes on, and shows this entry, if another.
        case shows(String?)
        /// It ends, and the entry before it is back.
        case cancelled(Entry)
        /// It ends with what it shows; the key is used up.
        case ended
        /// It ends with what it shows, and the key does what it always does.
        case endedBefore
    }

    /// What was being typed when the search began.
    let start: Entry
    private let entries: [String]
    private let lastPattern: [Unicode.Scalar]
    private(set) var pattern: [Unicode.Scalar] = []
    private(set) var hasFailed = false
    /// Where the pattern stands in the entry that is shown, as offsets in scalars.
    private(set) var match: Range<Int>?
    private var index: Int

    init(start: Entry, entries: [String], lastPattern: [Unicode.Scalar] = []) {
        self.start = start
        self.entries = entries
        self.lastPattern = lastPattern
        index = entries.count
    }

    mutating func step(_ key: Key) -> Step {
        switch key {
        case .character("\u{12}"):
            // Once more what was searched last, as bash does.
            if pattern.isEmpty { pattern = lastPattern }
            return find(stride(from: index - 1, through: 0, by: -1))
        case .character("\u{13}"):
            return find(stride(from: index + 1, to: entries.count, by: 1))
        case .character("\u{08}"), .character("\u{7F}"):
            _ = pattern.popLast()
            (hasFailed, match) = (false, nil)
            index = entries.count
            return find(stride(from: index - 1, through: 0, by: -1))
        case .character("\u{07}"), .character("\u{03}"): return .cancelled(start)
        case .code(.escape): return .ended
        case .character(let scalar) where scalar.value >= 0x20:
            pattern.append(scalar)
            return find(stride(from: min(index, entries.count - 1), through: 0, by: -1))
        case .answer, .ignored: return .shows(nil)
        default: return .endedBefore
        }
    }

    private mutating func find(_ candidates: StrideThrough<Int>) -> Step { find(Array(candidates)) }
    private mutating func find(_ candidates: StrideTo<Int>) -> Step { find(Array(candidates)) }

    private mutating func find(_ candidates: [Int]) -> Step {
        guard !pattern.isEmpty else { return .shows(nil) }
        let wanted = HistoryPattern(pattern)
        for candidate in candidates {
            guard let match = wanted.firstMatch(in: entries[candidate]) else { continue }
            (index, hasFailed, self.match) = (candidate, false, match)
            return .shows(entries[candidate])
        }
        hasFailed = true
        return .shows(nil)
    }

    /// What is shown under the entry; of a pattern that is too long, the end.
    func line(columns: Int) -> StyledLine {
        let text = Entry.text(pattern[...])
        let width = TextWidth.width(of: StyledText(text).text)
        let labels = hasFailed ? ["not in the history: ", "not found: ", "!"] : ["history: ", "?"]
        let fitting = labels.first { $0.utf8.count + min(width, 8) < columns } ?? labels.last ?? ""
        let room = max(columns - fitting.utf8.count, 1)
        return StyledLine([StyledText(fitting, .dim)] + StyledLine(text, .dim).suffix(columns: room).runs)
    }
}

/// What is searched for: capitals in it stand for themselves, small letters for both cases (ASCII).
struct HistoryPattern {
    private let bytes: [UInt8]
    private let count: Int
    private let isExact: Bool

    init(_ pattern: [Unicode.Scalar]) {
        bytes = Array(Entry.text(pattern[...]).utf8)
        count = pattern.count
        isExact = pattern.contains { $0.properties.isUppercase }
    }

    /// Where it stands first in a text, as offsets in scalars; nil if nowhere.
    func firstMatch(in text: String) -> Range<Int>? {
        var text = text
        return text.withUTF8 { text in
            guard let first = bytes.first, text.count >= bytes.count else { return nil }
            for start in 0...(text.count - bytes.count) where folded(text[start]) == first {
                guard bytes.indices.allSatisfy({ folded(text[start + $0]) == bytes[$0] }) else { continue }
                // Bytes that begin a scalar come before it.
                let offset = text[..<start].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
                return offset..<(offset + count)
            }
            return nil
        }
    }

    private func folded(_ byte: UInt8) -> UInt8 { !isExact && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
