import ChatApi
import ChatSession
import Terminal

/// Sending less than all that was said; the session keeps it.
extension Repl {
    /// Leaves the old turns out of what is sent, with a summary for them or nothing.
    ///
    /// - Parameters:
    ///   - keep: How many of the last turns are sent as they are; nil for the usual.
    ///   - drops: Whether nothing is sent for the others.
    func compact(keeping keep: Int?, drops: Bool) async {
        let session = conversation.session
        let turns = session.exchanges
        let isUnanswered = session.messages.last?.role == .user
        let answered = turns.count - (isUnanswered ? 1 : 0)
        let sent = turns.count { $0.lowerBound >= session.view?.messageCount ?? 0 } - (isUnanswered ? 1 : 0)
        let keep = keep ?? (drops ? sent / 2 : 1)
        let old = answered - keep
        let count = old < turns.count && old > 0 ? turns[old].lowerBound : session.messages.count
        guard old > 0, count > session.view?.messageCount ?? 0 else {
            return await say(Sentences.nothingToCompact(keep))
        }
        if drops {
            await change { $0.view = ContextView(ofFirst: count) }
            await say(Sentences.dropped(old, of: turns.count))
            return await askIfUnanswered()
        }
        guard await canAsk(), let connection else { return }
        let streams = streams
        await say(Sentences.summingUp(old))
        run(.summary(of: count), connection) { chat, onEvent in
            await Compaction(api: chat, session: session, count: count, streams: streams).run(onEvent: onEvent)
        }
    }

    /// Takes what came of a request for a summary.
    func finishCompaction(_ outcome: TurnOutcome, of count: Int) async {
        answering = nil
        let summary = outcome.message.map { AnswerParts($0).content } ?? ""
        switch outcome.ending {
        case .finished where !summary.isBlank && outcome.record.finishReason != "length":
            await change { $0.view = ContextView(ofFirst: count, summary: summary, record: outcome.record) }
            let session = conversation.session
            await say(Sentences.compacted(session.messages.prefix(count).count { $0.role == .user }, summary: summary))
            await endTurn()
            await askIfUnanswered()
        case .failed(let error):
            await complain(error)
            await say(Sentences.notCompacted)
            await endTurn()
        case .finished, .interrupted:
            await say(Sentences.notCompacted)
            await endTurn()
        }
    }

    /// Sends all that was said again.
    func sendAllAgain() async {
        guard conversation.session.view != nil else { return await say(Sentences.nothingCompacted) }
        await change { $0.view = nil }
        await say(Sentences.compactionOff)
    }

    /// Sends a message that waits for it, as it was too long before.
    private func askIfUnanswered() async {
        if conversation.session.messages.last?.role == .user { await ask() }
    }
}
