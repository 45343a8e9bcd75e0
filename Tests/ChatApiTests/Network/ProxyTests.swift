import ChatApi
import TestSupport
import Testing

@Suite("Proxies")
struct ProxyTests {
    let authority: TestAuthority
    let server: LoopbackServer
    let front: TLSFront

    init() async throws {
        authority = try TestAuthority()
        server = try LoopbackServer.chat(replies: ["yes"])
        front = try await TLSFront(before: server, identity: try authority.identity())
    }

    /// A configuration that has the proxy used, though the server is on this machine.
    func configuration(_ proxy: ProxySettings, baseURL: String? = nil) -> ChatApiConfiguration {
        var configuration = canaryConfiguration(baseURL ?? front.baseURL())
        configuration.tls.certificateAuthorities = authority.certificate
        configuration.proxy = proxy
        configuration.proxy.includesLoopback = true
        return configuration
    }

    @Test("K13: a proxy sees CONNECT and the host, and neither the key nor what is said")
    func onlyConnect() async throws {
        let proxy = try await ConnectProxy()
        #expect(try await answer(configuration(.configured(proxy.url()))) == "yes")
        let head = try #require(proxy.requests.first)
        #expect(proxy.requests.count == 1)
        #expect(head.hasPrefix("CONNECT localhost:\(front.port) HTTP/1.1\r\n"))
        #expect(!head.lowercased().contains("authorization"))
        for secret in [canary, "Bearer", "\"messages\""] {
            #expect(proxy.received.firstRange(of: Array(secret.utf8)) == nil)
        }
        #expect(server.requests.first?.header("authorization") == "Bearer \(canary)")
        #expect(server.requests.first?.header("proxy-authorization") == nil)
    }

    @Test("a SOCKS proxy sees the host, and neither the key nor what is said")
    func socks() async throws {
        let proxy = try await ConnectProxy(.opensSOCKS)
        #expect(try await answer(configuration(.configured("socks5://127.0.0.1:\(proxy.port)"))) == "yes")
        #expect(proxy.requests == ["localhost:\(front.port)"])
        #expect(proxy.received.firstRange(of: Array(canary.utf8)) == nil)
    }

    static let socksAnswers: [String] = [
        "\u{5}\u{7F}", "\u{4}\u{0}", "HTTP/1.1 400 No\r\n\r\n", "",
        "\u{5}\u{0}\u{5}\u{5}\u{0}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
    ]

    @Test("a SOCKS proxy that opens no way is named as what failed", arguments: socksAnswers)
    func socksRefusals(answer: String) async throws {
        let proxy = try await ConnectProxy(.answers(answer, closes: true))
        var configuration = configuration(.configured("socks5://127.0.0.1:\(proxy.port)"))
        configuration.timeouts.connect = .seconds(5)
        let error = await failure(of: configuration)
        #expect(error?.code == .proxy)
        #expect(error?.detail?.hasPrefix("127.0.0.1:\(proxy.port)") == true)
    }

    @Test("environment variables lead through the proxy too")
    func environment() async throws {
        let proxy = try await ConnectProxy()
        #expect(try await answer(configuration(.environment(["https_proxy": proxy.url()]))) == "yes")
        #expect(proxy.requests.count == 1)
    }

    @Test("this machine is reached directly, unless asked otherwise")
    func loopback() async throws {
        let proxy = try await ConnectProxy()
        var configuration = configuration(.configured(proxy.url()))
        configuration.proxy.includesLoopback = false
        #expect(try await answer(configuration) == "yes")
        #expect(proxy.received.isEmpty)
    }

    @Test("user name and password are decoded, and go to the proxy alone")
    func credentials() async throws {
        // "us:er" can't be, "p@ss:wörd" can.
        let proxy = try await ConnectProxy(.opens(authorization: "Basic dXNlcjpwQHNzOnfDtnJk"))
        #expect(try await answer(configuration(.configured(proxy.url("user:p%40ss%3Aw%C3%B6rd@")))) == "yes")
        #expect(server.requests.allSatisfy { $0.header("proxy-authorization") == nil })
    }

