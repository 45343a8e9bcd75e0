import TestSupport
import Testing

@testable import ChatApi

@Suite("Retries", .timeLimit(.minutes(1)))
struct RetryTests: Asking {
    static let statusCases: [(Int, String, String, Int)] = [
        (500, "", "{}", 3), (502, "", "<html>", 3), (503, "", "{}", 3), (529, "", "", 3), (429, "", "{}", 3),
        (408, "", "{}", 3), (409, "", "{}", 3),
        (400, "", "{}", 1), (401, "", "{}", 1), (403, "", "{}", 1), (404, "", "{}", 1), (422, "", "{}", 1),
        (400, "x-should-retry: true", "{}", 3), (500, "x-should-retry: false", "{}", 1),
        (500, "x-should-retry: maybe", "{}", 3), (400, "x-should-retry: maybe", "{}", 1),
        (429, "retry-after: 121", "{}", 1), (429, "", #"{"error":{"code":"insufficient_quota"}}"#, 1),
        (429, "", #"{"error":{"code":"project_spend_limit_exceeded"}}"#, 1),
        (429, "x-should-retry: true", #"{"error":{"code":"insufficient_quota"}}"#, 1),
        (429, "", #"{"error":{"code":"rate_limit_exceeded"}}"#, 3),
        (429, "", #"{"error":{"code":"rate_limit_exceeded","message":"Request too large for m"}}"#, 1),
    ]

    @Test("what may pass is sent again, what can't isn't", arguments: statusCases)
    func statuses(status: Int, header: String, body: String, tries: Int) async throws {
        let server = try LoopbackServer { exchange in
            let fields = header.split(separator: ": ").map(String.init)
            // A millisecond to wait, so that the test doesn't.
            let wait = header.contains("retry-after") ? [] : [("Retry-After-Ms", "1")]
            exchange.respond(
                status: status, headers: wait + (fields.count == 2 ? [(fields[0], fields[1])] : []), body: body)
        }
        let notices = Notes<RetryNotice>()
        let configuration = configuration(server, retries: 2, notices)
        let error = await apiError {
            try await ChatApi(configuration: configuration).createChatCompletionStream(request)
        }
        #expect(error?.statusCode == status)
        #expect(server.postCount == tries)
        #expect(notices.all.map(\.attempt) == Array(1..<tries))
    }

    @Test("N28: 500 for ever is three tries, and the caller is told of each wait before it begins")
    func serverError() async throws {
        let server = try LoopbackServer { $0.respond(status: 500, body: #"{"error":{"message":"broken"}}"#) }
        var configuration = configuration(server, retries: 2)
        let notices = Notes<RetryNotice>()
        let posts = Notes<Int>()
        configuration.onRetry = { notice in
            notices.add(notice)
            posts.add(server.postCount)
        }
        let error = await wholeAnswerError(configuration)
        #expect(error?.statusCode == 500 && error?.serverMessage == "broken")
        #expect(server.postCount == 3)
        #expect(notices.all.map(\.attempt) == [1, 2] && notices.all.allSatisfy { $0.maximum == 2 })
        #expect(notices.all.allSatisfy { $0.error.statusCode == 500 && $0.error.serverMessage == "broken" })
        #expect((375...500).contains(notices.all[0].delay / .milliseconds(1)))
        #expect((750...1000).contains(notices.all[1].delay / .milliseconds(1)))
        #expect(posts.all == [1, 2])
    }

    @Test("there are as many tries as are configured, and one more", arguments: [(-1, 1), (0, 1), (1, 2), (5, 6)])
    func maximum(retries: Int, tries: Int) async throws {
        let server = try LoopbackServer { $0.respond(status: 503, headers: [("Retry-After-Ms", "1")]) }
        #expect(await wholeAnswerError(configuration(server, retries: retries))?.statusCode == 503)
        #expect(server.postCount == tries)
    }

    @Test("a try that succeeds is the answer, and its Retry-After is nothing to wait for")
    func success() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server, retries: 2))
        async let answer = api.createChatCompletion(request)
        try await server.nextExchange().respond(status: 503, headers: [("Retry-After-Ms", "1")])
        try await server.nextExchange().respond(
            headers: [("Retry-After", "100000")], body: #"{"choices":[{"message":{"content":"a"}}]}"#)
        #expect(try await answer.choices.first?.message?.content == "a")
        #expect(server.postCount == 2)
    }

    @Test("the idempotency key is the same for every try, and another for every request")
    func idempotency() async throws {
        let server = try LoopbackServer { $0.respond(status: 503, headers: [("Retry-After-Ms", "1")]) }
        for _ in 0..<2 { _ = await wholeAnswerError(configuration(server, retries: 2)) }
        let keys = server.requests.map { $0.header("idempotency-key") ?? "" }
        #expect(keys.count == 6 && Set(keys[..<3]).count == 1 && Set(keys[3...]).count == 1 && keys[0] != keys[3])
        #expect(keys.allSatisfy { $0.utf8.count > 20 })
        #expect(server.requests.map(\.body).allSatisfy { $0 == server.requests[0].body })
    }

    @Test("a list of models is asked for again when the connection breaks, as that does no harm")
    func idempotentMethod() async throws {
        let server = try LoopbackServer()
        let models = ModelsApi(configuration: configuration(server, retries: 2))
        async let list = models.listModels()
        try await server.nextExchange().close()
        try await server.nextExchange().reset()
        try await server.nextExchange().respond(body: #"{"data":[{"id":"m"}]}"#)
        #expect(try await list.data.map(\.id) == ["m"])
    }

    @Test("a refused connection is tried again")
    func refused() async throws {
        let port = try QuietPort(.refusing)
        var configuration = configuration(port.baseURL, retries: 2)
        let notices = Notes<RetryNotice>()
        configuration.onRetry = { notices.add($0) }
        #expect(await wholeAnswerError(configuration)?.code == .connectionRefused)
        #expect(notices.all.map(\.error.code) == [.connectionRefused, .connectionRefused])
    }

    static let connectionCodes: [ApiError.Code] = [.connectionRefused, .unreachable, .connectTimeout, .connectionLost]

    @Test(
        "a failed connection is worth another try only if nothing can have been carried out",
        arguments: connectionCodes)
    func connectionErrors(code: ApiError.Code) {
        let error = ApiError(code, host: "h")
        #expect(RetryPolicy.delay(after: error, mayRepeat: true, retry: 0, random: 0) == .milliseconds(500))
        #expect(RetryPolicy.delay(after: error, mayRepeat: false, retry: 0, random: 0) == nil)
    }

    static let finalCodes: [ApiError.Code] = [
        .invalidConfiguration, .hostNotFound, .firstEventTimeout, .betweenEventsTimeout, .totalTimeout, .tls,
        .streamCut,
        .notAnEventStream, .notJSON, .notHTTP, .emptyAnswer, .tooLarge, .redirect, .serverError,
    ]

    @Test("other failures are final", arguments: finalCodes)
    func finalErrors(code: ApiError.Code) {
        #expect(RetryPolicy.delay(after: ApiError(code, host: "h"), mayRepeat: true, retry: 0, random: 0) == nil)
    }

    @Test(
        "the wait doubles up to 8 s, and is spread by a quarter",
        arguments: [(0, 500), (1, 1000), (2, 2000), (3, 4000), (4, 8000), (5, 8000), (60, 8000), (Int.max, 8000)])
    func backoff(retry: Int, milliseconds: Int) {
        let error = ApiError(.connectionRefused, host: "h")
        func delay(_ random: Double) -> Duration? {
            RetryPolicy.delay(after: error, mayRepeat: true, retry: retry, random: random)
        }
        #expect(delay(0) == .milliseconds(milliseconds))
        #expect(delay(0.5) == .milliseconds(milliseconds * 7 / 8))
        #expect(delay(1) == .milliseconds(milliseconds * 3 / 4))
    }
}
