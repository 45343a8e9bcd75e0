/// The incremental search through the history (Ctrl-R): plain text, any script.
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

    private let start: Entry
    private let entries: [String]
    private(set) var pattern: [Unicode.Scalar] = []
    private(set) var hasFailed = false
    private var index: Int

    init(start: Entry, entries: [String]) {
        self.start = start
        self.entries = entries
        index = entries.count
    }

    mutating func step(_ key: Key) -> Step {
        switch key {
        case .character("\u{12}"): return find(from: index - 1)
        case .character("\u{08}"), .character("\u{7F}"):
            _ = pattern.popLast()
            hasFailed = false
            guard pattern.isEmpty else { return find(from: entries.count - 1) }
            index = entries.count
            return .shows(nil)
        case .character("\u{07}"), .character("\u{03}"): return .cancelled(start)
        case .code(.escape): return .ended
        case .character(let scalar) where scalar.value >= 0x20:
            pattern.append(scalar)
            return find(from: min(index, entries.count - 1))
        case .ignored: return .shows(nil)
        default: return .endedBefore
        }
    }

    private mutating func find(from start: Int) -> Step {
        guard !pattern.isEmpty else { return .shows(nil) }
        let wanted = pattern
        var candidate = start
        while candidate >= 0 {
            if HistorySearch.contains(entries[candidate], wanted) {
                (index, hasFailed) = (candidate, false)
                return .shows(entries[candidate])
            }
            candidate -= 1
        }
        hasFailed = true
        return .shows(nil)
    }

    private static func contains(_ text: String, _ pattern: [Unicode.Scalar]) -> Bool {
        var rest = text.unicodeScalars[...]
        while let first = rest.firstIndex(where: { $0 == pattern[0] }) {
            rest = rest[first...]
            if rest.starts(with: pattern) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// What is shown under the entry.
    var line: StyledLine {
        StyledLine("\(hasFailed ? "not in the history" : "history"): \(Entry.text(pattern[...]))", .dim)
    }
}
