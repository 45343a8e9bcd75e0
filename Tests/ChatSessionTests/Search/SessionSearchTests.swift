import ChatApi
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import ChatSession

@Suite("A search in all sessions", .timeLimit(.minutes(3)))
struct SessionSearchTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
    }

    /// Saves a session; the larger the second, the later.
    @discardableResult
    private func save(
        _ second: Int, title: String? = "untitled", _ messages: [ChatCompletionRequestMessage],
        branches: [Branch] = []
    ) throws -> SessionID {
        let id = try #require(SessionID("20261122-1650\(10 + second)-0001"))
        var session = Session(id: id, created: id.created, updated: id.created)
        session.title = title
        session.messages = messages
        session.branches = branches
        try store.save(session)
        var times = [timeval(tv_sec: 1000 + second, tv_usec: 0), timeval(tv_sec: 1000 + second, tv_usec: 0)]
        #expect(utimes(store.path(of: id), &times) == 0)
        return id
    }

    private func search(_ query: String, limit: Int = SessionSearch.maximumHits) throws -> SessionSearch.Result {
        try SessionSearch(try #require(SearchQuery(query)), in: store).run(limit: limit)
    }

    private func found(_ hit: SessionHit?) -> [String] {
        (hit?.matches ?? []).map { match in
            let place =
                switch match.place {
                case .title: "title"
                case .system: "system"
                case .turn(let turn): "\(turn)"
                }
            let parts = match.snippet.parts.map { $0.isMatch ? "[\($0.text)]" : $0.text }
            return "\(place)\(match.branch.map { "/\($0)" } ?? ""): \(parts.joined())"
        }
    }

    @Test("finds words in titles, system prompts, questions and answers, and says in which turn")
    func places() throws {
        let id = try save(
            1, title: "On Colours",
            [
                .system("Name COLOURS."), .user("One?"), .assistant("Red."), .user("Two colours?"),
                .assistant("Green\nand bluE."), .tool("colours", toolCallID: "1"),
            ])
        #expect(
            found(try search("colours").hits.first) == [
                "title: On [Colours]", "system: Name [COLOURS].", "2: Two [colours]?", "2: [colours]",
            ])
        #expect(found(try search("red").hits.first) == ["1: [Red]."])
        #expect(found(try search("GREEN Blue").hits.first) == ["2: [Green] and [bluE]."])
        #expect(found(try search(#""green and""#).hits.first) == ["2: [Green and] bluE."])
        #expect(try search("red").hits.first?.session.id == id)
        for query in [#""green blue""#, "red nowhere", "assistant", "untitled"] {
            #expect(try search(query).hits.isEmpty, "\(query)")
        }
    }

    @Test("finds what was seen of an answer beside its text: refusals, reasoning, what tools are called with and say")
    func besideText() throws {
        var refused = ChatCompletionRequestMessage(fields: ["role": "assistant", "content": nil])
        refused.refusal = "I won't help with walrus."
        var thought = ChatCompletionRequestMessage.assistant("Yes.")
        thought.fields["reasoning_content"] = "A tapir, perhaps."
        let calls: [ChatCompletionMessageToolCall] = [
            .function(id: "1", name: "weather", arguments: #"{"city": "Oslo"}"#),
            .custom(id: "2", name: "shell", input: "ls okapi"),
        ]
        try save(
            1,
            [
                .user("One?"), refused, .user("Two?"), thought, .user("Three?"), .assistant(toolCalls: calls),
                .tool("Rain with kumquats.", toolCallID: "1"),
            ])
        #expect(found(try search("WALRUS").hits.first) == ["1: I won't help with [walrus]."])
        #expect(found(try search("tapir").hits.first) == ["2: A [tapir], perhaps. Yes."])
        #expect(try search("tapir yes").hits.first?.fit == .message)
        for word in ["weather", "oslo", "okapi", "kumquats"] {
            #expect(try search(word).hits.first?.matches.map(\.place) == [.turn(3)], "\(word)")
        }
    }

    @Test("puts titles first, then what stands in one message, then what stands apart, and of each the newest")
    func order() throws {
        let apart = try save(9, [.user("red"), .assistant("green")])
        let oldTitle = try save(1, title: "Green and red", [.user("?")])
        let newTitle = try save(2, title: "Red and green", [.user("?")])
        let message = try save(5, [.user("?"), .assistant("red green")])
        try save(8, [.user("only red")])
        let hits = try search("red green").hits
        #expect(hits.map(\.session.id) == [newTitle, oldTitle, message, apart])
        #expect(hits.map(\.fit) == [.title, .title, .message, .apart])
        #expect(found(hits[3]) == ["1: [red]", "1: [green]"])
    }

    @Test(
        "tells of the first places that have it, and how many there are; a limit that the last session reaches leaves nothing out"
    )
    func bounds() throws {
        try save(1, (1...7).map { .user("needle \($0)") })
        let result = try search("needle", limit: 1)
        #expect(result.isComplete)
        #expect(found(result.hits.first) == (1...5).map { "\($0): [needle] \($0)" })
        #expect(result.hits.first?.matchCount == 7)
    }

    @Test("finds what is in a branch, and counts its turns along the whole line")
    func branches() throws {
        let inner = Branch(
            id: 4, parent: 3, start: 3, reason: .retry, messages: [.assistant("hidden twice")], turns: [])
        let outer = Branch(id: 3, start: 2, reason: .undo, messages: [.user("two"), .assistant("gone")], turns: [])
        try save(1, [.user("one"), .assistant("1"), .user("deux"), .assistant("2")], branches: [outer, inner])
        #expect(found(try search("gone").hits.first) == ["2/3: [gone]"])
        #expect(found(try search("hidden").hits.first) == ["2/4: [hidden] twice"])
    }

    @Test("counts turns before branches as they are in the whole line, whatever hangs on what")
    func turnsBeforeBranches() {
        var random = SystemRandomNumberGenerator()
        var session = Session()
        func messages() -> [ChatCompletionRequestMessage] {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in Bool.random() ? .user("?") : .assistant("!") }
        }
        session.messages = messages() + [.user("x")] + messages()
        let ids = Array(1...200)
        session.branches = ids.map { id in
            // Also on those that aren't there, on themselves and in circles.
            let parent = [nil, Int.random(in: 1...201, using: &random)].randomElement() ?? nil
            return Branch(
                id: id, parent: parent, start: .random(in: 0...12, using: &random), reason: .edit, messages: messages())
        }
        let turns = BranchTurns(session)
        for (index, branch) in session.branches.enumerated() {
            let line = session.messages(ofBranch: branch.id) ?? []
            #expect(turns[index] == line.dropLast(branch.messages.count).count { $0.role == .user })
        }
    }

    @Test("gets through a hundred thousand branches, side by side or each on the one before", arguments: [false, true])
    func manyBranches(isNested: Bool) throws {
        // What puts a line together for each doesn't.
        let count = 100_000
        var session = Session()
        session.messages = [.user("one"), .assistant("1")]
        session.branches = (1...count).map { id in
            Branch(
                id: id, parent: isNested && id > 1 ? id - 1 : nil, start: isNested ? id + 1 : 2, reason: .edit,
                messages: [.user("needle")])
        }
        let matcher = SessionMatcher(query: try #require(SearchQuery("needle")))
        let hit = try #require(matcher.hit(in: session, byteCount: 0))
        #expect(hit.matchCount == count)
        #expect(hit.matches.last?.place == .turn(isNested ? 6 : 2))
        // It may be given up at each.
        var asked = 0
        let given = matcher.hit(in: session, byteCount: 0) {
            asked += 1
            return asked == 10
        }
        #expect(given == nil && asked == 10)
    }

    @Test("finds what other programs wrote as escapes, and what is in parts")
    func otherFiles() throws {
        let text =
            #"{"format":1,"messages":[{"role":"user","content":[{"type":"text","text":"\u0047r\u00fc\u00dfe"}]}]}"#
        try directory.write(text, to: "sessions/20261122-165054-0001.json")
        #expect(found(try search("GRÜßE").hits.first) == ["title: [Grüße]", "1: [Grüße]"])
    }

    @Test("names damaged files that may have it, and isn't held up by what is no file")
    func damaged() throws {
        let good = try save(1, [.user("needle")])
        let damaged = try directory.write(#"{"format":1,"x":"needle"#, to: "sessions/20261122-165054-0002.json")
        try directory.write(#"{"format":1,"x":"other"#, to: "sessions/20261122-165054-0003.json")
        #expect(mkfifo("\(store.directory)/20261122-165054-2001.json", 0o600) == 0)
        let result = try search("needle")
        #expect(result.hits.map(\.session.id) == [good])
        guard result.problems.count == 1, case .damaged(damaged, _) = result.problems[0] else {
            Issue.record("\(result.problems)")
            return
        }
        #expect(directory.text(of: "sessions/20261122-165054-0002.json") == #"{"format":1,"x":"needle"#)
    }

    @Test("J09: names a file that is too large, and doesn't read it")
    func huge() throws {
        try save(1, [.user("needle")])
        let path = try directory.write("", to: "sessions/20261122-165054-0002.json")
        #expect(truncate(path, off_t(AtomicFile.maximumSize) + 1) == 0)
        let result = try search("needle")
        #expect(result.hits.count == 1)
        #expect(result.problems == [.unreadable(FileSystemError("read", path, EFBIG))])
    }

    @Test("tells of each session as it is found, stops at the limit and when it is cancelled, and says so")
    func limits() throws {
        for number in 0..<20 { try save(number, [.user("needle \(number)")]) }
        let told = Mutex<Set<SessionID>>([])
        let query = try #require(SearchQuery("needle"))
        let all = try SessionSearch(query, in: store).run(
            onHit: { hit in told.withLock { $0.formUnion([hit.session.id]) } })
        #expect(all.isComplete && all.hits.count == 20)
        #expect(told.withLock { $0 } == Set(all.hits.map(\.session.id)))
        let some = try search("needle", limit: 3)
        #expect(!some.isComplete && (3...4).contains(some.hits.count))
        let none = try SessionSearch(query, in: store).run(isCancelled: { true })
        #expect(!none.isComplete && none.hits.isEmpty)
        let nowhere = SessionStore(directory: directory.file("none"))
        #expect(try SessionSearch(query, in: nowhere).run().hits.isEmpty)
    }
}
