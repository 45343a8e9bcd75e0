/// How the tokens of the answer are chosen, how many there are, and what is told of them.
extension CreateChatCompletionRequest {
    /// The sampling temperature, 0…2; 1 unless set.
    ///
    /// Higher is more random. Change this or `topP`, not both.
    public var temperature: Double? {
        get { self["temperature"] }
        set { self["temperature"] = newValue }
    }
    /// Nucleus sampling, 0…1; 1 unless set.
    ///
    /// 0.1 means that only the likeliest tokens that make up 10 % are considered.
    public var topP: Double? {
        get { self["top_p"] }
        set { self["top_p"] = newValue }
    }
    /// Penalty for tokens by how often they occurred, -2…2; 0 unless set.
    public var frequencyPenalty: Double? {
        get { self["frequency_penalty"] }
        set { self["frequency_penalty"] = newValue }
    }
    /// Penalty for tokens that occurred at all, -2…2; 0 unless set.
    public var presencePenalty: Double? {
        get { self["presence_penalty"] }
        set { self["presence_penalty"] = newValue }
    }
    /// What is added to the logits of tokens, -100…100, by token id; the ends ban a token or force it.
    public var logitBias: [String: Int]? {
        get { self["logit_bias"] }
        set { self["logit_bias"] = newValue }
    }
    /// Upper bound for the tokens of the answer, reasoning included.
    public var maxCompletionTokens: Int? {
        get { self["max_completion_tokens"] }
        set { self["max_completion_tokens"] = newValue }
    }
    /// Upper bound for the tokens of the answer.
    ///
    /// Deprecated by OpenAI, whose reasoning models refuse it, and the only one that many other servers know.
    public var maxTokens: Int? {
        get { self["max_tokens"] }
        set { self["max_tokens"] = newValue }
    }
    /// How many choices to generate, 1…128; 1 unless set.
    ///
    /// The tokens of all are billed.
    public var n: Int? {
        get { self["n"] }
        set { self["n"] = newValue }
    }
    /// For answers that repeat as far as the server can; any 64-bit integer (deprecated).
    public var seed: Int? {
        get { self["seed"] }
        set { self["seed"] = newValue }
    }
    /// One text, or up to four, at which generation stops; they are not part of the answer.
    public var stop: StopConfiguration? {
        get { self["stop"] }
        set { self["stop"] = newValue }
    }
    /// Whether to return the log probabilities of the output tokens.
    public var logprobs: Bool? {
        get { self["logprobs"] }
        set { self["logprobs"] = newValue }
    }
    /// How many of the likeliest tokens to return at each position, 0…20; needs `logprobs`.
    public var topLogprobs: Int? {
        get { self["top_logprobs"] }
        set { self["top_logprobs"] = newValue }
    }
}
