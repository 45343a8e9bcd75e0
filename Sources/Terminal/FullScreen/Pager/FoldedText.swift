import TextSearch

/// A text that is looked for, in upper or lower case alike.
package struct FoldedText: Hashable, Sendable {
    /// Without its case, in UTF-8, with one space for any number of blanks.
    let bytes: [UInt8]
    /// Its words, each to be looked for alone.
    package let words: [[UInt8]]

    /// What is looked for as it stands.
    init(word: [UInt8]) { (bytes, words) = (word, [word]) }

    package init(_ text: String) {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars { Self.append(scalar, to: &bytes) }
        self.bytes = bytes
        words = bytes.split(separator: 0x20).map { Array($0) }
    }

    /// Adds a scalar without its case to a text; of blanks in a row one space is enough.
    @inline(__always)
    static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if scalar.value < 0x80 {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            append(ascii: byte, to: &bytes)
        } else if scalar.properties.isWhitespace {
            append(ascii: 0x20, to: &bytes)
        } else {
            bytes += String(CaseFolding.fold(scalar)).utf8
        }
    }

    @inline(__always)
    static func append(ascii byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case 0x41...0x5A: bytes.append(byte | 0x20)
        case 0x20, 0x09...0x0D: if bytes.last != 0x20 { bytes.append(0x20) }
        default: bytes.append(byte)
        }
    }

    /// Whether each of its words is in one of some texts.
    package func hasWords(in texts: [String]) -> Bool {
        let texts = texts.map(CaseFolding.fold)
        return words.allSatisfy { word in texts.contains { ByteSearch.firstIndex(of: word, in: $0) != nil } }
    }

    /// Whether one of its words is in a text.
    package func hasAnyWord(in text: String) -> Bool {
        let text = CaseFolding.fold(text)
        return words.contains { ByteSearch.firstIndex(of: $0, in: text) != nil }
    }
}
