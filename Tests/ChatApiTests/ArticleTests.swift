import ChatApi
import Foundation
import TestSupport
import Testing

/// Every sample of the articles, word for word.
@Suite("The samples of the articles")
struct ArticleTests: Asking {
    private let key = "sk-canary-0123456789"
    private let png: [UInt8] = [1]
    private let pdf: [UInt8] = [2]

    private func configurations() -> [ChatApiConfiguration] {
        // sample
        let api = ChatApi(configuration: ChatApiConfiguration(apiKey: key))
        // end
        _ = api
        // sample
        let local = ChatApiConfiguration(baseURL: "http://127.0.0.1:11434/v1")
        let azure = ChatApiConfiguration.azure(
            endpoint: "https://example.openai.azure.com", deployment: "gpt-4o", apiVersion: "2024-10-21", apiKey: key)
        // end
        return [local, azure]
    }

    /// What a conversation prints, and its last request.
    private func converse(_ api: ChatApi) async throws -> (printed: String, request: CreateChatCompletionRequest) {
        var printed = ""
        func print(_ item: Any, terminator: String = "\n") { printed += "\(item)\(terminator)" }
        func result(of name: String?, _ arguments: String?) -> String { "\(name ?? "") \(arguments ?? "")" }
        // sample
        var request = CreateChatCompletionRequest(
            model: "gpt-5-mini", messages: [.system("Answer briefly."), .user("Why is the sky blue?")])
        request.temperature = 0.2
        let response = try await api.createChatCompletion(request)
        print(response.message?.content ?? "")
        // end
        // sample
        request.streamOptions = ChatCompletionStreamOptions(includeUsage: true)
        var answer = MessageAccumulator()
        for try await chunk in try await api.createChatCompletionStream(request) {
            print(answer.apply(chunk).content, terminator: "")
        }
        print(answer.finish().content)
        // end
        // sample
        if let message = answer.response.message {
            request.messages.append(message.requestMessage)
        }
        request.messages.append(.user("And red in the evening?"))
        // end
        // sample
        request.tools = [
            .function(
                name: "weather", description: "The weather of a city.",
                parameters: ["type": "object", "properties": ["city": ["type": "string"]], "required": ["city"]])
        ]
        let message = try await api.createChatCompletion(request).message
        if let message { request.messages.append(message.requestMessage) }
        for call in message?.toolCalls ?? [] {
            request.messages.append(.tool(result(of: call.name, call.arguments), answering: call))
        }
        // end
        // sample
        request.responseFormat = .jsonSchema(
            name: "sky",
            schema: [
                "type": "object", "properties": ["color": ["type": "string"]],
                "required": ["color"], "additionalProperties": false,
            ], strict: true)
        let text = try await api.createChatCompletion(request).message?.content ?? ""
        let color = try JSONValue(parsing: text)["color"]?.stringValue
        // end
        print(color ?? "")
        // sample
        request.messages.append(
            .user([
                .text("What is this?"), .image(png, mediaType: "image/png"),
                .file(pdf, filename: "map.pdf", mediaType: "application/pdf"),
            ]))
        // end
        // sample
        let options = RequestOptions(timeouts: ChatApiConfiguration.Timeouts(total: .seconds(60)), maximumRetries: 0)
        let whole = try await api.createChatCompletionWithHttpInfo(request, options: options)
        print(whole.headers.rateLimits.requests?.remaining ?? 0)
        // end
        // sample
        request.fields["top_k"] = 40
        request.fields["stop"] = .null
        let citations = response.fields["citations"]?.arrayValue
        // end
        print(citations ?? [])
        // sample
        var page = PageRequest(limit: 100)
        var stored: [CreateChatCompletionResponse] = []
        repeat {
            let list = try await api.listChatCompletions(page: page)
            stored += list.data
            page.after = list.hasMore == true ? list.lastID : nil
        } while page.after != nil
        // end
        print(stored.compactMap(\.id))
        return (printed, request)
    }

