import ChatApi
import ChatSession

/// What is to be said of the end of an answer, unless it simply is complete.
enum AnswerEnding: Hashable {
    /// The most tokens that it may have were reached.
    case tokenLimit
    /// The provider's filter stopped it.
    case filter
    /// The user stopped it, or the process ended.
    case interrupted
    /// The connection or the server failed in the middle of it.
    case cut
    /// The server gave a reason that isn't known.
    case other(String)
    /// The model refused; its words are shown as those of a refusal.
    case refusal
    /// The model asks for tools.
    case toolCalls([String])
    /// There is reasoning and nothing else.
    case onlyReasoning
    /// There is nothing.
    case nothing

    /// What is to be said, in this order.
    /// - Parameters:
    ///   - finishReason: Why it ended, as `TurnRecord` has it.
    ///   - message: The answer, as far as it came.
    /// - Returns: Nothing, if the answer is complete.
    static func all(finishReason: String?, of message: ChatCompletionRequestMessage?) -> [AnswerEnding] {
        var endings: [AnswerEnding] = []
        switch finishReason {
        case TurnRecord.interrupted?: endings.append(.interrupted)
        case TurnRecord.cut?: endings.append(.cut)
        // Some servers pass on the words of the model's own.
        case "length"?, "max_tokens"?, "MAX_TOKENS"?: endings.append(.tokenLimit)
        case "content_filter"?, "safety"?, "SAFETY"?, "sensitive"?: endings.append(.filter)
        case let reason? where !ordinary.contains(reason): endings.append(.other(reason))
        default: break
        }
        let parts = message.map { AnswerParts($0) }
        let calls = message?.calledTools ?? []
        if parts?.refusal.isEmpty == false { endings.append(.refusal) }
        if !calls.isEmpty { endings.append(.toolCalls(calls)) }
        let isEmpty = parts?.content.isBlank != false && parts?.refusal.isBlank != false && calls.isEmpty
        guard isEmpty, message?.fields["audio"] == nil else { return endings }
        if parts?.reasoning.isBlank == false {
            endings.append(.onlyReasoning)
        } else if endings.isEmpty {
            endings.append(.nothing)
        }
        return endings
    }

    /// Reasons that say no more than that the answer is complete.
    private static let ordinary: Set = [
        "", "stop", "STOP", "end_turn", "stop_sequence", "eos", "eos_token", "tool_calls", "tool_use", "function_call",
    ]
}

extension ChatCompletionRequestMessage {
    /// The names of the tools that the model asks for.
    fileprivate var calledTools: [String] {
        ((toolCalls ?? []).map(\.name) + (functionCall.map { [$0.name] } ?? [])).map { $0 ?? "" }
    }
}

extension String {
    /// Whether there is nothing to read in it.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
