import TextSearch

/// A word as it may stand in a file of JSON, whatever its case: for each byte, the bytes that fit.
///
/// Two bytes that are rare in texts are looked for sixteen places at once, and only where both are the rest is compared.
struct BytePattern: Sendable {
    private let bytes: [[UInt8]]
    private let first: Probe
    private let second: Probe

    private struct Probe {
        let offset: Int
        let bytes: (SIMD16<UInt8>, SIMD16<UInt8>)

        init(_ offset: Int, _ bytes: [UInt8]) {
            self.offset = offset
            self.bytes = (SIMD16(repeating: bytes[0]), SIMD16(repeating: bytes[bytes.count - 1]))
        }

        @inline(__always)
        func hits(_ block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> { (block .== bytes.0) .| (block .== bytes.1) }
    }

    /// The pattern of a folded word; nil if there is nothing in it that stands in a file as it is.
    ///
    /// Quotes, backslashes, slashes and controls may be written as escapes, so of a word that has some its longest part without counts.
    init?(folded word: [UInt8]) {
        let parts = word.split { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x2F || $0 == 0x7F }
        guard let part = parts.max(by: { $0.count < $1.count }) else { return nil }
        var bytes: [[UInt8]] = []
        for scalar in String(decoding: part, as: UTF8.self).unicodeScalars {
            let variants = CaseFolding.variants(of: scalar).map { Array(String($0).utf8) }
            for index in variants[0].indices { bytes.append(Array(Set(variants.map { $0[index] })).sorted()) }
        }
        self.init(bytes)
    }

    /// A pattern of bytes that fit at each place.
    init(_ bytes: [[UInt8]]) {
        self.bytes = bytes
        // A probe has two bytes.
        let usable = bytes.indices.filter { bytes[$0].count <= 2 }.sorted {
            Self.frequency(of: bytes[$0][0]) < Self.frequency(of: bytes[$1][0])
        }
        let places = usable.isEmpty ? [0] : usable
        first = Probe(places[0], bytes[places[0]])
        second = Probe(places[min(1, places.count - 1)], bytes[places[min(1, places.count - 1)]])
        isProbed = !usable.isEmpty
    }

    private let isProbed: Bool

    /// How common a byte is in texts, roughly.
    private static func frequency(of byte: UInt8) -> Int {
        let common = Array("zqxjkvbpygfwmucldrhsnioate".utf8)
        return switch byte {
        case 0x41...0x5A, 0x61...0x7A: 10 + (common.firstIndex(of: byte | 0x20) ?? 0)
        case 0xC2...0xEF: 40
        default: 5
        }
    }

    /// Where the word begins, from an index on; nil if it isn't there.
    func firstIndex(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        let last = text.count - bytes.count
        guard start <= last else { return nil }
        let raw = UnsafeRawBufferPointer(text)
        let reach = max(first.offset, second.offset) + 16
        var index = start
        while index <= last {
            guard isProbed, index + reach <= text.count else {
                if fits(text, index) { return index }
                index += 1
                continue
            }
            let hits =
                first.hits(raw.loadUnaligned(fromByteOffset: index + first.offset, as: SIMD16<UInt8>.self))
                .& second.hits(raw.loadUnaligned(fromByteOffset: index + second.offset, as: SIMD16<UInt8>.self))
            let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
            if words[0] | words[1] != 0 {
                for lane in 0..<16 where hits[lane] && index + lane <= last && fits(text, index + lane) {
                    return index + lane
                }
            }
            index += 16
        }
        return nil
    }

    private func fits(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        for offset in bytes.indices where !bytes[offset].contains(text[index + offset]) { return false }
        return true
    }
}
