import Testing

@testable import ChatApi

@Suite("Hints of when to try again")
struct RetryHintTests {
    @Test(
        "Go's durations are read",
        arguments: [
            ("12ms", 12), ("1s", 1000), ("6m0s", 360_000), ("1m12.5s", 72_500), ("1h2m3s", 3_723_000),
            ("26.604s", 26_604),
            ("2m59.56s", 179_560), ("500us", 1), ("0.5ms", 1), ("0s", nil), ("", nil), ("s", nil), ("1", nil),
            ("-1s", nil),
            ("1x", nil), ("1s2", nil), ("1..2s", nil), ("nans", nil), ("1e9h", nil), ("99999999h", nil), ("∞s", nil),
        ] as [(String, Int?)])
    func durations(text: String, milliseconds: Int?) {
        #expect(RetryHint.duration(go: text) == milliseconds.map { .milliseconds($0) })
    }

    @Test(
        "the wait in a message is read",
        arguments: [
            ("Rate limit reached … Please try again in 26.604s. Visit https://x", 26_604), ("try again in 644ms.", 644),
            ("Please Try Again In 6m0s.", 360_000), ("Please retry after 26 seconds.", 26_000),
            ("try again in 1 minute", 60_000),
            ("Please retry in 34.4s.", 34_400), ("try again in 20s", 20_000), ("Try again later.", nil),
            ("try again in ", nil),
            ("try again in a moment.", nil), ("try again in 5", nil), ("retry after 26 parsecs", nil), ("", nil),
        ] as [(String, Int?)])
    func messages(text: String, milliseconds: Int?) {
        #expect(RetryHint.duration(message: text, details: nil) == milliseconds.map { .milliseconds($0) })
    }

    private func error(_ body: String, status: Int = 429, headers: [(String, String)] = []) async throws -> ApiError? {
        let server = try RecordingServer(status: status, headers: headers, body: Array(body.utf8))
        return await server.refusal()
    }

    @Test("Retry-After comes first, then the body, then the limits that are used up")
    func order() async throws {
        let body = #"{"error":{"message":"Please try again in 644ms."}}"#
        let gemini =
            #"[{"error":{"code":429,"message":"Please retry in 1s.","details":[{"@type":"x"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}]"#
        let used = [("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "6m0s")]
        #expect(try await error(body, headers: used + [("Retry-After", "3")])?.retryAfter == .seconds(3))
        #expect(try await error(body, headers: used)?.retryAfter == .milliseconds(644))
        #expect(try await error(gemini)?.retryAfter == .milliseconds(34_400))
        // Six minutes until all of the limit is there again are no reason not to try before.
        #expect(try await error("{}", headers: used)?.retryAfter == nil)
        let soon = [("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "1m30s")]
        #expect(try await error("{}", headers: soon)?.retryAfter == .seconds(90))
        #expect(try await error("{}", status: 400, headers: soon)?.retryAfter == nil)
        #expect(try await error("{}")?.retryAfter == nil)
        let left = [("x-ratelimit-remaining-tokens", "1"), ("x-ratelimit-reset-tokens", "6m0s")]
        #expect(try await error("{}", headers: left)?.retryAfter == nil)
    }

    @Test("the headers of limits have types")
    func rateLimits() {
        let headers = ApiHeaders([
            ("x-ratelimit-limit-requests", "10000"), ("X-RateLimit-Remaining-Requests", "9999"),
            ("x-ratelimit-reset-requests", "8.64s"),
            ("x-ratelimit-limit-tokens_usage_based", "30000"), ("x-ratelimit-remaining-tokens", "many"),
        ])
        let requests = headers.rateLimits.requests
        #expect(requests?.limit == 10000 && requests?.remaining == 9999 && requests?.reset == .milliseconds(8640))
        #expect(headers.rateLimits.tokens?.limit == 30000 && headers.rateLimits.tokens?.remaining == nil)
        #expect(ApiHeaders([]).rateLimits.requests == nil && ApiHeaders([]).rateLimits.tokens == nil)
    }
}
