import ChatApi
import ChatSession
import Terminal

extension Repl {
    /// Says under an answer how it ended and what it took, or what went wrong.
    func tellEnd(of outcome: TurnOutcome) async {
        let session = conversation.session
        let endings = AnswerEnding.all(finishReason: outcome.record.finishReason, of: outcome.message)
        if outcome.message == nil, case .interrupted = outcome.ending { return await say("Stopped.") }
        if case .failed(let error) = outcome.ending {
            if outcome.message != nil { await print(Sentences.lines(of: endings, in: session, look: look)) }
            return await complain(error)
        }
        var look = look
        // The answer may be in what came, where nothing kept it from coming.
        if endings == [.onlyReasoning], look.reasoning != .show, let message = outcome.message {
            look.reasoning = .show
            await print(reasoning: AnswerParts(message).reasoning)
        }
        await print(Sentences.lines(of: endings, in: session, look: look))
        guard case .finished = outcome.ending else { return }
        let prices = choice.file.prices
        let cost = prices.cost(of: outcome.record, in: session).map { prices.text(of: $0) }
        await console.print(
            Sentences.statusLine(of: outcome.record, cost: cost, look: look, columns: console.size.columns))
    }

    /// Shows what the model thought before its last answer.
    func showReasoning() async {
        guard let message = conversation.session.messages.last(where: { $0.role == .assistant }) else {
            return await say("There is no answer yet.")
        }
        let reasoning = AnswerParts(message).reasoning
        if reasoning.isBlank { return await say("The last answer came without reasoning.") }
        await print(reasoning: reasoning)
    }

    private func print(reasoning: String) async {
        var text = ReasoningText(width: console.size.columns, style: look.reasoningStyle)
        text.append(reasoning)
        text.finish()
        await console.print(text.takeFinished())
    }
}
