/// What a message says: a text, or parts.
public enum MessageContent: Hashable, WireValue, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// A text.
    case text(String)
    /// Parts, of which each has its kind.
    case parts([ChatCompletionContentPart])

    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Parts.
    public init(arrayLiteral elements: ChatCompletionContentPart...) { self = .parts(elements) }

    /// Reads a string or an array of parts.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .array: self = .parts([ChatCompletionContentPart](json: json) ?? [])
        default: return nil
        }
    }

    /// The content as JSON.
    public var json: JSONValue {
        switch self {
        case .text(let text): text.json
        case .parts(let parts): parts.json
        }
    }

    /// The text, of all text parts together if there are parts.
    public var text: String {
        switch self {
        case .text(let text): text
        case .parts(let parts): parts.compactMap { $0.type == .text ? $0.text : nil }.joined()
        }
    }
}
