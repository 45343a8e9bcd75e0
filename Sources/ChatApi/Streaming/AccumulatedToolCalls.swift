/// The tool calls of a message, as far as they have come.
struct AccumulatedToolCalls {
    private struct Call {
        let index: Int?
        var id = ""
        var type = ""
        var name = ""
        var arguments = AccumulatedText()
        /// Fields that have no rule of their own, like Gemini's `extra_content`.
        var fields = JSONObject()

        /// `function`, or `custom` with its `input`.
        var isCustom: Bool { type == "custom" }
    }

    private var calls: [Call] = []

    mutating func append(_ fragment: JSONValue) {
        guard let fields = fragment.objectValue else { return }
        let body = fields["function"] ?? fields["custom"]
        let name = body?["name"]?.stringValue ?? ""
        let position = position(index: fields["index"]?.intValue, id: fields["id"]?.stringValue ?? "", name: name)
        for (key, value) in fields {
            switch key {
            // These come once, or in every fragment, or empty later on: they are never joined and never erased.
            case "id": if let id = value.stringValue, !id.isEmpty { calls[position].id = id }
            case "type": if let type = value.stringValue, !type.isEmpty { calls[position].type = type }
            case "index", "function": break
            case "custom": calls[position].type = "custom"
            default: calls[position].fields.merge(key, value)
            }
        }
        if !name.isEmpty { calls[position].name = name }
        switch body?["arguments"] ?? body?["input"] {
        case .string(let text)?: _ = calls[position].arguments.append(text)
        case .null?, nil: break
        case let value?: _ = calls[position].arguments.append(String(decoding: value.serialized(), as: UTF8.self))
        }
    }

    /// The call that a fragment belongs to, begun if need be.
    ///
    /// The index says it, but it may start at 1, be missing, or be 0 for several calls at once, which then have different ids (Gemini).
    private mutating func position(index: Int?, id: String, name: String) -> Int {
        let candidate =
            if let index {
                calls.lastIndex { $0.index == index }
            } else if !id.isEmpty {
                calls.lastIndex { $0.id == id }
            } else if !name.isEmpty {
                // Neither index nor id: a name begins a call.
                Int?.none
            } else {
                calls.indices.last
            }
        if let candidate {
            let known = calls[candidate].id
            if id.isEmpty || known.isEmpty || known == id { return candidate }
            // The same id may be further back.
            if let earlier = calls.lastIndex(where: { $0.index == index && $0.id == id }) { return earlier }
        }
        calls.append(Call(index: index))
        return calls.count - 1
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
            for (key, value) in call.fields { fields[key] = value }
            return .object(fields)
        }
    }
}
