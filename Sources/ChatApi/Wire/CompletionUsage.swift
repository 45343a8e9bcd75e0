/// Token counts.
public struct CompletionUsage: WireObject {
    /// Every count, known or not, in its order.
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
        /// Every count, known or not, in its order.
        public var fields: JSONObject
        /// Counts with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Tokens of a predicted output that appeared.
        public var acceptedPredictionTokens: Int? {
            get { self["accepted_prediction_tokens"] }
            set { self["accepted_prediction_tokens"] = newValue }
        }
        /// Tokens of audio.
        public var audioTokens: Int? {
            get { self["audio_tokens"] }
            set { self["audio_tokens"] = newValue }
        }
        /// Tokens of reasoning.
        public var reasoningTokens: Int? {
            get { self["reasoning_tokens"] }
            set { self["reasoning_tokens"] = newValue }
        }
        /// Tokens of a predicted output that didn't appear; billed and counted against limits like the others.
        public var rejectedPredictionTokens: Int? {
            get { self["rejected_prediction_tokens"] }
            set { self["rejected_prediction_tokens"] = newValue }
        }
        /// Tokens of text.
        public var textTokens: Int? {
            get { self["text_tokens"] }
            set { self["text_tokens"] = newValue }
        }
    }

    /// What the request's tokens went into.
    public struct PromptTokensDetails: WireObject {
        /// Every count, known or not, in its order.
        public var fields: JSONObject
        /// Counts with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Tokens of audio.
        public var audioTokens: Int? {
            get { self["audio_tokens"] }
            set { self["audio_tokens"] = newValue }
        }
        /// Tokens written to the prompt cache.
        public var cacheWriteTokens: Int? {
            get { self["cache_write_tokens"] }
            set { self["cache_write_tokens"] = newValue }
        }
        /// Tokens read from the prompt cache.
        public var cachedTokens: Int? {
            get { self["cached_tokens"] }
            set { self["cached_tokens"] = newValue }
        }
        /// Tokens of images.
        public var imageTokens: Int? {
            get { self["image_tokens"] }
            set { self["image_tokens"] = newValue }
        }
        /// Tokens of text.
        public var textTokens: Int? {
            get { self["text_tokens"] }
            set { self["text_tokens"] = newValue }
        }
    }
}
