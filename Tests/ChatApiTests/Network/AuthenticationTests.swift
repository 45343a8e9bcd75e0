import ChatApi
import Synchronization
import TestSupport
import Testing

@Suite("Authentication")
struct AuthenticationTests {
    let server: LoopbackServer

    init() throws { server = try LoopbackServer.chat(replies: ["yes"]) }

    var configuration: ChatApiConfiguration { canaryConfiguration(server.baseURL) }

    static let allWays: [(ChatApiConfiguration.Authentication, String, String?)] = [
        (.bearer, "authorization", "Bearer \(canary)"), (.header(name: "api-key"), "api-key", canary),
        (.header(name: "X-Auth", prefix: "Token "), "x-auth", "Token \(canary)"),
        (.basic(user: "Aladdin", password: "open sesame"), "authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (.none, "authorization", nil),
    ]

    @Test("the key goes where it is configured to, and nowhere else", arguments: allWays)
    func ways(way: ChatApiConfiguration.Authentication, name: String, value: String?) async throws {
        var configuration = configuration
        configuration.authentication = way
        #expect(try await answer(configuration) == "yes")
        let request = try #require(server.requests.first)
        #expect(request.header(name) == value)
        let carriers = request.headers.filter { $0.value.contains(canary) }.map { $0.name.lowercased() }
        #expect(carriers == (value?.contains(canary) == true ? [name] : []))
    }

    static let keys: [(String, String?)] = [
        ("sk-0123456789", "sk-0123456789"), ("sk-0123456789\n", "sk-0123456789"),
        ("sk-0123456789\r\n", "sk-0123456789"),
        ("sk-0123456789\r", nil), ("sk-0123456789\n\n", nil), ("sk-01234\n56789", nil), ("sk-01234\r\n56789", nil),
        ("sk-01234\u{0}56789", nil), ("sk-0123456789\u{0}", nil), ("sk-01234\u{1B}[31m", nil), ("sk-01234 56789", nil),
        (" sk-0123456789", nil), ("sk-0123456789\u{85}", nil), ("sk-01234ü56789", nil), ("sk-0123456789\u{301}", nil),
        ("sk-0123456789\t", nil), ("sk-0123456789\u{7F}", nil),
    ]

    @Test(
        "K06: a key that can't be sent is one clear error and no request; one newline at its end is fine",
        arguments: keys)
    func badKeys(key: String, sent: String?) async throws {
        for isProvided in [false, true] {
            for way in [ChatApiConfiguration.Authentication.bearer, .header(name: "api-key")] {
                let server = try LoopbackServer.chat(replies: ["yes"])
                var configuration = ChatApiConfiguration(baseURL: server.baseURL, apiKey: isProvided ? nil : key)
                if isProvided { configuration.apiKeyProvider = { key } }
                configuration.authentication = way
                let error = await failure(of: configuration)
                #expect(error?.code == (sent == nil ? .invalidConfiguration : nil))
                #expect(server.requests.count == (sent == nil ? 0 : 1))
                if let sent, let request = server.requests.first {
                    #expect((request.header("api-key") ?? request.header("authorization"))?.hasSuffix(sent) == true)
                }
                if sent == nil {
                    #expect(error?.detail?.hasPrefix("the key holds a character that no key has") == true)
                    #expect(!"\(String(describing: error))".contains("sk-0123"))
                }
            }
        }
    }

    @Test("without a key nothing is sent in its place", arguments: [nil, "", "\n"])
    func noKey(key: String?) async throws {
        _ = try await answer(ChatApiConfiguration(baseURL: server.baseURL, apiKey: key))
        #expect(server.requests.first?.header("authorization") == nil)
    }

    @Test("the provider is asked before every try, and wins over the key")
    func provider() async throws {
        let count = Atomic(0)
        let server = try LoopbackServer { exchange in
            exchange.respond(status: 500, headers: [("Retry-After-Ms", "1")], body: "{}")
        }
        var configuration = canaryConfiguration(server.baseURL)
        configuration.maximumRetries = 2
        configuration.apiKeyProvider = { "fresh-key-\(count.add(1, ordering: .relaxed).newValue)" }
        #expect(await failure(of: configuration)?.statusCode == 500)
        let keys = server.requests.map { $0.header("authorization") }
        #expect(keys == ["Bearer fresh-key-1", "Bearer fresh-key-2", "Bearer fresh-key-3"])
    }

    @Test("a key of the provider that the server echoes is masked")
    func providerMasked() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(
                status: 401, headers: [("X-Echo", "fresh-secret-1")], body: #"{"error":"no: fresh-secret-1"}"#)
        }
        var configuration = canaryConfiguration(server.baseURL)
        configuration.apiKeyProvider = { "fresh-secret-1" }
        let error = try #require(await failure(of: configuration))
        var dumped = "\(error)"
        dump(error, to: &dumped)
        #expect(!dumped.contains("fresh-secret-1") && error.serverMessage == "no: ***")
        #expect(error.headers["x-echo"] == "***")
    }

