import ChatApi
import TestSupport
import Testing

@testable import ChatSession

@Suite("The way to a provider")
struct ProviderNetworkTests {
    private func provider(_ settings: String, permissions: Int = 0o600) throws -> Provider {
        let directory = try TemporaryDirectory()
        let text = #"{"providers": {"p": {"baseURL": "https://example.com/v1", \#(settings)}}}"#
        let path = try directory.write(text, to: "config.json", permissions: permissions)
        return try #require(try ConfigurationFile.load(path, isRequired: true).providers.first)
    }

    private func configuration(
        _ network: Provider.Network, environment: [String: String] = [:]
    ) throws -> ChatApiConfiguration {
        var configuration = ChatApiConfiguration()
        try network.apply(to: &configuration, environment: environment)
        return configuration
    }

    @Test("a query and a header for the key make Azure's dated addresses reachable")
    func azure() async throws {
        let server = try LoopbackServer.chat(replies: ["one"])
        var provider = try provider(#""query": {"api-version": "2024-10-21"}, "keyHeader": "api-key", "key": "sk-1""#)
        provider.baseURL = "http://127.0.0.1:\(server.port)/openai/deployments/d"
        let connection = ProviderConnection(provider: provider, environment: [:])
        _ = try? await connection.chat().createChatCompletion(
            CreateChatCompletionRequest(model: "m", messages: [.user("hi")]))
        let request = try #require(server.requests.first)
        #expect(request.path == "/openai/deployments/d/chat/completions?api-version=2024-10-21")
        #expect(request.header("api-key") == "sk-1" && request.header("authorization") == nil)
    }

    @Test("the proxy is the environment's, unless the file names one or none")
    func proxies() throws {
        let environment = ["HTTPS_PROXY": "http://proxy:3128"]
        let unsaid = try provider(#""model": "m""#).network
        #expect(try configuration(unsaid, environment: environment).proxy == .environment(environment))
        let none = try provider(#""proxy": "none""#).network
        #expect(try configuration(none, environment: environment).proxy == .none)
        let named = try provider(#""proxy": "http://u:p@other:1""#).network
        #expect(try configuration(named, environment: environment).proxy == .configured("http://u:p@other:1"))
        #expect(throws: ConfigurationError.self, "a password that others can read") {
            try provider(#""proxy": "http://u:p@other:1""#, permissions: 0o644)
        }
        #expect(try provider(#""proxy": "http://other:1""#, permissions: 0o644).network.proxy == "http://other:1")
    }

    @Test("certificates are read from their files, and a private key only if it is private")
    func certificates() throws {
        let directory = try TemporaryDirectory()
        let authority = try directory.write("authority", to: "ca.pem", permissions: 0o644)
        let chain = try directory.write("chain", to: "chain.pem", permissions: 0o644)
        let key = try directory.write("key", to: "key.pem", permissions: 0o600)
        let open = try directory.write("key", to: "open.pem", permissions: 0o644)
        func network(key: String) throws -> Provider.Network {
            try provider(
                #""certificateAuthorities": "\#(authority)", "clientCertificate": {"chain": "\#(chain)", "key": "\#(key)"}"#
            ).network
        }
        let tls = try configuration(network(key: key)).tls
        #expect(tls.certificateAuthorities == Array("authority".utf8) && tls.trustsSystemAuthorities)
        #expect(tls.clientCertificate == .init(chain: Array("chain".utf8), privateKey: Array("key".utf8)))
        #expect(tls.verifiesCertificates)
        #expect(throws: KeyError.fileIsNotPrivate(path: open)) { try configuration(network(key: open)) }
        #expect(throws: ConfigurationError.self) { try configuration(network(key: "/no/such/file")) }
        #expect(try provider(#""verifyCertificates": false"#).network.verifiesCertificates == false)
        #expect(throws: ConfigurationError.self) { try provider(#""clientCertificate": {"chain": "x"}"#) }
    }

    @Test("OpenAI's rules are checked before a request to OpenAI, and left to every other server")
    func validation() async throws {
        let server = try LoopbackServer.chat(replies: ["one"])
        let connection = ProviderConnection(
            provider: Provider(name: "p", baseURL: server.baseURL), environment: [:])
        var request = CreateChatCompletionRequest(model: "m", messages: [.user("hi")])
        request.temperature = 9
        _ = try await connection.chat().createChatCompletion(request)
        #expect(server.postCount == 1)
        let openAI = ProviderConnection(provider: .openAI, environment: ["OPENAI_API_KEY": "sk-1"])
        let error = await #expect(throws: ApiError.self) { try await openAI.chat().createChatCompletion(request) }
        #expect(error?.code == .invalidRequest && error?.param == "temperature")
    }
}
