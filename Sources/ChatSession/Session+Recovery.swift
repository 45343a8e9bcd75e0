import ChatApi

extension Session {
    /// Takes in what is left of an answer that was cut off: behind the messages that it answered, or, if the conversation
    /// has gone on without it, as a branch.
    mutating func recover(_ remains: AnswerJournal.Remains) {
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

    /// Whether the session holds at least as much of an answer as its journal does.
    func holds(_ remains: AnswerJournal.Remains) -> Bool {
        // One message earlier than the journal says, as the system prompt may have been removed meanwhile.
        let answer = messages.dropFirst(max(0, remains.messageCount - 1)).first { $0.role == .assistant }
        if let answer, answer.begins(with: remains) { return true }
        return branches.contains { branch in
            branch.reason == .recovered && branch.start == remains.messageCount
                && branch.messages.first?.begins(with: remains) == true
        }
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
