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
    /// Always `chat.completion`.
    public var object: ObjectType? {
        get { self["object"] }
        set { self["object"] = newValue }
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
    /// The message of the first choice: the answer, unless `n` asked for more than one.
    public var message: ChatCompletionResponseMessage? { choices.first?.message }
    /// The token counts.
    public var usage: CompletionUsage? {
        get { self["usage"] }
        set { self["usage"] = newValue }
    }
    /// What the request keeps with the completion.
    public var metadata: [String: String]? {
        get { self["metadata"] }
        set { self["metadata"] = newValue }
    }
    /// What moderation says, if the request asked for it.
    public var moderation: ChatCompletionModeration? {
        get { self["moderation"] }
        set { self["moderation"] = newValue }
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
        /// Every field of the choice, known or not, in its order.
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
        /// The log probabilities of its tokens, if the request asked for them.
        public var logprobs: ChatCompletionLogprobs? {
            get { self["logprobs"] }
            set { self["logprobs"] = newValue }
        }
    }
}
