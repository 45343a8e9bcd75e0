import ChatApi

/// Tells from the bytes of a session's file whether the session may have what is searched for.
///
/// It never misses one that has; the few that it lets through for nothing are read and found out.
struct FileFilter: Sendable {
    private let patterns: [BytePattern]
    private static let escape = BytePattern([[0x5C], [UInt8(ascii: "u")]])
    /// The fields that are searched, as Banter writes them, one a line.
    private static let searched = (["title", "text"] + ChatCompletionRequestMessage.searchedFields).map {
        Array("\"\($0)\": ".utf8)
    }
    private static let fieldEnd = Array("\": ".utf8)

    init(_ query: SearchQuery) {
        patterns = query.terms.compactMap { BytePattern(folded: $0.longestWord) }
    }

    /// Whether a file must be read.
    func mayMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        patterns.allSatisfy { hasText($0, text) } || hasEscapedText(text)
    }

    /// Whether a word stands in a field that is searched.
    private func hasText(_ pattern: BytePattern, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        while let index = pattern.firstIndex(in: text, from: start) {
            guard let next = nextPlace(after: index, text) else { return true }
            start = next
        }
        return false
    }

    /// Where to go on behind an index, if what stands there isn't searched; nil if it is, as it is where the line isn't one that
    /// Banter would have written.
    private func nextPlace(after index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var start = index
        while start > 0, text[start - 1] != 0x0A { start -= 1 }
        while start < index, text[start] == 0x20 { start += 1 }
        for field in Self.searched where text[start...].starts(with: field) {
            return index >= start + field.count ? nil : start + field.count
        }
        // Any other field, `"role": "user"`; or else a text on a line of its own.
        var end = start + 1
        while end < text.count, end < start + 64, text[end] != 0x22, text[end] != 0x5C, text[end] != 0x0A { end += 1 }
        guard text[start] == 0x22, end < text.count, text[end...].starts(with: Self.fieldEnd) else { return nil }
        while end < text.count, text[end] != 0x0A { end += 1 }
        return end
    }

    /// Whether letters may stand in the file as `\u00e9`, as other programs write them; controls aren't searched.
    private func hasEscapedText(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        while let index = Self.escape.firstIndex(in: text, from: start) {
            start = index + 2
            // After an even number of backslashes it is a letter behind one.
            var backslashes = 1
            while index >= backslashes, text[index - backslashes] == 0x5C { backslashes += 1 }
            guard !backslashes.isMultiple(of: 2), start + 4 <= text.count else { continue }
            let digits = text[start..<start + 4]
            let isControl =
                digits.starts(with: Array("00".utf8)) && [0x30, 0x31, 0x38, 0x39].contains(text[start + 2])
                || digits.elementsEqual(Array("007f".utf8))
            if !isControl { return true }
        }
        return false
    }
}
