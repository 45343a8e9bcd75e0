import ChatApi
import TestSupport
import Testing

@Suite("Redirects and addresses")
struct RedirectTests {
    static let statuses = [301, 302, 303, 307, 308]

    enum Target: CaseIterable { case otherHost, otherPort, otherScheme, samePlace }

    @Test("K10: no redirect is followed, and the error names where it leads", arguments: statuses, Target.allCases)
    func redirects(status: Int, target: Target) async throws {
        let other = try LoopbackServer.chat(replies: ["caught"])
        let front = try await TLSFront(before: other, identity: try .selfSigned())
        let server = try LoopbackServer { exchange in
            let location =
                switch target {
                case .otherHost: "http://localhost:\(other.port)/v1/chat/completions"
                case .otherPort: other.baseURL
                case .otherScheme: front.baseURL()
                case .samePlace: "/elsewhere"
                }
            exchange.respond(status: status, headers: [("Location", location)])
        }
        var configuration = canaryConfiguration(server.baseURL)
        configuration.maximumRetries = 2
        configuration.tls.verifiesCertificates = false
        let post = await failure(of: configuration)
        let get = await failure { try await ModelsApi(configuration: configuration).listModels() }
        for error in [post, get] {
            #expect(error?.code == .redirect && error?.statusCode == status)
            let place = error?.redirectTarget
            switch target {
            case .otherHost: #expect(place == "http://localhost:\(other.port)/v1/chat/completions")
            case .otherPort: #expect(place == other.baseURL)
            case .otherScheme: #expect(place == front.baseURL())
            case .samePlace: #expect(place == "/elsewhere")
            }
            #expect(place.map { "\(String(describing: error))".contains($0) } == true)
        }
        #expect(server.requests.map(\.method) == ["POST", "GET"])
        #expect(other.connectionCount == 0)
    }

    @Test("a redirect's target shows neither key nor password")
    func maskedTarget() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(status: 302, headers: [("Location", "https://user:pass@elsewhere.example/?k=\(canary)")])
        }
        let error = await failure(of: canaryConfiguration(server.baseURL))
        #expect(error?.redirectTarget == "https://***@elsewhere.example/?k=***")
    }

    static let insecureURLs = [
        "http://example.com/v1", "http://localhost.example.com/v1", "http://127.0.0.1.example.com",
        "http://128.0.0.1/v1", "http://0.0.0.0/v1", "http://127.1/v1", "http://[::2]/v1", "http://2130706433/v1",
        "http://0x7f.0.0.1/v1", "http://127.0.0.01/v1", "HTTP://example.com",
    ]

    @Test("K11: http:// leads to this machine only", arguments: insecureURLs)
    func insecure(baseURL: String) async throws {
        let error = await failure(of: canaryConfiguration(baseURL))
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.detail?.hasPrefix("http:// would send the key") == true)
    }

    @Test("http:// to this machine, and further if that is allowed")
    func loopback() async throws {
        let server = try LoopbackServer.chat(replies: ["yes"])
        for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
            #expect(try await answer(canaryConfiguration("http://\(host):\(server.port)/v1")) == "yes")
        }
        // Nobody listens there, but it is tried.
        let closed = try ClosedPort()
        #expect(
            await failure(of: canaryConfiguration("http://[::1]:\(closed.number)/v1"))?.code != .invalidConfiguration)
        var allowed = canaryConfiguration("http://banter.invalid:1/v1")
        allowed.allowsInsecureHTTP = true
        #expect(await failure(of: allowed)?.code == .hostNotFound)
    }

    static let userInfoURLs = [
        "https://user:secret@example.com/v1", "https://secret@example.com", "http://a:secret@127.0.0.1/v1",
    ]

    @Test("K12: user names in an address are refused, and masked everywhere", arguments: userInfoURLs)
    func userInfo(baseURL: String) async throws {
        let configuration = canaryConfiguration(baseURL)
        let error = await failure(of: configuration)
        #expect(error?.code == .invalidConfiguration)
        var text = "\(configuration) \(String(reflecting: configuration)) \(String(describing: error))"
        dump(configuration, to: &text)
        dump(error, to: &text)
        #expect(!text.contains("secret"))
    }
}