    private struct Expired: Error, CustomStringConvertible {
        let description = "the token of \(canary) has expired"
    }

    @Test("what the provider says when it fails is in the error, masked, and nothing is sent")
    func providerFails() async throws {
        var configuration = configuration
        configuration.maximumRetries = 2
        configuration.apiKeyProvider = { throw Expired() }
        let error = await failure(of: configuration)
        #expect(error?.code == .keyProvider)
        #expect(error?.detail == "the token of *** has expired")
        configuration.apiKeyProvider = { throw CancellationError() }
        #expect(await failure(of: configuration)?.code == .keyProvider)
        #expect(server.requests.isEmpty)
    }

    @Test("a provider that hangs is given up in time")
    func providerHangs() async throws {
        var configuration = configuration
        configuration.timeouts.firstEvent = .milliseconds(50)
        configuration.apiKeyProvider = {
            try await Task.sleep(for: .seconds(600))
            return ""
        }
        let error = await failure(of: configuration)
        #expect(error?.code == .keyProvider && error?.limit == .milliseconds(50))
        configuration.timeouts.firstEvent = .seconds(600)
        configuration.timeouts.total = .milliseconds(60)
        #expect(await failure(of: configuration)?.limit == .milliseconds(60))
        #expect(server.requests.isEmpty)
    }

    @Test("cancelling doesn't wait for a provider that doesn't heed it")
    func providerCancelled() async throws {
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        let (released, releasing) = AsyncStream.makeStream(of: Void.self)
        var configuration = configuration
        configuration.apiKeyProvider = {
            asking.yield()
            // In a task of its own, which the cancellation doesn't reach.
            await Task { for await _ in released { break } }.value
            return canary
        }
        // So that a failure of this test isn't a wait for ever.
        let limit = Task {
            try await Task.sleep(for: .seconds(20))
            releasing.yield()
        }
        defer { limit.cancel() }
        let api = ChatApi(configuration: configuration)
        let task = Task { try await api.createChatCompletion(question) }
        for await _ in asked { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        releasing.yield()
        #expect(server.requests.isEmpty)
    }

    @Test("a user name that can't be sent isn't")
    func badUser() async throws {
        var configuration = configuration
        configuration.authentication = .basic(user: "a:b", password: "secret")
        let error = await failure(of: configuration)
        #expect(error?.code == .invalidConfiguration)
        #expect(server.requests.isEmpty)
    }

    @Test("a header's name or value that can't be sent is named, and nothing is sent")
    func badHeaders() async throws {
        let cases = [
            ("X-A", "a\r\nX-Evil: b"), ("X-A\r\nX-Evil", "b"), ("", "b"), ("X:A", "b"), ("X(A)", "b"), ("X A", "b"),
            ("X-A", "\u{0}"), ("X-Ä", "b"),
        ]
        for (name, value) in cases {
            var configuration = configuration
            configuration.headers = [name: value]
            #expect(await failure(of: configuration)?.code == .invalidConfiguration)
            configuration.headers = [:]
            configuration.authentication = .header(name: name, prefix: value)
            #expect(await failure(of: configuration)?.code == .invalidConfiguration)
        }
        #expect(server.requests.isEmpty)
    }
}
