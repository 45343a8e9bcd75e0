/// Looks through the text of JSON strings eight bytes at a time.
package enum JSONText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Where the next byte is that means something within a string: a quote, a backslash or a control character; else the end.
    package static func endOfPlainText(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        end(in: bytes, from: start, wordStops: plainTextStops) { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
    }

    /// Where the next byte is that can't be written as it stands, or may begin what can't: C1 controls begin with C2 in UTF-8.
    static func endOfSafeText(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        end(in: bytes, from: start, wordStops: { plainTextStops($0) | equal($0, 0x7F) | equal($0, 0xC2) }) {
            $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F || $0 == 0xC2
        }
    }

    private static func plainTextStops(_ word: UInt64) -> UInt64 {
        (word &- ones &* 0x20) & ~word | equal(word, 0x22) | equal(word, 0x5C)
    }

    /// The high bit of each byte that is a given one; bits of bytes behind the first may be wrong.
    @inline(__always)
    private static func equal(_ word: UInt64, _ byte: UInt64) -> UInt64 {
        let difference = word ^ (ones &* byte)
        return (difference &- ones) & ~difference
    }

    @inline(__always)
    private static func end(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, wordStops: (UInt64) -> UInt64,
        byteStops: (UInt8) -> Bool
    ) -> Int {
        var end = start
        while end + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: end, as: UInt64.self))
            let stops = wordStops(word) & highBits
            if stops != 0 { return end + stops.trailingZeroBitCount / 8 }
            end += 8
        }
        while end < bytes.count, !byteStops(bytes[end]) { end += 1 }
        return end
    }
}
