/// Tells whether a text looks as if it held an API key or a password, which is then kept out of the history file.
///
/// By shape, as nothing else is known of most keys; and the keys in use, wherever they stand. The time grows with the length of the
/// text and no faster.
struct SecretRules: Sendable {
    /// Keys that are known, in full; shorter ones than eight bytes are no secrets.
    var knownKeys: [String] = []

    /// Which characters go on behind a key's prefix.
    private enum Alphabet { case alphanumeric, capitals, word, token }

    /// A key that begins with a text of its own.
    private struct Prefix {
        let text: [UInt8]
        /// The least that must follow; words in everyday language that begin so are shorter, or have no digit.
        let minimum: Int
        let alphabet: Alphabet

        init(_ text: String, _ minimum: Int, _ alphabet: Alphabet) {
            (self.text, self.minimum, self.alphabet) = (Array(text.utf8), minimum, alphabet)
        }
    }

    private static let prefixes =
        ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "hf_", "gsk_"].map { Prefix($0, 20, .alphanumeric) }
        + ["sk-", "glpat-", "xai-", "pplx-", "nvapi-"].map { Prefix($0, 16, .word) }
        + ["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"].map { Prefix($0, 10, .word) }
        + [
            Prefix("github_pat_", 20, .word), Prefix("AKIA", 16, .capitals), Prefix("ASIA", 16, .capitals),
            Prefix("AIza", 30, .word),
        ]

    /// The ends of the names of what is secret, without `_` and `-`.
    private static let secretNames = [
        "apikey", "password", "passwd", "passphrase", "secret", "token", "secretkey", "accesskey", "privatekey",
    ].map { Array($0.utf8) }

    /// What such a name is set to where there is no secret yet.
    private static let noValues = Set(["none", "null", "true", "false", "undefined"].map { Array($0.utf8) })

    /// Whether the text looks as if it held a secret.
    func findSecret(in text: String) -> Bool {
        var text = text
        let known = knownKeys.map { Array($0.utf8) }.filter { $0.count >= 8 }
        return text.withUTF8 { bytes in
            for index in bytes.indices {
                let byte = bytes[index]
                if known.contains(where: { SecretRules.begins(bytes, at: index, with: $0) }) { return true }
                if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") {
                    if SecretRules.isAssignment(bytes, at: index) { return true }
                } else if index == 0 || !SecretRules.isWord(bytes[index - 1]) {
                    if SecretRules.beginsSecret(bytes, at: index) { return true }
                }
            }
            return false
        }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    private static func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "_") }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func contains(_ byte: UInt8, _ alphabet: Alphabet) -> Bool {
        switch alphabet {
        case .alphanumeric: isAlphanumeric(byte)
        case .capitals: (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        case .word: isWord(byte) || byte == UInt8(ascii: "-")
        case .token: isWord(byte) || "-.~+/=".utf8.contains(byte)
        }
    }

    private static func begins(_ bytes: Bytes, at start: Int, with prefix: [UInt8]) -> Bool {
        guard bytes[start] == prefix[0], start + prefix.count <= bytes.count else { return false }
        return prefix.indices.allSatisfy { bytes[start + $0] == prefix[$0] }
    }

    // MARK: - Keys by their shape

    private static func beginsSecret(_ bytes: Bytes, at start: Int) -> Bool {
        for prefix in prefixes where begins(bytes, at: start, with: prefix.text) {
            if isKey(bytes, from: start + prefix.text.count, prefix.minimum, prefix.alphabet) { return true }
        }
        switch bytes[start] {
        case UInt8(ascii: "e"): return isWebToken(bytes, at: start)
        case UInt8(ascii: "B"), UInt8(ascii: "b"): return isBearer(bytes, at: start)
        case UInt8(ascii: "-"): return isPrivateKey(bytes, at: start)
        default: return false
        }
    }

    /// Whether so many characters of a key follow, a digit among them; what goes on for longer doesn't matter.
    private static func isKey(_ bytes: Bytes, from start: Int, _ minimum: Int, _ alphabet: Alphabet) -> Bool {
        let run = bytes[start..<min(start + 256, bytes.count)].prefix { contains($0, alphabet) }
        return run.count >= minimum && run.contains { (0x30...0x39).contains($0) }
    }

    /// A JSON web token: three parts in base64url, the first of which encodes `{"`.
    private static func isWebToken(_ bytes: Bytes, at start: Int) -> Bool {
        guard begins(bytes, at: start, with: Array("eyJ".utf8)) else { return false }
        let run = bytes[start..<min(start + 4096, bytes.count)].prefix {
            contains($0, .word) || $0 == UInt8(ascii: ".")
        }
        let parts = run.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count >= 3 && parts[0].count >= 10 && parts[1].count >= 5 && parts[2].count >= 5
    }

    private static func isBearer(_ bytes: Bytes, at start: Int) -> Bool {
        let word = Array("bearer ".utf8)
        guard start + word.count < bytes.count,
            word.indices.allSatisfy({ lowercased(bytes[start + $0]) == word[$0] })
        else { return false }
        return isKey(bytes, from: start + word.count, 16, .token)
    }

    private static func isPrivateKey(_ bytes: Bytes, at start: Int) -> Bool {
        guard begins(bytes, at: start, with: Array("-----BEGIN ".utf8)) else { return false }
        let line = bytes[start..<min(start + 64, bytes.count)].prefix { $0 != 0x0A }
        return line.firstRange(of: Array("PRIVATE KEY".utf8)) != nil
    }

    // MARK: - Names with values

    /// Whether a secret's name stands before a sign, and a value behind it: `api_key=…`, `"password": "…"`.
    ///
    /// In prose (`password: ask Anna`) a blank follows the colon and no quote.
    private static func isAssignment(_ bytes: Bytes, at sign: Int) -> Bool {
        let isColon = bytes[sign] == UInt8(ascii: ":")
        func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }
        var end = sign
        while end > 0, sign - end < 3, bytes[end - 1] == 0x20 || isQuote(bytes[end - 1]) { end -= 1 }
        var start = end
        while start > 0, end - start < 64, contains(bytes[start - 1], .word) { start -= 1 }
        let name = bytes[start..<end].filter(isAlphanumeric).map(lowercased)
        guard secretNames.contains(where: { name.suffix($0.count).elementsEqual($0) }) else { return false }
        var value = sign + 1
        while value < bytes.count, value - sign < 4, bytes[value] == 0x20 { value += 1 }
        guard value < bytes.count else { return false }
        let isQuoted = isQuote(bytes[value])
        if isColon, !isQuoted, value > sign + 1 { return false }
        if isQuoted { value += 1 }
        let text = bytes[value..<min(value + 256, bytes.count)].prefix {
            $0 > 0x20 && !isQuote($0) && $0 != UInt8(ascii: ",")
        }
        guard text.count >= 4, let first = text.first, !"$<{[*(=%/".utf8.contains(first) else { return false }
        return !text.contains(UInt8(ascii: "(")) && !noValues.contains(text.map(lowercased))
    }
}
