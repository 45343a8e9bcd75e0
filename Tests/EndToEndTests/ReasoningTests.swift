import ChatApi
import TestSupport
import Testing

@Suite("Reasoning", .serialized, .timeLimit(.minutes(3)))
struct ReasoningTests {
    private static let thought =
        "Two and two, by *counting*: one, two, three, four. That is what I would say to a child."

    /// How a server tells reasoning.
    enum Kind: CaseIterable {
        case field, tags

        func send(_ exchange: LoopbackExchange, _ thought: String, _ answer: String, finishes: Bool = true) {
            exchange.startEvents()
            switch self {
            case .field:
                for word in thought.split(separator: " ", omittingEmptySubsequences: false) {
                    let text = String(decoding: JSONValue.string(word + " ").serialized(), as: UTF8.self)
                    exchange.send(event: #"{"choices":[{"index":0,"delta":{"reasoning_content":\#(text)}}]}"#)
                }
                exchange.send(content: answer)
            case .tags:
                for scalar in "<think>\n\(thought)\n</think>\n\n\(answer)".unicodeScalars {
                    exchange.send(content: String(scalar))
                }
            }
            if finishes { exchange.finish() }
        }
    }

    private func home(_ server: LoopbackServer, reasoning: String) throws -> Home {
        let home = try Home(server)
        try home.configure(#"{"display":{"reasoning":"\#(reasoning)"}}"#)
        return home
    }

    @Test(
        "is shown as dim text, apart from the answer, and again when the session is resumed", arguments: Kind.allCases)
    func show(kind: Kind) async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt(columns: 60)
        banter.enter("2+2?")
        kind.send(try await server.nextChat(), Self.thought, "**Four**.")
        let screen = try await banter.showsPrompt(after: "7 out")
        let expected = [
            "› 2+2?", "Two and two, by *counting*: one, two, three, four. That is",
            "what I would say to a child.", "", "Four.",
        ]
        let start = try #require(screen.lines.firstIndex(of: expected[0]))
        #expect(Array(screen.lines[start..<(start + 5)]) == expected)
        #expect(screen.cells[start + 1][0].style.attributes.contains(2))
        #expect(!screen.cells[start + 4][0].style.attributes.contains(2))
        try await banter.leave()
        let again = try await home.prompt("-c", columns: 60)
        let replayed = try await again.showsPrompt(after: "Four.")
        #expect(replayed.text.contains(expected.joined(separator: "\n")))
        try await again.leave()
    }

    @Test(
        "is folded to a line that says that it goes on, then to one that says how much there was",
        arguments: Kind.allCases)
    func fold(kind: Kind) async throws {
        let server = try LoopbackServer()
        let home = try home(server, reasoning: "fold")
        let banter = try await home.prompt()
        banter.enter("2+2?")
        let chat = try await server.nextChat()
        kind.send(chat, Self.thought, "", finishes: false)
        let thinking = try await banter.terminal.wait { $0.lines.contains { $0.hasPrefix("thinking") } }
        #expect(!thinking.text.contains("counting"))
        try await banter.shows("thinking · 1 s")
        chat.send(content: "**Four**.")
        chat.finish()
        let screen = try await banter.showsPrompt(after: "7 out")
        let row = try #require(screen.lines.firstIndex { $0.hasPrefix("▸ thought for ") })
        #expect(screen.lines[row].hasSuffix(" s, 18 words · /reasoning shows it"))
        #expect(screen.lines[row + 1].isEmpty && screen.lines[row + 2] == "Four.")
        #expect(!screen.text.contains("thinking") && !screen.text.contains("counting"))
        banter.enter("/reasoning")
        try await banter.showsPrompt(after: "child.")
        try await banter.leave()
        let again = try await home.prompt("-c")
        let replayed = try await again.showsPrompt(after: "Four.")
        #expect(replayed.text.contains("› 2+2?\n▸ thought in 18 words · /reasoning shows it\n\nFour."))
        try await again.leave()
    }

    @Test("is hidden but for the word that it goes on", arguments: Kind.allCases)
    func hide(kind: Kind) async throws {
        let server = try LoopbackServer()
        let home = try home(server, reasoning: "hide")
        let banter = try await home.prompt()
        banter.enter("2+2?")
        let chat = try await server.nextChat()
        kind.send(chat, Self.thought, "", finishes: false)
        try await banter.shows("thinking")
        chat.send(content: "Four.")
        chat.finish()
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.text.contains("› 2+2?\nFour.\n"))
        try await banter.leave()
    }

