import ChatApi
import TestSupport
import Testing

@Suite("One call")
struct CallTests {
    private let request = CreateChatCompletionRequest(model: "m", messages: [.user("hi")])

    private func configuration(_ server: LoopbackServer) -> ChatApiConfiguration {
        var configuration = ChatApiConfiguration(baseURL: server.baseURL, apiKey: "sk-canary-0123456789")
        configuration.maximumRetries = 0
        return configuration
    }

    @Test("may send bytes of its own, which are not checked")
    func rawBody() async throws {
        let server = try LoopbackServer.chat(replies: ["one"])
        var options = RequestOptions()
        options.body = Array(#"{"anything": 1}"#.utf8)
        var broken = request
        broken.temperature = 9
        let response = try await ChatApi(configuration: configuration(server)).createChatCompletion(
            broken, options: options)
        #expect(response.choices.first?.message?.content == "one")
        #expect(server.requests.first?.json == ["anything": 1])
    }

    @Test(
        "of any path hands back the bytes, whatever they are", arguments: [ApiMethod.get, .post, .put, .patch, .delete])
    func anyPath(method: ApiMethod) async throws {
        let server = try LoopbackServer { $0.respond(headers: [("Content-Type", "text/plain")], body: "not JSON") }
        let body: [UInt8]? = method == .get ? nil : Array("{}".utf8)
        let response = try await ChatApi(configuration: configuration(server)).callApi(
            method, "/embeddings", body: body)
        #expect(response.data == Array("not JSON".utf8) && response.headers["content-type"] == "text/plain")
        let sent = try #require(server.requests.first)
        #expect(sent.method == method.rawValue && sent.path == "/v1/embeddings")
        #expect(sent.body == body ?? [] && sent.header("authorization") == "Bearer sk-canary-0123456789")
    }

    @Test(
        "of a path that would lead to another host, or isn't encoded, isn't made",
        arguments: ["@127.0.0.1:PORT/x", "PORT", ".example.com/x", "models", "/a b", "/a?b=c", "/a#b", "/a\r\nb", "/é"])
    func strayPath(path: String) async throws {
        let server = try LoopbackServer.chat(replies: ["one"])
        var elsewhere = configuration(server)
        elsewhere.baseURL = "https://banter.invalid"
        for configuration in [configuration(server), elsewhere] {
            let path = path.replacing("PORT", with: "\(server.port)")
            let error = await #expect(throws: ApiError.self) {
                try await ChatApi(configuration: configuration).callApi(.get, path)
            }
            #expect(error?.code == .invalidRequest)
        }
        #expect(server.connectionCount == 0)
    }

    @Test("of a path that begins with two slashes is one to the root of the host")
    func rootPath() async throws {
        let server = try LoopbackServer { $0.respond(body: "{}") }
        _ = try await ChatApi(configuration: configuration(server)).callApi(.get, "//health")
        #expect(server.requests.map(\.path) == ["/health"])
    }

    @Test("that breaks rules of the API isn't sent, and all the rules are told")
    func validation() async throws {
        let server = try LoopbackServer.chat(replies: ["one"])
        var broken = request
        broken.temperature = 2.5
        broken.n = 0
        let api = ChatApi(configuration: configuration(server))
        for isStreaming in [false, true] {
            let error = await #expect(throws: ApiError.self) {
                if isStreaming {
                    _ = try await api.createChatCompletionStream(broken)
                } else {
                    _ = try await api.createChatCompletion(broken)
                }
            }
            #expect(error?.code == .invalidRequest && error?.host == "127.0.0.1:\(server.port)")
            #expect(Set(error?.violations.map(\.path) ?? []) == ["temperature", "n"])
            #expect(error?.detail?.contains("temperature must be from 0 to 2, and is 2.5") == true)
        }
        #expect(server.requests.isEmpty)
        var lenient = configuration(server)
        lenient.validatesRequests = false
        _ = try await ChatApi(configuration: lenient).createChatCompletion(broken)
        #expect(server.requests.first?.json?["temperature"] == 2.5)
    }

    @Test("that wasn't asked to stream reads a stream all the same")
    func unaskedStream() async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(content: "one ")
            exchange.send(content: "two")
            exchange.finish()
        }
        let response = try await ChatApi(configuration: configuration(server)).createChatCompletion(request)
        #expect(response.choices.first?.message?.content == "one two")
        #expect(response.choices.first?.finishReason == .stop && response.usage?.totalTokens == 12)
    }
}
