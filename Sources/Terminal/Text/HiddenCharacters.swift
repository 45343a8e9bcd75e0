/// How many characters of a text can't be seen, or move others about, by kind.
///
/// They are the way to hide instructions for a model in a text that looks harmless. What is counted is what the ``Sanitizer``
/// shows by its number; controls that it shows as symbols, such as ESC, can be seen.
struct HiddenCharacters: Hashable, Sendable {
    private(set) var tags = 0
    private(set) var bidirectionalControls = 0
    private(set) var variationSelectors = 0
    private(set) var zeroWidth = 0
    private(set) var others = 0

    init(in text: [Unicode.Scalar]) {
        var index = 0
        while index < text.count {
            let scalar = text[index]
            if scalar.value >= 0x80 {
                if let end = HiddenCharacters.endOfFlag(in: text, from: index) {
                    index = end
                    continue
                }
                if Sanitizer.isHidden(scalar) { count(scalar) }
            }
            index += 1
        }
    }

    private mutating func count(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0xE0000...0xE007F: tags += 1
        case 0xE0100...0xE01EF: variationSelectors += 1
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: bidirectionalControls += 1
        case 0x200B, 0x2060...0x2064, 0xFEFF, 0x180E, 0xAD: zeroWidth += 1
        default: others += 1
        }
    }

    /// Where the flag ends that begins here: its tags are no secret.
    private static func endOfFlag(in text: [Unicode.Scalar], from start: Int) -> Int? {
        guard text[start] == "\u{1F3F4}" else { return nil }
        let scalars = String.UnicodeScalarView(text[start..<min(start + 8, text.count)])
        return Sanitizer.endOfFlag(in: scalars, from: scalars.startIndex).map {
            start + scalars.distance(from: scalars.startIndex, to: $0)
        }
    }

    var total: Int { tags + bidirectionalControls + variationSelectors + zeroWidth + others }

    /// The kinds that there are: `9 tags, 1 bidirectional control`.
    var kinds: String {
        let counts = [
            (tags, "tag"), (bidirectionalControls, "bidirectional control"),
            (variationSelectors, "variation selector"), (zeroWidth, "zero-width character"), (others, "other"),
        ]
        return counts.filter { $0.0 > 0 }.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }
}
