import ChatApi

/// Breaks every constraint of a specification's requests, one at a time, and looks whether `violations` tells of it.
///
/// Requests are made from the specification itself: the smallest one that it allows, with one value somewhere inside replaced.
struct ConformanceConstraints {
    /// Where violations don't follow the schema, and why.
    static let leftOut = [
        "ChatCompletionMessageToolCall, required type":
            "some servers leave it out of their answers, which must be sendable again",
        "ChatCompletionMessageCustomToolCall, required type":
            "as above: without a type it isn't known for a custom tool",
        "ChatCompletionRequestAssistantMessage.content, null": "forbidden in prose where there are no tool calls",
    ]

    /// Constraints that no violation tells of, and values that the specification allows and a violation forbids.
    private(set) var problems: [String] = []
    /// How many constraints there are by their keyword, `type` for the kinds of value.
    private(set) var checked: [String: Int] = [:]

    private let specification: ConformanceSpecification
    private var used: Set<String> = []

    /// A value on its way into a request.
    private struct Place {
        /// Where it is in the specification.
        let name: String
        /// Where it is in the request.
        let path: String
        /// The request with a value here.
        let request: (JSONValue) -> JSONValue
    }

    init(_ specification: ConformanceSpecification) {
        self.specification = specification
        for schema in specification.requests {
            visit(schema, Place(name: "", path: "", request: { $0 }))
        }
        problems += Set(Self.leftOut.keys).subtracting(used).map { "\($0) is left out, but isn't in the specification" }
    }

    private mutating func visit(_ schema: JSONValue, _ place: Place) {
        if !place.path.isEmpty { checkKind(schema, place) }
        for (name, alternative) in specification.namedAlternatives(of: schema, in: place.name)
        where alternative["type"] != "null" {
            let place = Place(name: name, path: place.path, request: place.request)
            allow(smallest(alternative, name), place, "the smallest value")
            checkLimits(alternative, place)
            checkFields(alternative, place)
            if let items = alternative["items"] {
                let request = { place.request([$0]) }
                visit(items, Place(name: place.name + "[]", path: place.path + "[0]", request: request))
            }
            if let entries = alternative["additionalProperties"], entries.objectValue != nil {
                let request = { place.request(["k": $0]) }
                visit(entries, Place(name: place.name + "{}", path: place.path + "[\"k\"]", request: request))
            }
        }
    }

    private mutating func checkFields(_ schema: JSONValue, _ place: Place) {
        let (properties, required) = specification.object(schema)
        let prefix = place.path.isEmpty ? "" : place.path + "."
        guard case .object(let whole) = smallest(schema, place.name) else { return }
        for key in required {
            var fields = whole
            fields[key] = nil
            forbid(.object(fields), place, "required \(key)", at: prefix + key, limit: "is required")
            checked["required", default: 0] += 1
        }
        for (key, property) in properties {
            let request: (JSONValue) -> JSONValue = { value in
                var fields = whole
                fields[key] = value
                return place.request(.object(fields))
            }
            visit(property, Place(name: "\(place.name).\(key)", path: prefix + key, request: request))
        }
    }

    private mutating func checkLimits(_ schema: JSONValue, _ place: Place) {
        let element = schema["items"].map { smallest($0) } ?? nil
        for (keyword, step) in [("minimum", -1), ("maximum", 1), ("minItems", -1), ("maxItems", 1), ("maxLength", 1)] {
            guard let value = schema[keyword] else { continue }
            guard let limit = value.intValue else {
                problems.append("\(place.name), \(keyword): only whole limits can be checked")
                continue
            }
            checked[keyword, default: 0] += 1
            let values: [JSONValue]
            switch keyword {
            case "minimum", "maximum": values = [limit.json, beyond(limit, step)]
            case "maxLength":
                values = [limit, limit + step].map {
                    .string(String(repeating: "e\u{301}", count: $0 / 2) + ($0 % 2 == 1 ? "é" : ""))
                }
            default: values = [limit, limit + step].map { .array(Array(repeating: element, count: $0)) }
            }
            allow(values[0], place, "\(keyword) \(limit)")
            forbid(values[1], place, "\(keyword) \(limit)", at: place.path, limit: String(limit))
        }
    }

    /// A value of a kind that the schema doesn't allow.
    private mutating func checkKind(_ schema: JSONValue, _ place: Place) {
        let types = specification.types(of: schema)
        let others: [(String, JSONValue)] = [
            ("boolean", true), ("string", "x"), ("object", [:]), ("array", []), ("number", 1.5),
        ]
        for (kind, value) in others where !types.isEmpty && !types.contains(kind) {
            forbid(value, place, "type", at: place.path, limit: "must be")
        }
        checked["type", default: 0] += types.isEmpty ? 0 : 1
        if types.contains("null") { allow(nil, place, "null") }
    }

    // MARK: Verdicts

    private mutating func allow(_ value: JSONValue, _ place: Place, _ what: String) {
        guard !isLeftOut("\(place.name), \(what)") else { return }
        for violation in violations(value, place) {
            problems.append("\(place.name), \(what): \(violation), though the specification allows it")
        }
    }

    private mutating func forbid(_ value: JSONValue, _ place: Place, _ what: String, at path: String, limit: String) {
        guard !isLeftOut("\(place.name), \(what)") else { return }
        let isTold = violations(value, place).contains { $0.path == path && $0.reason.contains(limit) }
        if !isTold { problems.append("\(place.name), \(what): no violation at \(path)") }
    }

    private mutating func isLeftOut(_ what: String) -> Bool {
        guard Self.leftOut[what] != nil else { return false }
        used.insert(what)
        return true
    }

    private func violations(_ value: JSONValue, _ place: Place) -> [RequestViolation] {
        var fields = place.request(value).objectValue ?? [:]
        // What other fields need, in prose.
        for key in ["stream", "logprobs"] where fields[key] == nil { fields[key] = true }
        return CreateChatCompletionRequest(fields: fields).violations
    }

    // MARK: Values

    /// The smallest value that a schema allows.
    private func smallest(_ schema: JSONValue, _ name: String = "") -> JSONValue {
        guard let (name, schema) = specification.namedAlternatives(of: schema, in: name).first else { return nil }
        if let value = schema["enum"]?.arrayValue?.first { return value }
        let types = specification.types(of: schema)
        if types.contains("object") || schema["allOf"] != nil {
            let (properties, required) = specification.object(schema)
            var fields = JSONObject(required.compactMap { key in properties[key].map { (key, smallest($0)) } })
            // In prose it is required.
            if name == "ChatCompletionRequestAssistantMessage" { fields["content"] = "x" }
            return .object(fields)
        }
        if types.contains("array") {
            let element = schema["items"].map { smallest($0) } ?? nil
            return .array(Array(repeating: element, count: schema["minItems"]?.intValue ?? 0))
        }
        if types.contains("string") { return "x" }
        if types.contains("boolean") { return true }
        return types.subtracting(["null"]).isEmpty ? nil : schema["minimum"] ?? 0
    }

    /// The whole number next to a limit, which may not fit an `Int`.
    private func beyond(_ limit: Int, _ step: Int) -> JSONValue {
        let (next, overflows) = limit.addingReportingOverflow(step)
        guard overflows else { return next.json }
        let text = "\(step < 0 ? "-" : "")\(limit.magnitude + 1)"
        return (try? JSONValue(parsing: Array(text.utf8))) ?? nil
    }
}
