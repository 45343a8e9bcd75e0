/// How many columns text takes on a terminal.
///
/// By grapheme cluster, after Unicode's East Asian Width (UAX #11) and emoji presentation (UTS #51), from tables that don't
/// depend on the C library's version or locale.
package enum TextWidth {
    /// The columns that a sanitised text takes.
    package static func width(of text: String) -> Int {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        var width = 0
        for scalar in text.unicodeScalars {
            guard let columns = widthIfPlain(scalar) else { return text.reduce(0) { $0 + self.width(of: $1) } }
            width += columns
        }
        return width
    }

    /// The columns that a character (a grapheme cluster) takes.
    ///
    /// An emoji takes 2, whatever it is joined from. In other scripts a cluster is as wide as its scalars together, such as 2 for
    /// a Thai consonant with SARA AM: so most terminals draw it.
    package static func width(of character: Character) -> Int {
        var sum = 0
        var (isJoined, isWide) = (false, false)
        for scalar in character.unicodeScalars {
            if scalar == "\u{FE0F}" || scalar == "\u{20E3}" { return 2 }
            isJoined = isJoined || scalar == "\u{200D}" || scalar.properties.isEmojiModifier
            let width = width(of: scalar)
            isWide = isWide || width == 2
            sum += width
        }
        guard let first = character.unicodeScalars.first else { return 0 }
        return isRegionalIndicator(first) || isJoined && isWide ? 2 : sum
    }

    /// Whether terminals disagree about a character's width, so that the column must be set anew behind it.
    package static func isUncertain(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        guard let first = scalars.first, first.value >= 0x80 || scalars.count > 1 else { return false }
        if isRegionalIndicator(first) || (0x1FA70...0x1FAFF).contains(first.value) { return true }
        return scalars.contains { $0 == "\u{FE0F}" || $0 == "\u{200D}" || $0 == "\u{20E3}" }
            // Terminals that go by clusters draw these in fewer columns.
            || scalars.count > 1 && scalars.dropFirst().contains { width(of: $0) > 0 }
    }

    /// The columns that a scalar on its own takes: 0, 1 or 2.
    static func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if (0x1160...0x11FF).contains(value) { return 0 }  // Hangul vowels and finals join the initial
        return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }

    /// The columns of a scalar that never joins another of its kind into one character, and can be shown as it is; nil for any
    /// other.
    ///
    /// The common part of ``width(of:)-(Unicode.Scalar)``, for long texts.
    package static func widthIfPlain(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300, 0x370..<0x483: 1  // Latin, Greek, Cyrillic
        case 0x2010..<0x2028, 0x2030..<0x203C: 1  // dashes, quotation marks, the ellipsis
        case 0x3001..<0x302A, 0x3041..<0x3097, 0x30A1..<0x30FB, 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xAC00..<0xD7A4,
            0xFF01..<0xFF61:
            2  // Chinese, Japanese, Korean
        default: nil
        }
    }

    private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    /// East Asian Width W or F, by block, as EastAsianWidth.txt has it.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// The text with every tab replaced by blanks up to the next eighth column, on one line.
    static func expandingTabs(_ line: String) -> String {
        guard line.utf8.contains(0x09) else { return line }
        var expanded = ""
        var column = 0
        for character in line {
            if character == "\t" {
                let blanks = 8 - column % 8
                expanded += String(repeating: " ", count: blanks)
                column += blanks
            } else {
                expanded.append(character)
                column += width(of: character)
            }
        }
        return expanded
    }
}
