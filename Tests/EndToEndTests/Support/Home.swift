import ChatApi
import FoundationEssentials
import Glibc
import TestSupport

/// A home of a test's own: `HOME` and `BANTER_HOME` in a temporary directory, and the environment that Banter runs in.
final class Home: Sendable {
    /// The key in the environment, which must never be seen anywhere but in a request.
    static let key = "sk-canary-7f3a91c2d4e5b6a7"

    /// The binary that was built with these tests, which lies beside them.
    static let banter: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return String(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)]) + "/banter"
    }()

    let directory: TemporaryDirectory
    let environment: [String: String]
    private let server: LoopbackServer?

    /// Makes a home.
    ///
    /// - Parameters:
    ///   - server: Who answers, kept as long as the home is; nil leaves the environment without key and address.
    ///   - variables: Variables that are other than usual; an empty value removes one.
    /// - Throws: What the file system says against it.
    init(_ server: LoopbackServer? = nil, _ variables: [String: String] = [:]) throws {
        self.server = server
        directory = try TemporaryDirectory()
        var environment = [
            "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC0",
            "HOME": directory.file("home"), "BANTER_HOME": directory.file("banter"),
        ]
        if let server {
            environment["OPENAI_BASE_URL"] = server.baseURL
            environment["OPENAI_API_KEY"] = Self.key
        }
        environment.merge(variables) { $1 }
        self.environment = environment.filter { !$0.value.isEmpty }
        try directory.write("", to: "home/.profile")
    }

    // MARK: What is in it

    /// Writes `config.json`.
    func configure(_ json: String) throws { try directory.write(json, to: "banter/config.json") }

    /// The names of the files in a directory of Banter's home, sorted; none if it isn't there.
    func files(_ name: String = "sessions") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory.file("banter/\(name)"))) ?? []).sorted()
    }

    /// The saved sessions in the order of their ids.
    var sessions: [JSONValue] {
        get throws {
            try files().filter { $0.hasSuffix(".json") }.map { name in
                try JSONValue(parsing: Array((directory.text(of: "banter/sessions/\(name)") ?? "").utf8))
            }
        }
    }

    /// The one saved session.
    var session: JSONValue {
        get throws {
            let sessions = try sessions
            guard sessions.count == 1 else { throw Unexpected("\(sessions.count) sessions instead of one") }
            return sessions[0]
        }
    }

    /// The permissions of a file of Banter's home, in octal digits.
    func permissions(of name: String) -> String {
        var status = stat()
        guard stat(directory.file("banter/\(name)"), &status) == 0 else { return "missing" }
        return String(status.st_mode & 0o7777, radix: 8)
    }

    /// Everything in Banter's home: paths, times, sizes and texts.
    func everything() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.file("banter")).sorted().map { name in
            var status = stat()
            lstat(directory.file("banter/\(name)"), &status)
            return "\(name) \(status.st_ino) \(status.st_mtim) \(directory.text(of: "banter/\(name)") ?? "")"
        }
    }

    /// Every file of the home that holds a text.
    func files(holding text: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter { name in
            directory.text(of: name)?.contains(text) == true
        }
    }
}

/// A thing that a test can't go on without.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension JSONValue {
    /// The roles and texts of a session's messages: `user: hello`.
    var conversation: [String] {
        (self["messages"]?.arrayValue ?? []).map {
            "\($0["role"]?.stringValue ?? "?"): \($0["content"]?.stringValue ?? "?")"
        }
    }

    /// What is said of the last answer of a session.
    var lastTurn: JSONValue? { self["turns"]?.arrayValue?.last }
}

extension LoopbackServer {
    /// The next chat request; lists of models that are asked for meanwhile are given.
    func nextChat() async throws -> LoopbackExchange {
        while true {
            let exchange = try await nextExchange()
            if exchange.request.method == "POST" { return exchange }
            exchange.respond(body: #"{"object":"list","data":[{"id":"test-model","object":"model"}]}"#)
        }
    }

    /// The bodies of the chats that were asked for.
    var chats: [JSONValue] { requests.filter { $0.method == "POST" }.compactMap(\.json) }
}
