import Terminal

/// The stretches of a sanitised text between which a line may be broken, one after the other.
struct Words {
    struct Word {
        /// Where it is, in bytes.
        var range = 0..<0
        var columns = 0
    }

    private struct Character {
        var length: Int
        var columns: Int
        var scalar: Unicode.Scalar
    }

    private let text: [UInt8]
    private var index = 0
    /// The characters from the index to the next blank, once one of them is beyond ASCII.
    private var characters: ArraySlice<Character> = []

    /// - Parameter text: In UTF-8.
    init(_ text: [UInt8]) { self.text = text }

    mutating func next() -> Word? {
        while index < text.count, text[index] == .space { index += 1 }
        guard index < text.count else { return nil }
        let start = index
        var columns = 0
        var joint = Joint()
        while index < text.count, text[index] != .space {
            if characters.isEmpty, !isASCII(at: index) { characters = characters(from: index)[...] }
            let character =
                characters.first
                ?? Character(length: 1, columns: 1, scalar: Unicode.Scalar(text[index]))
            if !joint.joins(character), index > start { break }
            characters = characters.dropFirst()
            index += character.length
            columns += character.columns
        }
        return Word(range: start..<index, columns: columns)
    }

    /// What the last character says about a break behind it.
    private struct Joint {
        private var breaksFreely = false
        private var opens = false

        /// Whether the next character must stand beside the last one.
        mutating func joins(_ character: Character) -> Bool {
            let closes = Words.closes(character.scalar)
            // Korean has blanks between its words.
            let isFree = character.columns == 2 && !(0xAC00..<0xD7A4).contains(character.scalar.value)
            let joins = opens || closes || !isFree && !breaksFreely
            opens = Words.opens(character.scalar)
            breaksFreely = isFree || closes && breaksFreely
            return joins
        }
    }

    /// The pieces of a word that is wider than a line: the first in some columns, the others in `rest`.
    func pieces(of word: Word, width: Int, rest: Int) -> [Word] {
        var pieces: [Word] = []
        var limit = width
        var piece = Word(range: word.range.lowerBound..<word.range.lowerBound)
        /// The piece up to its last punctuation in the second half of the line.
        var cut: Word?
        var earlierCut: Word?
        for character in characters(from: word.range.lowerBound) where piece.range.upperBound < word.range.upperBound {
            // A bracket doesn't stand alone.
            if Self.closes(character.scalar), let last = cut, last.range.upperBound == piece.range.upperBound {
                cut = earlierCut
            }
            if piece.columns + character.columns > limit, !piece.range.isEmpty {
                let taken = cut ?? piece
                pieces.append(taken)
                piece.range = taken.range.upperBound..<piece.range.upperBound
                piece.columns -= taken.columns
                (cut, earlierCut, limit) = (nil, nil, rest)
            }
            piece.range = piece.range.lowerBound..<piece.range.upperBound + character.length
            piece.columns += character.columns
            if piece.columns > limit / 2, Self.separates(character.scalar) { (earlierCut, cut) = (cut, piece) }
        }
        return pieces + [piece]
    }

    /// Whether the character here is one of ASCII, which nothing behind it joins.
    private func isASCII(at index: Int) -> Bool {
        text[index] < 0x80 && (index + 1 == text.count || text[index + 1] < 0x80)
    }

    /// The characters from here to the next blank.
    private func characters(from start: Int) -> [Character] {
        let end = text[start...].firstIndex(of: .space) ?? text.count
        let word = String(decoding: text[start..<end], as: UTF8.self)
        let columns = word.unicodeScalars.map { TextWidth.widthIfPlain($0) }
        if !columns.contains(nil) {
            return zip(word.unicodeScalars, columns).map { scalar, columns in
                Character(length: UTF8.width(scalar), columns: columns ?? 1, scalar: scalar)
            }
        }
        return word.map { character in
            Character(
                length: character.utf8.count, columns: TextWidth.width(of: character),
                scalar: character.unicodeScalars.first ?? " ")
        }
    }

    /// Punctuation within addresses and names, behind which they are cut.
    private static func separates(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "/", "&", "?", "=", ".", ",", ";", "_": true
        default: false
        }
    }

    /// Closing punctuation, which doesn't start a line (after JIS X 4051).
    private static func closes(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "、", "。", "，", "．", "・", "：", "；", "？", "！", "）", "］", "｝", "」", "』", "】", "〕", "〉", "》", "ー", "々", "’",
            "”",
            ")", "]", "}", ".", ",", ":", ";", "?", "!", "%", "…":
            true
        default: false
        }
    }

    /// Opening punctuation, which doesn't end a line.
    private static func opens(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "（", "［", "｛", "「", "『", "【", "〔", "〈", "《", "‘", "“", "(", "[", "{": true
        default: false
        }
    }
}
