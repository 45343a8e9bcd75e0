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
        var endsWide = false
        while index < text.count, text[index] != .space {
            if characters.isEmpty {
                if isASCII(at: index) {
                    if endsWide { break }
                    columns += 1
                    index += 1
                    continue
                }
                characters = self.characters(from: index)[...]
            }
            guard let character = characters.first else { break }
            let isWide = character.columns == 2
            if index > start, isWide || endsWide, !Self.staysBehind(character.scalar) { break }
            characters.removeFirst()
            index += character.length
            columns += character.columns
            endsWide = isWide && !Self.staysBefore(character.scalar)
        }
        return Word(range: start..<index, columns: columns)
    }

    /// The pieces of a word that is wider than a line: the first in some columns, the others in `rest`.
    func pieces(of word: Word, width: Int, rest: Int) -> [Word] {
        var pieces: [Word] = []
        var limit = width
        var piece = Word(range: word.range.lowerBound..<word.range.lowerBound)
        /// The piece up to its last punctuation in the second half of the line.
        var cut: Word?
        for character in characters(from: word.range.lowerBound) where piece.range.upperBound < word.range.upperBound {
            if piece.columns + character.columns > limit, !piece.range.isEmpty {
                let taken = cut ?? piece
                pieces.append(taken)
                piece.range = taken.range.upperBound..<piece.range.upperBound
                piece.columns -= taken.columns
                (cut, limit) = (nil, rest)
            }
            piece.range = piece.range.lowerBound..<piece.range.upperBound + character.length
            piece.columns += character.columns
            if piece.columns > limit / 2, "-/&?=.,;_".unicodeScalars.contains(character.scalar) { cut = piece }
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

    /// Closing punctuation, which doesn't start a line (after JIS X 4051).
    private static func staysBehind(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "、", "。", "，", "．", "・", "：", "；", "？", "！", "）", "］", "｝", "」", "』", "】", "〕", "〉", "》", "ー", "々", "’",
            "”":
            true
        default: false
        }
    }

    /// Opening punctuation, which doesn't end a line.
    private static func staysBefore(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "（", "［", "｛", "「", "『", "【", "〔", "〈", "《": true
        default: false
        }
    }
}