    /// What an error prints.
    private func fail(baseURL: String) async throws -> [String] {
        let printed = Notes<String>()
        @Sendable func print(_ item: Any) { printed.add("\(item)") }
        // sample
        var configuration = ChatApiConfiguration(baseURL: baseURL, apiKey: key)
        configuration.onRetry = { notice in
            print("Retry \(notice.attempt) of \(notice.maximum) in \(notice.delay): \(notice.error)")
        }
        do {
            let response = try await ChatApi(configuration: configuration).createChatCompletion(request)
            print(response.choices.first?.finishReason ?? .stop)
        } catch let error as ApiError {
            switch error.code {
            case .http where error.statusCode == 401: print("The key was refused.")
            case .http where error.statusCode == 429: print("Too many requests.")
            case .connectTimeout, .firstEventTimeout, .betweenEventsTimeout, .totalTimeout: print("That took too long.")
            default: print(error.serverMessage ?? error.description)
            }
        }
        // end
        return printed.all
    }

    private func standIns() -> ChatCompletionStream {
        // sample
        var busy = ApiError(.http, host: "example.com")
        busy.statusCode = 429
        let chunk = CreateChatCompletionStreamResponse(fields: ["choices": [["delta": ["content": "It scat"]]]])
        let stream = ChatCompletionStream([chunk], error: busy)
        // end
        return stream
    }

    @Test("are what this file runs")
    func sameText() throws {
        let here = try String(contentsOfFile: #filePath, encoding: .utf8)
        let articles = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/ChatApi/ChatApi.docc")
        var samples: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: articles.path) {
            let article = try String(contentsOf: articles.appending(path: name), encoding: .utf8)
            samples += article.matches(of: /```swift\n([\s\S]*?)```/).map { String($0.1) }
        }
        let run = here.matches(of: /\/\/ sample\n([\s\S]*?) *\/\/ end\n/).map { match in
            match.1.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.hasPrefix("        ") ? $0.dropFirst(8) : $0 }.joined(separator: "\n")
        }
        #expect(Set(samples.map { $0.replacing("import ChatApi\n\n", with: "") }) == Set(run))
        #expect(samples.count == 13)
    }

    @Test("do what the articles say")
    func output() async throws {
        #expect(configurations().map(\.baseURL)[1] == "https://example.openai.azure.com/openai/deployments/gpt-4o")
        let call: JSONValue = [
            "id": "call_1", "type": "function", "function": ["name": "weather", "arguments": #"{"city":"Bern"}"#],
        ]
        let message: JSONValue = ["role": "assistant", "content": nil, "tool_calls": [call]]
        let calling: JSONValue = ["choices": [["message": message, "finish_reason": "tool_calls"]]]
        let server = try LoopbackServer()
        async let conversation = converse(ChatApi(configuration: configuration(server)))
        try await server.nextExchange().respond(
            body: #"{"choices":[{"message":{"content":"It scatters."}}],"citations":["a"]}"#)
        try await server.nextExchange().reply("Blue light does.")
        try await server.nextExchange().respond(body: calling.description)
        try await server.nextExchange().reply(#"{"color":"red"}"#)
        try await server.nextExchange().respond(
            headers: [("x-ratelimit-remaining-requests", "59")], body: #"{"choices":[]}"#)
        try await server.nextExchange().respond(body: #"{"data":[{"id":"c1"}],"last_id":"c1","has_more":true}"#)
        let last = try await server.nextExchange()
        #expect(last.request.path == "/v1/chat/completions?after=c1&limit=100")
        last.respond(body: #"{"data":[{"id":"c2"}],"last_id":"c2","has_more":false}"#)
        let (printed, request) = try await conversation
        #expect(printed == "It scatters.\nBlue light does.\nred\n59\n[\"a\"]\n[\"c1\", \"c2\"]\n")
        #expect(request.messages.map(\.role) == [.system, .user, .assistant, .user, .assistant, .tool, .user])
        #expect(request.messages[5].content == .text(#"weather {"city":"Bern"}"#))
    }

    @Test("tell what failed, and what is tried again")
    func errors() async throws {
        let server = try LoopbackServer()
        async let printed = fail(baseURL: server.baseURL)
        try await server.nextExchange().respond(status: 503, headers: [("retry-after-ms", "1")], body: "{}")
        try await server.nextExchange().respond(status: 401, body: "{}")
        let host = "127.0.0.1:\(server.port)"
        #expect(
            try await printed == [
                "Retry 1 of 2 in 0.001 seconds: http (\(host)), HTTP 503: {}", "The key was refused.",
            ])
        #expect(await read(standIns()).text == "It scat")
    }
}
