public import ChatApi

/// What happens while an answer is under way.
public enum TurnEvent: Hashable, Sendable {
    /// The server has begun to answer.
    case started
    /// More of the answer's text.
    case content(String)
    /// More of the model's reasoning.
    case reasoning(String)
    /// More of a refusal.
    case refusal(String)
    /// All content so far was reasoning: its end was marked with a tag, but not its beginning.
    case contentWasReasoning
}

/// How a turn ended, with what there is of the answer.
public struct TurnOutcome: Sendable {
    /// What brought the turn to its end.
    public enum Ending: Sendable {
        /// The server said that the answer is complete.
        case finished
        /// The turn was cancelled.
        case interrupted
        /// The request or the stream failed.
        case failed(any Error)
    }

    /// What brought the turn to its end.
    public let ending: Ending
    /// The answer, as far as it came; nil if nothing came.
    public let message: ChatCompletionRequestMessage?
    /// Everything that the server told, assembled.
    public let response: CreateChatCompletionResponse
    /// What is known of the answer; its place in the session is set when it joins it.
    public let record: TurnRecord
    /// How much of the answer its journal holds; nil unless that is all of it.
    var journaled: AnswerJournal.Tally?
}

/// One exchange: the messages go out, the answer comes in.
public struct Turn: Sendable {
    private let api: ChatApi
    private let request: CreateChatCompletionRequest
    private let streams: Bool
    private let journal: (@Sendable () -> AnswerJournal)?

    /// A turn that asks for an answer to a session's messages.
    ///
    /// - Parameters:
    ///   - api: Where to ask.
    ///   - conversation: What to send, and where the answer is kept as it arrives.
    ///   - streams: Whether the answer is asked for as a stream.
    public init(api: ChatApi, conversation: Conversation, streams: Bool = true) {
        self.api = api
        self.streams = streams
        request = conversation.session.request(streams: streams)
        journal = conversation.journal
    }

    /// A turn whose answer is kept nowhere.
    init(api: ChatApi, request: CreateChatCompletionRequest, streams: Bool) {
        self.api = api
        self.request = request
        self.streams = streams
        journal = nil
    }

    /// Runs the turn to its end; cancelling the task ends it at once, with what came so far.
    ///
    /// - Parameter onEvent: Told of everything as it happens. The turn waits for it, which is how a slow terminal slows the server down.
    /// - Returns: The outcome; failure is one of them.
    public func run(onEvent: (TurnEvent) async -> Void) async -> TurnOutcome {
        let clock = ContinuousClock()
        let start = clock.now
        var accumulator = MessageAccumulator()
        var whole: CreateChatCompletionResponse?
        var journal = journal?()
        var record = TurnRecord(message: 0)
        var tags = ThinkTagSplitter()

        func pass(_ delta: MessageDelta) async {
            var events: [TurnEvent] = []
            if !delta.reasoning.isEmpty { events.append(.reasoning(delta.reasoning)) }
            if !delta.content.isEmpty { events.append(.content(delta.content)) }
            if !delta.refusal.isEmpty { events.append(.refusal(delta.refusal)) }
            if !events.isEmpty, record.secondsToFirstToken == nil {
                record.secondsToFirstToken = start.duration(to: clock.now).inSeconds
            }
            for event in events {
                // On the disk is what came; what is told has the reasoning apart.
                journal?.append(event)
                guard case .content(let text) = event else {
                    await onEvent(event)
                    continue
                }
                for event in tags.append(text) { await onEvent(event) }
            }
        }

        var ending = TurnOutcome.Ending.finished
        do {
            if streams {
                let answer = try await api.createChatCompletionStreamWithHttpInfo(request)
                record.requestID = answer.headers.requestID
                await onEvent(.started)
                for try await chunk in answer.data { await pass(accumulator.apply(chunk)) }
            } else {
                let answer = try await api.createChatCompletionWithHttpInfo(request)
                record.requestID = answer.headers.requestID
                await onEvent(.started)
                whole = answer.data
                await pass(answer.data.delta)
            }
        } catch is CancellationError {
            ending = .interrupted
        } catch {
            ending = .failed(error)
        }
        await pass(accumulator.finish())
        for event in tags.finish() { await onEvent(event) }

        journal?.finish()

        let response = whole ?? accumulator.response
        record.seconds = start.duration(to: clock.now).inSeconds
        record.usage = response.usage
        record.model = response.model
        record.finishReason = response.choices.first?.finishReason?.rawValue
        switch ending {
        case .finished: break
        case .interrupted: record.finishReason = TurnRecord.interrupted
        case .failed(let error):
            record.finishReason = TurnRecord.cut
            record.error = "\(error)"
        }
        return TurnOutcome(
            ending: ending, message: response.choices.first?.message?.spoken, response: response, record: record,
            journaled: journal?.tally)
    }
}

extension Duration {
    /// The duration in seconds, for people and files.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension TurnOutcome {
    /// The outcome of a turn that failed before anything was sent.
    package init(failedBeforeSending error: any Error) {
        ending = error is CancellationError ? .interrupted : .failed(error)
        message = nil
        response = CreateChatCompletionResponse(fields: [:])
        record = TurnRecord(message: 0)
    }
}

extension CreateChatCompletionResponse {
    /// A whole answer as if it had come in one piece of a stream.
    fileprivate var delta: MessageDelta {
        var delta = MessageDelta()
        let message = choices.first?.message
        delta.content = message?.content ?? ""
        delta.reasoning = message?.reasoning ?? ""
        delta.refusal = message?.refusal ?? ""
        return delta
    }
}

extension ChatCompletionResponseMessage {
    /// The message as it joins the conversation; nil if the model said nothing.
    fileprivate var spoken: ChatCompletionRequestMessage? {
        let isSilent =
            (content ?? "").isEmpty && (reasoning ?? "").isEmpty && (refusal ?? "").isEmpty && (toolCalls ?? []).isEmpty
        return isSilent ? nil : requestMessage
    }
}
