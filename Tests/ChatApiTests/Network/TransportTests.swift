import ChatApi
import TestSupport
import Testing

@Suite("Transports")
struct TransportTests {
    @Test("clients of a transport share a connection where everything is the same, and nowhere else")
    func sharing() async throws {
        let server = try LoopbackServer.chat(replies: ["yes"])
        let transport = HTTPTransport()
        func ask(_ change: (inout ChatApiConfiguration) -> Void = { _ in }) async throws {
            var configuration = canaryConfiguration(server.baseURL)
            change(&configuration)
            _ = try await ChatApi(configuration: configuration, transport: transport).createChatCompletion(question)
        }
        try await ask()
        try await ask()
        _ = try await ModelsApi(configuration: canaryConfiguration(server.baseURL), transport: transport).listModels()
        #expect(server.connectionCount == 1)
        try await ask { $0.userAgent = "other" }
        #expect(server.connectionCount == 1)
        let differences: [(inout ChatApiConfiguration) -> Void] = [
            { $0.apiKey = "sk-other-0123456789" }, { $0.headers = ["X-Api-Key": "other"] },
            { $0.authentication = .none }, { $0.authentication = .header(name: "X-Who") },
            {
                $0.authentication = .header(name: "X-Who")
                $0.apiKey = "sk-other-0123456789"
            }, { $0.tls.certificateAuthorities = Self.authority },
            { $0.tls.verifiesCertificates = false }, { $0.acceptsCompression = true },
        ]
        for (index, difference) in differences.enumerated() {
            try await ask(difference)
            #expect(server.connectionCount == index + 2)
        }
        try await ask()
        #expect(server.connectionCount == differences.count + 1)
        // Another transport is another world.
        _ = try await answer(canaryConfiguration(server.baseURL))
        #expect(server.connectionCount == differences.count + 2)
    }

    static let authority = (try? TestAuthority())?.certificate

    @Test("K14: a key never reaches another server of the same transport")
    func twoProviders() async throws {
        let a = try LoopbackServer.chat(replies: ["a"])
        let b = try LoopbackServer.chat(replies: ["b"])
        let transport = HTTPTransport()
        for _ in 0..<3 {
            for (server, key) in [(a, "sk-key-of-a-0123"), (b, "sk-key-of-b-0123")] {
                let configuration = ChatApiConfiguration(baseURL: server.baseURL, apiKey: key)
                let api = ChatApi(configuration: configuration, transport: transport)
                _ = try await api.createChatCompletion(question)
            }
        }
        #expect(
            a.requests.count == 3 && a.requests.allSatisfy { $0.header("authorization") == "Bearer sk-key-of-a-0123" })
        #expect(
            b.requests.count == 3 && b.requests.allSatisfy { $0.header("authorization") == "Bearer sk-key-of-b-0123" })
    }

    @Test("shutting down closes connections, ends requests and refuses later ones")
    func shutdown() async throws {
        let server = try LoopbackServer()
        let transport = HTTPTransport()
        let api = ChatApi(configuration: canaryConfiguration(server.baseURL), transport: transport)
        async let error = failure { try await api.createChatCompletion(question) }
        let exchange = try await server.nextExchange()
        await transport.shutdown()
        try await exchange.waitUntilClientCloses()
        #expect(await error?.code == .connectionLost)
        let later = await failure { try await api.createChatCompletion(question) }
        #expect(later?.code == .invalidConfiguration)
        #expect(later?.detail == "the transport was shut down")
        await transport.shutdown()
        #expect(server.requests.count == 1)
    }

    @Test("letting go of a transport ends no request, and closes the connection after it")
    func letGo() async throws {
        let server = try LoopbackServer()
        async let text = answer(canaryConfiguration(server.baseURL))
        let exchange = try await server.nextExchange()
        exchange.reply("still here")
        #expect(try await text == "still here")
        try await exchange.waitUntilClientCloses()
    }

    @Test("more kinds of connections than are kept don't disturb each other")
    func manyPools() async throws {
        let server = try LoopbackServer()
        let transport = HTTPTransport()
        func ask(_ key: String) async throws -> String? {
            let configuration = ChatApiConfiguration(baseURL: server.baseURL, apiKey: key)
            let api = ChatApi(configuration: configuration, transport: transport)
            return try await api.createChatCompletion(question).choices.first?.message?.content
        }
        async let first = ask("first")
        let held = try await server.nextExchange()
        for number in 0..<40 {
            async let text = ask("key-\(number)")
            try await server.nextExchange().reply("\(number)")
            #expect(try await text == "\(number)")
        }
        held.reply("first")
        #expect(try await first == "first")
    }

    @Test("many requests at once don't wait for each other")
    func concurrent() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: canaryConfiguration(server.baseURL), transport: HTTPTransport())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await api.createChatCompletion(question) } }
            // All are there before any is answered.
            var exchanges: [LoopbackExchange] = []
            for _ in 0..<20 { exchanges.append(try await server.nextExchange()) }
            for exchange in exchanges { exchange.reply("yes") }
            try await group.waitForAll()
        }
        #expect(server.postCount == 20)
    }
}
