import ChatApi

/// What a specification has, found by a walk over every schema that its requests and answers can reach.
struct ConformanceWalk {
    /// The schemas of every property by its path: `Schema.property`, `Schema.property[].inner`, `Schema.property{}.inner`.
    ///
    /// There are several where the alternatives of a union have properties of the same name.
    private(set) var properties: [String: [JSONValue]] = [:]
    /// The values of every enumeration, by the name of its schema or the path of its property.
    private(set) var enumerations: [String: Set<String>] = [:]
    /// Keywords that nothing here knows, each with its place.
    private(set) var unknownKeywords: [String] = []

    private let specification: ConformanceSpecification
    private var visited: Set<String> = []

    private static let known: Set<String> = [
        "$ref", "allOf", "anyOf", "oneOf", "type", "enum", "properties", "required", "items", "additionalProperties",
        // What `ConformanceConstraints` checks:
        "minimum", "maximum", "minItems", "maxItems", "maxLength",
        // What has no meaning for types and limits:
        "title", "description", "default", "deprecated", "format", "discriminator",
    ]

    init(_ specification: ConformanceSpecification) {
        self.specification = specification
        for (index, schema) in (specification.requests + specification.answers).enumerated() {
            walk(schema, at: "body \(index)")
        }
    }

    private mutating func walk(_ schema: JSONValue, at path: String) {
        if let (name, target) = specification.resolve(schema) {
            if visited.insert(name).inserted { walk(target, at: name) }
            return
        }
        for (key, value) in schema.objectValue ?? [:] {
            switch key {
            case "enum":
                enumerations[path, default: []].formUnion((value.arrayValue ?? []).compactMap(\.stringValue))
            case "allOf":
                // The parts are one object, whatever their names.
                for part in value.arrayValue ?? [] { walk(specification.resolve(part)?.schema ?? part, at: path) }
            case "anyOf", "oneOf":
                for part in value.arrayValue ?? [] { walk(part, at: path) }
            case "properties":
                for (name, property) in value.objectValue ?? [:] {
                    properties["\(path).\(name)", default: []].append(property)
                    walk(property, at: "\(path).\(name)")
                }
            case "items": walk(value, at: path + "[]")
            case "additionalProperties": walk(value, at: path + "{}")
            case _ where Self.known.contains(key): break
            default: unknownKeywords.append("\(path) has `\(key)`")
            }
        }
    }
}
