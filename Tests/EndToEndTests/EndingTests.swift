import ChatApi
import TestSupport
import Testing

@Suite("How an answer ends", .serialized, .timeLimit(.minutes(3)))
struct EndingTests {
    /// An answer of a server, what is said under it at the prompt, and what on standard error.
    struct Ending: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var delta = #"{"content":"Half an answer"}"#
        var reason = "stop"
        let atPrompt: String
        let onStandardError: String
    }

    static let endings = [
        Ending(
            testDescription: "the limit of tokens", reason: "length",
            atPrompt: "The answer stops here because the limit of tokens was reached. "
                + "/set max_completion_tokens NUMBER may raise it.",
            onStandardError: "-o max_completion_tokens=NUMBER may raise it."),
        Ending(
            testDescription: "a filter", reason: "content_filter",
            atPrompt: "The provider's filter stopped the answer here.",
            onStandardError: "The provider's filter stopped the answer here."),
        Ending(
            testDescription: "a refusal", delta: #"{"refusal":"I won't."}"#,
            atPrompt: "The model refuses:", onStandardError: "The model refuses, in the words that were printed."),
        Ending(
            testDescription: "a tool",
            delta:
                #"{"tool_calls":[{"index":0,"id":"1","type":"function","function":{"name":"rm\u001b[2J","arguments":"{\"path\":\"/secret\"}"}}]}"#,
            reason: "tool_calls", atPrompt: "The model asks for a tool, which Banter doesn't run: rm␛[2J.",
            onStandardError: "The model asks for a tool, which Banter doesn't run: rm␛[2J."),
        Ending(
            testDescription: "nothing", delta: "{}", atPrompt: "The model answered nothing.",
            onStandardError: "The model answered nothing."),
        Ending(
            testDescription: "a reason of its own", reason: #"bored\u001b]0;x\u0007\n"#,
            atPrompt: "The answer ended for a reason that Banter doesn't know: bored␛]0;x␇␊.",
            onStandardError: "The answer ended for a reason that Banter doesn't know: bored␛]0;x␇␊."),
    ]

    private func server(_ ending: Ending) throws -> LoopbackServer {
        try LoopbackServer { exchange in
            guard exchange.request.method == "POST" else { return exchange.respond(status: 404) }
            exchange.startEvents()
            exchange.send(event: #"{"choices":[{"index":0,"delta":\#(ending.delta)}]}"#)
            exchange.finish(reason: ending.reason)
        }
    }

    @Test("is said under it, above what it took; and again when the session is resumed", arguments: endings)
    func atPrompt(ending: Ending) async throws {
        let home = try Home(try server(ending))
        let banter = try await home.prompt(columns: 120)
        banter.enter("Well?")
        let screen = try await banter.showsPrompt(after: "7 out")
        let lines = screen.lines
        let row = try #require(lines.firstIndex { $0.hasPrefix(ending.atPrompt) }, "\(screen.text)")
        let text = ending.delta.contains("content") ? "Half an answer" : "› Well?"
        #expect(lines[row - 1] == text)
        #expect(lines[row + (ending.delta.contains("refusal") ? 2 : 1)].hasPrefix("5 in · 7 out"))
        #expect(!screen.text.contains("secret"))
        try await banter.leave()
        if ending.delta == "{}" { return }
        let again = try await home.prompt("-c", columns: 120)
        try await again.showsPrompt(after: ending.atPrompt)
        try await again.leave()
    }

    @Test("is said on standard error with -p, and is no failure", arguments: endings)
    func printed(ending: Ending) async throws {
        let run = try await Home(try server(ending)).run("-p", "-m", "m", "x")
        #expect(run.code == 0)
        #expect(run.errors.contains(ending.onStandardError) && !run.errors.contains("\u{1B}"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test("by a lost connection or Ctrl-C is said again when the session is resumed")
    func resumed() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("One")
        let first = try await server.nextChat()
        first.startEvents()
        first.send(content: "Half")
        try await banter.shows("Half")
        first.close()
        try await banter.showsPrompt(after: "The answer was cut off; what came is kept. /continue goes on.")
        try await banter.leave()
        let again = try await home.prompt("-c")
        try await again.showsPrompt(after: "The answer was cut off; what came is kept.")
        again.enter("go on")
        let second = try await server.nextChat()
        second.startEvents()
        second.send(content: "More")
        try await again.shows("More")
        again.type("\u{3}")
        try await again.showsPrompt(after: "Stopped; what came is kept. /continue goes on.")
        try await again.leave()
        let last = try await home.prompt("-c")
        try await last.showsPrompt(after: "Stopped; what came is kept.")
        try await last.leave()
    }

    @Test("costs what the configuration says, under the answer and in all")
    func cost() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Here."]))
        try home.configure(
            #"{"prices":{"openai/test-model":{"input":1000,"output":2000.5}},"currency":"€"}"#)
        let banter = try await home.prompt()
        for _ in 1...2 {
            banter.enter("x")
            let screen = try await banter.showsPrompt(after: "€0.0190")
            #expect(screen.lines.contains { $0.hasPrefix("5 in · 7 out · ") && $0.hasSuffix(" · €0.0190") })
            banter.type("\u{C}")
        }
        banter.enter("/usage")
        try await banter.showsPrompt(after: "Cost: €0.0380.")
        try await banter.leave()
        try home.configure("{\n\"prices\": {\"m\": {\"input\": \"1\", \"output\": 2}}}")
        let run = try await home.run("-p", "x")
        #expect(run.code == 78 && run.errors.contains("config.json:2:") && run.errors.contains("prices.m.input"))
    }
}
