/// Whether requests go through a proxy.
///
/// A proxy is asked to open a way to the server (`CONNECT`, RFC 9110 §9.3.6) and sees which host that is, but neither the key nor what is said.
/// Requests to this machine go directly, unless `includesLoopback` says otherwise. The descriptions mask the proxy's user name and password.
public struct ProxySettings: Hashable, Sendable {
    /// Whether requests to this machine go through the proxy as well.
    public var includesLoopback = false
    let source: Source

    enum Source: Hashable {
        case none
        case url(String)
        case environment([String: String])
    }

    /// Directly, whatever the environment says.
    public static let none = ProxySettings(source: .none)

    /// Through this proxy: `http://host:port` or `socks5://host:port`; the port is 1080 if there is none, as with curl.
    ///
    /// A user name and a password may stand before the host (`http://user:p%40ss@host:port`, percent-encoded) for an HTTP proxy. What can't be
    /// used is an `ApiError` with code `invalidConfiguration` before anything is sent.
    public static func configured(_ url: String) -> ProxySettings { ProxySettings(source: .url(url)) }

    /// As these environment variables say, by curl's rules.
    ///
    /// `https_proxy`, or `http_proxy` for an `http://` address, then `all_proxy`; each in lower case first, then in upper case, except that
    /// `HTTP_PROXY` is ignored in a CGI program (`REQUEST_METHOD` is set), as a web server sets it from what a stranger sends (CVE-2016-5385). `no_proxy` lists the hosts to reach
    /// directly, apart with commas or spaces: `*`, host names, which stand for their subdomains too, with or without a dot before,
    /// IP addresses, blocks of them (`10.0.0.0/8`), each with a port (`host:8080`) or without. Empty variables count as unset.
    /// - Parameter variables: The environment; other variables don't matter and aren't kept.
    /// - Returns: Settings that choose a proxy for each address.
    public static func environment(_ variables: [String: String]) -> ProxySettings {
        ProxySettings(
            source: .environment(variables.filter { ProxyEnvironment.names.contains($0.key) && !$0.value.isEmpty }))
    }
}

extension ProxySettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where the settings lead, without a user name or password.
    public var description: String {
        switch source {
        case .none: "none"
        case .url(let url): Endpoint.maskingUserInfo(url)
        case .environment(let variables):
            "environment("
                + variables.sorted { $0.key < $1.key }
                .map { "\($0.key)=\(Endpoint.maskingUserInfo($0.value))" }.joined(separator: ", ") + ")"
        }
    }
    /// Where the settings lead, without a user name or password.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show a password.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}
