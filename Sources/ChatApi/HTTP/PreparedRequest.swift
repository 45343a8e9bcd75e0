import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A request that was checked and can be sent, more than once if need be.
struct PreparedRequest {
    let method: ApiMethod
    let url: String
    private let endpoint: Endpoint
    /// For errors: the host, with the port if the address names one.
    var host: String { endpoint.authority }
    let proxy: ProxyAddress?
    let body: [UInt8]?
    /// All but the authentication.
    let headers: HTTPHeaders
    private let configuration: ChatApiConfiguration
    private let sendsAuthentication: Bool
    private let baseSecrets: Secrets

    /// One try: what is sent, over which connections, and what must not be told of it.
    struct Try {
        let request: HTTPClient.Request
        let settings: HTTPPool.Settings
        let secrets: Secrets
    }

    /// - Throws: `ApiError` for what can't be sent.
    init(
        _ configuration: ChatApiConfiguration, method: ApiMethod, path: String, query: [String: String],
        body: [UInt8]?, options: RequestOptions
    ) throws {
        do throws(EndpointError) {
            endpoint = try Endpoint(configuration.baseURL)
        } catch {
            throw ApiError(.invalidConfiguration, host: "", detail: error.reason)
        }
        let host = endpoint.authority
        self.method = method
        self.configuration = configuration
        self.body = options.body ?? body
        sendsAuthentication = options.sendsAuthentication
        do throws(EndpointError) {
            proxy = try ProxyAddress.proxy(configuration.proxy, for: endpoint)
        } catch {
            throw Self.invalid(error.reason, host: host)
        }
        try Self.check(endpoint, proxy, configuration)
        try Self.check(path: path, host: host)

        let isRoot = path.hasPrefix("//")
        let added = isRoot ? [:] : configuration.query.merging(query) { $1 }.merging(options.query) { $1 }
        url = isRoot ? endpoint.rootURL(String(path.dropFirst())) : endpoint.url(path, query: added)

        var headers = HTTPHeaders()
        headers.add(name: "Accept", value: "application/json, text/event-stream")
        if configuration.acceptsCompression { headers.add(name: "Accept-Encoding", value: "gzip, deflate") }
        headers.add(name: "User-Agent", value: configuration.userAgent)
        if self.body != nil { headers.add(name: "Content-Type", value: "application/json") }
        if method == .post {
            // The same for every try, so that a server that knows it doesn't generate, and bill, twice.
            headers.add(name: "Idempotency-Key", value: options.idempotencyKey ?? Self.newIdempotencyKey())
        }
        if let organization = configuration.organization {
            headers.add(name: "OpenAI-Organization", value: organization)
        }
        if let project = configuration.project { headers.add(name: "OpenAI-Project", value: project) }
        for (name, value) in Array(configuration.headers) + Array(options.headers) {
            try Self.check(name: name, host: host)  // Before, as HTTPHeaders traps on what isn't ASCII.
            headers.replaceOrAdd(name: name, value: value)
        }
        for (name, value) in headers { try Self.check(value: value, of: name, host: host) }
        self.headers = headers

        var secrets = Secrets(Secrets.values(of: configuration.headers) + Secrets.values(of: options.headers))
        secrets.add(Secrets.values(of: endpoint.queryFields) + Secrets.values(of: added))
        secrets.add(proxy?.secrets ?? [])
        if let key = configuration.apiKey { secrets.add([key.trimmingNewline]) }
        baseSecrets = secrets
    }

