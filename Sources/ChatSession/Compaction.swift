public import ChatApi

/// Asks the model for a summary of the oldest turns of a conversation.
///
/// Where they are too long for the model, the first half is summed up first.
public struct Compaction: Sendable {
    private let api: ChatApi
    private let session: Session
    private let streams: Bool
    private let messages: [ChatCompletionRequestMessage]

    /// - Parameters:
    ///   - api: Where to ask.
    ///   - session: The conversation; a view that it has already counts.
    ///   - count: How many of its messages are to be summed up.
    ///   - streams: Whether the answer is asked for as a stream.
    public init(api: ChatApi, session: Session, count: Int, streams: Bool = true) {
        self.api = api
        self.streams = streams
        self.session = session
        var old = session
        old.messages.removeSubrange(min(count, old.messages.count)...)
        messages = old.messagesToSend
    }

    /// Runs to the end; cancelling the task ends it at once.
    /// - Parameter onEvent: As for ``Turn/run(onEvent:)``; of summaries of halves nothing is told.
    /// - Returns: The outcome, whose message is the summary; failure is one of them.
    public func run(onEvent: (TurnEvent) async -> Void) async -> TurnOutcome {
        await summary(of: messages, onEvent)
    }

    private func summary(
        of messages: [ChatCompletionRequestMessage], _ onEvent: (TurnEvent) async -> Void
    ) async -> TurnOutcome {
        let outcome = await ask(messages, onEvent)
        let turns = messages.exchanges
        guard case .failed(let error as ApiError) = outcome.ending, error.isContextTooLong, turns.count > 1 else {
            return outcome
        }
        let middle = turns[turns.count / 2].lowerBound
        let first = await summary(of: Array(messages[..<middle])) { _ in }
        guard case .finished = first.ending, let text = first.message?.content?.text, !text.isEmpty else {
            return first
        }
        var rest = Session()
        rest.messages = messages
        rest.view = ContextView(ofFirst: middle, summary: AnswerParts(text).content)
        return await summary(of: rest.messagesToSend, onEvent)
    }

    private func ask(
        _ messages: [ChatCompletionRequestMessage], _ onEvent: (TurnEvent) async -> Void
    ) async -> TurnOutcome {
        var asking = session
        asking.view = nil
        asking.messages = messages + [.user(Self.request)]
        return await Turn(api: api, request: asking.request(streams: streams), streams: streams).run(onEvent: onEvent)
    }

    private static let request = """
        Sum up our conversation so far, so that you can go on with it from the summary alone. Keep facts, names, numbers, decisions, \
        code that is still needed, and open questions. Write only the summary.
        """
}
