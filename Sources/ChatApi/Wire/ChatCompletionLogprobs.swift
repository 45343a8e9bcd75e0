/// The log probabilities of an answer's tokens.
public struct ChatCompletionLogprobs: WireObject {
    /// Every field of the probabilities, known or not, in its order.
    public var fields: JSONObject
    /// Log probabilities with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Those of the text.
    public var content: [ChatCompletionTokenLogprob]? {
        get { self["content"] }
        set { self["content"] = newValue }
    }
    /// Those of the words for not answering.
    public var refusal: [ChatCompletionTokenLogprob]? {
        get { self["refusal"] }
        set { self["refusal"] = newValue }
    }
}

/// A token, with its log probability and those of the tokens that it was chosen over.
public struct ChatCompletionTokenLogprob: WireObject {
    /// Every field of the token, known or not, in its order.
    public var fields: JSONObject
    /// A token with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Its text; incomplete UTF-8 is whatever the server makes of it.
    public var token: String? {
        get { self["token"] }
        set { self["token"] = newValue }
    }
    /// The natural logarithm of its probability; -9999 stands for very unlikely.
    public var logprob: Double? {
        get { self["logprob"] }
        set { self["logprob"] = newValue }
    }
    /// The bytes of its text in UTF-8, by which characters split over tokens are put together; nil where it has none.
    public var bytes: [Int]? {
        get { self["bytes"] }
        set { self["bytes"] = newValue }
    }
    /// The likeliest tokens at this position; may be fewer than were asked for.
    public var topLogprobs: [TopLogprob]? {
        get { self["top_logprobs"] }
        set { self["top_logprobs"] = newValue }
    }

    /// One of the likeliest tokens at a position.
    public struct TopLogprob: WireObject {
        /// Every field of the token, known or not, in its order.
        public var fields: JSONObject
        /// A token with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Its text.
        public var token: String? {
            get { self["token"] }
            set { self["token"] = newValue }
        }
        /// The natural logarithm of its probability.
        public var logprob: Double? {
            get { self["logprob"] }
            set { self["logprob"] = newValue }
        }
        /// The bytes of its text in UTF-8; nil where it has none.
        public var bytes: [Int]? {
            get { self["bytes"] }
            set { self["bytes"] = newValue }
        }
    }
}
