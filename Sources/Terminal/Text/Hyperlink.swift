/// Where a link leads, safe to hand to a terminal (OSC 8).
///
/// Only what a person would want to open with a click: the web and mail. It is printable ASCII and nothing else; the rest is
/// percent-encoded (RFC 3986 §2.1, RFC 3987 §3.1), so that no byte of it can end the sequence that it stands in.
package struct Hyperlink: Hashable, Sendable {
    /// Longer ones are no links; some terminals stop at 2083.
    private static let longest = 2000

    /// The address.
    package let target: String

    /// Takes an address as a model wrote it, with its scheme: `http`, `https` or `mailto`.
    ///
    /// Nil if it has none of these, hides its host behind a user (`https://bank.example@evil.example`), or is too long.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= Hyperlink.longest, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = bytes[bytes.index(after: colon)...]
        switch text[..<colon].lowercased() {
        case "http", "https": guard Hyperlink.hasHost(rest) else { return nil }
        case "mailto": guard rest.first.map({ $0 != UInt8(ascii: "?") }) == true else { return nil }
        default: return nil
        }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        for byte in bytes { Hyperlink.append(byte, to: &encoded) }
        guard encoded.count <= Hyperlink.longest else { return nil }
        target = String(decoding: encoded, as: UTF8.self)
    }

    /// Whether two slashes and a plain host follow, perhaps with a port; names in other scripts are taken as they are.
    private static func hasHost(_ rest: Substring.UTF8View) -> Bool {
        guard rest.starts(with: [0x2F, 0x2F]) else { return false }
        let authority = rest.dropFirst(2).prefix { ![0x2F, 0x3F, 0x23].contains($0) }  // up to / ? #
        return authority.first.map { $0 != UInt8(ascii: ":") } == true
            && authority.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
                default: [0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F, 0x7E].contains($0)  // - . : [ ] _ ~
                }
            }
    }

    private static func append(_ byte: UInt8, to encoded: inout [UInt8]) {
        switch byte {
        // What no URI holds as it is, although it can be printed: " < > \ ^ ` { | }
        case 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0...0x20, 0x7F...:
            encoded.append(UInt8(ascii: "%"))
            for digit in [byte >> 4, byte & 15] { encoded.append(digit < 10 ? 0x30 + digit : 0x41 + digit - 10) }
        default: encoded.append(byte)
        }
    }

    /// What joins the pieces of a link for the terminal, wherever it was wrapped: eight hexadecimal digits (FNV-1a).
    var id: String {
        var hash: UInt32 = 2_166_136_261
        for byte in target.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
