import ChatApi

extension Session {
    /// Takes in what is left of answers that were cut off, where it isn't there yet.
    /// - Returns: Whether there was anything to take.
    @discardableResult
    mutating func recover(_ remains: [AnswerJournal.Remains]) -> Bool {
        let missing = remains.filter { !holds($0) }
        for remains in missing { recover(remains) }
        return !missing.isEmpty
    }

    /// Takes in what is left of an answer that was cut off: behind the messages that it answered, or, if the conversation
    /// has gone on without it, as a branch.
    private mutating func recover(_ remains: AnswerJournal.Remains) {
        var message = ChatCompletionRequestMessage.assistant(remains.content)
        if !remains.reasoning.isEmpty { message.fields["reasoning_content"] = .string(remains.reasoning) }
        if !remains.refusal.isEmpty { message.fields["refusal"] = .string(remains.refusal) }
        var record = TurnRecord(message: remains.messageCount)
        record.model = remains.model
        record.finishReason = TurnRecord.interrupted
        if remains.messageCount == messages.count {
            messages.append(message)
            turns.append(record)
        } else {
            branches.append(
                Branch(
                    id: nextBranchID, start: remains.messageCount, reason: .recovered, messages: [message],
                    turns: [record]))
        }
    }

    /// Whether the session holds at least as much of an answer as its journal does, in the conversation or in a branch: it may have left
    /// with its question.
    func holds(_ remains: AnswerJournal.Remains) -> Bool {
        // One message more or less than the journal says, as a system prompt may have come or gone meanwhile.
        let places = (remains.messageCount - 1)...(remains.messageCount + 1)
        func hold(_ messages: [ChatCompletionRequestMessage], from start: Int) -> Bool {
            places.contains { place in
                messages.indices.contains(place - start) && messages[place - start].role == .assistant
                    && messages[place - start].begins(with: remains)
            }
        }
        return hold(messages, from: 0) || branches.contains { hold($0.messages, from: $0.start) }
    }
}

extension ChatCompletionRequestMessage {
    fileprivate func begins(with remains: AnswerJournal.Remains) -> Bool {
        // By bytes, as a text may be cut within what is one character on the screen.
        func begins(_ text: String?, _ start: String) -> Bool { (text ?? "").utf8.starts(with: start.utf8) }
        let message = ChatCompletionResponseMessage(fields: fields)
        return begins(message.content, remains.content) && begins(message.reasoning, remains.reasoning)
            && begins(refusal, remains.refusal)
    }
}
