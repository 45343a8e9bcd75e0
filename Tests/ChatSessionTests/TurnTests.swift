import ChatApi
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import ChatSession

@Suite("A turn", .timeLimit(.minutes(1)))
struct TurnTests {
    let directory: TemporaryDirectory
    let server: LoopbackServer
    var conversation: Conversation

    init() throws {
        directory = try TemporaryDirectory()
        server = try LoopbackServer()
        let store = SessionStore(directory: directory.file("sessions"))
        conversation = Conversation(
            Session(model: "test-model", parameters: ["top_p": 0.5], system: "Be brief."), store: store)
        try conversation.say("Well?")
    }

    private func turn(streams: Bool = true) -> Turn {
        var configuration = ChatApiConfiguration(baseURL: server.baseURL)
        configuration.maximumRetries = 0
        return Turn(api: ChatApi(configuration: configuration), conversation: conversation, streams: streams)
    }

    private var journal: String? { directory.text(of: "sessions/\(conversation.session.id).partial") }

    private func text(_ outcome: TurnOutcome) -> String? { outcome.message?.content?.text }

    @Test(
        "that finishes has the answer, the counts, the times and the request's id; each piece is on disk before it is shown"
    )
    mutating func finishes() async throws {
        let turn = turn()
        let path = directory.file("sessions/\(conversation.session.id).partial")
        let running = Task {
            let shown = Mutex("")
            let isAhead = Mutex(true)
            let outcome = await turn.run { event in
                guard case .content(let text) = event else { return }
                let sofar = shown.withLock { shown in
                    shown += text
                    return shown
                }
                let written = (try? AnswerJournal.remains(at: path))?.first?.content
                if written != sofar { isAhead.withLock { $0 = false } }
            }
            return (outcome, isAhead.withLock { $0 })
        }
        let exchange = try await server.nextExchange()
        exchange.startEvents(headers: [("x-request-id", "req-1")])
        exchange.send(event: #"{"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}"#)
        exchange.send(content: "All ")
        exchange.send(content: "is well.")
        exchange.finish()
        let (outcome, isAhead) = await running.value
        guard case .finished = outcome.ending else { throw TurnTestError(outcome.ending) }
        #expect(isAhead)
        #expect(text(outcome) == "All is well.")
        #expect(outcome.message?.fields["reasoning_content"] == "hm")
        #expect(outcome.record.finishReason == "stop")
        #expect(outcome.record.usage?.totalTokens == 12)
        #expect(outcome.record.model == "test-model")
        #expect(outcome.record.requestID == "req-1")
        let first = try #require(outcome.record.secondsToFirstToken)
        #expect(try #require(outcome.record.seconds) >= first)

        let request = try #require(exchange.request.json)
        #expect(request["messages"]?.serialized() == sent)
        #expect(request["top_p"] == 0.5)
        #expect(journal?.contains("hm") == true)
        try conversation.take(outcome)
        #expect(journal == nil)
        let saved = try #require(conversation.store).load(conversation.session.id)
        #expect(saved.messages == conversation.session.messages)
        #expect(saved.turns == conversation.session.turns)
        #expect(saved.turns[0].message == 2)
    }

    private var sent: [UInt8] {
        JSONValue.array(conversation.session.messages.map { .object($0.fields) }).serialized()
    }

    @Test("tells reasoning in tags apart; the message and what is on the disk are as it came")
    mutating func thinks() async throws {
        let turn = turn()
        let running = Task {
            let events = Mutex<[TurnEvent]>([])
            let outcome = await turn.run { event in events.withLock { $0.append(event) } }
            return (outcome, events.withLock { $0 })
        }
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        for piece in ["<th", "ink>\nHm", ".\n</", "think>\n\n", "Yes", ". <"] { exchange.send(content: piece) }
        exchange.finish()
        let (outcome, events) = await running.value
        #expect(events == [.started, .reasoning("Hm"), .reasoning("."), .content("Yes"), .content(". <")])
        #expect(text(outcome) == "<think>\nHm.\n</think>\n\nYes. <")
        // As if the process had been killed here.
        let path = directory.file("sessions/\(conversation.session.id).partial")
        #expect(try AnswerJournal.remains(at: path).map(\.content) == ["<think>\nHm.\n</think>\n\nYes. <"])
    }

    @Test("that is cancelled keeps what came, and says that it was interrupted")
    mutating func interrupted() async throws {
        let turn = turn()
        let (events, post) = AsyncStream<Void>.makeStream()
        let running = Task { await turn.run { event in if case .content = event { post.yield() } } }
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "All is")
        for await _ in events { break }
        running.cancel()
        let outcome = await running.value
        guard case .interrupted = outcome.ending else { throw TurnTestError(outcome.ending) }
        try await exchange.waitUntilClientCloses()
        #expect(text(outcome) == "All is")
        #expect(outcome.record.finishReason == "interrupted")
        try conversation.take(outcome)
        #expect(try #require(conversation.store).load(conversation.session.id).messages.last?.content?.text == "All is")
    }

    @Test("whose stream is cut keeps what came, and says why", arguments: [false, true])
    mutating func cut(_ byReset: Bool) async throws {
        let turn = turn()
        let (events, post) = AsyncStream<Void>.makeStream()
        let running = Task { await turn.run { event in if case .content = event { post.yield() } } }
        let exchange = try await server.nextExchange()
        exchange.startEvents()
        exchange.send(content: "All is")
        for await _ in events { break }
        if byReset { exchange.reset() } else { exchange.close() }
        let outcome = await running.value
        guard case .failed(let error) = outcome.ending else { throw TurnTestError(outcome.ending) }
        #expect((error as? ApiError)?.code == .streamCut)
        #expect(text(outcome) == "All is")
        #expect(outcome.record.finishReason == "cut")
        #expect(outcome.record.error?.contains("streamCut") == true)
        // Not taken, as the process dies: it is found again.
        let id = conversation.session.id
        let store = try #require(conversation.store)
        conversation = Conversation(store: nil)
        let opened = try Conversation(opening: id, in: store)
        #expect(opened.isRecovered)
        #expect(opened.session.messages.last?.content?.text == "All is")
    }

    @Test("that fails at once has no answer and no journal, and changes nothing")
    mutating func refused() async throws {
        let turn = turn()
        let running = Task { await turn.run { _ in } }
        try await server.nextExchange().respond(status: 401, body: #"{"error":{"message":"no"}}"#)
        let outcome = await running.value
        #expect(outcome.message == nil)
        #expect(journal == nil)
        let before = conversation.session
        try conversation.take(outcome)
        #expect(conversation.session == before)
    }

    @Test("that doesn't stream has the same outcome")
    mutating func whole() async throws {
        let turn = turn(streams: false)
        let running = Task { await turn.run { _ in } }
        let exchange = try await server.nextExchange()
        exchange.reply("All is well.")
        let outcome = await running.value
        #expect(text(outcome) == "All is well.")
        #expect(outcome.record.usage?.totalTokens == 12)
        #expect(exchange.request.json?["stream_options"] == nil)
        #expect(journal?.contains("All is well.") == true)
    }
}

/// A turn that ended otherwise than it should have.
private struct TurnTestError: Error {
    let ending: TurnOutcome.Ending
    init(_ ending: TurnOutcome.Ending) { self.ending = ending }
}
