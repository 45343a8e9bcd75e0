import TestSupport
import Testing

@testable import ChatApi

@Suite("What is sent")
struct RequestTests {
    let server: LoopbackServer

    init() throws { server = try LoopbackServer.chat(replies: ["yes"]) }

    static let baseURLs: [(String, [String: String], String)] = [
        ("/v1", [:], "/v1/models"), ("/v1/", [:], "/v1/models"), ("//v1//", [:], "/v1/models"), ("", [:], "/models"),
        ("/", [:], "/models"), ("/a//b/", [:], "/a/b/models"), ("/v1?x=1", [:], "/v1/models?x=1"),
        ("/v1/?x=1&y", [:], "/v1/models?x=1&y"), ("/v1#fragment", [:], "/v1/models"), ("/v1?", [:], "/v1/models"),
        ("/v1?x=1", ["x": "2"], "/v1/models?x=2"), ("/v1?xy=1&x", ["x": "2"], "/v1/models?xy=1&x=2"),
        ("/v1", ["b": "2", "a": "1"], "/v1/models?a=1&b=2"),
        ("/v1", ["a b": "c&d=e/f?é#"], "/v1/models?a%20b=c%26d%3De%2Ff%3F%C3%A9%23"),
        ("/v1?api-version=2024-10-21", ["z": ""], "/v1/models?api-version=2024-10-21&z="),
    ]

