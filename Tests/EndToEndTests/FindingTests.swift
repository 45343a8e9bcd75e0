import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Finding a session again", .serialized, .timeLimit(.minutes(3)))
struct FindingTests {
    let home: Home
    static let colours = "20260101-000000-0001"
    static let letters = "20260102-000000-0002"

    init() throws {
        home = try Home(try LoopbackServer.chat(replies: ["Yes."]))
        try write(
            Self.colours, title: "Colours", second: 1,
            ["Which colours?", "**Red** and\ngreen.", "Which letters?", "None here.", "Last?", "The end."])
        try write(Self.letters, title: "Greek letters", second: 2, ["Letters?", "Α, β, ΓÁΜΜΑ \u{1B}[31m red."])
    }

    private func write(_ id: String, title: String, second: Int, _ said: [String], branches: [JSONValue] = []) throws {
        let messages = said.enumerated().map { index, text -> JSONValue in
            ["role": index.isMultiple(of: 2) ? "user" : "assistant", "content": .string(text)]
        }
        let session: JSONValue = [
            "format": 1, "id": .string(id), "title": .string(title), "created": "2026-01-01T00:00:00.000Z",
            "updated": .string("2026-01-0\(second)T00:00:00.000Z"), "provider": "openai", "model": "test-model",
            "messages": .array(messages), "turns": [["message": 1, "finishReason": "stop"]],
            "branches": .array(branches),
        ]
        let text = String(decoding: session.serialized(.indented), as: UTF8.self) + "\n"
        let path = try home.directory.write(text, to: "banter/sessions/\(id).json")
        var times = [timeval(tv_sec: 1000 + second, tv_usec: 0), timeval(tv_sec: 1000 + second, tv_usec: 0)]
        #expect(utimes(path, &times) == 0)
    }

