import ChatApi
import TestSupport
import Testing

@testable import ChatSession

@Suite("Branches of a session")
struct BranchTests {
    /// A session in which those were said in turn, each answered by itself in capitals.
    private func session(_ questions: String...) -> Session {
        var session = Session()
        for question in questions { session.add(question) }
        return session
    }

    private func texts(_ messages: [ChatCompletionRequestMessage]?) -> String? {
        messages?.compactMap(\.content?.text).joined(separator: " ")
    }

    /// All lines there are, whatever the branches are called.
    private func lines(_ session: Session) -> Set<String> {
        Set(([session.messages] + session.branches.compactMap { session.messages(ofBranch: $0.id) }).compactMap(texts))
    }

    /// The answers that the turns of a line speak of.
    private func answered(_ session: Session) -> [String?] {
        session.turns.map {
            session.messages.indices.contains($0.message) ? session.messages[$0.message].content?.text : nil
        }
    }

    @Test("what is cut off becomes a branch with its turns, and what hung on it still does")
    func cutting() {
        var session = session("a", "b", "c")
        let first = session.cut(at: 5, reason: .retry) ?? 0
        #expect(texts(session.messages) == "a A b B c")
        #expect(session.branch(first)?.messages.map(\.content?.text) == ["C"])
        #expect(session.branch(first)?.turns.map(\.message) == [5])
        let second = session.cut(at: 2, reason: .undo) ?? 0
        #expect(texts(session.messages) == "a A")
        #expect(session.branchParents == [first: second])
        #expect(texts(session.messages(ofBranch: first)) == "a A b B c C")
        #expect(texts(session.messages(ofBranch: second)) == "a A b B c")
        let nothing = session.cut(at: 2, reason: .undo)
        #expect(nothing == nil)
        #expect(session.branches.count == 2)
    }

    @Test("a branch becomes the conversation, which becomes the branch; done twice, all is as it was")
    func switching() {
        var session = session("a", "b")
        let branch = session.cut(at: 2, reason: .edit) ?? 0
        session.add("x")
        let before = session
        session.switchTo(branch: branch)
        #expect(texts(session.messages) == "a A b B")
        #expect(answered(session) == ["A", "B"])
        #expect(texts(session.messages(ofBranch: branch)) == "a A x X")
        #expect(session.branch(branch)?.reason == .branch)
        session.switchTo(branch: branch)
        #expect(session.messages == before.messages)
        #expect(session.turns == before.turns)
        #expect(session.branch(branch)?.messages == before.branch(branch)?.messages)
        let missing = session.switchTo(branch: 9)
        #expect(missing == nil)
    }

    @Test("from a branch of a branch, the one that what stood there is now leads back")
    func switchingDeep() {
        var session = session("a", "b")
        let first = session.cut(at: 0, reason: .edit) ?? 0
        session.add("x")
        session.switchTo(branch: first)
        let second = session.cut(at: 3, reason: .retry) ?? 0
        session.switchTo(branch: first)
        #expect(texts(session.messages) == "x X")
        let back = session.switchTo(branch: second) ?? 0
        #expect(texts(session.messages) == "a A b B")
        session.switchTo(branch: back)
        #expect(texts(session.messages) == "x X")
    }

    @Test("a system prompt moves those that begin as the conversation does, and none that hang on others")
    func systemPromptOfNested() {
        var session = session("a", "b")
        let first = session.cut(at: 0, reason: .edit) ?? 0
        session.add("x")
        session.switchTo(branch: first)
        let second = session.cut(at: 3, reason: .retry) ?? 0
        session.messages.append(.assistant("other"))
        session.switchTo(branch: first)
        session.system = "s"
        session.switchTo(branch: second)
        #expect(texts(session.messages) == "a A b B")
        #expect(answered(session) == ["A", "B"])
    }

