public import Logging

/// Where the API is, who asks, and how long to wait.
///
/// The description masks the key and the values of headers.
public struct ChatApiConfiguration: Sendable {
    /// The address that paths are appended to; slashes at its end are ignored, a query is kept.
    public var baseURL: String
    /// The key, sent as `authentication` says; one newline at its end is ignored.
    ///
    /// It is masked in every error and log, unless it has fewer than 8 characters, which can't be told from ordinary words.
    public var apiKey: String?
    /// Asked for the key before every try, in place of `apiKey`: for tokens that expire.
    ///
    /// Cancelling the call cancels the closure's task and doesn't wait for it; it has as long as the first event may take. Its error
    /// becomes an `ApiError` with code `keyProvider`. An empty key sends no authentication.
    public var apiKeyProvider: (@Sendable () async throws -> String)?
    /// How a request says who asks.
    public var authentication = Authentication.bearer
    /// The organization that is billed, sent as `OpenAI-Organization`.
    public var organization: String?
    /// The project that is billed, sent as `OpenAI-Project`.
    public var project: String?
    /// More headers, which replace those of the same name.
    public var headers: [String: String] = [:]
    /// More of the query, which replaces what is of the same name in the base URL; encoded for the address as needed.
    public var query: [String: String] = [:]
    /// Whether requests go through a proxy; directly unless set, as `ChatApi` reads no environment.
    public var proxy = ProxySettings.none
    /// Whom to trust on a secure connection, and how to prove who asks.
    public var tls = TLSSettings()
    /// Whether answers may come packed (`Accept-Encoding: gzip, deflate`); the limits count the bytes when unpacked.
    ///
    /// Off unless set, as many a server holds a stream back until there is enough to pack.
    public var acceptsCompression = false
    /// Whether `http://` may lead further than to this machine.
    public var allowsInsecureHTTP = false
    /// Whether requests that break the rules of the API (`CreateChatCompletionRequest.violations`) are refused instead of sent.
    ///
    /// Without it the server decides, which may know other rules than OpenAI's.
    public var validatesRequests = true
    /// How long to wait for what.
    public var timeouts = Timeouts()
    /// How often a request that failed in a way that may pass is sent again; twice unless set.
    public var maximumRetries = 2
    /// How much is read.
    public var limits = Limits()
    /// The `User-Agent` header.
    public var userAgent = "banter"
    /// Where requests and answers are logged; nowhere when nil.
    ///
    /// Level debug has request line, status and duration, level trace headers and the first 4 KiB of bodies that are read as a whole. The key and
    /// all that is like it is masked. Certificates that aren't verified are a warning.
    public var logger: Logger?
    /// Called before the wait for another try.
    public var onRetry: (@Sendable (RetryNotice) -> Void)?

    /// OpenAI's address.
    public static let defaultBaseURL = "https://api.openai.com/v1"

    /// A configuration; nothing is checked before the first request.
    public init(baseURL: String = Self.defaultBaseURL, apiKey: String? = nil) {
        self.baseURL = baseURL
        self.apiKey = apiKey
    }
}

/// A request failed and is about to be sent again.
public struct RetryNotice: Hashable, Sendable {
    /// Which retry this is, counted from 1.
    public let attempt: Int
    /// How many there are at most.
    public let maximum: Int
    /// How long is waited before.
    public let delay: Duration
    /// Why.
    public let error: ApiError

    /// A notice, also for tests of what is done with one.
    public init(attempt: Int, maximum: Int, delay: Duration, error: ApiError) {
        self.attempt = attempt
        self.maximum = maximum
        self.delay = delay
        self.error = error
    }
}

extension ChatApiConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The configuration with its secrets masked.
    public var description: String {
        let key = apiKeyProvider == nil ? (apiKey == nil ? "none" : "***") : "provider"
        var parts = [
            "baseURL: \(Endpoint.maskingSecrets(baseURL))", "apiKey: \(key)", "authentication: \(authentication)",
            "headers: [\(headers.keys.sorted().joined(separator: ", "))]",
        ]
        if !query.isEmpty { parts.append("query: [\(query.keys.sorted().joined(separator: ", "))]") }
        if proxy != .none { parts.append("proxy: \(proxy)") }
        if tls != TLSSettings() { parts.append("tls: \(tls)") }
        return "ChatApiConfiguration(\(parts.joined(separator: ", ")))"
    }
    /// The configuration with its secrets masked.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show the key.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}
