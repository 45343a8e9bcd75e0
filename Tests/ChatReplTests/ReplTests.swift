import ChatApi
import Terminal
import TestSupport
import Testing

@testable import ChatRepl
@testable import ChatSession

@Suite("The loop", .timeLimit(.minutes(1)))
struct ReplTests {
    private let server: LoopbackServer
    private let directory: TemporaryDirectory
    private let console = FakeConsole()

    init() throws {
        server = try LoopbackServer()
        directory = try TemporaryDirectory()
    }

    /// Runs the loop; the result is its exit status and its last words.
    private func run(model: String? = "m", firstPrompt: String? = nil) throws -> Task<
        (ChatRepl.ExitStatus, [String]), any Error
    > {
        let home = BanterHome(path: directory.path)
        let provider = Provider(name: "test", baseURL: server.baseURL)
        var file = ConfigurationFile()
        file.providers = [provider]
        let choice = ProviderChoice(environment: [:], file: file, localModel: home.localModel)
        let console = console
        return Task {
            let repl = Repl(
                console: console, conversation: Conversation(store: home.sessions), choice: choice, home: home,
                look: TerminalLook(isUnicode: true), knowledge: CompletionKnowledge(home: home),
                makeConnection: { ProviderConnection(provider: $0, environment: [:], onNotice: $1) })
            let status = await repl.run(
                ProviderChoice.Decision(provider: provider, model: model), firstEntry: firstPrompt)
            return (status, repl.farewell.map(\.text))
        }
    }

    /// The next request, which must be of this method.
    private func next(_ method: String) async throws -> LoopbackExchange {
        while true {
            let exchange = try await server.nextExchange()
            if exchange.request.method == method { return exchange }
            exchange.respond(body: #"{"data":[{"id":"m"}]}"#)
        }
    }

    @Test("a message typed before the models are known is sent when they are")
    func waitsForModels() async throws {
        let result = try run(model: nil, firstPrompt: "first")
        console.send(.line("second"))
        let models = try await next("GET")
        await console.wait { _, status in status?.hasPrefix("queued (+1): second") == true }
        #expect(server.postCount == 0)
        models.respond(body: #"{"data":[{"id":"only"}]}"#)
        for text in ["first", "second"] {
            let chat = try await next("POST")
            #expect(chat.request.json?["model"] == "only")
            #expect(chat.request.json?["messages"]?.arrayValue?.last?["content"]?.stringValue == text)
            chat.reply("ok")
        }
        await console.wait { lines, _ in lines.count { $0.contains("7 out") } == 2 }
        console.send(.endOfFile)
        #expect(try await result.value.0 == .success)
        #expect(console.isStopped)
    }

    @Test("of several models none is guessed: the message comes back, and commands work meanwhile")
    func severalModels() async throws {
        let result = try run(model: nil)
        console.send(.line("hello"))
        let models = try await next("GET")
        await console.wait { _, status in status?.hasPrefix("queued: hello") == true }
        console.send(.line("/usage"))
        await console.shows("No tokens were counted")
        models.respond(body: #"{"data":[{"id":"one"},{"id":"two"}]}"#)
        await console.shows("Not sent: hello")
        #expect(console.lines.contains { $0.contains("one, two") })
        console.send(.line("/model two"))
        await console.shows("test/two")
        console.send(.line("hello again"))
        let chat = try await next("POST")
        #expect(chat.request.json?["model"] == "two")
        chat.reply("ok")
        await console.shows("7 out")
        console.send(.line("/quit"))
        #expect(try await result.value.0 == .success)
    }

    @Test("Ctrl-C gives back what waits for the models")
    func interruptDropsQueue() async throws {
        let result = try run(model: nil)
        console.send(.line("hello"))
        await console.wait { _, status in status?.hasPrefix("queued: hello") == true }
        console.send(.interrupt(hadText: false))
        await console.shows("Not sent: hello")
        await console.wait { _, status in status == nil }
        console.send(.endOfFile)
        let (_, farewell) = try await result.value
        #expect(farewell.isEmpty)
    }

    @Test("fifty messages wait for an answer, the next is given back, and leaving gives back all")
    func fullQueue() async throws {
        let result = try run()
        console.send(.line("question"))
        let chat = try await next("POST")
        chat.startEvents()
        chat.send(content: "one ")
        for number in 1...51 { console.send(.held("m\(number)")) }
        await console.shows("this one is not sent.")
        console.send(.endOfFile)
        let (status, farewell) = try await result.value
        #expect(status == .success)
        #expect(farewell.dropLast() == (1...50).map { "Not sent: m\($0)" }[...])
        #expect(console.lines.contains { $0.hasPrefix("Stopped") })
        #expect(console.givenBack == ["m51"])
    }

    @Test("what is empty isn't sent")
    func empty() async throws {
        let result = try run()
        for text in ["", " ", "\n\t"] { console.send(.line(text)) }
        console.send(.line("/nosuch"))
        await console.shows("There is no command /nosuch.")
        console.send(.endOfFile)
        #expect(try await result.value.0 == .success)
        #expect(server.postCount == 0)
    }

    @Test("a session that can't be saved is said, goes on, and shows in the exit code")
    func cannotSave() async throws {
        try directory.write("in the way", to: "sessions")
        let result = try run()
        console.send(.line("hello"))
        try await next("POST").reply("hi there")
        await console.shows("7 out")
        #expect(
            console.lines.contains { $0.contains("hi there") } && console.lines.contains { $0.contains("sessions") })
        console.send(.endOfFile)
        #expect(try await result.value.0 == .cannotSave)
    }
}
