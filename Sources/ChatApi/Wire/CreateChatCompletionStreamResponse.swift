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
    /// Always `chat.completion.chunk`.
    public var object: ObjectType? {
        get { self["object"] }
        set { self["object"] = newValue }
    }
    /// The model that answers.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// When the completion was begun, in seconds since 1970; the same in every chunk.
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
    /// What moderation says, if the request asked for it.
    public var moderation: ChatCompletionModeration? {
        get { self["moderation"] }
        set { self["moderation"] = newValue }
    }
    /// Padding that hides the lengths of the chunks from those who watch the network.
    public var obfuscation: String? {
        get { self["obfuscation"] }
        set { self["obfuscation"] = newValue }
    }
    /// The tier that is used.
    public var serviceTier: ServiceTier? {
        get { self["service_tier"] }
        set { self["service_tier"] = newValue }
    }
    /// The configuration of the server (deprecated).
    public var systemFingerprint: String? {
        get { self["system_fingerprint"] }
        set { self["system_fingerprint"] = newValue }
    }

    /// What went wrong at the server, in whatever shape it says so.
    public var error: JSONValue? { fields["error"].flatMap { $0.isNull ? nil : $0 } }

    /// What is new in one choice.
    public struct Choice: WireObject {
        /// Every field of the choice, known or not, in its order.
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
        public var logprobs: ChatCompletionLogprobs? {
            get { self["logprobs"] }
            set { self["logprobs"] = newValue }
        }
    }
}

/// What is new in a message.
public struct ChatCompletionStreamResponseDelta: WireObject {
    /// Every field of the delta, known or not, in its order.
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
    /// A fragment of a function call; deprecated, as `toolCalls` replaces it.
    public var functionCall: ChatCompletionFunctionCall? {
        get { self["function_call"] }
        set { self["function_call"] = newValue }
    }
    /// A piece of the answer in audio; not in the specification.
    public var audio: ChatCompletionAudio? {
        get { self["audio"] }
        set { self["audio"] = newValue }
    }
    /// Pages of the web that the message cites; not in the specification.
    public var annotations: [ChatCompletionAnnotation]? {
        get { self["annotations"] }
        set { self["annotations"] = newValue }
    }
}
