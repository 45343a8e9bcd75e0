/// Takes UTF-8 apart a scalar at a time, where the end may still be missing (RFC 3629 §4).
enum UTF8Scalar {
    enum Result: Equatable {
        case scalar(Unicode.Scalar, length: Int)
        /// A scalar begins, and more bytes must come.
        case incomplete
        /// No scalar; so many bytes are to be skipped.
        case invalid(length: Int)
    }

    /// The scalar that the bytes begin with.
    static func decode(_ bytes: ArraySlice<UInt8>) -> Result {
        guard let first = bytes.first else { return .incomplete }
        let length: Int
        var value: UInt32
        switch first {
        case 0..<0x80: return .scalar(Unicode.Scalar(first), length: 1)
        case 0xC2..<0xE0: (length, value) = (2, UInt32(first & 0x1F))
        case 0xE0..<0xF0: (length, value) = (3, UInt32(first & 0x0F))
        case 0xF0..<0xF5: (length, value) = (4, UInt32(first & 0x07))
        default: return .invalid(length: 1)
        }
        for offset in 1..<length {
            guard offset < bytes.count else { return .incomplete }
            let byte = bytes[bytes.startIndex + offset]
            guard byte & 0xC0 == 0x80 else { return .invalid(length: offset) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard value >= least, let scalar = Unicode.Scalar(value) else { return .invalid(length: length) }
        return .scalar(scalar, length: length)
    }

    /// The last index up to `end` where no scalar is cut in two.
    static func boundary(in bytes: [UInt8], before end: Int) -> Int {
        var index = end - 1
        while index > 0, end - index < 4, bytes[index] & 0xC0 == 0x80 { index -= 1 }
        guard index >= 0, decode(bytes[index..<end]) == .incomplete else { return end }
        return index
    }
}
