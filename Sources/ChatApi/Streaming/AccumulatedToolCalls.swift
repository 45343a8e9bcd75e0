/// The tool calls of a message, as far as they have come.
struct AccumulatedToolCalls {
    private struct Call {
        var id = ""
        var type = ""
        var name = ""
        var arguments = AccumulatedText()
        /// Fields that have no rule of their own, like Gemini's `extra_content`.
        var fields = JSONObject()

        /// `custom` with its `input`, rather than `function` with its `arguments`.
        var isCustom: Bool { type == "custom" }
    }

    private var calls: [Call] = []
    private var roster = ToolCallRoster()

    mutating func append(_ fragment: JSONValue) {
        guard let fields = fragment.objectValue else { return }
        let position = roster.position(of: fields)
        if position == calls.count { calls.append(Call()) }
        for (key, value) in fields {
            switch key {
            // These come once, or in every fragment, or empty later on: they are never joined and never erased.
            case "id": if let id = value.nonEmptyText { calls[position].id = id }
            case "type": if let type = value.nonEmptyText { calls[position].type = type }
            case "index", "function": break
            case "custom": if !value.isNull { calls[position].type = "custom" }
            default: calls[position].fields.merge(key, value)
            }
        }
        let body = ToolCallRoster.body(of: fields)
        if let name = body?["name"]?.nonEmptyText { calls[position].name = name }
        if let text = Self.arguments(in: body) { _ = calls[position].arguments.append(text) }
    }

    /// The piece of the arguments in a fragment: a string, or the JSON itself where a server doesn't put it in a string.
    static func arguments(in body: JSONValue?) -> String? {
        switch body?["arguments"] ?? body?["input"] {
        case .string(let text)?: text
        case .null?, nil: nil
        case let value?: String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    mutating func finish() {
        for position in calls.indices { _ = calls[position].arguments.finish() }
    }

    /// The calls as they would stand in a whole answer.
    var json: [JSONValue] {
        calls.map { call in
            var fields: JSONObject = [
                "id": .string(call.id), "type": .string(call.type.isEmpty ? "function" : call.type),
            ]
            fields[call.isCustom ? "custom" : "function"] = [
                "name": .string(call.name), call.isCustom ? "input" : "arguments": .string(call.arguments.text),
            ]
            for (key, value) in call.fields where fields[key] == nil { fields[key] = value }
            return .object(fields)
        }
    }
}

extension JSONValue {
    /// The text of a string that isn't empty, whole in itself.
    fileprivate var nonEmptyText: String? {
        guard let text = replacingLoneSurrogates.stringValue, !text.isEmpty else { return nil }
        return text
    }
}
