/// The spoken answer of a message, as far as it has come: `delta.audio`, which the specification doesn't have (openai/openai-openapi#577).
///
/// `data` is base64 in pieces: of one text cut anywhere, or each of a text of its own with padding. What follows padding begins anew, so both come
/// to the same bytes, and the whole is one valid base64 text again.
struct AccumulatedAudio {
    private var bytes: [UInt8] = []
    private var hasData = false
    /// Bits of characters that don't fill a byte yet.
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var transcript: AccumulatedText?
    /// `id` and `expires_at`, which replace what came before, and fields without a rule.
    private var fields = JSONObject()

    mutating func append(_ audio: JSONObject) {
        for (key, value) in audio {
            switch (key, value) {
            case ("data", .string(let text)): decode(text)
            case ("transcript", .string(let text)):
                var transcript = transcript.take() ?? AccumulatedText()
                _ = transcript.append(text)
                self.transcript = transcript
            default: fields.merge(key, value)
            }
        }
    }

    mutating func finish() { _ = transcript?.finish() }

    /// The audio as it would stand in a whole answer.
    var json: JSONValue {
        var audio = fields
        if hasData { audio["data"] = .string(encoded) }
        if let transcript { audio["transcript"] = .string(transcript.text) }
        return .object(audio)
    }

    private mutating func decode(_ text: String) {
        hasData = true
        for character in text.utf8 {
            if character == UInt8(ascii: "=") {
                (bits, bitCount) = (0, 0)
            } else if let value = Self.values[Int(character)] {
                bits = bits << 6 | UInt32(value)
                bitCount += 6
                guard bitCount >= 8 else { continue }
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
                bits &= (1 << UInt32(bitCount)) - 1
            }
        }
    }

    /// RFC 4648 §4.
    private var encoded: String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = (0..<3).reduce(UInt32(0)) {
                $0 << 8 | UInt32(start + $1 < group.endIndex ? group[start + $1] : 0)
            }
            for position in 0..<4 {
                let value = Int(bits >> UInt32(18 - 6 * position)) & 63
                text.append(position <= group.count ? Self.alphabet[value] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8?] = (0..<256).map { code in
        alphabet.firstIndex(of: UInt8(code)).map { UInt8($0) }
    }
}
