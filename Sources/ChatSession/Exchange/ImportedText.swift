import ChatApi

/// Words for what another program has and the API hasn't.
enum ImportedText {
    /// Something that was said to a tool.
    static func call(of name: String, _ arguments: String) -> String {
        ["[to \(SessionDocument.line(name))]", arguments].inParagraphs
    }

    /// Something that a tool said.
    static func result(of name: String, _ output: String) -> String {
        ["[\(SessionDocument.line(name))]", output].inParagraphs
    }

    /// What went along and isn't there as the API could have it.
    static func named(_ kind: String, _ name: String?) -> String {
        "[\(SessionDocument.line(kind))\(name.map { ": \(SessionDocument.line($0))" } ?? "")]"
    }
}

extension Sequence<String> {
    /// Those that say something, with a blank line between them.
    var inParagraphs: String { filter { !$0.isEmpty }.joined(separator: "\n\n") }
}

extension [ChatCompletionRequestMessage] {
    /// The same messages, each in its place, with every call of a tool answered and every answer called for: servers refuse anything else.
    ///
    /// A call that nothing answers, and an answer that nothing asked for, become words of the assistant.
    var withToolCallsSettled: Self {
        var messages = self
        var index = 0
        while index < messages.count {
            let head = index
            index += 1
            let end = messages[index...].firstIndex { $0.role != .tool } ?? messages.endIndex
            if messages[head].role == .tool {
                messages[head] = Self.words(of: messages[head])
                continue
            }
            let calls = messages[head].role == .assistant ? messages[head].toolCalls ?? [] : []
            if calls.isEmpty { continue }
            var open = Set(calls.compactMap(\.id))
            var answers: [ChatCompletionRequestMessage] = []
            var others: [ChatCompletionRequestMessage] = []
            for message in messages[index..<end] {
                if let id = message.toolCallID, open.remove(id) != nil {
                    answers.append(message)
                } else {
                    others.append(Self.words(of: message))
                }
            }
            messages.replaceSubrange(index..<end, with: answers + others)
            index = end
            var answered = Set(answers.compactMap(\.toolCallID))
            var kept: [ChatCompletionMessageToolCall] = []
            var words: [String] = []
            for call in calls {
                // Of two calls of one number the second has no answer.
                if let id = call.id, answered.remove(id) != nil {
                    kept.append(call)
                } else {
                    words.append(ImportedText.call(of: call.name ?? "tool", call.arguments ?? ""))
                }
            }
            if words.isEmpty { continue }
            messages[head].toolCalls = kept.isEmpty ? nil : kept
            messages[head].content = .text(([messages[head].content?.text ?? ""] + words).inParagraphs)
        }
        return messages
    }

    private static func words(of result: ChatCompletionRequestMessage) -> ChatCompletionRequestMessage {
        .assistant(ImportedText.result(of: "tool", result.content?.text ?? ""))
    }
}
