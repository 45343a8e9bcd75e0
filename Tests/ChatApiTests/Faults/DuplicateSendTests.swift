import ChatApi
import TestSupport
import Testing

@Suite("Never sent twice", .timeLimit(.minutes(1)))
struct DuplicateSendTests: Asking {
    /// How far the server goes before the connection breaks.
    enum Progress: String, CaseIterable {
        case request, hints, partOfHead, head, event

        var sent: String {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            return switch self {
            case .request: ""
            case .hints: "HTTP/1.1 103 Early Hints\r\n\r\n"
            case .partOfHead: "HTTP/1.1 20"
            case .head: head
            case .event: head + "2f\r\n" + #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n\r\n"
            }
        }
    }

    @Test(
        "N29: a POST that the server has seen is sent once, on a new connection and on a kept one, however that breaks",
        arguments: Progress.allCases, [false, true])
    func onceOnly(progress: Progress, isReset: Bool) async throws {
        for isKept in [false, true] {
            let server = try LoopbackServer()
            let notices = Notes<RetryNotice>()
            let configuration = configuration(server, retries: 2, notices)
            if isKept {
                async let models = ModelsApi(configuration: configuration).listModels()
                try await server.nextExchange().respond(body: #"{"data":[]}"#)
                _ = try await models
            }
            async let result = ask(configuration)
            let exchange = try await server.nextExchange()
            exchange.send(raw: progress.sent)
            exchange.waitUntilTaken()
            if isReset { exchange.reset() } else { exchange.close() }
            let (text, error) = await result
            #expect(text == (progress == .event ? "a" : ""))
            #expect((error as? ApiError)?.code == (progress == .event ? .streamCut : .connectionLost))
            #expect(server.postCount == 1 && notices.all.isEmpty)
            #expect(server.connectionCount == 1)
        }
    }

    @Test("N29: a request that the server refuses to take whole is sent once, and the answer to it is told")
    func earlyAnswer() async throws {
        let server = try LoopbackServer(answersHeads: true) { exchange in
            exchange.respond(status: 413, body: #"{"error":{"message":"too large"}}"#)
            exchange.close()
        }
        let long = String(repeating: "word ", count: 1 << 20)
        let request = CreateChatCompletionRequest(model: "m", messages: [.user(.text(long))])
        let error = await apiError {
            try await ChatApi(configuration: configuration(server, retries: 2)).createChatCompletion(request)
        }
        // A server that closes with half of the request unread resets the connection, which may overtake its answer.
        #expect(error?.statusCode == 413 || error?.code == .connectionLost)
        #expect(server.postCount == 1)
    }

    @Test(
        "N29: a kept connection that the server closes in the moment of a POST costs no second one",
        arguments: [false, true], [(0, 150), (2, 5)])
    func race(isReset: Bool, tries: (retries: Int, requests: Int)) async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(body: #"{"choices":[{"message":{"content":"a"}}]}"#)
            if isReset { exchange.reset() } else { exchange.close() }
        }
        let api = ChatApi(configuration: configuration(server, retries: tries.retries))
        var answers = 0
        for number in 0..<tries.requests {
            let request = CreateChatCompletionRequest(model: "m", messages: [.user(.text("\(number)"))])
            do {
                _ = try await api.createChatCompletion(request)
                answers += 1
            } catch let error as ApiError {
                // What may have been carried out isn't tried again, but told.
                #expect(error.code == .connectionLost)
            }
        }
        let sent = server.requests.compactMap {
            $0.json?["messages"]?.arrayValue?.first?["content"]?.stringValue
        }
        #expect(Set(sent).count == sent.count)
        #expect(sent.count >= answers && answers > 0)
    }
}
