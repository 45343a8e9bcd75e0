/// The body of `POST /chat/completions`.
///
/// Only what is set is sent. `violations` tells what in it the specification forbids.
///
/// Setting a property to nil removes the field; an explicit null, where the API or a server tells it from an absent field, is
/// `request.fields["stop"] = .null`. Fields that no property stands for are set through `fields`, or by their name: `request["top_k"] = 40`.
public struct CreateChatCompletionRequest: WireObject {
    /// Every field of the request, known or not, in its order.
    public var fields: JSONObject
    /// A request with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A request that asks a model to go on with a conversation.
    public init(model: String, messages: [ChatCompletionRequestMessage]) {
        fields = ["model": model.json, "messages": messages.json]
    }

    /// The model's id, like `gpt-4o`; required.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// The conversation so far; at least one message; required.
    public var messages: [ChatCompletionRequestMessage] {
        get { self[elements: "messages"] }
        set { self[elements: "messages"] = newValue }
    }
    /// Whether the answer comes as server-sent events; the methods of `ChatApi` set it.
    public var stream: Bool? {
        get { self["stream"] }
        set { self["stream"] = newValue }
    }
    /// What a stream carries besides the answer; only with `stream`.
    public var streamOptions: ChatCompletionStreamOptions? {
        get { self["stream_options"] }
        set { self["stream_options"] = newValue }
    }
    /// What the answer is made of; text by default.
    ///
    /// Audio needs `audio` too.
    public var modalities: [Modality]? {
        get { self["modalities"] }
        set { self["modalities"] = newValue }
    }
    /// How an answer in audio sounds; required when `modalities` has audio.
    public var audio: ChatCompletionAudioParameters? {
        get { self["audio"] }
        set { self["audio"] = newValue }
    }
    /// The format that the answer must have.
    public var responseFormat: ResponseFormat? {
        get { self["response_format"] }
        set { self["response_format"] = newValue }
    }
    /// How wordy the answer is.
    public var verbosity: Verbosity? {
        get { self["verbosity"] }
        set { self["verbosity"] = newValue }
    }
    /// A text that the answer will mostly repeat, as when a file is rewritten with small changes; the answer comes faster then.
    public var prediction: PredictionContent? {
        get { self["prediction"] }
        set { self["prediction"] = newValue }
    }
    /// How much a reasoning model thinks; which values a model takes differs.
    ///
    /// Write `ReasoningEffort.none` in full: `.none` alone is nil, and removes the field.
    public var reasoningEffort: ReasoningEffort? {
        get { self["reasoning_effort"] }
        set { self["reasoning_effort"] = newValue }
    }
    /// How the web is searched for the answer, by models that do.
    public var webSearchOptions: WebSearchOptions? {
        get { self["web_search_options"] }
        set { self["web_search_options"] = newValue }
    }
    /// The tools that the model may call.
    public var tools: [ChatCompletionTool]? {
        get { self["tools"] }
        set { self["tools"] = newValue }
    }
    /// Which tool is called, if any; none without `tools`, `auto` with them, unless set.
    ///
    /// Write `ChatCompletionToolChoice.none` in full: `.none` alone is nil, and removes the field.
    public var toolChoice: ChatCompletionToolChoice? {
        get { self["tool_choice"] }
        set { self["tool_choice"] = newValue }
    }
    /// Whether several tools may be called at once; true unless set.
    public var parallelToolCalls: Bool? {
        get { self["parallel_tool_calls"] }
        set { self["parallel_tool_calls"] = newValue }
    }
    /// The functions that the model may call, 1…128; deprecated, as `tools` replaces it.
    public var functions: [FunctionObject]? {
        get { self["functions"] }
        set { self["functions"] = newValue }
    }
    /// Which function is called, if any; deprecated, as `toolChoice` replaces it.
    public var functionCall: ChatCompletionFunctionCallOption? {
        get { self["function_call"] }
        set { self["function_call"] = newValue }
    }
}

/// What a stream carries besides the answer.
public struct ChatCompletionStreamOptions: WireObject {
    /// Every field of the options, known or not, in its order.
    public var fields: JSONObject
    /// Options with these fields.
    public init(fields: JSONObject = [:]) { self.fields = fields }

    /// Options that ask for token counts, or not.
    public init(includeUsage: Bool) { fields = ["include_usage": includeUsage.json] }

    /// Whether a last chunk, whose `choices` are empty, brings the token counts of the whole request.
    public var includeUsage: Bool? {
        get { self["include_usage"] }
        set { self["include_usage"] = newValue }
    }
    /// Whether chunks are padded to hide their lengths from those who watch the network; on unless set to false.
    public var includeObfuscation: Bool? {
        get { self["include_obfuscation"] }
        set { self["include_obfuscation"] = newValue }
    }
}
