import ChatApi
import Testing

/// Not `@testable`: what others can make for tests of their own.
@Suite("Values made for tests of what is done with them")
struct StandInTests {
    private let busy: ApiError = {
        var error = ApiError(.http, host: "example.com")
        error.statusCode = 429
        error.serverMessage = "slow down"
        error.retryAfter = .seconds(3)
        error.headers = ApiHeaders([("x-ratelimit-remaining-requests", "0")])
        return error
    }()
    private let chunks = ["It ", "scatters."].map { text in
        CreateChatCompletionStreamResponse(fields: ["choices": [["delta": ["content": .string(text)]]]])
    }

    @Test("an error and a notice of a retry say what they were given")
    func errors() {
        #expect(busy.description == "http (example.com), HTTP 429: slow down")
        #expect(busy.headers.rateLimits.requests?.remaining == 0)
        #expect(busy == busy && busy != ApiError(.http, host: "example.com"))
        let notice = RetryNotice(attempt: 1, maximum: 2, delay: .seconds(3), error: busy)
        #expect(notice.error == busy && notice.delay == busy.retryAfter)
    }

    @Test("a stream gives out each chunk once, then its error once")
    func stream() async throws {
        let stream = ChatCompletionStream(chunks, error: busy)
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == chunks[0])
        var answer = MessageAccumulator()
        await #expect(throws: busy) {
            for try await chunk in stream { answer.apply(chunk) }
        }
        #expect(answer.response.choices.first?.message?.content == "scatters.")
        #expect(try await iterator.next() == nil)
        for try await chunk in ChatCompletionStream(chunks) { answer.apply(chunk) }
        #expect(answer.response.choices.first?.message?.content == "scatters.It scatters.")
    }

    @Test("a stream ends with its task")
    func cancellation() async {
        let stream = ChatCompletionStream(chunks)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            for try await _ in stream { Issue.record("a chunk after cancellation") }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
