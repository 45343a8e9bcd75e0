/// Which failures are worth another try, and when: the rules of OpenAI's own libraries, except that errors which money must mend aren't retried.
enum RetryPolicy {
    /// A server that asks for a longer wait isn't asked again.
    static let longestWait = Duration.seconds(120)

    /// When to try again.
    ///
    /// A request that may have reached the server is sent again only after an answer that says it wasn't carried out, as a generation is billed.
    /// - Parameters:
    ///   - error: The failure.
    ///   - mayRepeat: Whether the request does no harm without an answer to it: nothing of it was sent, or it only asks for something.
    ///   - retry: Which retry it would be, counted from 0.
    ///   - random: A number from 0 to 1 that spreads the clients.
    /// - Returns: How long to wait before the next try; nil when there must be none.
    static func delay(after error: ApiError, mayRepeat: Bool, retry: Int, random: Double) -> Duration? {
        let isWorthIt =
            switch error.code {
            case .connectionRefused, .unreachable, .connectTimeout, .connectionLost: mayRepeat
            case .http: isPassing(error)
            default: false
            }
        guard isWorthIt else { return nil }
        if let asked = error.retryAfter { return asked <= longestWait ? asked : nil }
        let seconds = min(0.5 * Double(1 << min(retry, 10)), 8) * (1 - 0.25 * random)
        return .milliseconds(Int(seconds * 1000))
    }

    private static func isPassing(_ error: ApiError) -> Bool {
        if error.statusCode == 429, error.isQuotaExceeded || isTooLargeByItself(error) { return false }
        switch error.headers["x-should-retry"] {
        case "true": return true
        case "false": return false
        default: break
        }
        guard let status = error.statusCode else { return false }
        return status == 408 || status == 409 || status == 429 || status >= 500
    }

    /// Whether the request is over the limit by itself, however long it waits.
    private static func isTooLargeByItself(_ error: ApiError) -> Bool {
        error.serverMessage?.hasPrefix("Request too large") ?? false
    }
}

extension ApiError {
    /// Whether the account has no money or quota left, or has reached what may be spent: waiting doesn't help, and paying does.
    ///
    /// Servers answer that with the status 429, as they do when too much is asked at once.
    public var isQuotaExceeded: Bool {
        [serverCode, serverType].contains { word in
            guard let word else { return false }
            return ["insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached"].contains(word)
                || word.hasSuffix("_spend_limit_exceeded") || word.hasSuffix("_usage_limit_exceeded")
        }
    }
}
