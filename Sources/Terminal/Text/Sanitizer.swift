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
/// Sanitising a part at a time gives the same as sanitising the whole, but for what is counted or looked at together: a CRLF that
/// is cut in two leaves the picture of its CR, a flag that is cut shows its tags, and the eight marks are counted anew.
package enum Sanitizer {
    private static let maximumCombiningMarks = 8

    /// Makes a text of several lines harmless.
    package static func sanitize(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var clean = Cleaner()
        clean.consume(text.unicodeScalars)
        return String(clean.output)
    }

    /// Makes a text harmless that must stay on one line: line feeds and tabs become control pictures too.
    package static func sanitizeLine(_ text: String) -> String {
        if text.unicodeScalars.allSatisfy({ TextWidth.widthIfPlain($0) != nil }) { return text }
        var clean = Cleaner(keepsLineBreaks: false)
        clean.consume(text.unicodeScalars)
        return String(clean.output)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x09
    }

    private struct Cleaner {
        var keepsLineBreaks = true
        var output = String.UnicodeScalarView()
        private var combiningMarks = 0

        init(keepsLineBreaks: Bool = true) { self.keepsLineBreaks = keepsLineBreaks }

        mutating func consume(_ scalars: String.UnicodeScalarView) {
            var index = scalars.startIndex
            while index < scalars.endIndex {
                let scalar = scalars[index]
                if scalar == "\u{1F3F4}", let end = Sanitizer.endOfFlag(in: scalars, from: index) {
                    output.append(contentsOf: scalars[index..<end])
                    index = end
                    continue
                }
                index = scalars.index(after: index)
                if scalar == "\r", keepsLineBreaks, index < scalars.endIndex, scalars[index] == "\n" { continue }
                append(scalar)
            }
        }

        private mutating func append(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x20..<0x7F:
                combiningMarks = 0
                output.append(scalar)
            case 0x09 where keepsLineBreaks, 0x0A where keepsLineBreaks:
                combiningMarks = 0
                output.append(scalar)
            case 0..<0x20:
                combiningMarks = 0
                output.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case 0x7F:
                combiningMarks = 0
                output.append("\u{2421}")
            default:
                appendBeyondASCII(scalar)
            }
        }

        private mutating func appendBeyondASCII(_ scalar: Unicode.Scalar) {
            if Sanitizer.isHidden(scalar) {
                combiningMarks = 0
                output.append(contentsOf: "<U+\(Sanitizer.hexadecimal(scalar))>".unicodeScalars)
                return
            }
            switch scalar.properties.generalCategory {
            // A joiner counts too, or marks could go on behind it without end.
            case .nonspacingMark, .enclosingMark, .spacingMark, .format:
                combiningMarks += 1
                if combiningMarks > Sanitizer.maximumCombiningMarks { return }
            default:
                combiningMarks = 0
            }
            output.append(scalar)
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

    /// The end of a flag's tag sequence that starts here: a black flag, two to six tags, the cancel tag (UTS #51, ED-14a).
    static func endOfFlag(
        in scalars: String.UnicodeScalarView, from start: String.Index
    ) -> String.Index? {
        var index = scalars.index(after: start)
        var tags = 0
        while index < scalars.endIndex {
            let value = scalars[index].value
            index = scalars.index(after: index)
            if value == 0xE007F { return (2...6).contains(tags) ? index : nil }
            guard (0xE0030...0xE0039).contains(value) || (0xE0061...0xE007A).contains(value) else { return nil }
            tags += 1
            if tags > 6 { return nil }
        }
        return nil
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.utf8.count, 0)) + digits
    }
}
