import ChatApi
import NIOConcurrencyHelpers
import TestSupport

/// What tests that ask a loopback server share.
protocol Asking {}

extension Asking {
    var request: CreateChatCompletionRequest { CreateChatCompletionRequest(model: "m", messages: [.user("hi")]) }

    func configuration(_ server: LoopbackServer, retries: Int = 0) -> ChatApiConfiguration {
        configuration(server.baseURL, retries: retries)
    }

    func configuration(_ baseURL: String, retries: Int = 0) -> ChatApiConfiguration {
        var configuration = ChatApiConfiguration(baseURL: baseURL, apiKey: "sk-canary-0123456789\n")
        configuration.maximumRetries = retries
        return configuration
    }

    /// A configuration whose retries are noted.
    func configuration(
        _ server: LoopbackServer, retries: Int, _ notices: Notes<RetryNotice>
    ) -> ChatApiConfiguration {
        var configuration = configuration(server, retries: retries)
        configuration.onRetry = { notices.add($0) }
        return configuration
    }

    /// The text of a stream, and how it ended.
    func read(_ stream: ChatCompletionStream) async -> (text: String, error: (any Error)?) {
        var accumulator = MessageAccumulator()
        var text = ""
        do {
            for try await chunk in stream { text += accumulator.apply(chunk).content }
            return (text + accumulator.finish().content, nil)
        } catch {
            return (text, error)
        }
    }

    /// Asks for a stream and reads it: its text, and how it ended.
    func ask(_ configuration: ChatApiConfiguration) async -> (text: String, error: (any Error)?) {
        do {
            return await read(try await ChatApi(configuration: configuration).createChatCompletionStream(request))
        } catch {
            return ("", error)
        }
    }

    func apiError<T>(_ body: () async throws -> T) async -> ApiError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? ApiError
        }
    }

    /// The error of an answer that isn't streamed.
    func wholeAnswerError(_ configuration: ChatApiConfiguration) async -> ApiError? {
        await apiError { try await ChatApi(configuration: configuration).createChatCompletion(request) }
    }
}

/// What a callback was told, for a test to look at or to wait for.
final class Notes<Note: Sendable>: Sendable {
    private let notes = NIOLockedValueBox<[Note]>([])
    private let stream: AsyncStream<Note>
    private let continuation: AsyncStream<Note>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func add(_ note: Note) {
        notes.withLockedValue { $0.append(note) }
        continuation.yield(note)
    }

    var all: [Note] { notes.withLockedValue { $0 } }

    /// Waits for a note; one task may do so.
    func next() async -> Note? {
        for await note in stream { return note }
        return nil
    }
}
