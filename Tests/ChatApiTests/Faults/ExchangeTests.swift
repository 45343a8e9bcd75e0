import Glibc
import TestSupport
import Testing

@testable import ChatApi

@Suite("Exchanges", .timeLimit(.minutes(1)))
struct ExchangeTests: Asking {
    @Test("a reader that stops has the server wait, isn't timed out for that, and goes on where it was")
    func backpressure() async throws {
        let word = String(repeating: "x", count: 1000)
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            for _ in 0..<200_000 where exchange.isOpen { exchange.send(content: word) }
        }
        var configuration = configuration(server)
        configuration.timeouts.firstEvent = .seconds(1)
        configuration.timeouts.betweenEvents = .seconds(1)
        let stream = try await ChatApi(configuration: configuration).createChatCompletionStream(request)
        // Whatever the systems of both hold for themselves: 200 MB don't go through.
        var sent = (count: -1, times: 0)
        while sent.times < 15 {
            try await Task.sleep(for: .milliseconds(100))
            let count = server.sentByteCount
            sent = (count, count == sent.count ? sent.times + 1 : 0)
        }
        #expect(sent.count < 32 << 20)
        var count = 0
        for try await chunk in stream {
            #expect(chunk.choices.first?.delta?.content == word)
            count += 1
            if count == 2000 { break }
        }
        #expect(count == 2000)
    }

    @Test("thousands of requests in turn leave one connection, and nothing else")
    func sequence() async throws {
        let server = try LoopbackServer.chat(replies: ["one two"])
        let api = ChatApi(configuration: configuration(server))
        func ask(_ times: Int) async throws {
            for _ in 0..<times {
                #expect(try await api.createChatCompletion(request).choices.first?.message?.content == "one two")
            }
        }
        try await ask(10)
        let descriptors = Self.descriptorCount
        try await ask(1990)
        #expect(server.connectionCount == 1 && server.openConnectionCount == 1 && server.postCount == 2000)
        // The end of a stream's body may come after the end of the stream, and after the next request.
        for _ in 0..<500 {
            #expect(await read(try await api.createChatCompletionStream(request)).text == "one two")
        }
        #expect(server.connectionCount < 10 && Self.descriptorCount < descriptors + 20)
    }

    @Test("requests at the same time don't wait for each other's answers")
    func concurrency() async throws {
        let server = try LoopbackServer()
        let api = ChatApi(configuration: configuration(server))
        let request = request
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<30 {
                group.addTask { await read(try await api.createChatCompletionStream(request)).text }
            }
            var exchanges: [LoopbackExchange] = []
            for _ in 0..<30 { exchanges.append(try await server.nextExchange()) }
            for exchange in exchanges { exchange.reply("a b") }
            for try await text in group { #expect(text == "a b") }
        }
        #expect(server.postCount == 30 && server.connectionCount == 30)
    }

    // MARK: What is left

    private func exchange(_ configuration: ChatApiConfiguration) async throws -> HTTPExchange {
        let prepared = try PreparedRequest(
            configuration, method: .get, path: "/models", query: [:], body: nil, options: RequestOptions())
        let next = try await prepared.nextTry(by: nil)
        let pool = try HTTPTransport.shared.pool(for: next.settings, host: "h")
        return HTTPExchange(next.request, pool: pool, host: "h", timeouts: configuration.timeouts)
    }

    @Test("a request over connections that were shut down since they were chosen fails at once")
    func shutDown() async throws {
        var configuration = configuration("http://127.0.0.1:1/v1")
        configuration.timeouts.connect = .seconds(600)
        let prepared = try PreparedRequest(
            configuration, method: .get, path: "/models", query: [:], body: nil, options: RequestOptions())
        let next = try await prepared.nextTry(by: nil)
        let pool = try HTTPPool(next.settings)
        await pool.shutdown()
        let exchange = HTTPExchange(next.request, pool: pool, host: "h", timeouts: configuration.timeouts)
        await #expect(throws: (any Error).self) { try await exchange.head() }
        #expect(!exchange.wasSent)
    }

    static let endings = ["whole", "unread", "timeout", "refused", "deaf", "drained", "cancelled"]

    @Test("nothing holds an exchange that has ended, however it ended", arguments: endings)
    func leaks(ending: String) async throws {
        let server = try LoopbackServer { exchange in
            if ending == "timeout" || ending == "cancelled" { return }
            exchange.respond(body: "{}")
        }
        let port = try QuietPort(ending == "deaf" ? .deaf : .refusing)
        var configuration = configuration(["refused", "deaf"].contains(ending) ? port.baseURL : server.baseURL)
        configuration.timeouts.connect = .milliseconds(200)
        configuration.timeouts.firstEvent = ending == "timeout" ? .milliseconds(200) : .seconds(100)
        let exchange = try await exchange(configuration, ending)
        for _ in 0..<2000 where exchange.value != nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(exchange.value == nil)
    }

    /// Has an exchange end, and gives up the last reference of the test to it.
    private func exchange(_ configuration: ChatApiConfiguration, _ ending: String) async throws -> WeakExchange {
        let exchange = try await exchange(configuration)
        let task = Task { try await exchange.head() }
        if ending == "cancelled" { task.cancel() }
        do {
            _ = try await task.value
            switch ending {
            case "whole": while try await exchange.next(by: configuration.timeouts.silence) != nil {}
            case "drained": exchange.drain()
            default: exchange.abandon()
            }
            #expect(["whole", "drained", "unread"].contains(ending))
        } catch {
            #expect(["timeout", "refused", "deaf", "cancelled"].contains(ending), "\(error)")
        }
        return WeakExchange(exchange)
    }
}

private final class WeakExchange {
    weak var value: HTTPExchange?
    init(_ value: HTTPExchange) { self.value = value }
}

extension ExchangeTests {
    fileprivate static var descriptorCount: Int {
        (0..<1024).count { fcntl(Int32($0), F_GETFD) >= 0 }
    }
}
