/// What the environment says about proxies, by curl's rules (curl(1), "Environment"; lib/noproxy.c).
struct ProxyEnvironment {
    let variables: [String: String]

    /// The variables that matter.
    static let names: Set<String> = [
        "http_proxy", "HTTP_PROXY", "REQUEST_METHOD", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
        "no_proxy", "NO_PROXY",
    ]

    /// The URL of the proxy for an address; nil for none.
    func proxy(for endpoint: Endpoint) -> String? {
        // A web server sets HTTP_PROXY for its CGI programs from a header that a stranger sends (CVE-2016-5385), and REQUEST_METHOD too.
        let isCGI = variables["REQUEST_METHOD"] != nil
        let own =
            endpoint.scheme == "https"
            ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"] + (isCGI ? [] : ["HTTP_PROXY"])
        let names = own + ["all_proxy", "ALL_PROXY"]
        guard let proxy = first(names), !isExempt(endpoint) else { return nil }
        return proxy
    }

    private func first(_ names: [String]) -> String? {
        names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty }
    }

    /// Whether `no_proxy` names the host.
    private func isExempt(_ endpoint: Endpoint) -> Bool {
        guard let list = first(["no_proxy", "NO_PROXY"]) else { return false }
        let port = endpoint.port ?? (endpoint.scheme == "https" ? 443 : 80)
        let host = Self.withoutDots(endpoint.host.filter { $0 != "[" && $0 != "]" })
        let address = IPAddress(host)
        return list.utf8.split { [UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t")].contains($0) }
            .contains { entry in
                Self.matches(String(Substring(entry)), host: host, address: address, port: port)
            }
    }

    private static func matches(_ entry: String, host: String, address: IPAddress?, port: Int) -> Bool {
        if entry == "*" { return true }
        var name = entry
        // A port, unless the colon belongs to an IPv6 address without brackets.
        if let colon = entry.lastIndex(of: ":"),
            entry.firstIndex(of: ":") == colon || entry[..<colon].hasSuffix("]")
        {
            guard Int(entry[entry.index(after: colon)...]) == port else { return false }
            name = String(entry[..<colon])
        }
        name.removeAll { $0 == "[" || $0 == "]" }
        if let address {
            let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let first = parts.first, let network = IPAddress(first) else { return false }
            guard parts.count == 2 else { return address == network }
            return Int(parts[1]).map { address.isIn(network, prefix: $0) } ?? false
        }
        if name.hasPrefix("*.") { name.removeFirst() }
        name = withoutDots(name)
        return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }

    /// A host name in lower case, without the dots at its start and the one of the root at its end.
    private static func withoutDots(_ name: String) -> String {
        var name = Substring(name.lowercased())
        while name.first == "." { name.removeFirst() }
        if name.last == "." { name.removeLast() }
        return String(name)
    }
}
