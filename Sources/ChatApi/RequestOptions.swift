/// What one call does differently from the configuration.
///
/// The descriptions name the headers and the query, and mask their values.
public struct RequestOptions: Sendable {
    /// More headers, which replace those of the same name, whoever set them.
    public var headers: [String: String]
    /// More of the query, which replaces what is of the same name; encoded for the address as needed.
    public var query: [String: String]
    /// Whether the key, or the password, is sent.
    public var sendsAuthentication: Bool
    /// The bytes to send in place of the request's JSON.
    ///
    /// Whether to stream is still what the called function says: the bytes must ask the server for the same.
    public var body: [UInt8]?
    /// How long to wait for what; nil for what the configuration says.
    ///
    /// Replaces all of the configuration's: to change one of them, begin with a copy of those.
    public var timeouts: ChatApiConfiguration.Timeouts?
    /// How often a request that failed in a way that may pass is sent again; nil for what the configuration says.
    public var maximumRetries: Int?
    /// The `Idempotency-Key` of all tries, for a caller who may call again; nil for one that is made up for each call.
    public var idempotencyKey: String?

    /// Called before the wait for another try, in place of the configuration's; nil for that.
    public var onRetry: (@Sendable (RetryNotice) -> Void)?

    /// What is given differs, and nothing else.
    public init(
        headers: [String: String] = [:], query: [String: String] = [:], sendsAuthentication: Bool = true,
        body: [UInt8]? = nil, timeouts: ChatApiConfiguration.Timeouts? = nil, maximumRetries: Int? = nil,
        idempotencyKey: String? = nil, onRetry: (@Sendable (RetryNotice) -> Void)? = nil
    ) {
        self.headers = headers
        self.query = query
        self.sendsAuthentication = sendsAuthentication
        self.body = body
        self.timeouts = timeouts
        self.maximumRetries = maximumRetries
        self.idempotencyKey = idempotencyKey
        self.onRetry = onRetry
    }
}

extension RequestOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What is different, without the values.
    public var description: String {
        var parts: [String] = []
        if !headers.isEmpty { parts.append("headers: [\(headers.keys.sorted().joined(separator: ", "))]") }
        if !query.isEmpty { parts.append("query: [\(query.keys.sorted().joined(separator: ", "))]") }
        if !sendsAuthentication { parts.append("without authentication") }
        if let body { parts.append("body: \(body.count) bytes") }
        if timeouts != nil { parts.append("timeouts") }
        if let maximumRetries { parts.append("maximumRetries: \(maximumRetries)") }
        if idempotencyKey != nil { parts.append("idempotencyKey") }
        return "RequestOptions(\(parts.joined(separator: ", ")))"
    }
    /// What is different, without the values.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show secrets.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}