    private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    @Test(
        "sessions list has the newest first, as many as are asked for, and tells what files say before their messages")
    func list() async throws {
        let all = try await home.run("sessions", "list")
        #expect(all.code == 0)
        #expect(
            lines(all.output) == [
                "  \(Self.letters)  2026-01-02  Greek letters", "  \(Self.colours)  2026-01-01  Colours",
            ])
        let one = try await home.run("sessions", "list", "--limit", "1", "--json")
        #expect(lines(one.output).count == 1)
        let object = try JSONValue(parsing: one.output)
        #expect(object["id"]?.stringValue == Self.letters && object["title"]?.stringValue == "Greek letters")
        #expect(
            object["model"]?.stringValue == "test-model" && object["updated"]?.stringValue == "2026-01-02T00:00:00.000Z"
        )
        #expect(try await home.run("sessions", "list", "--limit", "0").code == 64)
    }

    @Test("sessions search finds words in whatever case, says where, and acts on no terminal")
    func search() async throws {
        let red = try await home.run("sessions", "search", "RED")
        #expect(red.code == 0)
        #expect(
            lines(red.output) == [
                "Greek letters  2026-01-02  \(Self.letters)", "  turn 1: Α, β, ΓÁΜΜΑ ␛[31m red.",
                "Colours  2026-01-01  \(Self.colours)", "  turn 1: **Red** and green.",
            ])
        let phrase = try await home.run("sessions", "search", "and green")
        #expect(lines(phrase.output).count == 2)
        let greek = try await home.run("sessions", "search", "γáμμα", "letters", "--json")
        let object = try JSONValue(parsing: greek.output)
        #expect(object["id"]?.stringValue == Self.letters && object["matchCount"]?.intValue == 3)
        #expect(object["matches"]?.arrayValue?.count == 3)
        let nothing = try await home.run("sessions", "search", "nowhere")
        #expect(nothing.code == 1 && nothing.output.isEmpty && nothing.errors.contains("Nothing was found."))
        #expect(try await home.run("sessions", "search", "\"").code == 64)
        #expect(try await home.run("sessions", "search").code == 64)
    }

    @Test("sessions show prints what was said, whole or in part, as text or as JSON")
    func show() async throws {
        let text = try await home.run("sessions", "show", "Colours", "--turns", "1-2")
        #expect(text.output == "> Which colours?\n\n**Red** and\ngreen.\n\n> Which letters?\n\nNone here.\n\n")
        let newest = try await home.run("sessions", "show")
        #expect(newest.output.contains("\u{1B}[31m"))
        let json = lines(try await home.run("sessions", "show", "Colours", "--json", "--turns", "2-").output)
        #expect(json.count == 4)
        let first = try JSONValue(parsing: json[0])
        #expect(first["turn"]?.intValue == 2 && first["message"]?["content"]?.stringValue == "Which letters?")
        let record = try JSONValue(
            parsing: lines(try await home.run("sessions", "show", Self.colours, "--json").output)[1])
        #expect(record["record"]?["finishReason"]?.stringValue == "stop")
        for turns in ["0", "4", "2-9", "x"] {
            let wrong = try await home.run("sessions", "show", "Colours", "--turns", turns)
            #expect(wrong.code == 64 && wrong.errors.contains("3"), "\(turns)")
        }
    }

    @Test("sessions show prints refusals and calls of tools, and sessions search finds them")
    func showBesideText() async throws {
        let session: JSONValue = [
            "format": 1, "title": "Aside",
            "messages": [
                ["role": "user", "content": "One?"],
                ["role": "assistant", "content": nil, "refusal": "I can't help with that walrus."],
                ["role": "user", "content": "Two?"],
                [
                    "role": "assistant", "content": nil,
                    "tool_calls": [
                        ["id": "1", "type": "function", "function": ["name": "weather", "arguments": "{\"a\": 1}"]]
                    ],
                ],
                ["role": "tool", "tool_call_id": "1", "content": "Rain."],
            ],
        ]
        try home.directory.write(
            String(decoding: session.serialized(.indented), as: UTF8.self),
            to: "banter/sessions/20260104-000000-0004.json")
        let text = try await home.run("sessions", "show", "Aside")
        #expect(
            text.output
                == "> One?\n\nI can't help with that walrus.\n\n> Two?\n\n[calls weather: {\"a\": 1}]\n\nRain.\n\n")
        for word in ["walrus", "weather", "rain"] {
            #expect(try await home.run("sessions", "search", word).output.hasPrefix("Aside"), "\(word)")
        }
    }

    @Test("sessions show renders answers on a terminal, and --raw shows their source")
    func showOnTerminal() async throws {
        let screen = try await BanterOnTerminal(in: home, ["sessions", "show", "Colours"]).expectEnd(0)
        #expect(screen.text.contains("› Which colours?") && screen.text.contains("Red and"))
        let raw = try await BanterOnTerminal(in: home, ["sessions", "show", "Colours", "--raw"]).expectEnd(0)
        #expect(raw.text.contains("**Red** and"))
        let hostile = try await BanterOnTerminal(in: home, ["sessions", "show", "Greek", "--raw"]).expectEnd(0)
        #expect(hostile.text.contains("␛[31m"))
    }

    @Test("/search lists what was found by numbers, and /search N opens one of them at the turn that has it")
    func slashSearch() async throws {
        let banter = try await home.prompt("-m", "test-model")
        banter.enter("/search 99")
        try await banter.showsPrompt(after: "Nothing was found.")
        banter.enter("/search red")
        let list = try await banter.showsPrompt(after: "/search N opens")
        #expect(list.text.contains(" 1 Greek letters") && list.text.contains(" 2 Colours"))
        banter.enter("/search 7")
        try await banter.showsPrompt(after: "there is no 7")
        banter.enter("/search 2")
        let viewer = try await banter.terminal.wait(for: "the turn that has it") {
            $0.lines[23].hasPrefix("turn 1 of 3")
        }
        #expect(viewer.lines[1] == "› Which colours?" && viewer.contains("n N next"))
        banter.type("q")
        let opened = try await banter.showsPrompt(after: "Found in turn 1 of 3; /show 1 shows it.")
        #expect(opened.text.contains("The end."))
        // So it does in the session that is open.
        banter.enter("/search 2")
        try await banter.terminal.wait(for: "the turn again") { $0.lines[23].hasPrefix("turn 1 of 3") }
        banter.type("q")
        try await banter.showsPrompt(after: "Found in turn 1 of 3")
        banter.enter("More?")
        try await banter.showsPrompt(after: "Yes.")
        try await banter.leave()
        let file = try #require(try home.sessions.first)
        #expect(file["messages"]?.arrayValue?.count == 8)
    }

    @Test("/search N says how to get to what only a branch has")
    func inBranch() async throws {
        let branch: JSONValue = [
            "id": 1, "from": nil, "at": 2, "reason": "undo", "created": "2026-01-01T00:00:00.000Z",
            "messages": [["role": "user", "content": "A walrus?"]], "turns": [],
        ]
        try write(
            "20260103-000000-0003", title: "Animals", second: 3, ["Which?", "A cat.", "More?", "A dog."],
            branches: [branch])
        let banter = try await home.prompt("-m", "test-model")
        banter.enter("/search walrus")
        let list = try await banter.showsPrompt(after: "/search N opens")
        #expect(list.contains("turn 2 of branch 1: A walrus?"))
        banter.enter("/search 1")
        try await banter.showsPrompt(after: "Found in turn 2 of branch 1; /branch 1 goes over to it.")
        banter.enter("/branch 1")
        try await banter.showsPrompt(after: "› A walrus?")
        try await banter.leave()
    }
}
