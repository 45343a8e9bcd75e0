/// Makes a text harmless that arrives in parts: what comes out together is what ``Sanitizer/sanitize(_:)`` makes of the whole,
/// wherever it was cut.
///
/// What the next part decides is held back until then: a carriage return, or the first scalars of a flag, seven at most.
package struct StreamingSanitizer: Sendable {
    private let keepsLineBreaks: Bool
    private var held = ""
    /// How many marks and joiners in a row the text ends with so far.
    private var marks = 0

    package init() { self.init(keepsLineBreaks: true) }

    init(keepsLineBreaks: Bool) { self.keepsLineBreaks = keepsLineBreaks }

    /// Takes the next part, and returns what can be shown by now.
    package mutating func append(_ text: String) -> String {
        clean(held.isEmpty ? text : held + text, isLast: false)
    }

    /// Ends the text, and returns the rest of it; another one may begin.
    package mutating func finish() -> String {
        defer { marks = 0 }
        return clean(held, isLast: true)
    }

    mutating func clean(_ text: String, isLast: Bool) -> String {
        var text = text
        let (output, end) = text.withUTF8 { consume($0, isLast: isLast) }
        if output == nil, end == text.utf8.count {
            held = ""
            return text
        }
        let index = text.utf8.index(text.startIndex, offsetBy: end)
        held = String(text[index...])
        return output.map { String(decoding: $0, as: UTF8.self) } ?? String(text[..<index])
    }

    /// What a text becomes, nil if it stays as it is; and how far that goes, as the rest is held back.
    private mutating func consume(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool
    ) -> (output: [UInt8]?, end: Int) {
        var output = Output(bytes)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x20..<0x7F: marks = 0
            case 0x0A where keepsLineBreaks, 0x09 where keepsLineBreaks: marks = 0
            case 0x0D where keepsLineBreaks:
                if index + 1 == bytes.count, !isLast { return output.end(at: index) }
                let isLineEnd = index + 1 < bytes.count && bytes[index + 1] == 0x0A
                output.replace(index..<index + 1, by: isLineEnd ? [] : Self.picture(of: 0x0D))
                marks = 0
            case let byte where byte < 0x80:
                output.replace(index..<index + 1, by: Self.picture(of: byte))
                marks = 0
            default:
                guard let next = consumeScalar(at: index, of: bytes, &output, isLast: isLast) else {
                    return output.end(at: index)
                }
                index = next
                continue
            }
            index += 1
        }
        return output.end(at: index)
    }

    /// Takes a scalar beyond ASCII: where the next one begins; nil if what follows decides over this one.
    private mutating func consumeScalar(
        at start: Int, of bytes: UnsafeBufferPointer<UInt8>, _ output: inout Output, isLast: Bool
    ) -> Int? {
        let (scalar, end) = Self.scalar(at: start, of: bytes)
        if scalar == FlagTags.flag {
            var tags = FlagTags()
            var index = end
            while true {
                if index == bytes.count {
                    if !isLast { return nil }
                    break
                }
                let (tag, next) = Self.scalar(at: index, of: bytes)
                let step = tags.take(tag)
                if step == .isNone { break }
                index = next
                if step == .ends {
                    marks = 0
                    return index
                }
            }
        }
        switch Sanitizer.verdict(on: scalar) {
        case .shown: marks = 0
        case .mark:
            marks += 1
            if marks > Sanitizer.maximumMarks { output.replace(start..<end, by: []) }
        case .hidden:
            marks = 0
            output.replace(start..<end, by: Self.number(of: scalar))
        }
        return end
    }

    /// The scalar whose UTF-8 begins there, and where the next one does; the bytes are those of a string, so they are valid.
    private static func scalar(at start: Int, of bytes: UnsafeBufferPointer<UInt8>) -> (Unicode.Scalar, Int) {
        let first = UInt32(bytes[start])
        if first < 0x80 { return (Unicode.Scalar(UInt8(first)), start + 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = first & (0x7F >> UInt32(length))
        for byte in bytes[start + 1..<start + length] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", start + length)
    }

    /// The control picture of a C0 control (U+2400 and on) or of DEL (U+2421).
    private static func picture(of control: UInt8) -> [UInt8] {
        [0xE2, 0x90, control == 0x7F ? 0xA1 : 0x80 + control]
    }

    private static func number(of scalar: Unicode.Scalar) -> [UInt8] {
        Array("<U+\(Sanitizer.hexadecimal(scalar.value))>".utf8)
    }

    /// What becomes of bytes: nothing is copied before something changes, and then what lies between two changes at once.
    private struct Output {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var changed: [UInt8] = []
        private var copied = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func replace(_ range: Range<Int>, by replacement: [UInt8]) {
            changed += bytes[copied..<range.lowerBound]
            changed += replacement
            copied = range.upperBound
        }

        mutating func end(at index: Int) -> (output: [UInt8]?, end: Int) {
            if copied == 0 { return (nil, index) }
            changed += bytes[copied..<index]
            return (changed, index)
        }
    }
}
