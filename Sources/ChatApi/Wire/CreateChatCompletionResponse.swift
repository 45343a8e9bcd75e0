/// A whole answer.
///
/// Every field is optional, as real servers leave out whatever the specification requires.
public struct CreateChatCompletionResponse: WireObject {
    /// Every field of the answer, known or not, in its order.
    public var fields: JSONObject
    /// An answer with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The id of the completion.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// The model that answered.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// When it was made, in seconds since 1970.
    public var created: Int? {
        get { self["created"] }
        set { self["created"] = newValue }
    }
    /// The choices; one, unless `n` asked for more.
    public var choices: [Choice] {
        get { self[elements: "choices"] }
        set { self[elements: "choices"] = newValue }
    }
    /// The token counts.
    public var usage: CompletionUsage? {
        get { self["usage"] }
        set { self["usage"] = newValue }
    }
    /// The tier that was used.
    public var serviceTier: ServiceTier? {
        get { self["service_tier"] }
        set { self["service_tier"] = newValue }
    }
    /// The configuration of the server (deprecated).
    public var systemFingerprint: String? {
        get { self["system_fingerprint"] }
        set { self["system_fingerprint"] = newValue }
    }

    /// One of the answers.
    public struct Choice: WireObject {
        /// Every field of the choice, known or not.
        public var fields: JSONObject
        /// A choice with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Its place in the list.
        public var index: Int? {
            get { self["index"] }
            set { self["index"] = newValue }
        }
        /// The message.
        public var message: ChatCompletionResponseMessage? {
            get { self["message"] }
            set { self["message"] = newValue }
        }
        /// Why the model stopped.
        public var finishReason: FinishReason? {
            get { self["finish_reason"] }
            set { self["finish_reason"] = newValue }
        }
        /// The log probabilities of its tokens.
        public var logprobs: JSONValue? {
            get { self["logprobs"] }
            set { self["logprobs"] = newValue }
        }
    }
}

/// The message of an answer.
public struct ChatCompletionResponseMessage: WireObject {
    /// Every field of the message, known or not.
    public var fields: JSONObject
    /// A message with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// `assistant`.
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
    /// URLs that the message cites.
    public var annotations: [JSONValue]? {
        get { self["annotations"] }
        set { self["annotations"] = newValue }
    }

    /// The message as it is sent back in the next request.
    public var requestMessage: ChatCompletionRequestMessage { ChatCompletionRequestMessage(fields: fields) }
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

/// Token counts.
public struct CompletionUsage: WireObject {
    /// Every count, known or not.
    public var fields: JSONObject
    /// Counts with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Tokens of the request.
    public var promptTokens: Int? {
        get { self["prompt_tokens"] }
        set { self["prompt_tokens"] = newValue }
    }
    /// Tokens of the answer.
    public var completionTokens: Int? {
        get { self["completion_tokens"] }
        set { self["completion_tokens"] = newValue }
    }
    /// Tokens in all; some servers count more than the two others together.
    public var totalTokens: Int? {
        get { self["total_tokens"] }
        set { self["total_tokens"] = newValue }
    }
    /// What the answer's tokens went into.
    public var completionTokensDetails: CompletionTokensDetails? {
        get { self["completion_tokens_details"] }
        set { self["completion_tokens_details"] = newValue }
    }
    /// What the request's tokens went into.
    public var promptTokensDetails: PromptTokensDetails? {
        get { self["prompt_tokens_details"] }
        set { self["prompt_tokens_details"] = newValue }
    }

    /// What the answer's tokens went into.
    public struct CompletionTokensDetails: WireObject {
        /// Every count, known or not.
        public var fields: JSONObject
        /// Counts with these fields.
        public init(fields: JSONObject) { self.fields = fields }
        /// Tokens of a predicted output that appeared.
        public var acceptedPredictionTokens: Int? { self["accepted_prediction_tokens"] }
        /// Tokens of audio.
        public var audioTokens: Int? { self["audio_tokens"] }
        /// Tokens of reasoning.
        public var reasoningTokens: Int? { self["reasoning_tokens"] }
        /// Tokens of a predicted output that didn't appear.
        public var rejectedPredictionTokens: Int? { self["rejected_prediction_tokens"] }
        /// Tokens of text.
        public var textTokens: Int? { self["text_tokens"] }
    }

    /// What the request's tokens went into.
    public struct PromptTokensDetails: WireObject {
        /// Every count, known or not.
        public var fields: JSONObject
        /// Counts with these fields.
        public init(fields: JSONObject) { self.fields = fields }
        /// Tokens of audio.
        public var audioTokens: Int? { self["audio_tokens"] }
        /// Tokens written to the prompt cache.
        public var cacheWriteTokens: Int? { self["cache_write_tokens"] }
        /// Tokens read from the prompt cache.
        public var cachedTokens: Int? { self["cached_tokens"] }
        /// Tokens of images.
        public var imageTokens: Int? { self["image_tokens"] }
        /// Tokens of text.
        public var textTokens: Int? { self["text_tokens"] }
    }
}
