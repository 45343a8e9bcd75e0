/// One chunk of a streamed answer.
///
/// A chunk may end in the middle of a surrogate pair, as some servers cut there; the half is then a private-use scalar (U+10F800…U+10FFFF),
/// which `MessageAccumulator` joins with the other half in the next chunk.
public struct CreateChatCompletionStreamResponse: WireObject {
    /// Every field of the chunk, known or not, in its order.
    public var fields: JSONObject
    /// A chunk with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The id of the completion, the same in every chunk.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// The model that answers.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// When it was made, in seconds since 1970.
    public var created: Int? {
        get { self["created"] }
        set { self["created"] = newValue }
    }
    /// What is new in which choice; empty in a chunk that only brings token counts.
    public var choices: [Choice] {
        get { self[elements: "choices"] }
        set { self[elements: "choices"] = newValue }
    }
    /// The token counts so far, or at the end.
    public var usage: CompletionUsage? {
        get { self["usage"] }
        set { self["usage"] = newValue }
    }
    /// What went wrong at the server, in whatever shape it says so.
    public var error: JSONValue? { fields["error"].flatMap { $0.isNull ? nil : $0 } }

    /// What is new in one choice.
    public struct Choice: WireObject {
        /// Every field of the choice, known or not.
        public var fields: JSONObject
        /// A choice with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Which of the choices.
        public var index: Int? {
            get { self["index"] }
            set { self["index"] = newValue }
        }
        /// What is new.
        public var delta: ChatCompletionStreamResponseDelta? {
            get { self["delta"] }
            set { self["delta"] = newValue }
        }
        /// Why the model stopped, once it has.
        public var finishReason: FinishReason? {
            get { self["finish_reason"] }
            set { self["finish_reason"] = newValue }
        }
        /// The log probabilities of the new tokens.
        public var logprobs: JSONValue? {
            get { self["logprobs"] }
            set { self["logprobs"] = newValue }
        }
    }
}

/// What is new in a message.
public struct ChatCompletionStreamResponseDelta: WireObject {
    /// Every field of the delta, known or not.
    public var fields: JSONObject
    /// A delta with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Who writes, in the first chunk at least.
    public var role: ChatCompletionRole? {
        get { self["role"] }
        set { self["role"] = newValue }
    }
    /// New text; the text parts together, where a server sends parts.
    public var content: String? {
        get { (self["content"] as MessageContent?)?.text }
        set { self["content"] = newValue }
    }
    /// New words for not answering.
    public var refusal: String? {
        get { self["refusal"] }
        set { self["refusal"] = newValue }
    }
    /// New thoughts, under whichever name the server sends them.
    public var reasoning: String? { reasoningText(in: fields) }
    /// Fragments of tool calls.
    public var toolCalls: [ChatCompletionMessageToolCallChunk]? {
        get { self["tool_calls"] }
        set { self["tool_calls"] = newValue }
    }
}

/// A fragment of a tool call.
public struct ChatCompletionMessageToolCallChunk: WireObject {
    /// Every field of the fragment, known or not.
    public var fields: JSONObject
    /// A fragment with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Which of the calls.
    public var index: Int? {
        get { self["index"] }
        set { self["index"] = newValue }
    }
    /// The id of the call, in its first fragment at least.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// `function` or `custom`.
    public var type: String? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
}
