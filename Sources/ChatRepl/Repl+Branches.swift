import ChatApi
import ChatSession
import Terminal

/// Going back in the conversation, and to what was left; nothing is ever lost by it.
extension Repl {
    /// Asks for another answer to a turn.
    /// - Parameter number: The turn, counted from 1; nil for the last one.
    func retry(_ number: Int?) async {
        guard let turn = await turn(number), await canAsk() else { return }
        // An unanswered message is just sent again.
        await cut(at: turn.messages.lowerBound + 1, .retry) { Sentences.retrying(turn: turn.number, branch: $0) }
        await ask()
    }

    /// Takes the last turns back.
    /// - Parameter count: How many.
    func undo(_ count: Int) async {
        let turns = conversation.session.exchanges
        guard !turns.isEmpty else { return await sayNothingSaid() }
        guard count <= turns.count else { return await say(Sentences.noTurn("\(count)", of: turns.count)) }
        let first = turns.count - count
        await cut(at: turns[first].lowerBound, .undo) {
            Sentences.undone(turns: first + 1...turns.count, branch: $0)
        }
    }

    /// Puts what was said in a turn back at the prompt, to be said otherwise; until it is, everything stays as it is.
    /// - Parameter number: The turn, counted from 1; nil for the last one.
    func edit(_ number: Int?) async {
        guard let turn = await turn(number) else { return }
        edited = turn.number
        await say(Sentences.editing(turn: turn.number))
        console.giveBack(conversation.session.messages[turn.messages.lowerBound].content?.typed ?? "")
    }

    /// Has what stands in the edited turn, and behind it, make room for what is said now.
    func takeEditedTurn() async {
        guard let number = edited.take(), let turn = await turn(number) else { return }
        await cut(at: turn.messages.lowerBound, .edit) { Sentences.edited(turn: number, branch: $0) }
    }

    /// Leaves the turn that was to be edited as it is.
    func dropEdit() async {
        if let number = edited.take() { await say(Sentences.notEdited(turn: number)) }
    }

    /// Has the model go on with its last answer.
    func goOn() async {
        switch conversation.session.messages.last?.role {
        case .assistant?: await send(Sentences.continuation, seen: "")
        case .user?, .tool?: await ask()
        default: await sayNothingSaid()
        }
    }

    /// Makes a branch the conversation, which becomes that branch.
    func switchTo(branch id: Int) async {
        guard conversation.session.branch(id) != nil else {
            return await say(Sentences.noBranch(id, of: conversation.session))
        }
        var left: Branch.ID?
        await change { left = $0.switchTo(branch: id) }
        await say(Sentences.switched(branch: id, left: left, session: conversation.session))
        await replay()
    }

    /// Goes on with the conversation in a session of its own; the one that it comes from stays as it is.
    func fork(_ title: String) async throws {
        let origin = conversation.session
        guard origin.hasTurns else { return await sayNothingSaid() }
        guard await mayLeaveSession() else { return }
        var session = origin.fork()
        session.title = title.isEmpty ? Sentences.forked(origin.displayTitle) : title
        var conversation = Conversation(session, store: conversation.store)
        try conversation.save()
        self.conversation.close()
        self.conversation = conversation
        await say(Sentences.forked(conversation.session, from: origin))
    }

    /// Shows the last turn again, as when a session is resumed.
    func replay() async {
        let replay = Replay(conversation.session, look: look, width: console.size.columns)
        if !replay.lines.isEmpty { await console.print(replay.lines) }
    }

    /// The turn of that number; nil if there is none, which is said.
    private func turn(_ number: Int?) async -> (number: Int, messages: Range<Int>)? {
        let turns = conversation.session.exchanges
        let number = number ?? turns.count
        guard !turns.isEmpty else {
            await sayNothingSaid()
            return nil
        }
        guard turns.indices.contains(number - 1) else {
            await say(Sentences.noTurn("\(number)", of: turns.count))
            return nil
        }
        return (number, turns[number - 1])
    }

    /// Takes messages out of the conversation, and says where they are.
    private func cut(at index: Int, _ reason: Branch.Reason, _ sentence: (Branch.ID) -> String) async {
        var branch: Branch.ID?
        await change { branch = $0.cut(at: index, reason: reason) }
        if let branch { await say(sentence(branch)) }
    }
}
