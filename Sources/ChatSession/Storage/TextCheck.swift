/// Whether bytes are text, and can be copied into a file as they stand.
enum TextCheck {
    /// They are no UTF-8.
    case invalid
    /// UTF-8 with DEL or C1 controls, which the files of Banter hold as escapes only.
    case withControls
    /// UTF-8 without them.
    case clean

    init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBufferPointer(Self.check)
    }

    private static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> TextCheck {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var hasControls = false
        var next = 0
        while next < bytes.count {
            if next + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: next, as: UInt64.self))
                let deletes = word ^ (ones &* 0x7F)
                // High bits are set by what isn't ASCII, and by DEL; those behind the first may be wrong.
                let stops = (word | ((deletes &- ones) & ~deletes)) & (ones &* 0x80)
                if stops == 0 {
                    next += 8
                    continue
                }
                next += stops.trailingZeroBitCount / 8
            }
            if bytes[next] < 0x80 {
                if bytes[next] == 0x7F { hasControls = true }
                next += 1
                continue
            }
            guard let length = sequenceLength(bytes, next) else { return .invalid }
            if bytes[next] == 0xC2, bytes[next + 1] < 0xA0 { hasControls = true }
            next += length
        }
        return hasControls ? .withControls : .clean
    }

    /// How many bytes the scalar takes that begins at an index and isn't ASCII; nil if none does (Unicode, table 3-7).
    private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let first = bytes[index]
        let second: ClosedRange<UInt8>
        let length: Int
        switch first {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: return nil
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return nil }
        return length
    }
}
