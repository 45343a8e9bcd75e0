/// Why there is no answer, or no whole one.
///
/// Carries what a person needs to be told; the sentences for people are the front's to write. The key never is in it: where a server echoes it,
/// it is masked.
public struct ApiError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed.
    public let code: Code
    /// The host, with the port if the address names one, like `127.0.0.1:8080`.
    ///
    /// Empty when the address can't be read.
    public var host: String
    /// The HTTP status, if there was an answer.
    public var statusCode: Int?
    /// What the server says went wrong.
    public var serverMessage: String?
    /// The server's code for it, like `model_not_found`; numbers as text.
    public var serverCode: String?
    /// The server's type for it, like `invalid_request_error`.
    public var serverType: String?
    /// The field of the request that the server objects to.
    public var param: String?
    /// The id to quote to the provider's support.
    public var requestID: String?
    /// How long the server asks to wait.
    public var retryAfter: Duration?
    /// The HTTP headers, if there was an answer.
    public var headers = ApiHeaders()
    /// The body of an answer with an error status or of an unexpected kind, at most 64 KiB.
    public var body: [UInt8] = []
    /// More about it: what is wrong in the configuration or with the certificate, the system's or library's word for a failed connection, what the
    /// key's provider says, the title of an HTML page, or the first 120 bytes of a body that isn't JSON.
    public var detail: String?
    /// How long was waited, if the code is that of a timeout.
    public var limit: Duration?
    /// Where a redirect leads to, which isn't followed.
    public var redirectTarget: String?

    /// What is wrong with the request, if the code is `invalidRequest`.
    public var violations: [RequestViolation] = []

    /// An error, also for tests of what is done with one.
    /// - Parameters:
    ///   - code: What failed.
    ///   - host: The host, with the port if the address names one.
    ///   - detail: More about it.
    ///   - limit: How long was waited.
    public init(_ code: Code, host: String, detail: String? = nil, limit: Duration? = nil) {
        self.code = code
        self.host = host
        self.detail = detail
        self.limit = limit
    }

    /// For logs: the code, the host, and what else is known.
    public var description: String {
        var text = "\(code) (\(host))"
        if let statusCode { text += ", HTTP \(statusCode)" }
        if let limit { text += ", after \(limit)" }
        if let redirectTarget { text += ", redirect to \(redirectTarget)" }
        if let serverCode { text += ", \(serverCode)" }
        if let serverMessage { text += ": \(serverMessage)" } else if let detail { text += ": \(detail)" }
        if let requestID { text += " [request \(requestID)]" }
        return text
    }

    /// What failed; open, so that a later version may know more.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the code.
        public let description: String

        private init(_ name: String) { description = name }

        /// The address, the key, a header, the proxy or the TLS settings can't be used; nothing was sent.
        public static let invalidConfiguration = Code("invalidConfiguration")
        /// The request breaks the API's rules; nothing was sent.
        public static let invalidRequest = Code("invalidRequest")
        /// The provider of the key failed, or gave none in time; nothing was sent.
        public static let keyProvider = Code("keyProvider")
        /// Nobody listens there.
        public static let connectionRefused = Code("connectionRefused")
        /// The name of the host has no address.
        public static let hostNotFound = Code("hostNotFound")
        /// There is no way to the host.
        public static let unreachable = Code("unreachable")
        /// No connection in time.
        public static let connectTimeout = Code("connectTimeout")
        /// No event, or no head of an answer, in time.
        public static let firstEventTimeout = Code("firstEventTimeout")
        /// No further event, or no more of an answer, in time.
        public static let betweenEventsTimeout = Code("betweenEventsTimeout")
        /// No whole answer in time.
        public static let totalTimeout = Code("totalTimeout")
        /// The proxy can't be reached, or doesn't open a way to the server.
        public static let proxy = Code("proxy")
        /// The proxy wants a user name and a password, or others.
        public static let proxyAuthenticationRequired = Code("proxyAuthenticationRequired")
        /// No secure connection, as the server's certificate isn't trusted; the detail says why, as a clause: "it expired on 2026-01-02".
        public static let certificateUntrusted = Code("certificateUntrusted")
        /// No secure connection for another reason: the server doesn't speak TLS, say, or wants a certificate.
        public static let tls = Code("tls")
        /// The connection broke before there was an answer, or within one that isn't a stream.
        public static let connectionLost = Code("connectionLost")
        /// The stream ended before the answer was whole.
        public static let streamCut = Code("streamCut")
        /// What came isn't a stream of events, but a web page, say.
        public static let notAnEventStream = Code("notAnEventStream")
        /// What came isn't JSON.
        public static let notJSON = Code("notJSON")
        /// What came isn't HTTP.
        public static let notHTTP = Code("notHTTP")
        /// The answer is empty.
        public static let emptyAnswer = Code("emptyAnswer")
        /// The answer, or one event, is larger than the limits.
        public static let tooLarge = Code("tooLarge")
        /// The server sends the client elsewhere, where it doesn't go with the key and the conversation.
        public static let redirect = Code("redirect")
        /// An error status.
        public static let http = Code("http")
        /// An error that the server reports with the status of success, or within a stream.
        public static let serverError = Code("serverError")
    }
}
