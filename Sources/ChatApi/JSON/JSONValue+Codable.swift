// For values inside somebody else's `Codable` types. Between text and `JSONValue` itself, `init(parsing:)` and `serialized()` keep more: the order of
// fields and the spelling of numbers.

extension JSONValue: Codable {
    /// Reads any value; a number that no `Int` holds becomes the nearest `Double`.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: FieldName.self) {
            var object = JSONObject()
            for key in container.allKeys { object[key.stringValue] = try container.decode(JSONValue.self, forKey: key) }
            self = .object(object)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = value.json
        } else if let value = try? container.decode(Double.self) {
            self = value.json
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Writes the value; a number that is no `Int` as `Double`.
    /// - Throws: `EncodingError` for a number that is too large for a `Double`, and what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let object):
            var container = encoder.container(keyedBy: FieldName.self)
            for (key, value) in object { try container.encode(value, forKey: FieldName(stringValue: key)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .null, .bool, .number, .string:
            var container = encoder.singleValueContainer()
            try encode(to: &container)
        }
    }

    private func encode(to container: inout some SingleValueEncodingContainer) throws {
        switch self {
        case .bool(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .number(let number):
            if let value = Int(number.text) {
                try container.encode(value)
            } else if let value = number.doubleValue {
                try container.encode(value)
            } else {
                throw EncodingError.invalidValue(
                    self, .init(codingPath: container.codingPath, debugDescription: "no Double holds \(number.text)"))
            }
        default: try container.encodeNil()
        }
    }

    private struct FieldName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension WireObject {
    /// Reads an object with all its fields.
    /// - Throws: `DecodingError` for any other value, and what the decoder throws.
    public init(from decoder: any Decoder) throws {
        guard let object = Self(json: try JSONValue(from: decoder)) else {
            throw DecodingError.typeMismatch(
                Self.self, .init(codingPath: decoder.codingPath, debugDescription: "an object is expected"))
        }
        self = object
    }

    /// Writes every field.
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
