import AsyncHTTPClient

/// A proxy that a request goes through.
struct ProxyAddress: Hashable {
    enum Kind: Hashable {
        case http
        case socks
    }

    let kind: Kind
    /// IPv6 without brackets.
    let host: String
    let port: Int
    let user: String?
    let password: String?

    /// The host and the port, for errors.
    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// What must not leave this target, in every form in which it is sent.
    var secrets: [String] {
        guard let user else { return [] }
        return [user, password ?? "", authorization?.headerValue ?? ""]
    }

    private var authorization: HTTPClient.Authorization? {
        user.map { .basic(username: $0, password: password ?? "") }
    }

    /// The proxy as AsyncHTTPClient knows it.
    var httpClientProxy: HTTPClient.Configuration.Proxy {
        switch kind {
        case .http: .server(host: host, port: port, authorization: authorization)
        case .socks: .socksServer(host: host, port: port)
        }
    }

    /// The proxy for an address; nil for none.
    /// - Throws: What is wrong with the settings, as a clause.
    static func proxy(_ settings: ProxySettings, for endpoint: Endpoint) throws(EndpointError) -> ProxyAddress? {
        if endpoint.isLoopback, !settings.includesLoopback { return nil }
        let url: String? =
            switch settings.source {
            case .none: nil
            case .url(let url): url
            case .environment(let variables): ProxyEnvironment(variables: variables).proxy(for: endpoint)
            }
        guard let url else { return nil }
        return try ProxyAddress(url)
    }

    /// Reads `[scheme://][user[:password]@]host[:port][/]`.
    /// - Throws: What is wrong with it, as a clause, which quotes none of it.
    init(_ text: String) throws(EndpointError) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw EndpointError("the proxy's address may hold printable ASCII characters only")
        }
        var rest = text[...]
        var scheme = "http"
        if let separator = text.firstRange(of: "://") {
            scheme = text[..<separator.lowerBound].lowercased()
            rest = text[separator.upperBound...]
        }
        switch scheme {
        case "http": kind = .http
        case "socks5", "socks5h": kind = .socks
        case "https": throw EndpointError("a proxy that is itself reached by https:// isn't supported; use http://")
        default: throw EndpointError("the proxy's address must begin with http:// or socks5://")
        }
        // Behind the last @, as curl has it, so that no part of a password becomes the host.
        let at = rest.lastIndex(of: "@")
        let target = at.map { rest[rest.index(after: $0)...] } ?? rest
        let end = target.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? target.endIndex
        let host: String
        let port: Int?
        do {
            (host, port) = try Endpoint.hostAndPort(target[..<end])
        } catch {
            throw EndpointError("in the proxy's settings, \(error.reason)")
        }
        self.host = host.filter { $0 != "[" && $0 != "]" }
        self.port = port ?? 1080
        guard let at else {
            (user, password) = (nil, nil)
            return
        }
        guard kind == .http else { throw EndpointError("a user name for a SOCKS proxy isn't supported") }
        let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = PercentEncoding.decoded(parts.first ?? ""),
            let password = PercentEncoding.decoded(parts.count == 2 ? parts[1] : "")
        else { throw EndpointError("the proxy's user name or password isn't percent-encoded as it should be") }
        guard !user.contains(":") else {
            throw EndpointError("the proxy's user name holds a colon, which can't be sent")
        }
        (self.user, self.password) = (user, password)
    }
}
