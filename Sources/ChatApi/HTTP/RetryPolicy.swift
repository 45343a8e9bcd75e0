/// Which failures are worth another try, and when: the rules of OpenAI's own libraries, except that errors which money must mend aren't retried.
enum RetryPolicy {
    /// When to try again.
    ///
    /// A request that may have reached the server is sent again only after an answer that says it wasn't carried out.
    /// - Parameters:
    ///   - error: The failure.
    ///   - wasSent: Whether any of the request may have reached the server.
    ///   - retry: Which retry it would be, counted from 0.
    ///   - random: A number from 0 to 1 that spreads the clients.
    /// - Returns: How long to wait before the next try; nil when there must be none.
    static func delay(after error: ApiError, wasSent: Bool, retry: Int, random: Double) -> Duration? {
        let isWorthIt =
            switch error.code {
            case .connectionRefused, .unreachable, .connectTimeout: true
            case .connectionLost: !wasSent
            case .http: isPassing(error)
            default: false
            }
        guard isWorthIt else { return nil }
        if let asked = error.retryAfter { return asked <= .seconds(120) ? asked : nil }
        let seconds = min(0.5 * Double(1 << min(retry, 10)), 8) * (1 - 0.25 * random)
        return .milliseconds(Int(seconds * 1000))
    }

    private static func isPassing(_ error: ApiError) -> Bool {
        if error.statusCode == 429, needsTheUser(error) { return false }
        switch error.headers["x-should-retry"] {
        case "true": return true
        case "false": return false
        default: break
        }
        guard let status = error.statusCode else { return false }
        return status == 408 || status == 409 || status == 429 || status >= 500
    }

    /// A limit that waiting doesn't lift: no money, or a request over the limit by itself.
    private static func needsTheUser(_ error: ApiError) -> Bool {
        for word in [error.serverCode, error.serverType].compactMap({ $0 }) {
            if ["insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached"].contains(word) {
                return true
            }
            if word.hasSuffix("_limit_exceeded"), word != "rate_limit_exceeded" { return true }
        }
        return error.serverMessage?.hasPrefix("Request too large") ?? false
    }
}
