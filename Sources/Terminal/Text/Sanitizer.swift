/// Makes text from outside harmless: the one place where that is decided.
///
/// The rules are an allowlist on Unicode scalars. (Never on `Character`: a combining mark hides an escape from grapheme-wise
/// search, and a terminal obeys it all the same.)
///
/// - Line feed and tab pass; CRLF becomes LF.
/// - Any other C0 control and DEL becomes its control picture (U+2400…), so that it can be seen.
/// - C1 controls, bidirectional controls, tags, variation selector supplements, line and paragraph separators,
///   invisible fillers and other format characters become `<U+XXXX>`.
/// - ZWJ, ZWNJ, VS15, VS16 and the tag sequences of flags pass, as emoji and scripts need them.
/// - Of more than eight combining marks and joiners in a row the rest is dropped.
///
/// A text that arrives in parts goes through a ``StreamingSanitizer``, which follows the same rules.
package enum Sanitizer {
    static let maximumMarks = 8

    /// Makes a text of several lines harmless.
    package static func sanitize(_ text: String) -> String {
        var cleaner = StreamingSanitizer()
        return cleaner.clean(text, isLast: true)
    }

    /// Makes a text harmless that must stay on one line: line feeds and tabs become control pictures too.
    package static func sanitizeLine(_ text: String) -> String {
        var cleaner = StreamingSanitizer(keepsLineBreaks: false)
        return cleaner.clean(text, isLast: true)
    }

    /// JSON text with hidden characters, and marks beyond the eighth in a row, escaped (`\u202E`): the same for whoever parses it,
    /// and harmless to look at.
    package static func escapeHidden(inJSON text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var escaped = ""
        var marks = 0
        for scalar in text.unicodeScalars {
            let verdict = scalar.value < 0x80 ? .shown : verdict(on: scalar)
            marks = verdict == .mark ? marks + 1 : 0
            if verdict == .hidden || marks > maximumMarks {
                for unit in scalar.utf16 { escaped += "\\u\(hexadecimal(UInt32(unit)))" }
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// At least four digits.
    static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.utf8.count, 0)) + digits
    }

    /// What becomes of a scalar beyond ASCII.
    enum Verdict {
        case shown
        /// A mark or a joiner: shown, but not too many in a row.
        case mark
        /// Shown as `<U+XXXX>`.
        case hidden
    }

    static func verdict(on scalar: Unicode.Scalar) -> Verdict {
        if isSurelyShown(scalar.value) { return .shown }
        if isHidden(scalar) { return .hidden }
        switch scalar.properties.generalCategory {
        // A joiner counts too, or marks could go on behind it without end.
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return .mark
        default: return .shown
        }
    }

    /// Whether a scalar beyond ASCII is one of the letters, symbols and punctuation that most texts consist of, so that nothing
    /// has to be looked up.
    private static func isSurelyShown(_ value: UInt32) -> Bool {
        switch value {
        case 0xA0..<0xAD, 0xAE..<0x300, 0x370..<0x483: true  // Latin, Greek, Cyrillic
        case 0x5D0..<0x5EB, 0x620..<0x64B, 0x671..<0x6D6: true  // Hebrew, Arabic
        case 0x904..<0x93A, 0xE01..<0xE31: true  // Devanagari, Thai
        case 0x2010..<0x2028, 0x2030..<0x2060, 0x20A0..<0x20D0, 0x2100..<0x2C00: true  // punctuation, symbols
        case 0x3000..<0x302A, 0x3041..<0x3097, 0x30A0..<0x3100: true  // Chinese and Japanese punctuation, kana
        case 0x3400..<0xA000, 0xAC00..<0xD7A4, 0xFF01..<0xFF61: true  // Chinese, Hangul, full width
        case 0x1F300..<0x1F3F4, 0x1F3F5..<0x1FB00: true  // emoji, but for the black flag
        default: false
        }
    }

    /// Whether a scalar beyond ASCII can't be seen or moves other text about.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D, 0xFE0E, 0xFE0F: false  // ZWNJ, ZWJ, VS15, VS16
        case 0x80..<0xA0: true  // C1
        case 0x2028, 0x2029: true  // line and paragraph separator
        case 0x115F, 0x1160, 0x3164, 0xFFA0: true  // Hangul fillers: letters that show nothing
        case 0xE0000...0xE0FFF: true  // tags, variation selector supplement
        case 0x2065, 0xFFF0...0xFFF8: true  // not assigned, and never to be shown (Default_Ignorable_Code_Point)
        default: scalar.properties.generalCategory == .format  // bidi controls, soft hyphen, zero-width space, …
        }
    }
}

/// The tags behind a black flag, which make it the flag of Scotland and the like: two to six letters and digits, and the cancel
/// tag (UTS #51, ED-14a).
struct FlagTags {
    static let flag: Unicode.Scalar = "\u{1F3F4}"
    private var count = 0

    enum Step { case goesOn, ends, isNone }

    /// Takes the scalar that follows.
    mutating func take(_ scalar: Unicode.Scalar) -> Step {
        switch scalar.value {
        case 0xE007F: return count >= 2 ? .ends : .isNone
        case 0xE0030...0xE0039, 0xE0061...0xE007A:
            count += 1
            return count <= 6 ? .goesOn : .isNone
        default: return .isNone
        }
    }
}
