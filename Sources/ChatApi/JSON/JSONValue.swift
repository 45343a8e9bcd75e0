/// Any JSON value.
///
/// Banter reads and writes JSON itself, because what it promises can't be had from `JSONDecoder`: unknown fields survive a
/// round trip in their order, absent differs from `null`, numbers keep their spelling, half a surrogate pair
/// (which real servers send) doesn't fail the whole message, and a mistake in a file is named by line and column.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// How deep arrays and objects may nest in a text that is read.
    package static let maximumDepth = JSONParser.maximumDepth

    /// Whether arrays and objects nest deeper than so many levels.
    package func nests(deeperThan depth: Int) -> Bool {
        switch self {
        case .null, .bool, .number, .string: false
        case .array(let elements): depth < 1 || elements.contains { $0.nests(deeperThan: depth - 1) }
        case .object(let fields): depth < 1 || fields.contains { $1.nests(deeperThan: depth - 1) }
        }
    }

    /// Whether this is an explicit `null`.
    public var isNull: Bool { self == .null }

    /// The text of a string; nil for every other kind.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The truth of a boolean; nil for every other kind.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The whole number, if this is a number that is one and fits; nil otherwise.
    public var intValue: Int? {
        if case .number(let value) = self { value.intValue } else { nil }
    }

    /// The number as a finite `Double`; nil for every other kind.
    public var doubleValue: Double? {
        if case .number(let value) = self { value.doubleValue } else { nil }
    }

    /// The elements of an array; nil for every other kind.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The fields of an object; nil for every other kind.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value of a field, if this is an object that has it.
    public subscript(key: String) -> JSONValue? { objectValue?[key] }

    /// What kind of value this is, in the words of the JSON standard: `"object"`, `"number"`, ….
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// An explicit null.
    public init(nilLiteral: ()) { self = .null }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    /// A floating-point number.
    public init(floatLiteral value: Double) { self = JSONNumber(value).map(JSONValue.number) ?? .null }
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object, fields in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
}
