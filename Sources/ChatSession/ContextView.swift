public import ChatApi

/// What is sent instead of the oldest turns of a conversation: a summary of them, or nothing.
///
/// It is a view: the messages stay in the session, and are sent again once it is gone.
public struct ContextView: Hashable, Sendable {
    /// How many messages of the conversation it stands for; a system prompt among them is sent all the same.
    public internal(set) var messageCount: Int
    private var fields: JSONObject

    /// A view that begins now.
    /// - Parameters:
    ///   - messageCount: How many messages of the conversation it stands for.
    ///   - summary: What is sent for them; nil sends nothing.
    ///   - record: What is known of the answer that the summary was.
    public init(ofFirst messageCount: Int, summary: String? = nil, record: TurnRecord? = nil) {
        self.messageCount = messageCount
        fields = ["created": .string(Timestamp().text)]
        if let summary { fields["summary"] = .string(summary) }
        if let model = record?.model { fields["model"] = .string(model) }
        if let usage = record?.usage { fields["usage"] = .object(usage.fields) }
    }

    /// What is sent for the messages; nil if nothing is.
    public var summary: String? { fields["summary"]?.stringValue }

    /// The tokens that the summary took.
    public var usage: CompletionUsage? { fields["usage"]?.objectValue.map(CompletionUsage.init(fields:)) }

    // MARK: In the file

    /// A view as a file has it; nil if it doesn't say what it stands for.
    init?(_ value: JSONValue) {
        guard var fields = value.objectValue, let count = fields["messages"]?.intValue,
            Branch.numbers.contains(count)
        else { return nil }
        fields["messages"] = nil
        messageCount = count
        self.fields = fields
    }

    /// The view as it stands in the file.
    var json: JSONValue {
        var object: JSONObject = ["messages": .number(JSONNumber(messageCount))]
        for (key, value) in fields { object[key] = value }
        return .object(object)
    }
}

extension Session {
    /// What is sent: the conversation, or what the view leaves of it.
    public var messagesToSend: [ChatCompletionRequestMessage] {
        guard let view, view.messageCount <= messages.count else { return messages }
        let system = messages.prefix { $0.role == .system || $0.role == .developer }
        var rest = Array(messages.dropFirst(max(view.messageCount, system.count)))
        if let summary = view.summary {
            // Within a message of the user's: many models want the roles in turn, and some know no system prompt.
            let text = "Summary of our conversation so far:\n\n\(summary)\n\n---\n\n"
            if rest.first?.role == .user {
                rest[0].content = rest[0].content?.with(text)
            } else {
                rest.insert(.user(text), at: 0)
            }
        }
        return system + rest
    }
}

extension MessageContent {
    /// The same with a text before it.
    fileprivate func with(_ text: String) -> MessageContent {
        switch self {
        case .text(let content): .text(text + content)
        case .parts(let parts): .parts([.text(text)] + parts)
        }
    }
}
