/// How many words a text has that arrives in parts.
struct WordCount {
    private(set) var count = 0
    private var isInWord = false

    /// How many words a text has.
    static func count(in text: String) -> Int {
        var words = WordCount()
        words.add(text)
        return words.count
    }

    mutating func add(_ text: String) {
        for scalar in text.unicodeScalars {
            if Self.isWord(scalar) {
                count += 1
                isInWord = false
            } else {
                let isBlank = scalar.properties.isWhitespace
                if !isBlank, !isInWord { count += 1 }
                isInWord = !isBlank
            }
        }
    }

    /// Whether a scalar stands for a word of its own: in Chinese and Japanese, which have no blanks between words.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3041..<0x30FB, 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xF900..<0xFB00, 0x20000..<0x3FFFE: true
        default: false
        }
    }
}
