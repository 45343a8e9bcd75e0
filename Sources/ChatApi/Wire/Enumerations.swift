/// Why the model stopped.
public struct FinishReason: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A natural end, or one of the `stop` sequences.
    public static let stop = FinishReason(rawValue: "stop")
    /// The token limit of the request or of the model was reached.
    public static let length = FinishReason(rawValue: "length")
    /// The model calls tools.
    public static let toolCalls = FinishReason(rawValue: "tool_calls")
    /// Content was left out by a filter.
    public static let contentFilter = FinishReason(rawValue: "content_filter")
    /// The model calls a function (deprecated).
    public static let functionCall = FinishReason(rawValue: "function_call")
}

/// Who wrote a message.
public struct ChatCompletionRole: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Instructions to OpenAI's reasoning models, which replace `system` there.
    public static let developer = ChatCompletionRole(rawValue: "developer")
    /// Instructions.
    public static let system = ChatCompletionRole(rawValue: "system")
    /// The person.
    public static let user = ChatCompletionRole(rawValue: "user")
    /// The model.
    public static let assistant = ChatCompletionRole(rawValue: "assistant")
    /// The result of a tool call.
    public static let tool = ChatCompletionRole(rawValue: "tool")
    /// The result of a function call (deprecated).
    public static let function = ChatCompletionRole(rawValue: "function")
}

/// What kind of object an answer is.
public struct ObjectType: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A whole answer.
    public static let chatCompletion = ObjectType(rawValue: "chat.completion")
    /// A chunk of a streamed answer.
    public static let chatCompletionChunk = ObjectType(rawValue: "chat.completion.chunk")
    /// A list.
    public static let list = ObjectType(rawValue: "list")
    /// A model.
    public static let model = ObjectType(rawValue: "model")
}

/// What an answer is made of.
public struct Modality: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Text.
    public static let text = Modality(rawValue: "text")
    /// Audio, with its transcript.
    public static let audio = Modality(rawValue: "audio")
}

/// How much a reasoning model thinks.
public struct ReasoningEffort: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Not at all.
    public static let none = ReasoningEffort(rawValue: "none")
    /// As little as it can.
    public static let minimal = ReasoningEffort(rawValue: "minimal")
    /// Little.
    public static let low = ReasoningEffort(rawValue: "low")
    /// The default of most models.
    public static let medium = ReasoningEffort(rawValue: "medium")
    /// Much.
    public static let high = ReasoningEffort(rawValue: "high")
    /// More.
    public static let xhigh = ReasoningEffort(rawValue: "xhigh")
    /// As much as it can.
    public static let max = ReasoningEffort(rawValue: "max")
}

/// How the request is processed and billed.
public struct ServiceTier: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// As the project's settings say.
    public static let auto = ServiceTier(rawValue: "auto")
    /// The standard tier.
    public static let `default` = ServiceTier(rawValue: "default")
    /// Cheaper and slower.
    public static let flex = ServiceTier(rawValue: "flex")
    /// Reserved capacity.
    public static let scale = ServiceTier(rawValue: "scale")
    /// Dearer and faster.
    public static let priority = ServiceTier(rawValue: "priority")
    /// Answered as `priority`.
    public static let fast = ServiceTier(rawValue: "fast")
}

/// How wordy the answer is.
public struct Verbosity: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Terse.
    public static let low = Verbosity(rawValue: "low")
    /// The default.
    public static let medium = Verbosity(rawValue: "medium")
    /// Wordy.
    public static let high = Verbosity(rawValue: "high")
}
