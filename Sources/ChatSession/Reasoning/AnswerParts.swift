public import ChatApi

/// An answer as people and programs read it: the reasoning apart, wherever the server put it.
///
/// What is stored and sent is the message as it came.
public struct AnswerParts: Hashable, Sendable {
    /// What the model thought: the field of the server, or what stands in tags at the start of the text.
    public private(set) var reasoning: String
    /// The text without reasoning.
    public private(set) var content = ""
    /// The model's words for not answering.
    public let refusal: String
    /// Whether reasoning in tags has no end, so that the answer may be in it.
    public let isUnclosed: Bool

    /// The parts of a text.
    public init(_ text: String, reasoning: String = "", refusal: String = "") {
        self.reasoning = reasoning
        self.refusal = refusal
        var splitter = ThinkTagSplitter()
        var thoughts = ""
        for event in splitter.append(text) + splitter.finish() {
            switch event {
            case .content(let text): content += text
            case .reasoning(let text): thoughts += text
            case .contentWasReasoning: (thoughts, content) = (Self.withoutBlanksAtEnd(content), "")
            case .refusal, .started: break
            }
        }
        isUnclosed = splitter.isUnclosed
        if !thoughts.isEmpty { self.reasoning += (reasoning.isEmpty ? "" : "\n\n") + thoughts }
    }

    private static func withoutBlanksAtEnd(_ text: String) -> String {
        let end = text.unicodeScalars.lastIndex { !$0.properties.isWhitespace }
        return end.map { String(text.unicodeScalars[...$0]) } ?? ""
    }

    /// The parts of an answer.
    public init(_ message: ChatCompletionResponseMessage) {
        self.init(message.content ?? "", reasoning: message.reasoning ?? "", refusal: message.refusal ?? "")
    }

    /// The parts of an answer in a conversation.
    public init(_ message: ChatCompletionRequestMessage) {
        self.init(ChatCompletionResponseMessage(fields: message.fields))
    }
}