    @Test(
        "N26: a proxy that wants a login, or another, is a login that is wanted",
        arguments: ["", "user:wrong-password@"])
    func wantsLogin(credentials: String) async throws {
        let proxy = try await ConnectProxy(.opens(authorization: "Basic dXNlcjpwQHNzOnfDtnJk"))
        let error = await failure(of: configuration(.configured(proxy.url(credentials))))
        #expect(error?.code == .proxyAuthenticationRequired)
        #expect(error?.detail == "127.0.0.1:\(proxy.port)")
        #expect(server.requests.isEmpty)
        #expect(proxy.requests.count == 1)
    }

    @Test("407 without CONNECT is a login that is wanted, too")
    func plain407() async throws {
        let server = try LoopbackServer { $0.respond(status: 407, body: "{}") }
        let error = await failure(of: canaryConfiguration(server.baseURL))
        #expect(error?.code == .proxyAuthenticationRequired && error?.statusCode == 407)
    }

    static let failures: [(String, ApiError.Code)] = [
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", .proxy),
        ("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\n\r\nhello", .proxy),
        ("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n", .proxy),
        ("SSH-2.0-OpenSSH_9.9\r\n", .proxy), ("", .proxy),
        ("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", .proxyAuthenticationRequired),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", .proxy),
    ]

    @Test("a proxy that opens no way is named as what failed", arguments: failures)
    func refusals(answer: String, code: ApiError.Code) async throws {
        let proxy = try await ConnectProxy(.answers(answer, closes: true))
        let error = await failure(of: configuration(.configured(proxy.url("user:secret-password@"))))
        #expect(error?.code == code)
        #expect(error?.detail?.hasPrefix("127.0.0.1:\(proxy.port)") == true)
        #expect(error?.host == "localhost:\(front.port)")
        #expect(!"\(String(describing: error))".contains("secret-password"))
    }

    @Test("a proxy that answers junk and stays is given up in time")
    func junkAndStays() async throws {
        let proxy = try await ConnectProxy(.answers("SSH-2.0-OpenSSH_9.9\r\n", closes: false))
        var configuration = configuration(.configured(proxy.url()))
        configuration.timeouts.connect = .milliseconds(200)
        let error = await failure(of: configuration)
        #expect(error?.code == .connectTimeout)
        #expect(error?.detail == "by way of the proxy 127.0.0.1:\(proxy.port)")
    }

    @Test("a proxy that isn't there is named, and isn't the server")
    func refused() async throws {
        let closed = try ClosedPort()
        let error = await failure(of: configuration(.configured("http://127.0.0.1:\(closed.number)")))
        #expect(error?.code == .proxy)
        #expect(error?.detail == "127.0.0.1:\(closed.number): Connection refused")
        let nowhere = await failure(of: configuration(.configured("http://proxy.invalid:3128")))
        #expect(nowhere?.code == .proxy)
        #expect(nowhere?.detail == "proxy.invalid:3128: the name has no address")
    }

    @Test("what would go unencrypted through a proxy, or can't be checked through one, isn't sent")
    func unsafe() async throws {
        let proxy = try await ConnectProxy()
        for baseURL in [
            "http://127.0.0.1:\(server.port)/v1", "http://example.com/v1", "https://127.0.0.1:\(front.port)/v1",
        ] {
            let error = await failure(of: configuration(.configured(proxy.url()), baseURL: baseURL))
            #expect(error?.code == .invalidConfiguration)
        }
        #expect(proxy.received.isEmpty)
        #expect(server.requests.isEmpty)
    }

    @Test("a certificate is checked through a proxy as well")
    func certificate() async throws {
        let proxy = try await ConnectProxy()
        let front = try await TLSFront(before: server, identity: try .selfSigned())
        let error = await failure(of: configuration(.configured(proxy.url()), baseURL: front.baseURL()))
        #expect(error?.code == .certificateUntrusted)
        #expect(server.requests.isEmpty)
    }
}
