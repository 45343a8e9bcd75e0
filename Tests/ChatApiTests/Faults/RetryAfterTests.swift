import TestSupport
import Testing

@testable import ChatApi

@Suite("Retry-After", .timeLimit(.minutes(1)))
struct RetryAfterTests: Asking {
    /// The header, what of it is read, and the wait before the retry: the header's, the usual backoff (`backoff`), or none as there is no retry.
    struct Row: Sendable, CustomTestStringConvertible {
        let header: String
        let seconds: Double?
        let wait: Wait

        enum Wait: Sendable { case asked, backoff, never }

        init(_ header: String, _ seconds: Double?, _ wait: Wait) {
            (self.header, self.seconds, self.wait) = (header, seconds, wait)
        }

        var testDescription: String { header }
    }

    /// N27, as openai-python 3.3.1 has it (`_parse_retry_after_header`, `_should_retry`), with the server's clock at 08:49:37.
    static let rows = [
        Row("1", 1, .asked), Row("20", 20, .asked), Row("0.5", 0.5, .asked), Row("61", 61, .asked),
        Row("120", 120, .asked), Row("2e1", 20, .asked), Row("  20\t", 20, .asked), Row("+20", 20, .asked),
        Row("0", nil, .backoff), Row("-10", nil, .backoff), Row("nan", nil, .backoff), Row("inf", nil, .backoff),
        Row("Infinity", nil, .backoff), Row("", nil, .backoff), Row("soon", nil, .backoff), Row("0x10", nil, .backoff),
        Row("20 21", nil, .backoff), Row("1,5", nil, .backoff), Row("\u{661}", nil, .backoff),
        Row("120.0004", 120.001, .never), Row("121", 121, .never), Row("1e35", 1e9, .never),
        Row("99999999999999999999999999999999999", 1e9, .never), Row("1e400", 1e9, .never),
        // RFC 9110 §5.6.7: IMF-fixdate, and the obsolete dates of RFC 850 and of asctime.
        Row("Sun, 06 Nov 1994 08:49:57 GMT", 20, .asked), Row("Sunday, 06-Nov-94 08:49:57 GMT", 20, .asked),
        Row("Sun Nov  6 08:49:57 1994", 20, .asked), Row("Sun Nov 16 08:49:57 1994", 864020, .never),
        Row("Sun, 06 Nov 1994 08:49:37 GMT", nil, .backoff), Row("Sun, 06 Nov 1994 08:49:17 GMT", nil, .backoff),
        Row("Sun, 06 Nov 1994 08:51:37 GMT", 120, .asked), Row("Sun, 06 Nov 1994 08:51:38 GMT", 121, .never),
        Row("Sat, 06 Nov 2004 08:49:37 GMT", 315_619_200, .never),
        Row("Sat, 06 Nov 9999 08:49:37 GMT", 1e9, .never), Row("Sat, 01 Jan 100000 00:00:00 GMT", nil, .backoff),
        // More than 50 years ahead is in the past.
        Row("Sunday, 06-Nov-44 08:49:37 GMT", 1e9, .never), Row("Sunday, 06-Nov-45 08:49:37 GMT", nil, .backoff),
        Row("Sun, 99 Nov 1994 08:49:57 GMT", nil, .backoff), Row("Sun, 06 Nov 1994 24:49:57 GMT", nil, .backoff),
        Row("Sun, 06 Nov 1994 08:60:57 GMT", nil, .backoff), Row("Sun, 06 Nov 1994 08:49 GMT", nil, .backoff),
        Row("Sun, 06 Nov 1994 08::49:57 GMT", nil, .backoff), Row("Sun, +6 Nov 1994 08:49:57 GMT", nil, .backoff),
        Row("Sun, 06 Nov 1994 08:49:57 CET", nil, .backoff), Row("Sun, 06 Foo 1994 08:49:57 GMT", nil, .backoff),
        Row("Sun, 06 Nov 0094 08:49:57 GMT", nil, .backoff), Row("GMT", nil, .backoff),
    ]

    @Test("N27: it is read as OpenAI's libraries read it, and honoured up to two minutes", arguments: rows)
    func read(row: Row) {
        let headers = ApiHeaders([("Retry-After", row.header), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")])
        let asked = RetryAfter.duration(headers)
        #expect(asked == row.seconds.map { .milliseconds(Int(($0 * 1000).rounded())) })
        var error = ApiError(.http, host: "h")
        error.statusCode = 503
        error.headers = headers
        error.retryAfter = asked
        let delay = RetryPolicy.delay(after: error, mayRepeat: false, retry: 0, random: 0)
        switch row.wait {
        case .asked: #expect(delay == asked)
        case .backoff: #expect(delay == .milliseconds(500))
        case .never: #expect(delay == nil)
        }
    }

    static let fields: [([(String, String)], Duration?)] = [
        ([("retry-after", "20"), ("Retry-After-Ms", "1500")], .milliseconds(1500)),
        ([("retry-after-ms", "soon"), ("retry-after", "20")], .seconds(20)),
        ([("retry-after-ms", "0"), ("retry-after", "20")], nil),
        ([("retry-after-ms", "-1"), ("retry-after", "20")], nil),
        ([("retry-after-ms", "120001")], .milliseconds(120_001)),
        // Two are a list, which says nothing; nor does it say to wait for the first.
        ([("retry-after", "20"), ("Retry-After", "30")], nil),
        ([("retry-after", "20"), ("retry-after", "20")], nil),
        // A date of the server's that can't be read doesn't count, and a date before all clocks is in the past.
        ([("retry-after", "Thu, 01 Jan 1970 00:00:01 GMT"), ("date", "today")], nil),
        ([("retry-after", "Thu, 01 Jan 1970 00:00:21 GMT"), ("date", "Thu, 01 Jan 1970 00:00:01 GMT")], .seconds(20)),
    ]

    @Test("N27: milliseconds come before seconds, several values say nothing", arguments: fields)
    func several(headers: [(String, String)], wait: Duration?) {
        #expect(RetryAfter.duration(ApiHeaders(headers)) == wait)
    }

    @Test("N27: a date is compared with our own clock if the server doesn't tell its own")
    func ownClock() {
        #expect(RetryAfter.duration(ApiHeaders([("Retry-After", "Sun, 06 Nov 1994 08:49:57 GMT")])) == nil)
        #expect(RetryAfter.duration(ApiHeaders([("Retry-After", "Fri, 06 Nov 9998 08:49:57 GMT")])) == .seconds(1e9))
    }

    @Test("N27: a server that asks for more than two minutes is told of, and not asked again")
    func tooLong() async throws {
        for header in ["121", "1e35", "Fri, 06 Nov 9998 08:49:57 GMT"] {
            let server = try LoopbackServer { $0.respond(status: 429, headers: [("Retry-After", header)], body: "{}") }
            let error = await wholeAnswerError(configuration(server, retries: 2))
            #expect(error?.statusCode == 429 && (error?.retryAfter ?? .zero) > .seconds(120))
            #expect(server.postCount == 1)
        }
    }
}
