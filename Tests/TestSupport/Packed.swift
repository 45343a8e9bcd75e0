/// Packed bytes (gzip, RFC 1952; zlib, RFC 1950; both around DEFLATE, RFC 1951), made without a library.
public enum Packed {
    /// A text in gzip, stored rather than compressed.
    public static func gzip(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let size = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
        return gzipHeader + stored(bytes) + checksum(bytes) + size
    }

    /// A text as HTTP's `deflate`, stored rather than compressed.
    public static func deflate(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes { (a, b) = ((a + UInt32(byte)) % 65521, (b + a + UInt32(byte)) % 65521) }
        let adler = b << 16 | a
        return [0x78, 0x01] + stored(bytes) + (0..<4).reversed().map { UInt8(truncatingIfNeeded: adler >> (8 * $0)) }
    }

    /// A gzip that unpacks to nothing but `A`, about 159 times as many as it has bytes, and has no end.
    public static func bomb(bytes count: Int) -> [UInt8] {
        // The last block, in fixed codes: the literal A; then again and again 258 times what stands one before.
        let start: [UInt8] = [1, 1, 0] + [0, 1, 1, 1, 0, 0, 0, 1]
        let again: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]
        // After 3 bytes of that the same 13 bytes come again and again.
        let bits = start + (0..<20).flatMap { _ in again }
        let packed = (0..<16).map { byte in (0..<8).reduce(UInt8(0)) { $0 | bits[8 * byte + $1] << UInt8($1) } }
        let period = Array(packed[3..<16])
        return gzipHeader + packed[..<3] + (0..<count / 13).flatMap { _ in period }
    }

    private static let gzipHeader: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// Stored blocks of at most 65 535 bytes.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: 0, to: max(bytes.count, 1), by: 65535) {
            let block = bytes[start..<min(start + 65535, bytes.count)]
            let size = UInt16(block.count)
            result.append(start + 65535 >= bytes.count ? 1 : 0)
            for half in [size, ~size] { result += [UInt8(half & 255), UInt8(half >> 8)] }
            result += block
        }
        return result
    }

    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return (0..<4).map { UInt8(truncatingIfNeeded: ~crc >> (8 * $0)) }
    }
}
