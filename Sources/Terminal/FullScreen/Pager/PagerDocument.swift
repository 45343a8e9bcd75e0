/// What a ``Pager`` shows: a text in numbered parts, each of which is laid out only when it is seen.
package protocol PagerDocument: Sendable {
    /// What a part is called, as in "turn 3 of 12".
    var partName: String { get }
    /// How many parts there are; at least one.
    var partCount: Int { get }
    /// The number that people know the first part by.
    var firstNumber: Int { get }

    /// About how much text a part has, in bytes: how far on it is goes by that.
    func size(ofPart part: Int) -> Int
    /// Lays a part out; an empty line at its end keeps the next one apart.
    func lines(ofPart part: Int, columns: Int) -> [StyledLine]
    /// Whether a search may find something in a part. One that it surely can't isn't laid out to look.
    func mayHold(_ search: FoldedText, inPart part: Int) -> Bool
}

/// A text that is looked for, in upper or lower case alike.
package struct FoldedText: Hashable, Sendable {
    /// In lower case, in UTF-8, with one space for any number of blanks.
    let bytes: [UInt8]
    private let words: [[UInt8]]
    private let isASCII: Bool

    /// Its words, each to be looked for alone.
    var parts: [FoldedText] { words.map { FoldedText(String(decoding: $0, as: UTF8.self)) } }

    package init(_ text: String) {
        var bytes: [UInt8] = []
        for byte in text.lowercased().utf8 {
            let byte = byte == 0x09 || byte == 0x0A || byte == 0x0D ? 0x20 : byte
            if byte != 0x20 || bytes.last != 0x20 { bytes.append(byte) }
        }
        self.bytes = bytes
        words = bytes.split(separator: 0x20).map { Array($0) }
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    /// Whether each of its words is in one of some texts.
    package func hasWords(in texts: [String]) -> Bool {
        words.allSatisfy { word in texts.contains { isFound(word, in: $0) } }
    }

    private func isFound(_ word: [UInt8], in text: String) -> Bool {
        // Only of ASCII is a byte's lower case told by the byte alone.
        var text = isASCII ? text : text.lowercased()
        return text.withUTF8 { bytes in FoldedText.firstIndex(of: word, in: bytes, from: 0) != nil }
    }

    /// Where bytes in lower case stand first in a text, whose ASCII may be in either case.
    static func firstIndex(of word: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let first = word.first else { return start }
        var index = start
        let end = text.count - word.count
        while index <= end {
            if folded(text[index]) == first, word.indices.allSatisfy({ folded(text[index + $0]) == word[$0] }) {
                return index
            }
            index += 1
        }
        return nil
    }

    @inline(__always) private static func folded(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}
