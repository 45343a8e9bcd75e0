import ChatApi
import Logging
import TestSupport
import Testing

@Suite("TLS")
struct TLSTests {
    let authority: TestAuthority
    let server: LoopbackServer

    init() throws {
        authority = try TestAuthority()
        server = try LoopbackServer.chat(replies: ["yes"])
    }

    func configuration(_ front: TLSFront, host: String = "localhost", trusting authority: [UInt8]? = nil)
        -> ChatApiConfiguration
    {
        var configuration = canaryConfiguration(front.baseURL(host: host))
        configuration.tls.certificateAuthorities = authority
        return configuration
    }

    enum Fault: CaseIterable { case selfSigned, expired, wrongHost, unknownAuthority }

    @Test(
        "N02: a certificate that proves nothing is refused with its reason, and nothing is sent",
        arguments: Fault.allCases)
    func refused(fault: Fault) async throws {
        let identity =
            switch fault {
            case .selfSigned: try TestIdentity.selfSigned()
            case .expired: try authority.identity(isExpired: true)
            case .wrongHost: try authority.identity(for: "DNS:example.com")
            case .unknownAuthority: try TestAuthority().identity()
            }
        let front = try await TLSFront(before: server, identity: identity)
        let error = await failure(of: configuration(front, trusting: authority.certificate))
        #expect(error?.code == .certificateUntrusted)
        #expect(error?.host == "localhost:\(front.port)")
        let detail = error?.detail ?? ""
        switch fault {
        case .selfSigned: #expect(detail == "it is self-signed")
        case .expired: #expect(detail.hasPrefix("it expired on 20"))
        case .wrongHost: #expect(detail == "it is for another host")
        case .unknownAuthority: #expect(detail == "it comes from no authority that is trusted here")
        }
        #expect(server.requests.isEmpty)
    }

    @Test("an authority of one's own is trusted, by name and by address", arguments: ["localhost", "127.0.0.1"])
    func ownAuthority(host: String) async throws {
        let front = try await TLSFront(before: server, identity: try authority.identity())
        #expect(try await answer(configuration(front, host: host, trusting: authority.certificate)) == "yes")
        #expect(await failure(of: configuration(front, host: host))?.code == .certificateUntrusted)
        var only = configuration(front, host: host, trusting: authority.certificate)
        only.tls.trustsSystemAuthorities = false
        #expect(try await answer(only) == "yes")
        #expect(server.postCount == 2)
    }

    @Test("a server that demands a certificate gets the one that is configured")
    func clientCertificate() async throws {
        let front = try await TLSFront(
            before: server, identity: try authority.identity(), clientAuthority: authority.certificate)
        var configuration = configuration(front, trusting: authority.certificate)
        let refused = await failure(of: configuration)
        #expect(refused?.code == .tls)
        #expect(refused?.detail == "the server wants a client certificate")
        let mine = try authority.identity(for: "DNS:me")
        configuration.tls.clientCertificate = .init(chain: mine.certificate, privateKey: mine.privateKey)
        #expect(try await answer(configuration) == "yes")
        #expect(server.postCount == 1)
    }

    @Test("verification can be switched off, which is warned of at each request")
    func unverified() async throws {
        let front = try await TLSFront(before: server, identity: try .selfSigned())
        var configuration = configuration(front)
        let log = CollectedLog()
        configuration.logger = log.logger(level: .warning)
        configuration.tls.verifiesCertificates = false
        #expect(try await answer(configuration) == "yes")
        #expect(log.lines.count == 1)
        #expect(log.lines.first?.contains("certificates are not verified") == true)
    }

    @Test("a handshake that never ends is a connection that isn't made in time")
    func silentHandshake() async throws {
        let silent = try LoopbackServer()
        var configuration = canaryConfiguration("https://localhost:\(silent.port)/v1")
        configuration.timeouts.connect = .milliseconds(200)
        let error = await failure(of: configuration)
        #expect(error?.code == .connectTimeout)
        #expect(error?.limit == .milliseconds(200))
    }

    @Test("a server that answers in plain HTTP is told from one whose certificate is bad")
    func plainHTTP() async throws {
        let plain = try await ConnectProxy(
            .answers("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", closes: true))
        let error = await failure(of: canaryConfiguration("https://localhost:\(plain.port)/v1"))
        #expect(error?.code == .tls)
        #expect(error?.detail?.contains("doesn't speak TLS") == true)
    }

    @Test("a server that hangs up in the midst of the handshake isn't asked twice")
    func hangUp() async throws {
        let server = try await ConnectProxy(.answers("", closes: true))
        let error = await failure(of: canaryConfiguration("https://localhost:\(server.port)/v1"))
        #expect(error?.code == .tls || error?.code == .connectionLost)
    }

    @Test("what can't be read of the settings is named, and nothing is sent")
    func unreadable() async throws {
        let front = try await TLSFront(before: server, identity: try authority.identity())
        let mine = try authority.identity()
        let other = try authority.identity()
        let junk = Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        let cases: [(String, (inout TLSSettings) throws -> Void)] = [
            ("the certificate authorities can't be read: it isn't PEM", { $0.certificateAuthorities = [1, 2, 3] }),
            ("the certificate authorities can't be read: it isn't PEM", { $0.certificateAuthorities = [] }),
            ("the certificate authorities can't be read: there is no whole", { $0.certificateAuthorities = junk }),
            ("no certificate authority is trusted", { $0.trustsSystemAuthorities = false }),
            (
                "the client certificate can't be read",
                { $0.clientCertificate = .init(chain: mine.privateKey, privateKey: mine.privateKey) }
            ),
            (
                "the private key can't be read: it isn't a private key",
                { $0.clientCertificate = .init(chain: mine.certificate, privateKey: mine.certificate) }
            ),
            (
                "the private key can't be read: it is encrypted",
                { $0.clientCertificate = .init(chain: mine.certificate, privateKey: try mine.encryptedKey()) }
            ),
            (
                "the private key isn't that of the client certificate",
                { $0.clientCertificate = .init(chain: mine.certificate, privateKey: other.privateKey) }
            ),
        ]
        for (detail, change) in cases {
            var configuration = configuration(front)
            try change(&configuration.tls)
            let error = await failure(of: configuration)
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.detail?.hasPrefix(detail) == true, "\(error?.detail ?? "")")
        }
        #expect(server.requests.isEmpty)
    }
}
