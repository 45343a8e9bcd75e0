import ChatApi
import ChatSession
import Synchronization
import Terminal
import TestSupport
import Testing

@testable import ChatRepl

@Suite("Completion at the prompt", .timeLimit(.minutes(1)))
struct CompletionTests {
    private let directory: TemporaryDirectory
    private let home: BanterHome
    private let knowledge: CompletionKnowledge
    private let reads: AsyncStream<Void>

    init() throws {
        directory = try TemporaryDirectory()
        home = BanterHome(path: directory.path)
        var configuration = ConfigurationFile()
        let path = try directory.write(
            """
            {"prompts": {"plain words": "Short.\\nSentences.", "reviewer": "You review."},
             "providers": {"work": {"baseURL": "https://w", "model": "qwen"}, "home": {"baseURL": "https://h"}}}
            """, to: "config.json")
        configuration = try ConfigurationFile.load(path, isRequired: true)
        knowledge = CompletionKnowledge(home: home, configuration: configuration, userHome: directory.file("user"))
        knowledge.setModels(["gpt-small", "GPT-large", "other"])
        let (reads, continuation) = AsyncStream.makeStream(of: Void.self)
        self.reads = reads
        knowledge.setOnChange { continuation.yield() }
    }

    /// What is offered once everything was read that has to be.
    private func completion(_ text: String, cursor: Int? = nil) async -> Completion? {
        let cursor = cursor ?? text.unicodeScalars.count
        let completion = knowledge.complete(text, cursor: cursor)
        guard completion?.isPartial == true else { return completion }
        for await _ in reads { break }
        return knowledge.complete(text, cursor: cursor)
    }

    private func texts(_ text: String, cursor: Int? = nil) async -> [String]? {
        await completion(text, cursor: cursor)?.candidates.map(\.text)
    }

    // MARK: Commands

    @Test("a slash brings the commands that make sense now, with their summaries")
    func commands() async throws {
        let now = try #require(await completion("/"))
        let names = now.candidates.map(\.label)
        #expect(now.from == 0 && names.contains("/help") && names.contains("/model") && names.contains("/prompt"))
        for name in ["/usage", "/unset", "/resume", "/sessions"] { #expect(!names.contains(name), "\(name)") }
        #expect(
            now.candidates.first { $0.label == "/help" }?.description == "Show the commands and keys, or one command")

        var session = Session(parameters: ["seed": 1])
        session.turns = [TurnRecord(message: 0)]
        knowledge.note(session)
        var other = Conversation(Session(), store: home.sessions)
        try other.say("How are you?")
        let later = CompletionKnowledge(home: home)
        let (reads, continuation) = AsyncStream.makeStream(of: Void.self)
        later.setOnChange { continuation.yield() }
        later.note(session)
        #expect(later.complete("/", cursor: 1)?.isPartial == true)
        for await _ in reads { break }
        let all = try #require(later.complete("/", cursor: 1))
        #expect(!all.isPartial)
        for name in ["/usage", "/unset", "/resume", "/sessions"] {
            #expect(all.candidates.contains { $0.label == name }, "\(name)")
        }
        #expect(!all.candidates.contains { $0.label == "/prompt" })
    }

    @Test(
        "letters bring the commands that begin with them, in any case, then other names, then those that have them in order"
    )
    func commandNames() async {
        #expect(await texts("/mod") == ["/model ", "/models "])
        #expect(await texts("/MOD") == ["/model ", "/models "])
        #expect(await texts("/modxyz", cursor: 4) == ["/model ", "/models "])
        #expect(await texts("/exi") == ["/quit"])
        #expect(await texts("/mls") == ["/models "])
        #expect(await texts("/xyzzy") == nil)
    }

    @Test(
        "what isn't a command is left alone",
        arguments: ["", "hello", "tell /us", "/nosuch x", "/quit x", "🙂/", "//mo", "/usr/li"])
    func messages(text: String) async { #expect(await texts(text) == nil) }

    @Test("a command that makes no sense now completes its arguments all the same")
    func hidden() async {
        #expect(await texts("/usage") == nil)
        knowledge.note(Session(parameters: ["seed": 1, "own_field": 2]))
        #expect(await texts("/unset ") == ["seed ", "own_field "])
    }

    // MARK: Arguments

    @Test("models come with their provider, the one in use marked, then other providers")
    func models() async throws {
        var session = Session(provider: "openai", model: "other")
        session.title = "Title"
        knowledge.note(session)
        let all = try #require(await completion("/model "))
        #expect(all.candidates.map(\.text) == ["gpt-small", "GPT-large", "other", "work/qwen", "home/"])
        #expect(
            all.candidates.map(\.description) == [
                "openai", "openai", "openai, in use", "another provider's usual model", "another provider",
            ])
        #expect(await texts("/model gpt") == ["gpt-small", "GPT-large"])
        #expect(await texts("/model OPENAI/g") == ["gpt-small", "GPT-large"])
        #expect(await texts("/model lrg") == ["GPT-large"])
        #expect(await completion("/model  o")?.from == 8)
        knowledge.setModels([], isLearning: true)
        #expect(knowledge.complete("/model ", cursor: 7)?.isPartial == true)
    }

