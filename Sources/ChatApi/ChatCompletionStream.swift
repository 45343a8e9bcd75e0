import NIOConcurrencyHelpers

/// The chunks of an answer as the server sends them.
///
/// Pulling them is what makes the server send more. The sequence ends only when the answer is whole; otherwise it throws after the last chunk:
/// `ApiError` with code `streamCut`, `serverError`, a timeout, …, or `CancellationError`. Each chunk is given out once: a second loop goes on where the
/// first one stopped. Letting go of the sequence, or cancelling the task that iterates, closes the connection, which has the server stop generating.
public struct ChatCompletionStream: AsyncSequence, Sendable {
    /// A chunk.
    public typealias Element = CreateChatCompletionStreamResponse

    private let pull: @Sendable () async throws -> Element?

    init(_ answer: ApiClient.Answer, configuration: ChatApiConfiguration) {
        let source = ChatCompletionSource(answer, configuration: configuration)
        pull = { try await source.next() }
    }

    /// A stream of chunks that are there already, for tests of what is done with one.
    /// - Parameters:
    ///   - chunks: The chunks, each given out once.
    ///   - error: What is thrown after the last; nil for an answer that is whole.
    public init(_ chunks: [Element], error: (any Error)? = nil) {
        let rest = NIOLockedValueBox((chunks: chunks[...], error: error))
        pull = {
            try Task.checkCancellation()
            return try rest.withLockedValue { rest in
                if let chunk = rest.chunks.popFirst() { return chunk }
                defer { rest.error = nil }
                if let error = rest.error { throw error }
                return nil
            }
        }
    }

    /// The iterator; all iterators share the one answer, and one at a time may wait.
    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    /// Pulls the chunks.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let pull: @Sendable () async throws -> Element?

        /// Waits for the next chunk.
        ///
        /// The wait is limited by the configuration's `firstEvent`, `betweenEvents` and `total`.
        /// - Returns: The chunk; nil after the last, if the answer is whole.
        /// - Throws: `ApiError`; `CancellationError` at once when the task is cancelled, which closes the connection.
        public mutating func next() async throws -> CreateChatCompletionStreamResponse? { try await pull() }
    }
}

/// The answer behind a stream; the connection is let go of when nobody holds the stream any more.
private final class ChatCompletionSource: Sendable {
    private struct State {
        var decoder: StreamDecoder
        /// Set once no more will be read; what was decoded before is still to be given out.
        var end: Result<Void, any Error>?
        /// Whether the end was told.
        var isOver = false
    }

    private let answer: ApiClient.Answer
    private let configuration: ChatApiConfiguration
    private let state: NIOLockedValueBox<State>

    init(_ answer: ApiClient.Answer, configuration: ChatApiConfiguration) {
        self.answer = answer
        self.configuration = configuration
        state = NIOLockedValueBox(State(decoder: StreamDecoder(limits: configuration.limits)))
    }

    deinit { answer.exchange.abandon() }

    func next() async throws -> CreateChatCompletionStreamResponse? {
        while true {
            if Task.isCancelled { cancel() }
            let (chunk, end) = state.withLockedValue {
                state -> (CreateChatCompletionStreamResponse?, Result<Void, any Error>?) in
                if state.isOver { return (nil, .success(())) }
                if let chunk = state.decoder.next() { return (chunk, nil) }
                state.isOver = state.end != nil
                return (nil, state.end)
            }
            if let chunk { return chunk }
            if let end {
                try end.get()
                return nil
            }
            await read()
        }
    }

    /// Gives out nothing more.
    private func cancel() {
        state.withLockedValue { state in
            state.decoder = StreamDecoder(limits: configuration.limits)
            state.end = .failure(CancellationError())
        }
        answer.exchange.abandon()
    }

    /// Reads until there is a chunk, or none will come.
    private func read() async {
        let exchange = answer.exchange
        let timeouts = configuration.timeouts
        let patience = timeouts.patience
        let isFirst = state.withLockedValue { !$0.decoder.hasSeenChunks }
        var deadline = isFirst ? exchange.firstEventDeadline : min(timeouts.silence, patience)
        do {
            while true {
                let part = try await exchange.next(by: deadline)
                let (isDone, isAlive) = state.withLockedValue { state in
                    let comments = state.decoder.commentCount
                    if let part { state.decoder.feed(part) } else { state.decoder.finish() }
                    let hasEnded = state.decoder.end != nil
                    return (hasEnded || state.decoder.hasNext, state.decoder.commentCount > comments)
                }
                if isDone { break }
                // A server that queues a request says so in comments, but not for ever.
                if isAlive, !isFirst { deadline = min(timeouts.silence, patience) }
            }
            state.withLockedValue { state in
                guard let end = state.decoder.end else { return }
                state.end = answer.error(end: end).map { .failure($0) } ?? .success(())
            }
        } catch {
            state.withLockedValue { state in
                state.decoder.finish()
                state.end = failure(error, state.decoder).map { .failure($0) } ?? .success(())
            }
        }
        switch state.withLockedValue({ $0.end }) {
        case nil: break
        case .success: exchange.drain()
        case .failure: exchange.abandon()
        }
    }

    /// The error of a stream whose connection failed; nil if nothing is missing however the connection ended.
    private func failure(_ error: any Error, _ decoder: StreamDecoder) -> (any Error)? {
        guard let failure = answer.error(connection: error) as? ApiError else { return error }
        switch decoder.end {
        case .complete: return nil
        case .fault(let fault): return answer.error(end: .fault(fault))
        default: break
        }
        let isConnection = ![.firstEventTimeout, .betweenEventsTimeout, .totalTimeout].contains(failure.code)
        guard isConnection, decoder.hasSeenChunks else { return failure }
        var cut = answer.error(.streamCut)
        cut.detail = failure.detail
        return cut
    }
}
