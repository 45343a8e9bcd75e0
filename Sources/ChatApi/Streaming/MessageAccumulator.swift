/// What a chunk adds to the first choice; each text may be empty.
public struct MessageDelta: Hashable, Sendable {
    /// New text of the answer.
    public var content = ""
    /// New thoughts.
    public var reasoning = ""
    /// New words for not answering.
    public var refusal = ""

    /// Nothing new.
    public init() {}

    /// Whether there is nothing new.
    public var isEmpty: Bool { content.isEmpty && reasoning.isEmpty && refusal.isEmpty }
}

/// Chunks in, the answer that they make up out.
///
/// The work for each chunk depends on that chunk alone. What it keeps is bounded by `ChatApiConfiguration.Limits` as far as the chunks come from
/// `ChatCompletionStream`; it has no limits of its own.
public struct MessageAccumulator: Sendable {
    private var fields = JSONObject()
    private var choices: [AccumulatedChoice] = []

    /// An accumulator that has seen nothing.
    public init() {}

    /// Takes the next chunk.
    /// - Returns: What is new in the choice with index 0.
    @discardableResult
    public mutating func apply(_ chunk: CreateChatCompletionStreamResponse) -> MessageDelta {
        for (key, value) in chunk.fields
        where key != "choices" && key != "object" && key != "obfuscation" && key != "error" {
            // Only the last value counts, but null never erases one: token counts come before, with and after other chunks.
            if !value.isNull, fields[key] != value { fields[key] = value.replacingLoneSurrogates }
        }
        var delta = MessageDelta()
        for choice in chunk.fields["choices"]?.arrayValue ?? [] {
            guard let choice = choice.objectValue else { continue }
            let index = choice["index"]?.lenientIntValue ?? 0
            let new = withChoice(index) { $0.apply(choice) }
            if index == 0 { delta += new }
        }
        return delta
    }

    /// Takes the end of the stream: half a surrogate pair that still waits for the other half becomes U+FFFD.
    /// - Returns: What that adds to the choice with index 0.
    @discardableResult
    public mutating func finish() -> MessageDelta {
        var delta = MessageDelta()
        for position in choices.indices {
            let new = choices[position].finish()
            if choices[position].index == 0 { delta += new }
        }
        return delta
    }

    /// The answer as far as it has come.
    ///
    /// Reasoning is in the field under which the server sent it. Putting the answer together takes time in proportion to its size.
    public var response: CreateChatCompletionResponse {
        var fields = fields
        fields["object"] = "chat.completion"
        fields["choices"] = .array(choices.map(\.json))
        return CreateChatCompletionResponse(fields: fields)
    }

    private mutating func withChoice<Result>(_ index: Int, _ body: (inout AccumulatedChoice) -> Result) -> Result {
        // Choices are few, and almost always there is one.
        if let position = choices.firstIndex(where: { $0.index == index }) { return body(&choices[position]) }
        let position = choices.firstIndex { $0.index > index } ?? choices.endIndex
        choices.insert(AccumulatedChoice(index: index), at: position)
        return body(&choices[position])
    }
}

extension MessageDelta {
    fileprivate static func += (left: inout MessageDelta, right: MessageDelta) {
        left.content += right.content
        left.reasoning += right.reasoning
        left.refusal += right.refusal
    }
}
