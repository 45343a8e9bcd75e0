/// A base URL taken apart.
///
/// Strict: what it can't read for certain it refuses, as the key is sent to what it reads.
struct Endpoint: Hashable {
    let scheme: String
    /// As written; IPv6 in brackets.
    let host: String
    let port: Int?
    let path: String
    let query: String?

    /// The host, with the port if the address names one.
    var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// Reads a base URL.
    /// - Throws: What is wrong with it, as a clause: "the address has no host".
    init(_ text: String) throws(EndpointError) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw EndpointError("the address may hold printable ASCII characters only")
        }
        guard let separator = text.firstRange(of: "://") else {
            throw EndpointError("the address must begin with https:// or http://")
        }
        scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw EndpointError("the address must begin with https:// or http://")
        }
        var rest = text[separator.upperBound...]
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "\\" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else {
            throw EndpointError("the address must not hold a user name or password")
        }
        (host, port) = try Self.hostAndPort(authority)
        let target = rest[end...]
        let queryStart = target.firstIndex(of: "?") ?? target.endIndex
        // Slashes squeezed, as in `https://host//v1/`: what is appended begins with one.
        path = target[..<queryStart].split(separator: "/").map { "/" + $0 }.joined()
        query = queryStart == target.endIndex ? nil : String(target[target.index(after: queryStart)...])
    }

    /// The URL of a path below the base URL, with the query of the base URL, of which what is given replaces what is of the same name.
    func url(_ path: String, query added: [String: String] = [:]) -> String {
        let added = added.sorted { $0.key < $1.key }
            .map { (name: PercentEncoding.encoded($0.key), value: PercentEncoding.encoded($0.value)) }
        let kept = (query ?? "").split(separator: "&")
            .filter { pair in !added.contains { pair == $0.name || pair.hasPrefix($0.name + "=") } }
        let query = (kept.map(String.init) + added.map { "\($0.name)=\($0.value)" }).joined(separator: "&")
        return "\(scheme)://\(authority)\(self.path)\(path)" + (query.isEmpty ? "" : "?\(query)")
    }

    /// The URL of a path on the host, wherever the base URL leads to.
    func rootURL(_ path: String) -> String { "\(scheme)://\(authority)\(path)" }

    /// The query, decoded.
    var queryFields: [String: String] {
        var fields: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[String(parts[0])] = parts.count == 2 ? PercentEncoding.decoded(parts[1]) ?? String(parts[1]) : ""
        }
        return fields
    }

    /// Whether the host is an IP address.
    var isIPAddress: Bool { host.first == "[" || IPAddress(host) != nil }

    /// Whether the host is this machine: 127.0.0.0/8, ::1 or localhost, by its spelling alone.
    var isLoopback: Bool {
        if host == "[::1]" || host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    /// An address without what stands before an `@`, for descriptions.
    static func maskingUserInfo(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        return start <= at ? text[..<start] + "***" + text[at...] : text
    }

    /// An address without what stands before an `@`, and without the values of the query that look like a key.
    static func maskingSecrets(_ text: String) -> String {
        let text = maskingUserInfo(text)
        guard let start = text.firstIndex(of: "?") else { return text }
        let pairs = text[text.index(after: start)...].split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return Secrets.isSecret(name: String(name)) ? "\(name)=***" : String(pair)
        }
        return text[...start] + pairs.joined(separator: "&")
    }

    /// Reads `host[:port]`.
    /// - Throws: What is wrong with it, as a clause.
    static func hostAndPort(_ text: Substring) throws(EndpointError) -> (String, Int?) {
        let hostEnd: Substring.Index
        if text.first == "[" {
            guard let bracket = text.firstIndex(of: "]") else { throw EndpointError("the address lacks a ]") }
            hostEnd = text.index(after: bracket)
        } else {
            hostEnd = text.firstIndex(of: ":") ?? text.endIndex
        }
        let host = text[..<hostEnd]
        let inner = host.first == "[" ? host.dropFirst().dropLast() : host
        let others: [Character] = host.first == "[" ? [":", "."] : [".", "-", "_"]
        guard !inner.isEmpty else { throw EndpointError("the address has no host") }
        guard inner.allSatisfy({ ($0.isASCII && ($0.isLetter || $0.isNumber)) || others.contains($0) }) else {
            throw EndpointError("the address has a host name that can't be read")
        }
        guard hostEnd != text.endIndex else { return (String(host), nil) }
        let digits = text[hostEnd...].dropFirst()
        guard text[hostEnd] == ":", let port = UInt16(digits), port > 0 else {
            throw EndpointError("the address has a port that isn't a number from 1 to 65535")
        }
        return (String(host), Int(port))
    }
}

/// Why a base URL can't be used.
struct EndpointError: Error, Hashable {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}
