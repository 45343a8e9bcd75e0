import Terminal
import TextSearch

/// Tells of Markdown, without laying it out, that some words surely aren't seen in it.
///
/// What is laid out has no other letters than its source, in the same order, but where the source has references (`&amp;`), links or
/// something hidden; signs and the numbers of lists it may have of its own. So letters and digits alone are compared.
struct ShownWords {
    private let words: [[UInt8]]

    /// Of words whose signs may be the layout's own nothing is sure.
    init(_ search: FoldedText) {
        words = search.words.compactMap { word in
            let isSure = String(decoding: word, as: UTF8.self).unicodeScalars.allSatisfy {
                $0.value < 0x80 || $0.properties.isAlphabetic
            }
            let letters = word.filter(Self.isLetter)
            return isSure && !letters.allSatisfy { $0 < 0x3A } ? letters : nil
        }
    }

    var isEmpty: Bool { words.isEmpty }

    /// Whether all words may be seen in some texts.
    func maySeem(_ texts: [String]) -> Bool {
        var missing = words
        for text in texts where !missing.isEmpty {
            guard !Self.isTransformed(text) else { return true }
            let letters = CaseFolding.fold(text).filter(Self.isLetter)
            missing.removeAll { ByteSearch.firstIndex(of: $0, in: letters) != nil }
        }
        return missing.isEmpty
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10
    }

    /// Whether a text may be laid out with other letters than it has, or in another order.
    private static func isTransformed(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "&") { return true }
            // [text](link), [text][link], [link]: where it is.
            if last == UInt8(ascii: "]"), [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: ":")].contains(byte) {
                return true
            }
            last = byte
        }
        return Sanitizer.sanitize(text) != text
    }
}