    @Test("/reasoning switches what is seen from the next answer on, and says what it can't do")
    func command() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt()
        banter.enter("/reasoning")
        try await banter.showsPrompt(after: "There is no answer yet.")
        banter.enter("/reasoning loud")
        try await banter.showsPrompt(after: "/reasoning takes show, fold or hide, not loud")
        banter.type("/reasoning f\t\r")
        try await banter.showsPrompt(after: "one line that says how much there was, from the next answer on.")
        banter.enter("2+2?")
        Kind.tags.send(try await server.nextChat(), Self.thought, "Four.")
        try await banter.showsPrompt(after: "18 words · /reasoning shows it")
        banter.enter("/reasoning show")
        try await banter.showsPrompt(after: "Reasoning: all of it, quietly, from the next answer on.")
        banter.enter("Thanks.")
        try await server.nextChat().reply("Welcome.")
        try await banter.showsPrompt(after: "Welcome.")
        banter.enter("/reasoning")
        try await banter.showsPrompt(after: "The last answer came without reasoning.")
        try await banter.leave()
    }

    @Test("is stored and sent back as it came, whatever is shown")
    func stored() async throws {
        let server = try LoopbackServer()
        let home = try home(server, reasoning: "hide")
        let text = "<think>\nHm.\n</think>\n\nFour."
        let banter = try await home.prompt()
        banter.enter("2+2?")
        try await server.nextChat().reply(text)
        try await banter.showsPrompt(after: "7 out")
        #expect(try home.session.conversation == ["user: 2+2?", "assistant: \(text)"])
        banter.enter("Sure?")
        let next = try await server.nextChat()
        #expect(next.request.json?.conversation == ["user: 2+2?", "assistant: \(text)", "user: Sure?"])
        next.reply("Yes.")
        try await banter.showsPrompt(after: "Yes.")
        try await banter.leave()
    }

    @Test("whose beginning wasn't marked is said to be it at its end, and is apart when the session is resumed")
    func onlyClosed() async throws {
        let server = try LoopbackServer.chat(replies: ["Let me count.\n</think>\n\nFour."])
        let home = try home(server, reasoning: "fold")
        let banter = try await home.prompt()
        banter.enter("2+2?")
        let screen = try await banter.showsPrompt(after: "Four.")
        #expect(screen.text.contains("Let me count.\n▴ Up to here it was reasoning.\n\nFour."))
        try await banter.leave()
        let again = try await home.prompt("-c")
        try await again.showsPrompt(after: "▸ thought in 3 words")
        try await again.leave()
    }

    @Test("without an answer is shown in full, as the answer may be in it", arguments: ["show", "fold", "hide"])
    func noAnswer(reasoning: String) async throws {
        let server = try LoopbackServer.chat(replies: ["<think>\nIt must be four."])
        let home = try home(server, reasoning: reasoning)
        let banter = try await home.prompt()
        banter.enter("2+2?")
        let screen = try await banter.showsPrompt(after: "7 out")
        #expect(screen.lines.count { $0 == "It must be four." } == 1)
        #expect(screen.text.contains("It must be four.\nOnly reasoning came, and no answer.\n"))
        try await banter.leave()
    }

    @Test("of an answer that is stopped stays folded, and says where it is")
    func stopped() async throws {
        let server = try LoopbackServer()
        let home = try home(server, reasoning: "fold")
        let banter = try await home.prompt()
        banter.enter("2+2?")
        Kind.tags.send(try await server.nextChat(), Self.thought, "", finishes: false)
        try await banter.shows("thinking")
        banter.type("\u{3}")
        let screen = try await banter.showsPrompt(after: "Only reasoning came, and no answer. /reasoning shows it.")
        #expect(screen.text.contains("Stopped; what came is kept.") && !screen.text.contains("counting"))
        try await banter.leave()
    }

    @Test("can't act on the terminal, folded or shown, in a field or in tags", arguments: Kind.allCases)
    func hostile(kind: Kind) async throws {
        for reasoning in ["show", "fold"] {
            let server = try LoopbackServer()
            let home = try home(server, reasoning: reasoning)
            let banter = try await home.prompt()
            banter.enter("Attack")
            kind.send(try await server.nextChat(), HostileAnswerTests.attack, "over")
            try await banter.showsPrompt(after: "7 out")
            banter.enter("/reasoning")
            let screen = try await banter.terminal.wait { $0.containsWrapped("echo ␛]0;x␇") }
            #expect(screen.bells == 0 && screen.foreignSequences.isEmpty)
            try await banter.leave()
        }
    }

    // MARK: Without a terminal

    @Test("-p leaves it out; --json has it by itself, and what came in choices", arguments: Kind.allCases)
    func printed(kind: Kind) async throws {
        let server = try LoopbackServer { kind.send($0, "Hm, *so*.", "Four.") }
        let home = try Home(server)
        #expect(try await home.run("-p", "-m", "m", "2+2?") == (0, "Four.\n", ""))
        let process = try BanterProcess(in: home, ["--json", "-m", "m", "2+2?"])
        #expect(try await process.exitCode() == 0)
        let answer = try process.json
        #expect(answer["content"] == "Four.")
        #expect(answer["reasoning"]?.stringValue?.hasPrefix("Hm, *so*.") == true)
        let message = try #require(answer["choices"]?.arrayValue?.first?["message"])
        #expect(message["content"] == (kind == .tags ? "<think>\nHm, *so*.\n</think>\n\nFour." : "Four."))
    }

    @Test("-p prints what has no end to it, and says that there was nothing else; other reasoning is only told of")
    func printedAlone() async throws {
        let tags = try Home(try LoopbackServer.chat(replies: ["<think>\nIt is four."]))
        #expect(
            try await tags.run("-p", "2+2?")
                == (0, "It is four.\n", "Only reasoning came, and no answer. --json shows it.\n"))
        let field = try Home(
            try LoopbackServer { exchange in
                exchange.startEvents()
                exchange.send(event: #"{"choices":[{"index":0,"delta":{"reasoning":"It is four."}}]}"#)
                exchange.finish()
            })
        #expect(
            try await field.run("-p", "-m", "m", "2+2?")
                == (0, "", "Only reasoning came, and no answer. --json shows it.\n"))
    }

    @Test("-p can't take back what turns out to have been reasoning: its tag stands behind it")
    func printedOnlyClosed() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hm.\n</think>\n\nFour."]))
        #expect(try await home.run("-p", "2+2?") == (0, "Hm.\n</think>\n\nFour.\n", ""))
        let process = try BanterProcess(in: home, ["--json", "2+2?"])
        #expect(try await process.exitCode() == 0)
        #expect(try process.json["content"] == "Four." && process.json["reasoning"] == "Hm.")
    }
}
