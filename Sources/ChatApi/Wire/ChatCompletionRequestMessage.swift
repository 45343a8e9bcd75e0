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

    /// Who wrote it; required.
    public var role: ChatCompletionRole? {
        get { self["role"] }
        set { self["role"] = newValue }
    }
    /// What it says.
    ///
    /// Required but of an assistant that calls tools; at least one part if it is parts: text, and from the user also images, audio and files,
    /// or from the assistant text or exactly one refusal.
    public var content: MessageContent? {
        get { self["content"] }
        set { self["content"] = newValue }
    }
    /// The name of the participant, which tells apart those of one role; or of the function that a `function` message answers for.
    public var name: String? {
        get { self["name"] }
        set { self["name"] = newValue }
    }
    /// The model's words for not answering.
    public var refusal: String? {
        get { self["refusal"] }
        set { self["refusal"] = newValue }
    }
    /// An earlier answer of the model in audio, by its id.
    public var audio: ChatCompletionAudio? {
        get { self["audio"] }
        set { self["audio"] = newValue }
    }
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
    /// The call that a `tool` message answers; required there.
    public var toolCallID: String? {
        get { self["tool_call_id"] }
        set { self["tool_call_id"] = newValue }
    }
}

extension ChatCompletionRequestMessage {
    /// A message of instructions to OpenAI's reasoning models, where it replaces `system`.
    public static func developer(_ text: String) -> Self { Self(role: .developer, content: .text(text)) }
    /// A message of instructions to OpenAI's reasoning models, in parts.
    public static func developer(_ content: MessageContent) -> Self { Self(role: .developer, content: content) }

    /// A message of instructions.
    public static func system(_ text: String) -> Self { Self(role: .system, content: .text(text)) }
    /// A message of instructions, in parts.
    public static func system(_ content: MessageContent) -> Self { Self(role: .system, content: content) }

    /// A message of the person.
    public static func user(_ text: String) -> Self { Self(role: .user, content: .text(text)) }
    /// A message of the person, in parts: `.user([.text("What is this?"), .imageURL("https://…")])`.
    public static func user(_ content: MessageContent) -> Self { Self(role: .user, content: content) }

    /// A message of the model.
    public static func assistant(_ text: String) -> Self { Self(role: .assistant, content: .text(text)) }
    /// A message of the model, in parts: text, or exactly one refusal.
    public static func assistant(_ content: MessageContent) -> Self { Self(role: .assistant, content: content) }
    /// A message of the model that calls tools, with a text or without.
    public static func assistant(
        _ text: String? = nil, toolCalls: [ChatCompletionMessageToolCall]
    ) -> Self {
        var message = Self(fields: ["role": ChatCompletionRole.assistant.json])
        message.content = text.map(MessageContent.text)
        message.toolCalls = toolCalls
        return message
    }

    /// The result of a tool call.
    public static func tool(_ text: String, toolCallID: String) -> Self { tool(.text(text), toolCallID: toolCallID) }
    /// The result of a tool call, in parts.
    public static func tool(_ content: MessageContent, toolCallID: String) -> Self {
        var message = Self(role: .tool, content: content)
        message.toolCallID = toolCallID
        return message
    }

    /// The result of a tool call, for the call itself.
    public static func tool(_ text: String, answering call: ChatCompletionMessageToolCall) -> Self {
        tool(text, toolCallID: call.id ?? "")
    }

    /// The result of a function call (deprecated); null says that there is none.
    public static func function(_ text: String?, name: String) -> Self {
        Self(fields: [
            "role": ChatCompletionRole.function.json, "content": text?.json ?? .null, "name": name.json,
        ])
    }
}
