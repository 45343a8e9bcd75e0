/// The message of an answer.
public struct ChatCompletionResponseMessage: WireObject {
    /// Every field of the message, known or not, in its order.
    public var fields: JSONObject
    /// A message with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Always `assistant`.
    public var role: ChatCompletionRole? {
        get { self["role"] }
        set { self["role"] = newValue }
    }

    /// What it says; the text parts together, where a server sends parts.
    public var content: String? {
        get { (self["content"] as MessageContent?)?.text }
        set { self["content"] = newValue }
    }

    /// The model's words for not answering.
    public var refusal: String? {
        get { self["refusal"] }
        set { self["refusal"] = newValue }
    }

    /// What the model thought, under whichever name the server sends it.
    public var reasoning: String? { reasoningText(in: fields) }

    /// The calls that the model made.
    public var toolCalls: [ChatCompletionMessageToolCall]? {
        get { self["tool_calls"] }
        set { self["tool_calls"] = newValue }
    }
    /// The call that the model made; deprecated, as `toolCalls` replaces it.
    public var functionCall: ChatCompletionFunctionCall? {
        get { self["function_call"] }
        set { self["function_call"] = newValue }
    }
    /// Pages of the web that the message cites.
    public var annotations: [ChatCompletionAnnotation]? {
        get { self["annotations"] }
        set { self["annotations"] = newValue }
    }
    /// The answer in audio, if the request asked for it.
    public var audio: ChatCompletionAudio? {
        get { self["audio"] }
        set { self["audio"] = newValue }
    }

    /// The message as it is sent back in the next request: with every field that the server sent, and of audio the id, which is all that the API takes.
    ///
    /// Where the server left out the role, it is `assistant`.
    public var requestMessage: ChatCompletionRequestMessage {
        var message = ChatCompletionRequestMessage(fields: fields)
        message.role = role ?? .assistant
        if let id = audio?.id { message.fields["audio"] = ["id": id.json] }
        return message
    }
}

/// The reasoning in a message or delta: `reasoning_content`, `reasoning`, or the thinking parts of `content`.
func reasoningText(in fields: JSONObject) -> String? {
    for key in reasoningKeys {
        if let text = fields[key]?.stringValue, !text.isEmpty { return text }
    }
    guard case .parts(let parts)? = fields["content"].flatMap(MessageContent.init(json:)) else { return nil }
    let thoughts = parts.compactMap(\.thinking)
    return thoughts.isEmpty ? nil : thoughts.joined()
}

/// The names under which servers send reasoning as text, none of them in the specification.
let reasoningKeys = ["reasoning_content", "reasoning"]
