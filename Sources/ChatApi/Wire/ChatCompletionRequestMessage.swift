/// One message of the conversation, of any role.
///
/// Fields that a server added to its answer (`reasoning_content`, `reasoning_details`, …) stay in `fields` and are sent back as they are.
public struct ChatCompletionRequestMessage: WireObject {
    /// Every field of the message, known or not, in its order.
    public var fields: JSONObject
    /// A message with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A message of a role.
    public init(role: ChatCompletionRole, content: MessageContent) {
        fields = ["role": role.json, "content": content.json]
    }

    /// A message of instructions.
    public static func system(_ text: String) -> Self { Self(role: .system, content: .text(text)) }
    /// A message of the person.
    public static func user(_ content: MessageContent) -> Self { Self(role: .user, content: content) }
    /// A message of the model.
    public static func assistant(_ text: String) -> Self { Self(role: .assistant, content: .text(text)) }
    /// The result of a tool call.
    public static func tool(_ text: String, toolCallID: String) -> Self {
        var message = Self(role: .tool, content: .text(text))
        message.toolCallID = toolCallID
        return message
    }

    /// Who wrote it.
    public var role: ChatCompletionRole? {
        get { self["role"] }
        set { self["role"] = newValue }
    }
    /// What it says; absent or null in an assistant message that only calls tools.
    public var content: MessageContent? {
        get { self["content"] }
        set { self["content"] = newValue }
    }
    /// The name of the participant, or of the function that a `function` message answers for.
    public var name: String? {
        get { self["name"] }
        set { self["name"] = newValue }
    }
    /// The model's words for not answering.
    public var refusal: String? {
        get { self["refusal"] }
        set { self["refusal"] = newValue }
    }
    /// The calls that the model made.
    public var toolCalls: [ChatCompletionMessageToolCall]? {
        get { self["tool_calls"] }
        set { self["tool_calls"] = newValue }
    }
    /// The call that a `tool` message answers.
    public var toolCallID: String? {
        get { self["tool_call_id"] }
        set { self["tool_call_id"] = newValue }
    }
}

/// What a message says: a text, or parts.
public enum MessageContent: Hashable, WireValue, ExpressibleByStringLiteral {
    case text(String)
    case parts([ChatCompletionContentPart])

    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }

    /// Reads a string or an array of parts.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .array: self = .parts([ChatCompletionContentPart](json: json) ?? [])
        default: return nil
        }
    }

    /// The content as JSON.
    public var json: JSONValue {
        switch self {
        case .text(let text): text.json
        case .parts(let parts): parts.json
        }
    }

    /// The text, of all text parts together if there are parts.
    public var text: String {
        switch self {
        case .text(let text): text
        case .parts(let parts): parts.compactMap { $0.type == "text" ? $0.text : nil }.joined()
        }
    }
}

/// A part of a message's content; kinds other than text and image are read and made through `fields`.
public struct ChatCompletionContentPart: WireObject {
    /// Every field of the part, known or not.
    public var fields: JSONObject
    /// A part with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A text.
    public static func text(_ text: String) -> Self { Self(fields: ["type": "text", "text": text.json]) }

    /// An image.
    /// - Parameters:
    ///   - url: A URL that the server can fetch, or a `data:` URI.
    ///   - detail: `auto`, `low` or `high`; left to the server when nil.
    /// - Returns: An image part.
    public static func imageURL(_ url: String, detail: String? = nil) -> Self {
        var image: JSONObject = ["url": url.json]
        image["detail"] = detail?.json
        return Self(fields: ["type": "image_url", "image_url": .object(image)])
    }

    /// The kind: `text`, `image_url`, `input_audio`, `file`, `refusal`, ….
    public var type: String? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The text of a text part.
    public var text: String? {
        get { self["text"] }
        set { self["text"] = newValue }
    }
    /// Where the image of an image part is.
    public var imageURL: String? { fields["image_url"]?["url"]?.stringValue }
    /// The thoughts of a `thinking` part, which Mistral's models send.
    var thinking: String? {
        guard type == "thinking" else { return nil }
        return MessageContent(json: fields["thinking"] ?? .null)?.text
    }
}

/// A call of a tool by the model.
public struct ChatCompletionMessageToolCall: WireObject {
    /// Every field of the call, known or not.
    public var fields: JSONObject
    /// A call with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The id that the `tool` message with the result must name.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// `function` or `custom`.
    public var type: String? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The name of the function or custom tool.
    public var name: String? { (fields["function"] ?? fields["custom"])?["name"]?.stringValue }
    /// What the function is called with, JSON if the model kept to it; the input of a custom tool.
    public var arguments: String? {
        fields["function"]?["arguments"]?.stringValue ?? fields["custom"]?["input"]?.stringValue
    }
}
