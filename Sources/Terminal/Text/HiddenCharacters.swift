/// How many characters of a text can't be seen, or move others about, by kind.
///
/// They are the way to hide instructions for a model in a text that looks harmless. What is counted is what the ``Sanitizer``
/// shows by its number; controls that it shows as symbols, such as ESC, can be seen.
package struct HiddenCharacters: Hashable, Sendable {
    private(set) var tags = 0
    private(set) var bidirectionalControls = 0
    private(set) var variationSelectors = 0
    private(set) var zeroWidth = 0
    private(set) var others = 0

    package init(in text: some Collection<Unicode.Scalar>) {
        var rest = text[...]
        while let scalar = rest.popFirst() {
            if scalar.value < 0x80 { continue }
            // The tags of a flag are no secret.
            if scalar == FlagTags.flag, let end = Self.endOfTags(in: rest) {
                rest = rest[end...]
            } else if Sanitizer.verdict(on: scalar) == .hidden {
                count(scalar)
            }
        }
    }

    /// Where the tags end that make a flag of the one before them; nil if they don't.
    private static func endOfTags<Text: Collection<Unicode.Scalar>>(in text: Text) -> Text.Index? {
        var tags = FlagTags()
        for index in text.indices {
            switch tags.take(text[index]) {
            case .goesOn: continue
            case .ends: return text.index(after: index)
            case .isNone: return nil
            }
        }
        return nil
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

    package var total: Int { tags + bidirectionalControls + variationSelectors + zeroWidth + others }

    /// Whether whole sentences may be hidden in them, which a model reads and a person doesn't: tags and variation selectors stand for
    /// letters one by one.
    ///
    /// The others turn up in honest texts, too.
    package var mayBeText: Bool { tags + variationSelectors > 0 }

    /// The kinds that there are: `9 tags, 1 bidirectional control`.
    package var kinds: String {
        let counts = [
            (tags, "tag"), (bidirectionalControls, "bidirectional control"),
            (variationSelectors, "variation selector"), (zeroWidth, "zero-width character"), (others, "other"),
        ]
        return counts.filter { $0.0 > 0 }.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }
}
