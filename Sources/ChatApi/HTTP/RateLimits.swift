/// What the headers of an answer say about the limits on how much may be asked (`x-ratelimit-…`).
///
/// OpenAI sends these with answers and with errors, and Azure, Groq and others after it; many servers send none.
public struct RateLimits: Hashable, Sendable {
    /// One limit.
    public struct Limit: Hashable, Sendable {
        /// How much may be asked in a period, whose length the server doesn't tell.
        public var limit: Int?
        /// How much of that is left.
        public var remaining: Int?
        /// How long until all of it is there again.
        public var reset: Duration?
    }

    /// The limit on the number of requests.
    public let requests: Limit?
    /// The limit on the number of tokens.
    public let tokens: Limit?

    /// How long until what is used up is there again; nil while nothing is.
    var wait: Duration? {
        [requests, tokens].compactMap { $0?.remaining == 0 ? $0?.reset : nil }.max()
    }
}

extension ApiHeaders {
    /// What the server says about its limits, as far as it does.
    public var rateLimits: RateLimits {
        RateLimits(requests: rateLimit("requests"), tokens: rateLimit("tokens"))
    }

    private func rateLimit(_ kind: String) -> RateLimits.Limit? {
        // The second spelling is that of accounts that are billed by use.
        func field(_ name: String) -> String? {
            self["x-ratelimit-\(name)-\(kind)"] ?? self["x-ratelimit-\(name)-\(kind)_usage_based"]
        }
        let limit = RateLimits.Limit(
            limit: field("limit").flatMap { Int($0) }, remaining: field("remaining").flatMap { Int($0) },
            reset: field("reset").flatMap(RetryHint.duration(go:)))
        return limit == .init() ? nil : limit
    }
}

extension ApiError {
    /// Takes how long to wait from where a server says it without `Retry-After`, if it gives none: its body, then its rate limits.
    ///
    /// The body says when the same request may be sent, the headers only when all of a limit is there again, which may be much later: from them, no wait
    /// is taken that is too long for another try.
    mutating func takeRetryHints(_ fault: ServerFault?) {
        guard RetryAfter.duration(headers) == nil else { return }
        let isLimited = statusCode == 429 || statusCode == 503
        retryAfter =
            fault?.retryAfter
            ?? (isLimited ? headers.rateLimits.wait.flatMap { $0 <= RetryPolicy.longestWait ? $0 : nil } : nil)
    }
}
