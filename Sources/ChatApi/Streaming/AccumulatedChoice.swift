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
    private var audio: AccumulatedAudio?
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
                if let reason = value.stringValue, !reason.isEmpty { finishReason = value.replacingLoneSurrogates }
            case "message": break  // Repeats what the deltas said.
            default: fields.merge(key, value)
            }
        }
        return new
    }

    private mutating func apply(delta: JSONObject) -> MessageDelta {
        var new = MessageDelta()
        for (key, value) in delta {
            switch key {
            case "role": if let text = value.stringValue, !text.isEmpty { role = value.replacingLoneSurrogates }
            case "content": if let text = MessageContent(json: value)?.text { new.content = content.append(text) }
            case "refusal": if let text = value.stringValue { new.refusal = refusal.append(text) }
            case "tool_calls": value.arrayValue?.forEach { toolCalls.append($0) }
            // The id keeps it one call whatever the names in it are.
            case "function_call": functionCall.append(["index": 0, "id": "function_call", "function": value])
            case "audio":
                guard let piece = value.objectValue else { message.merge(key, value); break }
                var audio = audio.take() ?? AccumulatedAudio()
                audio.append(piece)
                self.audio = audio
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
        audio?.finish()
        return new
    }

    /// The choice as it would stand in a whole answer.
    var json: JSONValue {
        let calls = toolCalls.json
        var message: JSONObject = ["role": role]
        // Null, as a whole answer has it, where the message is a refusal, or spoken, or only calls tools.
        let isElsewhere = !calls.isEmpty || !refusal.isEmpty || audio != nil
        message["content"] = content.isEmpty && isElsewhere ? .null : .string(content.text)
        if !refusal.isEmpty { message["refusal"] = .string(refusal.text) }
        if !reasoning.isEmpty { message[reasoningKey] = .string(reasoning.text) }
        if !calls.isEmpty { message["tool_calls"] = .array(calls) }
        if let call = functionCall.json.first?["function"] { message["function_call"] = call }
        if let audio { message["audio"] = audio.json }
        for (key, value) in self.message where message[key] == nil { message[key] = value }
        var choice: JSONObject = ["index": index.json, "message": .object(message)]
        for (key, value) in fields where choice[key] == nil { choice[key] = value }
        choice["finish_reason"] = finishReason
        return .object(choice)
    }
}