    /// The next try, with the key as it is now.
    /// - Parameter total: By when the whole call must be over.
    /// - Returns: What to send, over which connections.
    /// - Throws: `ApiError` where there is no key, or none that can be sent; `CancellationError`.
    func nextTry(by total: Deadline?) async throws -> Try {
        let authentication = try await authenticationHeader(by: total)
        var headers = headers
        var secrets = baseSecrets
        var settings = HTTPPool.Settings(proxy: proxy, tls: configuration.tls)
        if configuration.acceptsCompression {
            settings.unpackedBytes = max(configuration.limits.bodyBytes, configuration.limits.streamBytes)
        }
        if let authentication {
            // The caller's own header of that name counts, as with every other.
            if !headers.contains(name: authentication.name) {
                headers.add(name: authentication.name, value: authentication.value)
            }
            secrets.add([authentication.value] + authentication.secrets)
        }
        settings.credentials =
            headers.filter { Secrets.isSecret(name: $0.name) || $0.name == authentication?.name }.map(\.value).hashValue
        do {
            let request = try HTTPClient.Request(
                url: url, method: HTTPMethod(rawValue: method.rawValue), headers: headers,
                body: body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
            return Try(request: request, settings: settings, secrets: secrets)
        } catch {
            throw Self.invalid("the address can't be read", host: host)
        }
    }

    /// Why the server's certificate isn't trusted, if that can be found out by when the whole call must be over.
    func certificateFault(by total: Deadline?) async -> String? {
        // Through a proxy it isn't worth another connection.
        guard proxy == nil else { return nil }
        return await CertificateInspection.reason(
            host: endpoint.host.filter { $0 != "[" && $0 != "]" }, port: endpoint.port ?? 443,
            within: min(.seconds(5), total?.remaining ?? .seconds(5)))
    }

    private func authenticationHeader(by total: Deadline?) async throws -> (
        name: String, value: String, secrets: [String]
    )? {
        guard sendsAuthentication else { return nil }
        switch configuration.authentication {
        case .none: return nil
        case .basic(let user, let password):
            guard !user.contains(":") else {
                throw Self.invalid("the user name holds a colon, which can't be sent", host: host)
            }
            let value = HTTPClient.Authorization.basic(username: user, password: password).headerValue
            return ("Authorization", value, [password])
        case .bearer: return try await key(by: total).map { ("Authorization", "Bearer \($0)", [$0]) }
        case .header(let name, let prefix):
            try Self.check(name: name, host: host)
            try Self.check(value: prefix, of: name, host: host)
            let key = try await key(by: total)
            return key.map { (name, prefix + $0, [$0]) }
        }
    }

    /// The key: the provider's, if there is one.
    private func key(by total: Deadline?) async throws -> String? {
        guard let provider = configuration.apiKeyProvider else { return try checked(configuration.apiKey) }
        let own = Deadline(.keyProvider, configuration.timeouts.firstEvent)
        let deadline = total.map { min($0, own) } ?? own
        do {
            return try checked(try await KeyRequest.key(from: provider, by: deadline))
        } catch let error as ApiError {
            throw error
        } catch is KeyRequestTimeout {
            throw ApiError(
                deadline.code, host: host, detail: "the key's provider gave none in time", limit: deadline.limit)
        } catch {
            if error is CancellationError, Task.isCancelled { throw error }
            throw baseSecrets.mask(in: ApiError(.keyProvider, host: host, detail: String(describing: error)))
        }
    }

    private func checked(_ key: String?) throws -> String? {
        guard let key = key?.trimmingNewline, !key.isEmpty else { return nil }
        guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Self.invalid(
                "the key holds a character that no key has: a space, a line break, or one that isn't ASCII", host: host)
        }
        return key
    }
}

extension PreparedRequest {
    private static func invalid(_ detail: String, host: String) -> ApiError {
        ApiError(.invalidConfiguration, host: host, detail: detail)
    }

    private static func check(_ endpoint: Endpoint, _ proxy: ProxyAddress?, _ configuration: ChatApiConfiguration)
        throws
    {
        let staysHere = endpoint.isLoopback && proxy == nil
        guard endpoint.scheme == "https" || staysHere || configuration.allowsInsecureHTTP else {
            throw invalid(
                "http:// would send the key and the conversation unencrypted; use https://", host: endpoint.authority)
        }
        // AsyncHTTPClient would compare the certificate with the address of the proxy, which could then pose as the server.
        if let proxy, endpoint.scheme == "https", endpoint.isIPAddress, configuration.tls.verifiesCertificates {
            throw invalid(
                "the certificate of an IP address can't be checked through a proxy (\(proxy.authority)); "
                    + "use the name of the host, or no proxy for it", host: endpoint.authority)
        }
    }

    private static func check(path: String, host: String) throws {
        // Without the slash it would go on with the name of the host, and the key would go to another.
        let isPath = path.isEmpty || path.utf8.first == UInt8(ascii: "/")
        let isEncoded = path.utf8.allSatisfy {
            (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        guard isPath, isEncoded else {
            throw ApiError(
                .invalidRequest, host: host,
                detail:
                    "the path must begin with a slash and be percent-encoded, and the query must be given apart from it"
            )
        }
    }

    private static let separators = Array(#"(),/:;<=>?@[\]{}""#.utf8)

    private static func check(name: String, host: String) throws {
        // A token (RFC 9110 §5.6.2).
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !separators.contains($0) }) else {
            throw invalid("a header has a name that can't be sent", host: host)
        }
    }

    private static func check(value: String, of name: String, host: String) throws {
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw invalid("the header \(name) has a value that can't be sent: printable ASCII only", host: host)
        }
    }

    private static func newIdempotencyKey() -> String {
        "banter-\(UInt64.random(in: 0...(.max)))-\(UInt64.random(in: 0...(.max)))"
    }
}

extension String {
    /// The text without the newline at its end, which files and commands put there.
    fileprivate var trimmingNewline: String {
        // "\r\n" is one character.
        last == "\n" || last == "\r\n" ? String(dropLast()) : self
    }
}
