/// The accepted entries, oldest first, and the walk through them with Up and Down.
///
/// Only entries that begin with what was typed are walked through, and what was typed comes back at the end. libedit's own walk
/// cuts a draft at 1024 characters.
struct EntryHistory {
    enum Direction { case older, newer }

    enum Recalled: Equatable {
        case draft(Entry)
        case entry(String)
    }

    private struct Walk {
        var draft: Entry
        var prefix: String
        var index: Int
        /// What the last step put on the prompt; once that is changed, the walk is over.
        var shown: [Unicode.Scalar]?
    }

    /// What all entries in memory may have, in bytes of UTF-8; the newest is kept in any case.
    static let maximumBytes = 32 << 20

    let limit: Int
    private(set) var entries: [String] = []
    private var bytes = 0
    private var walk: Walk?

    init(limit: Int) { self.limit = max(limit, 1) }

    /// Takes over what was loaded, oldest first; of equal entries the newest stays.
    mutating func load(_ loaded: [String]) {
        var seen = Set<String>()
        let all = loaded + entries
        entries = all.reversed().filter { seen.insert($0).inserted }.prefix(limit).reversed()
        bytes = entries.reduce(0) { $0 + $1.utf8.count }
        dropOldest()
    }

    /// Adds an entry; false for those that aren't kept: empty ones, those that begin with a blank, the last one once more.
    mutating func add(_ text: String) -> Bool {
        endRecall()
        guard text.contains(where: { !$0.isWhitespace }), text.utf8.first != 0x20, text != entries.last else {
            return false
        }
        entries.removeAll { $0 == text }
        entries.append(text)
        bytes = entries.reduce(0) { $0 + $1.utf8.count }
        dropOldest()
        return true
    }

    private mutating func dropOldest() {
        while entries.count > limit || bytes > Self.maximumBytes, entries.count > 1 {
            bytes -= entries.removeFirst().utf8.count
        }
    }

    mutating func endRecall() { walk = nil }

    /// What was being typed when the walk began; nil while there is no walk.
    var draft: Entry? { walk?.draft }

    /// Takes note of what the last step of the walk put on the prompt.
    mutating func noteShown(_ entry: Entry) { walk?.shown = entry.scalars }

    /// The next entry in a direction that begins with the text before the cursor, or the draft again; nil if there is none.
    mutating func recall(_ direction: Direction, from entry: Entry) -> Recalled? {
        let isChanged = walk?.shown.map { $0 != entry.scalars } ?? false
        var walk =
            (isChanged ? nil : self.walk)
            ?? Walk(draft: entry, prefix: Entry.text(entry.scalars[..<entry.cursor]), index: entries.count)
        let current = entry.text
        var index = walk.index
        repeat {
            index += direction == .older ? -1 : 1
            guard index >= 0, index <= entries.count, walk.index < entries.count || direction == .older else {
                return nil
            }
            if index == entries.count {
                self.walk = nil
                return .draft(walk.draft)
            }
        } while entries[index] == current || !entries[index].utf8.starts(with: walk.prefix.utf8)
        walk.index = index
        self.walk = walk
        return .entry(entries[index])
    }
}
