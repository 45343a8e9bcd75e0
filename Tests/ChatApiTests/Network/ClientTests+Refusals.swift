import ChatApi
import TestSupport
import Testing

extension ClientTests {
    @Test("a key that the cut through a long error body would halve is masked before")
    func longErrorBody() async throws {
        let body =
            String(repeating: "x", count: (64 << 10) - 8) + "sk-canary-0123456789" + String(repeating: "y", count: 100)
        let server = try LoopbackServer { $0.respond(status: 400, body: body) }
        let error = await apiError {
            try await ChatApi(configuration: configuration(server)).createChatCompletion(request)
        }
        let kept = String(decoding: error?.body ?? [], as: UTF8.self)
        #expect(kept.utf8.count == 64 << 10)
        #expect(!kept.contains("sk-"))
    }

    @Test("an error keeps as much of its body as is configured, at most 64 KiB", arguments: [-1, 0, 10, 100_000, .max])
    func errorBodyLimit(limit: Int) async throws {
        let server = try LoopbackServer { $0.respond(status: 400, body: String(repeating: "x", count: 200_000)) }
        var configuration = configuration(server)
        configuration.limits.errorBodyBytes = limit
        let error = await wholeAnswerError(configuration)
        #expect(error?.statusCode == 400 && error?.body.count == max(0, min(limit, 64 << 10)))
    }

    @Test("an answer over the cap is an error, streamed or not")
    func caps() async throws {
        let server = try LoopbackServer.chat(replies: [String(repeating: "word ", count: 100)])
        var configuration = configuration(server)
        configuration.limits.bodyBytes = 300
        configuration.limits.streamBytes = 300
        let api = ChatApi(configuration: configuration)
        #expect(await apiError { try await api.createChatCompletion(request) }?.code == .tooLarge)
        #expect((await read(try await api.createChatCompletionStream(request)).error as? ApiError)?.code == .tooLarge)
    }

    @Test(
        "what can't be sent safely isn't sent",
        arguments: [
            ("http://example.com/v1", "sk-x"), ("http://localhost.example.com/v1", "sk-x"),
            ("http://127.0.0.1.example.com", "sk-x"),
            ("https://user:secret@example.com/v1", "sk-x"), ("ftp://example.com", "sk-x"), ("example.com", "sk-x"),
            ("", "sk-x"),
            ("https://", "sk-x"), ("https://exam ple.com", "sk-x"), ("https://example.com:0", "sk-x"),
            ("https://example.com/v1", "sk-a\nb"), ("https://example.com/v1", "sk-\u{1B}"),
            ("https://example.com/v1", "sk-ü"),
            ("https://example.com/v1", "sk x"),
        ])
    func invalid(baseURL: String, key: String) async throws {
        let configuration = ChatApiConfiguration(baseURL: baseURL, apiKey: key)
        let error = await apiError { try await ChatApi(configuration: configuration).createChatCompletion(request) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.detail != nil)
        #expect(
            !"\(configuration) \(String(reflecting: configuration)) \(String(describing: error))".contains("secret"))
    }

    @Test("health is whatever /health at the root says")
    func health() async throws {
        for (status, isHealthy) in [(200, true), (503, false), (404, false)] {
            let server = try LoopbackServer { $0.respond(status: status, body: "{}") }
            #expect(await HealthApi(configuration: configuration(server)).isHealthy() == isHealthy)
            #expect(server.requests.map(\.path) == ["/health"])
        }
        let port = try ClosedPort()
        let nobody = ChatApiConfiguration(baseURL: "http://127.0.0.1:\(port.number)/v1")
        #expect(await HealthApi(configuration: nobody).isHealthy() == false)
    }
}
