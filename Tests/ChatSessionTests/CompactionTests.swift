import ChatApi
import Synchronization
import TestSupport
import Testing

@testable import ChatSession

@Suite("Titles and summaries that the model writes", .timeLimit(.minutes(1)))
struct CompactionTests {
    private func api(_ server: LoopbackServer) -> ChatApi {
        ChatApi(configuration: ChatApiConfiguration(baseURL: server.baseURL))
    }

    private func said(_ request: LoopbackRequest?) -> [String] {
        (request?.json?["messages"]?.arrayValue ?? []).map { $0["content"]?.stringValue ?? "?" }
    }

    @Test("a title is what stands behind its thoughts, of the beginning of the first turn; an essay isn't waited for")
    func title() async throws {
        let server = try LoopbackServer()
        var session = Session(model: "m", system: "s")
        session.messages += [
            .user(String(repeating: "q", count: 5000)),
            .assistant("<think>hm</think>" + String(repeating: "a", count: 5000)),
        ]
        let request = TitleRequest(api: api(server), session: session)
        let running = Task { try await request.title() }
        let exchange = try await server.nextExchange()
        let beginning =
            "Question:\n" + String(repeating: "q", count: 2000) + "\n\nAnswer:\n" + String(repeating: "a", count: 2000)
        #expect(said(exchange.request).map { $0.hasPrefix(beginning + "\n\nGive ") } == [true])
        exchange.startEvents()
        exchange.send(content: "<think>Well,\nthey count")
        exchange.send(content: ".</think>Counting up\n")
        exchange.send(content: String(repeating: "It is said ", count: 100))
        // It goes on for ever.
        #expect(try await running.value == "Counting up")
    }

    @Test("what is too long is summed up in halves, of which nothing is told; what was thought of one isn't sent")
    func halves() async throws {
        let server = try LoopbackServer { exchange in
            let count = exchange.request.json?["messages"]?.arrayValue?.count ?? 0
            if count > 3 {
                let body = #"{"error":{"message":"too long","code":"context_length_exceeded"}}"#
                return exchange.respond(status: 400, body: body)
            }
            exchange.reply("<think>hm</think>A half.")
        }
        var session = Session(model: "m")
        session.messages = [.user("a"), .assistant("A"), .user("b"), .assistant("B")]
        let told = Mutex("")
        let outcome = await Compaction(api: api(server), session: session, count: 4).run { event in
            if case .content(let text) = event { told.withLock { $0 += text } }
        }
        guard case .finished = outcome.ending else {
            Issue.record("\(outcome.ending)")
            return
        }
        #expect(told.withLock { $0 } == "A half.")
        let requests = server.requests.map(said)
        #expect(requests.map(\.count) == [5, 3, 3])
        #expect(requests.last?.first == "Summary of our conversation so far:\n\nA half.\n\n---\n\nb")
    }
}
