import Glibc

enum ByteSearch {
    /// Where some bytes, at least one, stand from an index on.
    ///
    /// The C function is `memchr`.
    static func firstIndex(of word: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        guard let base = text.baseAddress else { return nil }
        var index = start
        while index + word.count <= text.count,
            let found = memchr(base + index, Int32(word[0]), text.count - word.count + 1 - index)
        {
            index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if text[index..<index + word.count].elementsEqual(word) { return index }
            index += 1
        }
        return nil
    }
}
