/// Letters without their case, each in as many bytes as before, so that places in a folded text are places in the text itself.
///
/// Unicode's simple folding: a scalar becomes the small letter of its capital, so that σ and ς are alike, and µ and μ. What takes another
/// number of bytes in UTF-8 than that stays as it is: ẞ (ß), ſ (s), ı (i), the signs K, Å and Ω, and a few dozen letters like Ⱥ (ⱥ).
package enum CaseFolding {
    /// The folded text, in UTF-8.
    package static func fold(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        bytes.withUnsafeMutableBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    if (0x41...0x5A).contains(byte) { bytes[index] = byte | 0x20 }
                    index += 1
                } else {
                    index += fold(&bytes, at: index)
                }
            }
        }
        return bytes
    }

    /// Folds the scalar at an index that isn't ASCII; how many bytes it takes.
    private static func fold(_ bytes: inout UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Int {
        let length = bytes[index] < 0xE0 ? 2 : bytes[index] < 0xF0 ? 3 : 4
        var value = UInt32(bytes[index]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        guard let scalar = Unicode.Scalar(value) else { return length }
        let folded = fold(scalar)
        if folded != scalar, let encoded = UTF8.encode(folded) {
            for (offset, byte) in encoded.enumerated() { bytes[index + offset] = byte }
        }
        return length
    }

    /// A scalar without its case.
    package static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = scalar.value
        if value < UInt32(table.count) { return table[Int(value)] }
        // Most of what isn't in the table has no case: Chinese, Japanese, Korean, emoji.
        switch value {
        case 0x10A0...0x10FF, 0x13A0...0x13FF, 0x1C80...0x1CBF, 0x1E00...0x218F, 0x24B6...0x24E9, 0x2C00...0x2DFF,
            0xA640...0xA7FF, 0xAB70...0xABBF, 0xFF21...0xFF5A, 0x10400...0x118FF, 0x16E40...0x16EDF, 0x1E900...0x1E943:
            return computed(scalar)
        default: return scalar
        }
    }

    /// All scalars that fold to the same one.
    package static func variants(of folded: Unicode.Scalar) -> [Unicode.Scalar] {
        let others = [folded.properties.uppercaseMapping, folded.properties.titlecaseMapping].flatMap {
            $0.unicodeScalars.count == 1 ? Array($0.unicodeScalars) : []
        }
        // Two small letters whose capitals aren't theirs alone and that the table doesn't have: ẛ and ᲈ.
        let candidates =
            [folded, "\u{1E9B}", "\u{1C88}"] + others + table.indices.compactMap { Unicode.Scalar(UInt32($0)) }
        return candidates.reduce(into: []) { variants, scalar in
            if fold(scalar) == folded, !variants.contains(scalar) { variants.append(scalar) }
        }
    }

    private static let table = (0..<UInt32(0x590)).map { Unicode.Scalar($0).map(computed) ?? "\0" }

    private static func computed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let capital = single(scalar.properties.uppercaseMapping) ?? scalar
        guard let folded = single(capital.properties.lowercaseMapping), folded.utf8Length == scalar.utf8Length else {
            return scalar
        }
        return folded
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}

extension Unicode.Scalar {
    fileprivate var utf8Length: Int { value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4 }
}
