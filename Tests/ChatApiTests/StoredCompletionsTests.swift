import ChatApi
import TestSupport
import Testing

@Suite("Stored completions")
struct StoredCompletionsTests {
    private func api(_ server: LoopbackServer) -> ChatApi {
        ChatApi(configuration: ChatApiConfiguration(baseURL: server.baseURL, apiKey: "sk-1"))
    }

    private static let completion = #"{"id":"c/1","object":"chat.completion","metadata":{"a":"b"},"choices":[]}"#

    @Test("are listed by model and metadata, page by page")
    func list() async throws {
        let server = try LoopbackServer {
            $0.respond(
                body:
                    #"{"object":"list","data":[\#(Self.completion)],"first_id":"c/1","last_id":"c/1","has_more":true}"#)
        }
        let page = try await api(server).listChatCompletions(
            model: "gpt & co", metadata: ["team": "ä"], page: PageRequest(after: "c/0", limit: 1, order: .descending))
        #expect(page.data.map(\.id) == ["c/1"] && page.hasMore == true)
        #expect(page.firstID == "c/1" && page.lastID == "c/1" && page.object == "list")
        let request = try #require(server.requests.first)
        #expect(request.method == "GET" && request.body.isEmpty)
        let (path, query) = split(request.path)
        #expect(path == "/v1/chat/completions")
        #expect(
            query == ["after=c%2F0", "limit=1", "metadata%5Bteam%5D=%C3%A4", "model=gpt%20%26%20co", "order=desc"])
        _ = try await api(server).listChatCompletions()
        #expect(server.requests.last?.path == "/v1/chat/completions")
    }

    @Test("are read, changed and deleted by their id, whatever is in it")
    func one() async throws {
        let server = try LoopbackServer { exchange in
            let isDeletion = exchange.request.method == "DELETE"
            exchange.respond(
                body: isDeletion
                    ? #"{"object":"chat.completion.deleted","id":"c/1","deleted":true}"# : Self.completion)
        }
        #expect(try await api(server).getChatCompletion("c/1").metadata == ["a": "b"])
        #expect(try await api(server).updateChatCompletion("c/1", metadata: ["x": "y"]).id == "c/1")
        #expect(try await api(server).updateChatCompletion("c/1", metadata: nil).id == "c/1")
        let deleted = try await api(server).deleteChatCompletion("c/1")
        #expect(deleted.deleted == true && deleted.id == "c/1" && deleted.object == "chat.completion.deleted")
        let sent = server.requests
        #expect(sent.map(\.method) == ["GET", "POST", "POST", "DELETE"])
        #expect(sent.allSatisfy { $0.path == "/v1/chat/completions/c%2F1" })
        #expect(sent.map(\.json) == [nil, ["metadata": ["x": "y"]], ["metadata": nil], nil])
    }

    @Test("tell the messages they were asked with, which can be sent again")
    func messages() async throws {
        let server = try LoopbackServer {
            $0.respond(
                body:
                    #"{"object":"list","data":[{"id":"c1-0","role":"user","content":"hi","name":null,"content_parts":null},{"id":"c1-1","role":"user","content":"hi","content_parts":[{"type":"text","text":"hi"}]}]}"#
            )
        }
        let page = try await api(server).getChatCompletionMessages("c1", page: PageRequest(order: .ascending))
        #expect(page.data.map(\.id) == ["c1-0", "c1-1"])
        #expect(page.data.map(\.requestMessage.content) == [.text("hi"), .parts([.text("hi")])])
        #expect(page.data.allSatisfy { $0.requestMessage.fields["id"] == nil })
        #expect(server.requests.first?.path == "/v1/chat/completions/c1/messages?order=asc")
    }

    @Test("an id that would lead elsewhere isn't sent", arguments: ["", ".", ".."])
    func hostileID(id: String) async throws {
        let server = try LoopbackServer { $0.respond(body: Self.completion) }
        let error = await #expect(throws: ApiError.self) { try await api(server).deleteChatCompletion(id) }
        #expect(error?.code == .invalidRequest)
        #expect(server.requests.isEmpty)
    }

    @Test("what isn't stored is an error with the server's words")
    func missing() async throws {
        let server = try LoopbackServer {
            $0.respond(status: 404, body: #"{"error":{"message":"no such completion"}}"#)
        }
        let error = await #expect(throws: ApiError.self) { try await api(server).getChatCompletion("c1") }
        #expect(error?.statusCode == 404 && error?.serverMessage == "no such completion")
    }

    private func split(_ path: String) -> (path: String, query: [String]) {
        let parts = path.split(separator: "?", maxSplits: 1)
        return (String(parts[0]), parts.dropFirst().first?.split(separator: "&").map(String.init).sorted() ?? [])
    }
}
