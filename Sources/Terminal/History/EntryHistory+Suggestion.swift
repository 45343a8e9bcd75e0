import Glibc

extension EntryHistory {
    /// Behind a longer text nothing is suggested, so that no key is slow.
    private static let longestTyped = 1000
    /// So many of the newest entries are looked at.
    private static let depth = 10_000
    /// A longer entry isn't suggested.
    private static let longestSuggested = EditorCore.longestUnfoldedEntry

    /// The rest of the newest entry that begins with a text, which isn't empty.
    ///
    /// It runs with every key: entries are compared by their bytes, and only the one that is found is looked at closer.
    func suggestion(for typed: [Unicode.Scalar]) -> [Unicode.Scalar]? {
        guard !typed.isEmpty, typed.count <= Self.longestTyped else { return nil }
        let prefix = Array(Entry.text(typed[...]).utf8)
        guard let entry = entries.suffix(Self.depth).last(where: { Self.continues($0, prefix) }) else { return nil }
        let scalars = Array(entry.unicodeScalars)
        let rest = Array(scalars[typed.count...])
        // Neither a part of a character, nor what only a fold can hold.
        let lastCharacter = Array(typed.suffix(32))
        let isWhole =
            Entry.text((lastCharacter + rest.prefix(1))[...]).count == Entry.text(lastCharacter[...]).count + 1
        return isWhole && !rest.contains(where: FoldedPastes.isTaken) ? rest : nil
    }

    private static func continues(_ entry: String, _ prefix: [UInt8]) -> Bool {
        let count = entry.utf8.count
        guard count > prefix.count, count <= longestSuggested else { return false }
        // Strings of other kinds than Swift's own come from nowhere.
        return entry.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memcmp($0, prefix, prefix.count) == 0 } ?? false
        } ?? entry.utf8.starts(with: prefix)
    }
}