    @Test("sessions are found by id, by title and by any word of it, and taken by id; the open one isn't offered")
    func sessions() async throws {
        var ids: [String] = []
        for title in ["Tea time in Kyōto", "Rust or Swift", "Swift strings"] {
            var conversation = Conversation(Session(), store: home.sessions)
            try conversation.say("x")
            try conversation.update { $0.title = title }
            ids.append(conversation.session.id.text)
        }
        var open = Conversation(Session(), store: home.sessions)
        try open.say("open")
        knowledge.note(open.session)
        let all = try #require(await completion("/resume "))
        #expect(all.candidates.map(\.text) == ids.reversed())
        #expect(all.candidates.map(\.label) == ["Swift strings", "Rust or Swift", "Tea time in Kyōto"])
        #expect(all.candidates.map(\.description) == ids.reversed())
        #expect(await texts("/resume \(ids[0])") == [ids[0]])
        #expect(await texts("/resume swift") == [ids[2], ids[1]])
        for typed in ["", "swift", "2"] { #expect(await completion("/resume \(typed)")?.goesOn == false, "\(typed)") }
        #expect(await texts("/resume time in") == [ids[0]])
        #expect(await texts("/resume kyōto") == [ids[0]])
        #expect(await texts("/resume ttk") == [ids[0]])
        for id in ids { #expect(try home.sessions.find(id).text == id) }
    }

    @Test("parameters come with what they do, by their names and as options, and their values")
    func parameters() async throws {
        knowledge.note(Session(parameters: ["temperature": 0.5, "top_k": 40]))
        let all = try #require(await completion("/set "))
        #expect(
            all.candidates.first
                == .init(
                    text: "temperature ", label: "temperature",
                    description: "how adventurous the words are, 0 to 2 (now 0.5)"))
        #expect(all.candidates.last?.label == "top_k")
        #expect(await texts("/set max-t") == ["max_tokens "])
        #expect(await texts("/set --reas") == ["reasoning_effort "])
        #expect(await texts("/set reasoning_effort m") == ["minimal", "medium", "max"])
        #expect(await texts("/set reasoning-effort  hi") == ["high", "xhigh"].prefix(1).map { $0 })
        #expect(await completion("/set store ")?.from == 11)
        #expect(await texts("/set store ") == ["true", "false"])
        #expect(await texts("/unset te") == ["temperature "])
    }

    @Test("/prompt, /rename, /system and /help offer what there is")
    func others() async {
        var session = Session(system: "You review.")
        session.title = "Old title"
        knowledge.note(session)
        #expect(await texts("/prompt ") == ["plain words", "reviewer"])
        #expect(await completion("/prompt re")?.candidates.map(\.description) == ["in use: You review."])
        #expect(await texts("/prompt plain w") == ["plain words"])
        #expect(await texts("/rename ") == ["Old title"])
        #expect(await texts("/system ") == ["You review.", "-"])
        #expect(await texts("/help mod") == ["model", "models"])
        #expect(await texts("/help /mod") == ["model", "models"])
        #expect(await texts("/help exi") == ["quit"])
    }

    // MARK: Files

    @Test("@path completes files and directories anywhere in a message, hidden ones once a dot is typed")
    func files() async throws {
        for name in ["notes.txt", "my file.txt", "Über.md", "sub dir/inner.txt", ".hidden", "a\u{1B}b", "café.txt"] {
            try directory.write("x", to: "user/\(name)")
        }
        #expect(await texts("see @~/no") == ["@~/notes.txt "])
        #expect(await completion("see @~/no")?.from == 4)
        #expect(await texts("@~/MY") == ["@\"~/my file.txt\" "])
        #expect(await texts("two\nlines (@~/ü") == ["@~/Über.md "])
        #expect(await texts("@~/su") == ["@\"~/sub dir/"])
        #expect(await texts("@\"~/sub dir/") == ["@\"~/sub dir/inner.txt\" "])
        #expect(await texts("@~/.") == ["@~/.hidden "])
        #expect(await texts("@~/a") == ["@\"~/a\\u{1B}b\" "])
        #expect(await texts("@~/cafe\u{301}") == ["@~/café.txt "])
        #expect(await texts("@~/nts") == ["@~/notes.txt "])
        let all = try #require(await completion("@~/"))
        #expect(
            all.candidates.map(\.label) == ["a\u{1B}b", "café.txt", "my file.txt", "notes.txt", "sub dir/", "Über.md"])
        #expect(await texts("@\"~/my f\" x", cursor: 8) == ["@\"~/my file.txt"])
        #expect(await texts("@~/no x", cursor: 5) == ["@~/notes.txt"])
        #expect(await texts("@~") == ["@~/"])
        #expect(await texts("@..") == ["@../"])
    }

    @Test(
        "what isn't a path completes to nothing",
        arguments: ["bob@~/no", "@~/nosuchfile", "@\"~/notes.txt\"", "@ ", "/system @~/n"])
    func noFiles(text: String) async throws {
        try directory.write("x", to: "user/notes.txt")
        #expect(await texts(text) == nil)
    }
}

@Suite("What fits what was typed")
struct CompletionOfferTests {
    private func fitting(_ typed: String, _ names: [String]) -> [String] {
        CompletionOffer.fitting(names.map { CompletionOffer($0) }, typed: typed).candidates.map(\.text)
    }

    @Test("letters in order are found where no beginning is, at the starts of words first")
    func fuzzy() {
        #expect(fitting("g4m", ["gpt-4o-mini", "gpt-4o", "gemini-4-max"]) == ["gpt-4o-mini", "gemini-4-max"])
        #expect(fitting("mini", ["o-m-i-n-i", "gpt-4o-mini"]) == ["gpt-4o-mini", "o-m-i-n-i"])
        #expect(fitting("zz", ["gpt"]) == [])
        #expect(fitting("mini", ["mini-a", "gpt-mini"]) == ["mini-a"])
    }

    @Test("there are never too many, nor too long ones")
    func limits() {
        #expect(fitting("", (0..<10_000).map { "m\($0)" }).count == Completion.maximumCandidates)
        #expect(fitting("1", (0..<10_000).map { "m\($0)" }).count == Completion.maximumCandidates)
        #expect(fitting("", [String(repeating: "x", count: 1_000_000), "y"]) == ["y"])
    }
}
