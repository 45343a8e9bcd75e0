import ChatApi
import TestSupport
import Testing

@Suite("What Tab completes", .serialized, .timeLimit(.minutes(3)))
struct CompletionTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two.", "Three."])
        home = try Home(server)
    }

    private func enter(_ line: String, _ banter: BanterOnTerminal, shows text: String) async throws {
        banter.enter(line)
        try await banter.until("“\(text)” and the prompt") {
            $0.containsWrapped(text) && $0.entry.isEmpty && $0.cursor.column == 2
        }
    }

    @Test("models, once the provider has listed them, with other providers", arguments: WindowSize.both)
    func models(window: WindowSize) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        try home.configure(#"{"providers": {"work": {"baseURL": "http://127.0.0.1:9/v1", "model": "qwen"}}}"#)
        let banter = try await home.prompt(in: window, "--provider", "openai")
        // Tab before the list is there waits for it, and the prompt doesn't.
        banter.type("/model sm\t")
        let request = try await server.nextExchange()
        try await banter.until("the prompt") { $0.entry == "/model sm" }
        request.respond(body: #"{"data":[{"id":"gpt-big"},{"id":"gpt-small"},{"id":"evil\u001b[31m"}]}"#)
        try await banter.until("the model") { $0.entry == "/model gpt-small" }
        banter.type("\u{17}\t")
        let screen = try await banter.until("all") { $0.contains("work/qwen") }
        #expect(screen.contains("evil␛[31m") && screen.contains("gpt-big"))
        #expect(screen.lines.contains { $0.hasPrefix("gpt-big  ") && $0.contains("openai") } == (window.columns == 80))
        banter.type("\t")
        try await banter.until("the provider") {
            $0.entry == "/model gpt-big" && $0.lines.contains { $0 == "openai" || $0.hasPrefix("gpt-big    openai") }
        }
        try await banter.clearAndLeave()
    }

    @Test("sessions by title and by id, and /resume takes what was inserted", arguments: WindowSize.both)
    func sessions(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await enter("first", banter, shows: "One.")
        try await enter("/rename Tea time", banter, shows: "Tea time.")
        let id = try #require(try home.session["id"]?.stringValue)
        try await enter("/new", banter, shows: "new session")
        try await enter("second", banter, shows: "Two.")
        banter.type("/resume \t")
        try await banter.until("its id") { $0.entry == "/resume \(id)" }
        banter.type("\u{17}time\t")
        try await banter.until("its id, by a word of its title") { $0.entry == "/resume \(id)" }
        banter.type("\u{17}\(id.prefix(17))\t")
        try await banter.until("its id") { $0.entry.hasPrefix("/resume \(id.prefix(17))") }
        banter.type("\u{15}/resume tea\t\r")
        try await banter.until("the session") { $0.containsWrapped("· Tea time ·") && $0.entry.isEmpty }
        try await enter("more", banter, shows: "Three.")
        try await banter.leave()
        #expect(server.chats.last?.conversation == ["user: first", "assistant: One.", "user: more"])
    }

    @Test("commands that make sense only after something was said or set", arguments: WindowSize.both)
    func sensible(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let bells = banter.terminal.screen.bells
        banter.type("/usa\t")
        try await banter.until("the bell") { $0.bells > bells && $0.entry == "/usa" }
        banter.type("\u{15}")
        try await enter("hello", banter, shows: "s to first token")
        banter.type("/usa\t")
        try await banter.until("/usage") { $0.entry == "/usage" }
        banter.type("\u{15}/unse\t")
        try await banter.until("the bell again") { $0.bells > bells + 1 && $0.entry == "/unse" }
        banter.type("\u{15}")
        try await enter("/set seed 7", banter, shows: "seed is 7")
        banter.type("/unse\ts\t")
        try await banter.until("its argument") { $0.entry == "/unset seed" }
        banter.type("\u{15}/exi\t")
        try await banter.until("the command of that other name") { $0.entry == "/quit" }
        try await banter.clearAndLeave()
    }

    @Test("parameters and their values, which are sent from then on", arguments: WindowSize.both)
    func parameters(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await enter("/set", banter, shows: "No parameter is set.")
        banter.type("/set reas\t")
        try await banter.until("the name") { $0.entry == "/set reasoning_effort" }
        banter.type("m\t")
        try await banter.until("the values") { $0.contains("minimal") && $0.contains("medium") && $0.contains("max") }
        banter.type("e\t")
        try await banter.until("the value") { $0.entry.filter { $0 != " " } == "/setreasoning_effortmedium" }
        banter.type("\r")
        try await banter.until("that it is set") { $0.containsWrapped("reasoning_effort is \"medium\", from") }
        try await enter("/set --max-tokens 100", banter, shows: "max_tokens is 100, from the next message on.")
        try await enter("/set temperature 5", banter, shows: "temperature must be from 0 to 2")
        try await enter("/set temperature warm", banter, shows: "temperature is a number, not warm.")
        try await enter("/set top_k 40", banter, shows: "did you mean top_p?")
        try await enter("/set odd thing", banter, shows: "(Text is JSON in double quotes.)")
        try await enter("/set model x", banter, shows: "/model NAME asks another model.")
        try await enter("/set stop END", banter, shows: "stop is \"END\"")
        try await enter("/set max-tokens", banter, shows: "max_tokens is 100: the most tokens")
        try await enter("one", banter, shows: "One.")
        try await enter("/unset max-tokens", banter, shows: "max_tokens is left to the provider")
        try await enter("/unset max-tokens", banter, shows: "max_tokens is not set.")
        try await enter("two", banter, shows: "Two.")
        try await banter.leave()
        #expect(server.chats.map { $0["max_tokens"] } == [100, nil])
        #expect(server.chats.map { $0["temperature"] } == [nil, nil])
        #expect(server.chats.map { $0["reasoning_effort"] } == ["medium", "medium"])
        #expect(server.chats.map { $0["stop"] } == ["END", "END"])
        #expect(try home.session["parameters"]?["top_k"] == 40)
    }

    @Test("prompts, which become the system prompt", arguments: WindowSize.both)
    func prompts(window: WindowSize) async throws {
        try home.configure(#"{"prompts": {"plain words": "Be simple.", "reviewer": "Review."}}"#)
        let banter = try await home.prompt(in: window)
        banter.type("/prompt \t")
        let screen = try await banter.until("the prompts") { $0.contains("plain words") && $0.contains("reviewer") }
        #expect(screen.contains("Be simple.") == (window.columns == 80))
        banter.type("pl\t\r")
        try await banter.until("that it is set") {
            $0.containsWrapped("The system prompt is the one called plain words")
        }
        try await enter("/prompt", banter, shows: "* plain words")
        try await enter("/prompt reviwer", banter, shows: "There is no prompt reviwer. Did you mean reviewer?")
        try await enter("hello", banter, shows: "One.")
        try await banter.leave()
        #expect(server.chats.last?.conversation == ["system: Be simple.", "user: hello"])
    }

    @Test("no prompts where the configuration has none", arguments: WindowSize.both)
    func noPrompts(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let bells = banter.terminal.screen.bells
        banter.type("/promp\t")
        try await banter.until("the bell") { $0.bells > bells && $0.entry == "/promp" }
        banter.type("\u{15}")
        try await enter("/prompt", banter, shows: "There are no prompts. config.json names them")
        try await banter.clearAndLeave()
    }

    @Test("the present title, to be changed", arguments: WindowSize.both)
    func rename(window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await enter("old name", banter, shows: "One.")
        banter.type("/rename \t!\r")
        try await banter.until("the new title") { $0.containsWrapped("This session is called old name!.") }
        try await banter.leave()
        #expect(try home.session["title"] == "old name!")
    }
}
