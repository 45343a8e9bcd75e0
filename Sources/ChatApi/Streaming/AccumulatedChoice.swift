/// One choice of an answer, as far as it has come.
struct AccumulatedChoice {
    let index: Int
    private var role: JSONValue = "assistant"
    private var content = AccumulatedText()
    private var reasoning = AccumulatedText()
    private var reasoningKey = "reasoning_content"
    private var refusal = AccumulatedText()
    private var toolCalls = AccumulatedToolCalls()
    private var functionCall = AccumulatedToolCalls()
    private var finishReason: JSONValue = .null
    /// Fields of the message and of the choice that have no rule of their own.
    private var message = JSONObject()
    private var fields = JSONObject()

    init(index: Int) { self.index = index }

    mutating func apply(_ choice: JSONObject) -> MessageDelta {
        var new = MessageDelta()
        for (key, value) in choice {
            switch key {
            case "index": break
            case "delta": new = value.objectValue.map { apply(delta: $0) } ?? new
            case "finish_reason":
                // It comes more than once, and is null again after it was set.
                if let reason = value.stringValue, !reason.isEmpty { finishReason = .string(reason) }
            default: fields.merge(key, value)
            }
        }
        return new
    }

    private mutating func apply(delta: JSONObject) -> MessageDelta {
        var new = MessageDelta()
        for (key, value) in delta {
            switch key {
            case "role": if let text = value.stringValue, !text.isEmpty { role = .string(text) }
            case "content": if let text = MessageContent(json: value)?.text { new.content = content.append(text) }
            case "refusal": if let text = value.stringValue { new.refusal = refusal.append(text) }
            case "tool_calls": value.arrayValue?.forEach { toolCalls.append($0) }
            case "function_call": functionCall.append(["index": 0, "function": value])
            case "reasoning_content", "reasoning":
                guard value.stringValue != nil else { message.merge(key, value); break }
                if reasoning.isEmpty { reasoningKey = key }
            default: message.merge(key, value)
            }
        }
        if let text = reasoningText(in: delta) { new.reasoning = reasoning.append(text) }
        return new
    }

    mutating func finish() -> MessageDelta {
        var new = MessageDelta()
        new.content = content.finish()
        new.reasoning = reasoning.finish()
        new.refusal = refusal.finish()
        toolCalls.finish()
        functionCall.finish()
        return new
    }

    /// The choice as it would stand in a whole answer.
    var json: JSONValue {
        let calls = toolCalls.json
        var message: JSONObject = ["role": role]
        // Null, as a whole answer has it, where the message is a refusal or only calls tools.
        message["content"] = content.isEmpty && (!calls.isEmpty || !refusal.isEmpty) ? .null : .string(content.text)
        if !refusal.isEmpty { message["refusal"] = .string(refusal.text) }
        if !reasoning.isEmpty { message[reasoningKey] = .string(reasoning.text) }
        if !calls.isEmpty { message["tool_calls"] = .array(calls) }
        if let call = functionCall.json.first?["function"] { message["function_call"] = call }
        for (key, value) in self.message where message[key] == nil { message[key] = value }
        var choice: JSONObject = ["index": index.json, "message": .object(message)]
        for (key, value) in fields { choice[key] = value }
        choice["finish_reason"] = finishReason
        return .object(choice)
    }
}

/// A text that arrives in pieces, of which one may end with half a surrogate pair.
struct AccumulatedText {
    private(set) var text = ""
    private var held: UInt16?

    var isEmpty: Bool { text.isEmpty }

    /// Appends a piece and returns what that adds: without a half that waits for its other half, which comes with the next piece.
    mutating func append(_ piece: String) -> String {
        let new = joined(piece)
        text += new
        return new
    }

    /// A half that still waits becomes U+FFFD, which is returned.
    mutating func finish() -> String {
        guard held != nil else { return "" }
        held = nil
        text += "\u{FFFD}"
        return "\u{FFFD}"
    }

    private mutating func joined(_ piece: String) -> String {
        guard !piece.isEmpty else { return "" }
        // The stand-ins for halves begin with 0xF4 in UTF-8, as hardly anything else does.
        guard held != nil || piece.utf8.contains(0xF4) else { return piece }
        var new = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars {
            let unit = LoneSurrogate.unit(of: scalar)
            if let lead = held {
                held = nil
                if let unit, let whole = LoneSurrogate.join(lead: lead, trail: unit) {
                    new.append(whole)
                    continue
                }
                new.append("\u{FFFD}")
            }
            if let unit, UTF16.isLeadSurrogate(unit) {
                held = unit
            } else {
                new.append(unit == nil ? scalar : "\u{FFFD}")
            }
        }
        return String(new)
    }
}

extension JSONObject {
    /// Adds what a chunk says of a field without a rule of its own: lists grow, objects are merged, everything else but null replaces.
    mutating func merge(_ key: String, _ value: JSONValue) {
        guard !value.isNull else { return }
        var merged = self[key] ?? .null
        // Let go of the value here, so that it is changed in place: a copy for each chunk would make the work quadratic.
        self[key] = .null
        merged.merge(value)
        self[key] = merged
    }
}

extension JSONValue {
    fileprivate mutating func merge(_ new: JSONValue) {
        if case .array(let elements) = new, case .array(var list) = self {
            self = .null
            list += elements.map(\.replacingLoneSurrogates)
            self = .array(list)
        } else if case .object(let fields) = new, case .object(var object) = self {
            self = .null
            for (key, value) in fields { object.merge(key, value) }
            self = .object(object)
        } else {
            self = new.replacingLoneSurrogates
        }
    }
}

extension JSONValue {
    /// The value with U+FFFD for every stand-in of half a surrogate pair.
    var replacingLoneSurrogates: JSONValue {
        switch self {
        case .string(let text) where text.utf8.contains(0xF4):
            var whole = AccumulatedText()
            _ = whole.append(text)
            _ = whole.finish()
            return .string(whole.text)
        case .array(let elements): return .array(elements.map(\.replacingLoneSurrogates))
        case .object(let fields): return .object(JSONObject(fields.map { ($0, $1.replacingLoneSurrogates) }))
        default: return self
        }
    }
}
