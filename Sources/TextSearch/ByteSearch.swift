import Glibc

package enum ByteSearch {
    /// Where a byte stands from an index on.
    ///
    /// The C function is `memchr`.
    package static func firstIndex(
        of byte: UInt8, in text: UnsafeBufferPointer<UInt8>, from start: Int = 0
    ) -> Int? {
        guard let base = text.baseAddress, start < text.count else { return nil }
        let found = memchr(base + start, Int32(byte), text.count - start)
        return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    }

    /// Where some bytes, at least one, stand from an index on.
    package static func firstIndex(
        of word: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int = 0
    ) -> Int? {
        var index = start
        while let found = firstIndex(of: word[0], in: text, from: index), found + word.count <= text.count {
            if text[found..<found + word.count].elementsEqual(word) { return found }
            index = found + 1
        }
        return nil
    }

    /// Where some bytes, at least one, stand first.
    package static func firstIndex(of word: [UInt8], in text: [UInt8]) -> Int? {
        text.withUnsafeBufferPointer { firstIndex(of: word, in: $0) }
    }

    /// How many bytes of UTF-8 the blank at an index takes; 0 if none is there.
    ///
    /// Blanks are what Unicode calls `White_Space`: line breaks, and spaces of any width, also those that no line is broken at.
    @inline(__always)
    package static func blankLength(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        switch text[index] {
        case 0x20, 0x09...0x0D: 1
        case 0xC2 where index + 1 < text.count: text[index + 1] == 0x85 || text[index + 1] == 0xA0 ? 2 : 0
        case 0xE1...0xE3 where index + 2 < text.count: isWideBlank(text, index) ? 3 : 0
        default: 0
        }
    }

    private static func isWideBlank(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch (text[index], text[index + 1], text[index + 2]) {
        case (0xE1, 0x9A, 0x80), (0xE3, 0x80, 0x80): true  // Ogham, ideographic
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): true
        case (0xE2, 0x81, 0x9F): true
        default: false
        }
    }
}
