/// The body of `POST /chat/completions`.
///
/// Only what is set is sent. Ranges are the server's to check.
public struct CreateChatCompletionRequest: WireObject {
    /// Every field of the request, known or not, in its order.
    public var fields: JSONObject

    /// A request with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A request that asks a model to go on with a conversation.
    public init(model: String, messages: [ChatCompletionRequestMessage]) {
        fields = ["model": model.json, "messages": messages.json]
    }

    /// The model's id, like `gpt-4o`.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// The conversation so far.
    public var messages: [ChatCompletionRequestMessage] {
        get { self[elements: "messages"] }
        set { self[elements: "messages"] = newValue }
    }
    /// Penalty for tokens by how often they occurred, -2…2.
    public var frequencyPenalty: Double? {
        get { self["frequency_penalty"] }
        set { self["frequency_penalty"] = newValue }
    }
    /// Bias by token id, -100…100.
    public var logitBias: [String: Int]? {
        get { self["logit_bias"] }
        set { self["logit_bias"] = newValue }
    }
    /// Whether to return the log probabilities of the output tokens.
    public var logprobs: Bool? {
        get { self["logprobs"] }
        set { self["logprobs"] = newValue }
    }
    /// Upper bound for the tokens of the answer, reasoning included.
    public var maxCompletionTokens: Int? {
        get { self["max_completion_tokens"] }
        set { self["max_completion_tokens"] = newValue }
    }
    /// Upper bound for the tokens of the answer; deprecated by OpenAI, and the only one that many servers know.
    public var maxTokens: Int? {
        get { self["max_tokens"] }
        set { self["max_tokens"] = newValue }
    }
    /// Up to 16 pairs kept with a stored completion.
    public var metadata: [String: String]? {
        get { self["metadata"] }
        set { self["metadata"] = newValue }
    }
    /// Output types: `text`, `audio`.
    public var modalities: [String]? {
        get { self["modalities"] }
        set { self["modalities"] = newValue }
    }
    /// How many choices to generate, 1…128.
    public var n: Int? {
        get { self["n"] }
        set { self["n"] = newValue }
    }
    /// Whether tools may be called in parallel.
    public var parallelToolCalls: Bool? {
        get { self["parallel_tool_calls"] }
        set { self["parallel_tool_calls"] = newValue }
    }
    /// Penalty for tokens that occurred at all, -2…2.
    public var presencePenalty: Double? {
        get { self["presence_penalty"] }
        set { self["presence_penalty"] = newValue }
    }
    /// Groups similar requests for the prompt cache.
    public var promptCacheKey: String? {
        get { self["prompt_cache_key"] }
        set { self["prompt_cache_key"] = newValue }
    }
    /// How long cached prefixes live: `in_memory` or `24h` (deprecated).
    public var promptCacheRetention: String? {
        get { self["prompt_cache_retention"] }
        set { self["prompt_cache_retention"] = newValue }
    }
    /// How much a reasoning model thinks.
    public var reasoningEffort: ReasoningEffort? {
        get { self["reasoning_effort"] }
        set { self["reasoning_effort"] = newValue }
    }
    /// The format that the answer must have.
    public var responseFormat: JSONValue? {
        get { self["response_format"] }
        set { self["response_format"] = newValue }
    }
    /// A stable id of the end user, at most 64 characters.
    public var safetyIdentifier: String? {
        get { self["safety_identifier"] }
        set { self["safety_identifier"] = newValue }
    }
    /// For answers that repeat as far as the server can.
    public var seed: Int? {
        get { self["seed"] }
        set { self["seed"] = newValue }
    }
    /// How the request is processed and billed.
    public var serviceTier: ServiceTier? {
        get { self["service_tier"] }
        set { self["service_tier"] = newValue }
    }
    /// Up to four texts at which generation stops; a single string is read as one.
    public var stop: [String]? {
        get { self["stop"] ?? (self["stop"] as String?).map { [$0] } }
        set { self["stop"] = newValue }
    }
    /// Whether to store the completion at the provider.
    public var store: Bool? {
        get { self["store"] }
        set { self["store"] = newValue }
    }
    /// Whether the answer comes as server-sent events; the methods of `ChatApi` set it.
    public var stream: Bool? {
        get { self["stream"] }
        set { self["stream"] = newValue }
    }
    /// What a stream carries besides the answer.
    public var streamOptions: ChatCompletionStreamOptions? {
        get { self["stream_options"] }
        set { self["stream_options"] = newValue }
    }
    /// The sampling temperature, 0…2.
    public var temperature: Double? {
        get { self["temperature"] }
        set { self["temperature"] = newValue }
    }
    /// Which tool is called, if any.
    public var toolChoice: JSONValue? {
        get { self["tool_choice"] }
        set { self["tool_choice"] = newValue }
    }
    /// The tools that the model may call.
    public var tools: [JSONValue]? {
        get { self["tools"] }
        set { self["tools"] = newValue }
    }
    /// How many of the most likely tokens to return at each position, 0…20; needs `logprobs`.
    public var topLogprobs: Int? {
        get { self["top_logprobs"] }
        set { self["top_logprobs"] = newValue }
    }
    /// Nucleus sampling, 0…1.
    public var topP: Double? {
        get { self["top_p"] }
        set { self["top_p"] = newValue }
    }
    /// A stable id of the end user (deprecated).
    public var user: String? {
        get { self["user"] }
        set { self["user"] = newValue }
    }
    /// How wordy the answer is.
    public var verbosity: Verbosity? {
        get { self["verbosity"] }
        set { self["verbosity"] = newValue }
    }
}

/// What a stream carries besides the answer.
public struct ChatCompletionStreamOptions: WireObject {
    /// Every field, known or not.
    public var fields: JSONObject
    /// Options with these fields.
    public init(fields: JSONObject = [:]) { self.fields = fields }
    /// Options that ask for token counts, or not.
    public init(includeUsage: Bool) { fields = ["include_usage": includeUsage.json] }

    /// Whether a last chunk brings the token counts.
    public var includeUsage: Bool? {
        get { self["include_usage"] }
        set { self["include_usage"] = newValue }
    }
    /// Whether chunks are padded against traffic analysis.
    public var includeObfuscation: Bool? {
        get { self["include_obfuscation"] }
        set { self["include_obfuscation"] = newValue }
    }
}
