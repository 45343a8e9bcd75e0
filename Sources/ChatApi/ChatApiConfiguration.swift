public import Logging

/// Where the API is, who asks, and how long to wait.
///
/// The description masks the key and the values of headers.
public struct ChatApiConfiguration: Sendable {
    /// The address that paths are appended to; slashes at its end are ignored, a query is kept.
    public var baseURL: String
    /// The key, sent as bearer token; one newline at its end is ignored.
    public var apiKey: String?
    /// The organization that is billed, sent as `OpenAI-Organization`.
    public var organization: String?
    /// The project that is billed, sent as `OpenAI-Project`.
    public var project: String?
    /// More headers, which replace those of the same name.
    public var headers: [String: String] = [:]
    /// Whether `http://` may lead further than to this machine.
    public var allowsInsecureHTTP = false
    /// How long to wait for what.
    public var timeouts = Timeouts()
    /// How often a request that failed in a way that may pass is sent again.
    public var maximumRetries = 2
    /// How much is read.
    public var limits = Limits()
    /// The `User-Agent` header.
    public var userAgent = "banter"
    /// Where requests and answers are logged, at level debug and with the key masked; nowhere when nil.
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
public struct RetryNotice: Sendable {
    /// Which retry this is, counted from 1.
    public let attempt: Int
    /// How many there are at most.
    public let maximum: Int
    /// How long is waited before.
    public let delay: Duration
    /// Why.
    public let error: ApiError
}

extension ChatApiConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The configuration with its secrets masked.
    public var description: String {
        let key = apiKey == nil ? "none" : "***"
        let names = headers.keys.sorted().joined(separator: ", ")
        return
            "ChatApiConfiguration(baseURL: \(Endpoint.maskingUserInfo(baseURL)), apiKey: \(key), headers: [\(names)])"
    }
    /// The configuration with its secrets masked.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show the key.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}
