/// A JSON object of the API.
///
/// Its typed properties are views on `fields`, so fields that this library doesn't know survive, an absent field differs from an explicit null,
/// and nothing goes on the wire that the caller didn't set. A field of an unexpected type reads as nil and stays in `fields`.
public protocol WireObject: Hashable, Codable, WireValue, CustomDebugStringConvertible {
    /// Every field of the object, known or not, in its order.
    var fields: JSONObject { get set }
    /// A view on these fields.
    init(fields: JSONObject)
}

/// A Swift type that a JSON value can be read as and written from.
public protocol WireValue: Sendable {
    /// Reads the value; nil when it is of another kind.
    init?(json: JSONValue)
    /// The value as JSON.
    var json: JSONValue { get }
}

extension WireObject {
    /// Reads an object; nil for every other kind of value.
    public init?(json: JSONValue) {
        guard let fields = json.objectValue else { return nil }
        self.init(fields: fields)
    }

    /// The object as JSON.
    public var json: JSONValue { .object(fields) }

    /// The object as JSON text on one line, which is also what `print` shows.
    public var debugDescription: String { fields.description }

    /// A field by its name on the wire, for those that have no property here.
    ///
    /// Reads nil when it is absent or of another type. Setting nil removes it; an explicit null is `fields[key] = .null`.
    public subscript<Value: WireValue>(key: String) -> Value? {
        get { fields[key].flatMap(Value.init(json:)) }
        set { fields[key] = newValue?.json }
    }

    /// The elements of an array field that are of the type asked for; empty when the field is absent.
    subscript<Element: WireValue>(elements key: String) -> [Element] {
        get { self[key] ?? [] }
        set { self[key] = newValue }
    }
}

/// A text of which the API knows some values, and may know more tomorrow.
public protocol OpenEnumeration: RawRepresentable, Hashable, Codable, WireValue, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String {
    /// Any text, known or not.
    init(rawValue: String)
}

extension OpenEnumeration {
    /// Any text, known or not.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    /// Reads a string; nil for every other kind.
    public init?(json: JSONValue) {
        guard let text = json.stringValue else { return nil }
        self.init(rawValue: text)
    }
    /// The text as JSON.
    public var json: JSONValue { .string(rawValue) }
    /// The text as it is on the wire.
    public var description: String { rawValue }
}

extension JSONValue: WireValue {
    /// The value itself.
    public init?(json: JSONValue) { self = json }
    /// The value itself.
    public var json: JSONValue { self }
}

extension JSONObject: WireValue {
    /// Reads an object.
    public init?(json: JSONValue) {
        guard let fields = json.objectValue else { return nil }
        self = fields
    }
    /// The object as a JSON value.
    public var json: JSONValue { .object(self) }
}

extension String: WireValue {
    /// Reads a string.
    public init?(json: JSONValue) {
        guard let value = json.stringValue else { return nil }
        self = value
    }
    /// A JSON string.
    public var json: JSONValue { .string(self) }
}

extension Int: WireValue {
    /// Reads a whole number.
    public init?(json: JSONValue) {
        guard let value = json.intValue else { return nil }
        self = value
    }
    /// A JSON number.
    public var json: JSONValue { .number(JSONNumber(self)) }
}

extension Double: WireValue {
    /// Reads a number that is finite as a `Double`.
    public init?(json: JSONValue) {
        guard let value = json.doubleValue else { return nil }
        self = value
    }
    /// A JSON number; null for infinities and NaN, which JSON doesn't have.
    public var json: JSONValue { JSONNumber(self).map(JSONValue.number) ?? .null }
}

extension Bool: WireValue {
    /// Reads a boolean.
    public init?(json: JSONValue) {
        guard let value = json.boolValue else { return nil }
        self = value
    }
    /// A JSON boolean.
    public var json: JSONValue { .bool(self) }
}

extension Array: WireValue where Element: WireValue {
    /// Reads those elements of an array that are of the type; nil when it is no array.
    public init?(json: JSONValue) {
        guard let elements = json.arrayValue else { return nil }
        self = elements.compactMap(Element.init(json:))
    }
    /// A JSON array.
    public var json: JSONValue { .array(map(\.json)) }
}

extension Dictionary: WireValue where Key == String, Value: WireValue {
    /// Reads those fields of an object that are of the type; nil when it is no object.
    public init?(json: JSONValue) {
        guard let fields = json.objectValue else { return nil }
        self.init(uniqueKeysWithValues: fields.compactMap { key, value in Value(json: value).map { (key, $0) } })
    }
    /// A JSON object, keys in alphabetical order.
    public var json: JSONValue { .object(JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })) }
}
