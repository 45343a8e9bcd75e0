/// The texts at which generation stops: one, or up to four.
///
/// A single text and a list of one mean the same to the API; what is set is what is sent.
public enum StopConfiguration: Hashable, WireValue, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// One text.
    case sequence(String)
    /// A list of texts, one to four.
    case sequences([String])

    /// One text.
    public init(stringLiteral value: String) { self = .sequence(value) }
    /// Several texts.
    public init(arrayLiteral elements: String...) { self = .sequences(elements) }

    /// Reads a string or an array of strings.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .sequence(text)
        case .array: self = .sequences([String](json: json) ?? [])
        default: return nil
        }
    }

    /// The texts as JSON.
    public var json: JSONValue {
        switch self {
        case .sequence(let text): text.json
        case .sequences(let texts): texts.json
        }
    }

    /// The texts, however many there are.
    public var sequences: [String] {
        switch self {
        case .sequence(let text): [text]
        case .sequences(let texts): texts
        }
    }
}
