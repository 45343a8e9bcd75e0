/// What must not leave this target in an error or a log: the key, the values of headers and of the query that carry one, the proxy's password.
struct Secrets: CustomReflectable {
    /// Longest first, so that what holds another is masked whole.
    private var texts: [[UInt8]] = []

    /// How much of a body, or of a text of the server's, an error keeps.
    static let maximumBodyBytes = 64 << 10

    init(_ texts: some Sequence<String>) { add(texts) }

    /// Adds texts, each in the form in which it is sent too.
    mutating func add(_ texts: some Sequence<String>) {
        // Of `Bearer KEY` a server may echo the key alone.
        let words = texts.flatMap { [$0] + $0.split(separator: " ").map(String.init) }
        let forms = words.flatMap { [$0, PercentEncoding.encoded($0)] + Self.escaped($0) }
        // What is shorter than this can't be told from ordinary words, and isn't secret.
        let added = forms.map { Array($0.utf8) }.filter { $0.count >= 8 }
        self.texts = Set(self.texts + added).sorted { $0.count > $1.count }
    }

    /// The text as it stands in JSON, where some writers escape the slash as well (RFC 8259 §7), which base64 has.
    private static func escaped(_ text: String) -> [String] {
        let inQuotes = String(decoding: JSONValue.string(text).serialized(), as: UTF8.self)
        let escaped = String(inQuotes.dropFirst().dropLast())
        return [escaped, escaped.replacing("/", with: "\\/")]
    }

    /// Whether the value of a header, or of a part of the query, is a secret.
    static func isSecret(name: String) -> Bool {
        let name = name.lowercased()
        // Neither is one, though their names sound like it.
        if name == "idempotency-key" || name.contains("ratelimit") { return false }
        return ["key", "auth", "token", "secret", "cookie", "signature", "password"].contains { name.contains($0) }
    }

    /// The secret values among headers or a query.
    static func values(of fields: [String: String]) -> [String] {
        fields.filter { isSecret(name: $0.key) }.map(\.value)
    }

    /// The error with every secret masked, wherever the server put it, and then its texts and its body cut to size.
    func mask(in error: ApiError, keeping bodyBytes: Int = Self.maximumBodyBytes) -> ApiError {
        var error = error
        error.serverMessage = error.serverMessage.map(mask(long:))
        error.serverCode = error.serverCode.map(mask(long:))
        error.serverType = error.serverType.map(mask(long:))
        error.param = error.param.map(mask(long:))
        error.detail = error.detail.map(mask(long:))
        error.redirectTarget = error.redirectTarget.map { Endpoint.maskingUserInfo(mask($0)) }
        error.requestID = error.requestID.map(mask(long:))
        error.headers = ApiHeaders(error.headers.map { (mask($0.name), mask($0.value)) })
        error.body = Array(mask(cut: error.body).prefix(max(0, min(bodyBytes, Self.maximumBodyBytes))))
        return error
    }

    /// The text with every secret masked, cut before as well: an event of a stream has room for 16 MiB, which would take seconds to look through.
    private func mask(long text: String) -> String {
        guard text.utf8.count > Self.maximumBodyBytes else { return mask(text) }
        let start = mask(cut: Array(text.utf8.prefix(2 * Self.maximumBodyBytes)))
        return String(decoding: start.prefix(Self.maximumBodyBytes), as: UTF8.self) + "…"
    }

    /// The text with every secret masked.
    func mask(_ text: String) -> String { String(decoding: mask(Array(text.utf8)), as: UTF8.self) }

    /// The bytes with every secret masked, and what a cut at their end left of one.
    func mask(cut bytes: [UInt8]) -> [UInt8] {
        let bytes = mask(bytes)
        let rest =
            texts.map { secret in
                // From 4 bytes on, as less than that is no part of a secret that matters.
                (4..<secret.count).last { bytes.suffix($0).elementsEqual(secret.prefix($0)) } ?? 0
            }.max() ?? 0
        return rest == 0 ? bytes : bytes.dropLast(rest) + Array("***".utf8)
    }

    private func mask(_ bytes: [UInt8]) -> [UInt8] {
        let bytes = texts.reduce(bytes) { bytes, secret in bytes.replacing(secret, with: Array("***".utf8)) }
        return maskingAbbreviations(in: bytes)
    }

    /// The bytes without the ends of a secret that a server left standing (`sk-ab****wxyz`, `sk-ab...wxyz`).
    private func maskingAbbreviations(in bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        /// Where what was looked at begins, and what was replaced; from the end, so that what is before keeps its place.
        var (end, limit) = (bytes.endIndex, bytes.endIndex)
        for _ in 0..<Self.maximumOmissions {
            guard let last = bytes[..<end].lastIndex(where: Self.isOmission) else { break }
            let first = bytes[..<last].lastIndex { !Self.isOmission($0) }.map { $0 + 1 } ?? 0
            end = first
            guard last - first >= 2 else { continue }
            let head = bytes[..<first].suffix(Self.longestEnd)
            let tail = bytes[(last + 1)..<max(last + 1, limit)].prefix(Self.longestEnd)
            let ends = texts.map { secret in
                let front = (1..<Self.longestEnd).last { head.suffix($0).elementsEqual(secret.prefix($0)) } ?? 0
                let back = (1..<Self.longestEnd).last { tail.prefix($0).elementsEqual(secret.suffix($0)) } ?? 0
                return (front: front, back: back)
            }
            // Less than that is no part of a secret that matters.
            guard let (front, back) = ends.max(by: { $0.front + $0.back < $1.front + $1.back }), front + back >= 4
            else { continue }
            limit = first - front
            result.replaceSubrange(limit..<last + 1 + back, with: Array("***".utf8))
        }
        return result
    }

    /// How many gaps in a text are looked at.
    private static let maximumOmissions = 1000

    /// Of the characters that stand for what was left out: `*`, `.`, and the bytes of `…`, `•`.
    private static func isOmission(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".") || byte >= 0x80
    }

    /// How much of a secret's beginning or end is looked for.
    private static let longestEnd = 16

    /// Without children, so that `dump` doesn't show them.
    var customMirror: Mirror { Mirror(self, children: []) }
}