    @Test("paths are appended, slashes squeezed, the query is kept and added to", arguments: baseURLs)
    func addresses(path: String, query: [String: String], expected: String) async throws {
        let server = try LoopbackServer { $0.respond(body: #"{"data":[]}"#) }
        for isOption in [false, true] {
            var configuration = canaryConfiguration("http://127.0.0.1:\(server.port)\(path)")
            var options = RequestOptions()
            if isOption { options.query = query } else { configuration.query = query }
            let client = ApiClient(configuration: configuration)
            _ = try await client.raw(.get, "/models", options: options)
            #expect(server.requests.last?.path == expected)
        }
    }

    static let looseAddresses: [(String, String, String, String)] = [
        ("https", "api.example.com", "/v1", "https://api.example.com/v1"),
        ("https://", "api.example.com", "v1", "https://api.example.com/v1"),
        ("http", "http://127.0.0.1:8080/ignored?a#b", "/v1/", "http://127.0.0.1:8080/v1"),
        ("https", "api.example.com/", "//a///b//", "https://api.example.com/a/b"),
        ("https", "api.example.com", "", "https://api.example.com"), ("https", "[::1]:80", "/", "https://[::1]:80"),
    ]

    @Test("an address in parts may be written loosely", arguments: looseAddresses)
    func parts(scheme: String, host: String, basePath: String, expected: String) {
        let configuration = ChatApiConfiguration(scheme: scheme, host: host, basePath: basePath, apiKey: "k")
        #expect(configuration.baseURL == expected && configuration.apiKey == "k")
    }

    @Test("Azure's dated API has deployment, version and header where it wants them")
    func azure() async throws {
        let server = try LoopbackServer { $0.respond(body: #"{"choices":[{"message":{"content":"yes"}}]}"#) }
        let configuration = ChatApiConfiguration.azure(
            endpoint: "http://127.0.0.1:\(server.port)/", deployment: "my gpt", apiVersion: "2024-10-21", apiKey: canary
        )
        #expect(try await answer(configuration) == "yes")
        let request = try #require(server.requests.first)
        #expect(request.path == "/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21")
        #expect(request.header("api-key") == canary && request.header("authorization") == nil)
    }

    @Test("options of a call replace what the configuration says, for that call")
    func options() async throws {
        var configuration = canaryConfiguration(server.baseURL)
        configuration.headers = ["X-A": "configured", "X-B": "configured"]
        configuration.organization = "org"
        let api = ChatApi(configuration: configuration, transport: HTTPTransport())
        let options = RequestOptions(
            headers: ["x-a": "mine", "User-Agent": "me", "OpenAI-Organization": "other"], sendsAuthentication: false,
            body: Array(#"{"anything":1}"#.utf8), idempotencyKey: "again-1")
        _ = try await api.createChatCompletion(question, options: options)
        _ = try await api.createChatCompletion(question)
        let (first, second) = (server.requests[0], server.requests[1])
        #expect(
            first.header("x-a") == "mine" && first.header("x-b") == "configured" && first.header("user-agent") == "me")
        #expect(first.headers.count { $0.name.lowercased() == "x-a" } == 1)
        #expect(first.header("authorization") == nil && first.header("openai-organization") == "other")
        #expect(first.header("idempotency-key") == "again-1" && first.json == ["anything": 1])
        #expect(second.header("x-a") == "configured" && second.header("authorization") == "Bearer \(canary)")
        #expect(second.header("idempotency-key") != "again-1" && second.json?["model"] == "m")
        _ = try await ModelsApi(configuration: configuration).listModels(options: RequestOptions(headers: ["x-a": "m"]))
        #expect(server.requests[2].header("x-a") == "m" && server.requests[2].path == "/v1/models")
    }

    @Test("a call may have time limits and retries of its own")
    func timesAndRetries() async throws {
        let failing = try LoopbackServer { $0.respond(status: 500, headers: [("Retry-After-Ms", "1")], body: "{}") }
        var configuration = canaryConfiguration(failing.baseURL)
        configuration.maximumRetries = 5
        var options = RequestOptions()
        options.maximumRetries = 1
        let api = ChatApi(configuration: configuration)
        _ = await failure { try await api.createChatCompletion(question, options: options) }
        #expect(failing.postCount == 2)

        let silent = try LoopbackServer()
        options.timeouts = ChatApiConfiguration.Timeouts()
        options.timeouts?.firstEvent = .milliseconds(50)
        options.maximumRetries = 0
        let slow = ChatApi(configuration: canaryConfiguration(silent.baseURL))
        let error = await failure { try await slow.createChatCompletion(question, options: options) }
        #expect(error?.code == .firstEventTimeout && error?.limit == .milliseconds(50))
    }

    @Test("an answer that is read as a whole comes with its bytes")
    func rawBody() async throws {
        let body = "{ \"choices\": [ {\"message\":{\"content\":\"é\"}} ] }\n"
        let server = try LoopbackServer { $0.respond(headers: [("X-A", "b")], body: body) }
        let api = ChatApi(configuration: canaryConfiguration(server.baseURL))
        let response = try await api.createChatCompletionWithHttpInfo(question)
        #expect(response.body == Array(body.utf8) && response.statusCode == 200 && response.headers["x-a"] == "b")
        #expect(response.data.choices.first?.message?.content == "é")
        let client = ApiClient(configuration: canaryConfiguration(server.baseURL))
        let raw = try await client.raw(.delete, "/anything")
        #expect(raw.data == Array(body.utf8) && raw.body == raw.data)
        #expect(server.requests.last?.method == "DELETE" && server.requests.last?.body.isEmpty == true)
    }

    @Test("ids are encoded in paths, and those that would lead elsewhere are refused")
    func ids() throws {
        #expect(
            try ApiClient.path("chat", "completions", "a/b?c#d e%é..")
                == "/chat/completions/a%2Fb%3Fc%23d%20e%25%C3%A9..")
        for id in ["", ".", ".."] {
            #expect(throws: ApiError.self) { try ApiClient.path("chat", "completions", id) }
        }
    }

    @Test("nothing is sent that wasn't asked for")
    func headers() async throws {
        _ = try await answer(ChatApiConfiguration(baseURL: server.baseURL))
        let names = try #require(server.requests.first).headers.map { $0.name.lowercased() }.sorted()
        #expect(
            names == ["accept", "content-length", "content-type", "host", "idempotency-key", "user-agent"])
    }

    @Test("the program names itself, and headers of the configuration come with every request")
    func configuredHeaders() async throws {
        var configuration = canaryConfiguration(server.baseURL)
        configuration.userAgent = "mine/1.0"
        configuration.organization = "org-1"
        configuration.project = "proj-1"
        configuration.headers = ["X-Team": "a"]
        _ = try await answer(configuration)
        let request = try #require(server.requests.first)
        #expect(request.header("user-agent") == "mine/1.0" && request.header("x-team") == "a")
        #expect(request.header("openai-organization") == "org-1" && request.header("openai-project") == "proj-1")
    }
}
