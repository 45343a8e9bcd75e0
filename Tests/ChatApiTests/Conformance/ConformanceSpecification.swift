import ChatApi
import Foundation

/// An OpenAPI document, as far as its schemas go.
struct ConformanceSpecification {
    let json: JSONValue

    /// Reads `Fixtures/spec/NAME.openapi.json`.
    init(named name: String) throws {
        let path = Bundle.module.bundlePath + "/Fixtures/spec/\(name).openapi.json"
        json = try JSONValue(parsing: Array(FileManager.default.contents(atPath: path) ?? Data()))
    }

    private init(json: JSONValue) { self.json = json }

    /// The document with another value somewhere, as a new version of it might have.
    func setting(_ path: JSONPathComponent..., to value: JSONValue) -> Self {
        Self(json: json.setting([.key("components"), .key("schemas")] + path, to: value))
    }

    /// What a schema refers to: its name and itself.
    func resolve(_ schema: JSONValue) -> (name: String, schema: JSONValue)? {
        guard let steps = schema["$ref"]?.stringValue?.split(separator: "/").map(String.init) else { return nil }
        let target = steps.dropFirst().reduce(JSONValue?.some(json)) { $0?[$1] }
        return target.map { (steps.last ?? "", $0) }
    }

    /// The schemas of the bodies of all requests.
    var requests: [JSONValue] { operations.flatMap { bodies($0["requestBody"]) } }

    /// The schemas of the bodies of all answers.
    var answers: [JSONValue] {
        operations.flatMap { ($0["responses"]?.objectValue ?? [:]).flatMap { bodies($0.1) } }
    }

    private var operations: [JSONValue] {
        (json["paths"]?.objectValue ?? [:]).flatMap { ($0.1.objectValue ?? [:]).map(\.1) }
    }

    private func bodies(_ value: JSONValue?) -> [JSONValue] {
        guard let value else { return [] }
        return ((resolve(value)?.schema ?? value)["content"]?.objectValue ?? [:]).compactMap { $0.1["schema"] }
    }

    // MARK: Schemas

    /// The schemas of a union, flat; the schema itself if it is none.
    func alternatives(of schema: JSONValue) -> [JSONValue] { namedAlternatives(of: schema).map(\.schema) }

    /// The schemas of a union, each with the name of the schema that it is or is in.
    func namedAlternatives(of schema: JSONValue, in name: String = "") -> [(name: String, schema: JSONValue)] {
        if let (name, target) = resolve(schema) { return namedAlternatives(of: target, in: name) }
        guard let union = (schema["anyOf"] ?? schema["oneOf"])?.arrayValue else { return [(name, schema)] }
        return union.flatMap { namedAlternatives(of: $0, in: name) }
    }

    /// The names of the types that a schema allows; empty if it says nothing of them.
    func types(of schema: JSONValue) -> Set<String> {
        Set(
            alternatives(of: schema).flatMap { schema -> [String] in
                let own =
                    schema["type"]?.stringValue.map { [$0] } ?? schema["type"]?.arrayValue?.compactMap(\.stringValue)
                return own ?? (schema["properties"] == nil && schema["allOf"] == nil ? [] : ["object"])
            })
    }

    /// The properties of an object and which of them it must have, those of `allOf` included.
    func object(_ schema: JSONValue) -> (properties: JSONObject, required: [String]) {
        if let target = resolve(schema)?.schema { return object(target) }
        let parts = (schema["allOf"]?.arrayValue ?? []).map(object)
        let properties = schema["properties"]?.objectValue ?? [:]
        return (
            parts.reduce(properties) { $0.merging($1.properties) },
            (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue) + parts.flatMap(\.required)
        )
    }

    /// Whether a value is what a schema describes; limits aside.
    func accepts(_ value: JSONValue, as schema: JSONValue) -> Bool {
        if schema["$ref"] != nil || schema["anyOf"] != nil || schema["oneOf"] != nil {
            return alternatives(of: schema).contains { accepts(value, as: $0) }
        }
        if let known = schema["enum"]?.arrayValue, !known.contains(value) { return false }
        let types = types(of: schema)
        let isWhole = value.intValue != nil && types.contains("integer")
        guard types.isEmpty || types.contains(value.kind) || isWhole else { return false }
        switch value {
        case .array(let elements):
            guard let items = schema["items"] else { return true }
            return elements.allSatisfy { accepts($0, as: items) }
        case .object(let fields):
            let (properties, required) = object(schema)
            let others = schema["additionalProperties"] ?? .bool(true)
            return required.allSatisfy { fields[$0] != nil }
                && fields.allSatisfy { key, field in
                    guard let property = properties[key] else {
                        return others.boolValue ?? accepts(field, as: others)
                    }
                    return accepts(field, as: property)
                }
        default: return true
        }
    }
}

extension JSONValue {
    func setting(_ path: [JSONPathComponent], to value: JSONValue) -> JSONValue {
        switch (path.first, self) {
        case (.key(let key)?, .object(var fields)):
            fields[key] = (fields[key] ?? [:]).setting(Array(path.dropFirst()), to: value)
            return .object(fields)
        case (.index(let index)?, .array(var elements)) where elements.indices.contains(index):
            elements[index] = elements[index].setting(Array(path.dropFirst()), to: value)
            return .array(elements)
        default: return value
        }
    }
}
