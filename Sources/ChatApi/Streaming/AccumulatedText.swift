/// A text that arrives in pieces, of which one may end with half a surrogate pair.
struct AccumulatedText {
    private(set) var text = ""
    private var held: UInt16?

    var isEmpty: Bool { text.isEmpty }

    /// Appends a piece and returns what that adds: without a half that waits for its other half, which comes with the next piece.
    mutating func append(_ piece: String) -> String {
        let new = joined(piece)
        text += new
        return new
    }

    /// A half that still waits becomes U+FFFD, which is returned.
    mutating func finish() -> String {
        guard held != nil else { return "" }
        held = nil
        text += "\u{FFFD}"
        return "\u{FFFD}"
    }

    private mutating func joined(_ piece: String) -> String {
        guard !piece.isEmpty else { return "" }
        // The stand-ins for halves begin with 0xF4 in UTF-8, as hardly anything else does.
        guard held != nil || piece.utf8.contains(0xF4) else { return piece }
        var new = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars {
            let unit = LoneSurrogate.unit(of: scalar)
            if let lead = held {
                held = nil
                if let unit, let whole = LoneSurrogate.join(lead: lead, trail: unit) {
                    new.append(whole)
                    continue
                }
                new.append("\u{FFFD}")
            }
            if let unit, UTF16.isLeadSurrogate(unit) {
                held = unit
            } else {
                new.append(unit == nil ? scalar : "\u{FFFD}")
            }
        }
        return String(new)
    }
}

extension JSONValue {
    /// The value with U+FFFD for every stand-in of half a surrogate pair.
    var replacingLoneSurrogates: JSONValue {
        switch self {
        case .string(let text) where text.utf8.contains(0xF4):
            var whole = AccumulatedText()
            _ = whole.append(text)
            _ = whole.finish()
            return .string(whole.text)
        case .array(let elements): return .array(elements.map(\.replacingLoneSurrogates))
        case .object(let fields): return .object(fields.mapValues(\.replacingLoneSurrogates))
        default: return self
        }
    }
}
