/// The chunks of an answer as the server sends them.
///
/// Pulling them is what makes the server send more. The sequence ends only when the answer is whole; otherwise it throws after the last chunk:
/// `ApiError` with code `streamCut`, `serverError`, a timeout, …, or `CancellationError`. It can be iterated once. Letting go of it, or
/// cancelling the task that iterates, closes the connection, which has the server stop generating.
public struct ChatCompletionStream: AsyncSequence, Sendable {
    /// A chunk.
    public typealias Element = CreateChatCompletionStreamResponse

    private let source: ChatCompletionSource

    init(_ answer: ApiClient.Answer, configuration: ChatApiConfiguration) {
        source = ChatCompletionSource(answer, configuration: configuration)
    }

    /// The iterator; all iterators share the one answer.
    public func makeAsyncIterator() -> Iterator { Iterator(source: source) }

    /// Pulls the chunks.
    public struct Iterator: AsyncIteratorProtocol {
        private let source: ChatCompletionSource
        private var decoder: StreamDecoder
        private var isFirst = true
        private var failure: (any Error)?
        private var hasEnded = false

        init(source: ChatCompletionSource) {
            self.source = source
            decoder = StreamDecoder(limits: source.configuration.limits)
        }

        /// Waits for the next chunk.
        /// - Returns: The chunk; nil after the last, if the answer is whole.
        /// - Throws: `ApiError`; `CancellationError` at once when the task is cancelled.
        public mutating func next() async throws -> CreateChatCompletionStreamResponse? {
            if let chunk = decoder.next() { return chunk }
            guard !hasEnded else { return nil }
            if decoder.end == nil, failure == nil { await read() }
            if let chunk = decoder.next() { return chunk }
            hasEnded = true
            if let failure { throw failure }
            if let error = decoder.end.flatMap(source.error) { throw error }
            return nil
        }

        /// Reads until there is a chunk, or none will come.
        private mutating func read() async {
            let exchange = source.answer.exchange
            if isFirst {
                exchange.armFirstEvent()
            } else {
                exchange.arm(.betweenEventsTimeout, source.configuration.timeouts.betweenEvents)
            }
            do {
                while decoder.end == nil, !decoder.hasNext {
                    if let part = try await exchange.next() {
                        decoder.feed(part)
                    } else {
                        decoder.finish()
                    }
                }
                isFirst = false
                exchange.disarm()
            } catch {
                decoder.finish()
                // Once every choice has its finish reason, nothing is missing however the connection ends.
                if error is CancellationError || decoder.end != .complete {
                    failure = source.error(connection: error, isCut: decoder.hasSeenChunks)
                }
            }
            if decoder.end == .complete { exchange.drain() } else if decoder.end != nil { exchange.abandon() }
        }
    }
}

/// The answer behind a stream; the connection is let go of when nobody holds the stream any more.
final class ChatCompletionSource: Sendable {
    let answer: ApiClient.Answer
    let configuration: ChatApiConfiguration

    init(_ answer: ApiClient.Answer, configuration: ChatApiConfiguration) {
        self.answer = answer
        self.configuration = configuration
        answer.exchange.disarm()
    }

    deinit { answer.exchange.abandon() }

    /// The error of a stream that ended this way; nil if nothing is wrong.
    func error(_ end: StreamDecoder.End) -> ApiError? {
        switch end {
        case .complete: nil
        case .cut: answer.error(.streamCut)
        case .fault(let fault): answer.error(.serverError, fault: fault)
        case .notJSON(let excerpt): answer.error(.notJSON, body: excerpt)
        case .notAnEventStream(let excerpt): answer.error(.notAnEventStream, body: excerpt)
        case .empty: answer.error(.emptyAnswer)
        case .tooLarge: answer.error(.tooLarge)
        }
    }

    /// The error of a stream whose connection failed.
    func error(connection error: any Error, isCut: Bool) -> any Error {
        guard let error = answer.error(connection: error) as? ApiError else { return error }
        guard isCut, error.code == .connectionLost || error.code == .notHTTP else { return error }
        var cut = answer.error(.streamCut)
        cut.detail = error.detail
        return cut
    }
}