    @Test("a summary is no more lost than a message, and what a file says beside stays")
    func switchingWithView() throws {
        var session = try SessionFile.decode(
            Array(
                #"""
                {"format":1,"id":"20261122-165054-7f3a","messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}],
                 "branches":[{"id":1,"from":null,"at":2,"reason":"undo","mine":"kept","messages":[{"role":"user","content":"c"}],
                   "view":{"messages":1,"summary":"theirs"}}]}
                """#.utf8))
        session.view = ContextView(ofFirst: 2, summary: "ours")
        let back = session.switchTo(branch: 1) ?? 0
        #expect(session.view?.summary == "theirs")
        let written = try SessionFile.decode(SessionFile.encode(session))
        #expect(written.branch(back)?.view?.summary == "ours")
        #expect(written.branch(back)?.json.objectValue?["mine"] == "kept")
        session.switchTo(branch: back)
        #expect(session.view?.summary == "ours" && texts(session.messages) == "a b")
    }

    @Test("a view that stands for more messages than there are is none, and doesn't come back when there are")
    func viewOfTooMany() throws {
        var session = try SessionFile.decode(
            Array(
                #"""
                {"format":1,"id":"20261122-165054-7f3a","messages":[{"role":"user","content":"a"}],"view":{"messages":4,"summary":"old"},
                 "branches":[{"id":1,"at":1,"messages":[{"role":"user","content":"b"}],"view":{"messages":3,"summary":"old"}}]}
                """#.utf8))
        #expect(session.view == nil && session.branch(1)?.view == nil)
        for text in ["x", "y", "z"] { session.add(text) }
        let read = try SessionFile.decode(SessionFile.encode(session))
        #expect(read.view == nil && read.branch(1)?.view == nil)
    }

    @Test("switching loses no line, however branches hang on each other", arguments: 0..<200 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var session = session("a")
        var known = lines(session)
        for number in 0..<30 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: session.cut(at: .random(in: 0...session.messages.count, using: &random), reason: .undo)
            case 1:
                if let branch = session.branches.randomElement(using: &random) { session.switchTo(branch: branch.id) }
            default: session.add("q\(number)")
            }
            let now = lines(session)
            for line in known {
                #expect(
                    now.contains { ($0 + " ").hasPrefix(line + " ") || line.isEmpty },
                    "\(line) of \(known) is not in \(now)")
            }
            known = now
            #expect(answered(session) == session.messages.filter { $0.role == .assistant }.map(\.content?.text))
            #expect(Set(session.branches.map(\.id)).count == session.branches.count)
            let read = try SessionFile.decode(SessionFile.encode(session))
            #expect(read.branches.map(\.json) == session.branches.map(\.json))
        }
    }

    @Test("a system prompt that comes or goes moves them along")
    func systemPrompt() {
        var session = session("a", "b")
        let branch = session.cut(at: 2, reason: .undo) ?? 0
        session.system = "s"
        #expect(texts(session.messages(ofBranch: branch)) == "s a A b B")
        #expect(session.branch(branch)?.turns.map(\.message) == [4])
        session.system = nil
        #expect(texts(session.messages(ofBranch: branch)) == "a A b B")
        // One that shares nothing has its own beginning.
        let whole = session.cut(at: 0, reason: .undo) ?? 0
        session.system = "s"
        #expect(texts(session.messages(ofBranch: whole)) == "a A")
        #expect(session.branch(whole)?.turns.map(\.message) == [1])
    }

    @Test("what is sent instead of old turns stays while they all do, leaves with a branch and comes back with it")
    func views() {
        var session = session("a", "b", "c")
        session.view = ContextView(ofFirst: 4, summary: "ab")
        session.cut(at: 4, reason: .undo)
        #expect(session.view?.messageCount == 4)
        let branch = session.cut(at: 2, reason: .undo) ?? 0
        #expect(session.view == nil && session.branch(branch)?.view?.messageCount == 4)
        session.add("x")
        session.view = ContextView(ofFirst: 2, summary: "a")
        session.system = "s"
        #expect(session.view?.messageCount == 3 && session.branch(branch)?.view?.messageCount == 5)
        session.switchTo(branch: branch)
        #expect(session.view?.summary == "ab" && session.view?.messageCount == 5)
        session.switchTo(branch: branch)
        #expect(session.view?.summary == "a" && session.view?.messageCount == 3)
        #expect(session.branch(branch)?.view?.summary == "ab")
    }

    @Test("a copy has all that the session has; a fork has neither branches nor where it was imported from")
    func copies() throws {
        let session = try SessionFile.decode(
            Array(
                #"""
                {"format":1,"id":"20261122-165054-7f3a","title":"t","provider":"p","model":"m","parameters":{"top_p":0.5},"mine":{"a":1},
                 "importedFrom":{"format":"openai","id":"x"},"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"A"}],
                 "turns":[{"message":1,"seconds":1}],"view":{"messages":1,"summary":"s"},
                 "branches":[{"id":1,"from":null,"at":1,"reason":"retry","messages":[{"role":"assistant","content":"B"}],"turns":[]},"odd"]}
                """#.utf8))
        func fields(_ session: Session) throws -> JSONObject {
            var fields = try #require(try JSONValue(parsing: SessionFile.encode(session)).objectValue)
            for key in ["id", "created", "updated", "forkedFrom"] { fields[key] = nil }
            return fields
        }
        var expected = try fields(session)
        #expect(try fields(session.copy()) == expected)
        #expect(session.copy().id != session.id && session.copy().forkedFrom == session.id.text)
        expected["importedFrom"] = nil
        expected["branches"] = .array([])
        #expect(try fields(session.fork()) == expected)
    }

    @Test("what a file says of them may be nonsense: nothing of it is lost, nothing hangs in a circle")
    func nonsense() throws {
        let session = try SessionFile.decode(
            Array(
                #"""
                {"format":1,"id":"20261122-165054-7f3a","messages":[{"role":"user","content":"a"}],"turns":[{"message":9223372036854775807}],
                 "branches":[
                  {"id":1,"from":2,"at":1,"messages":[{"role":"user","content":"one"}]},
                  {"id":2,"from":1,"at":-5,"messages":[{"role":"user","content":"two"}]},
                  {"id":3,"from":1,"at":99,"messages":[{"role":"user","content":"three"}],"mine":{}},
                  {"id":3,"from":3,"at":9223372036854775807,"messages":[{"role":"user","content":"again"}]},
                  {"id":9223372036854775807,"from":77,"messages":[{"role":"user","content":"far"}]},
                  {"at":1}, 5, {"messages":["odd"]}
                 ]}
                """#.utf8))
        #expect(session.branches.map(\.id) == [1, 2, 3, 4, 5, 6])
        #expect(session.branchParents == [3: 1, 4: 3])
        for branch in session.branches {
            var copy = session
            copy.switchTo(branch: branch.id)
            copy.system = "s"
            copy.cut(at: 1, reason: .undo)
        }
        let written = String(decoding: SessionFile.encode(session), as: UTF8.self)
        for text in ["one", "two", "three", "again", "far", "mine", "odd"] { #expect(written.contains(text)) }
        #expect(try SessionFile.decode(Array(written.utf8)).branches.map(\.json) == session.branches.map(\.json))
    }

    @Test("a turn is a user's message with what follows it")
    func exchanges() {
        var session = session("a", "b")
        session.system = "s"
        session.messages.append(.user("c"))
        #expect(session.exchanges == [1..<3, 3..<5, 5..<6])
        #expect(Session().exchanges.isEmpty)
    }
}

extension Session {
    /// Adds a question and its answer.
    fileprivate mutating func add(_ question: String) {
        messages.append(.user(question))
        turns.append(TurnRecord(message: messages.count))
        messages.append(.assistant(question.uppercased()))
    }
}
