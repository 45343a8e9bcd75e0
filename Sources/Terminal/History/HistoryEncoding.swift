/// How libedit writes an entry on one line: strvis(3) with VIS_WHITE.
///
/// A space is `\040`, a line feed `\012`, a backslash `\134`, another control `\^A`; UTF-8 stays as it is.
enum HistoryEncoding {
    static func encode(_ entry: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(entry.utf8.count)
        for byte in entry.utf8 {
            switch byte {
            case 0x09: encoded += "\\011".utf8
            case 0x0A: encoded += "\\012".utf8
            case 0x20: encoded += "\\040".utf8
            case 0x5C: encoded += "\\134".utf8
            case 0..<0x20, 0x7F:
                encoded += "\\^".utf8
                encoded.append(byte ^ 0x40)
            default: encoded.append(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The entry of a line; nil if it isn't well encoded, or no UTF-8.
    static func decode(_ line: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count)
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == 0x5C else {
                bytes.append(byte)
                continue
            }
            guard let decoded = escape(&rest) else { return nil }
            bytes.append(decoded)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// What follows a backslash: three octal digits, `^` and a letter, or another backslash.
    private static func escape(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
        guard let kind = rest.popFirst() else { return nil }
        switch kind {
        case 0x5C: return 0x5C
        case 0x5E: return rest.popFirst().flatMap { (0x3F..<0x60).contains($0) ? $0 ^ 0x40 : nil }
        case 0x30...0x33:
            guard let second = rest.popFirst(), let third = rest.popFirst(), (0x30...0x37).contains(second),
                (0x30...0x37).contains(third)
            else { return nil }
            return (kind - 0x30) << 6 | (second - 0x30) << 3 | (third - 0x30)
        default: return nil
        }
    }
}
