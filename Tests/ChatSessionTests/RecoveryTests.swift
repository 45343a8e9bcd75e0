import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("An answer that was cut off")
struct RecoveryTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
    }

    /// A session with a turn and a question, whose process then died in mid-answer.
    private func dead(system: String? = nil) throws -> SessionID {
        var conversation = Conversation(Session(system: system), store: store)
        try conversation.say("one?")
        try conversation.update { $0.messages.append(.assistant("One.")) }
        try conversation.say("two?")
        let id = conversation.session.id
        try directory.write(journal(after: system == nil ? 3 : 4), to: "sessions/\(id).partial")
        return id
    }

    private func journal(after count: Int) -> String { "{\"after\":\(count)}\n{\"content\":\"par\"}\n" }

    private func hasJournal(_ id: SessionID) -> Bool { access(store.journalPath(of: id), F_OK) == 0 }

    private func texts(_ messages: [ChatCompletionRequestMessage]?) -> [String?]? { messages?.map(\.content?.text) }

    @Test("is there for whoever reads the session, before anybody has opened it")
    func reading() throws {
        let id = try dead()
        #expect(texts(try store.load(id).messages) == ["one?", "One.", "two?", "par"])
        let query = try #require(SearchQuery("par"))
        #expect(try SessionSearch(query, in: store).run().hits.map(\.session.id) == [id])
        #expect(try SessionFile.decode(store.bytes(of: id)).messages.count == 4)
        #expect(hasJournal(id))
    }

    @Test(
        "leaves with its question, and is never taken for the answer to another",
        arguments: [Branch.Reason.undo, .edit, .retry, .branch])
    func leaving(reason: Branch.Reason) throws {
        let id = try dead()
        var opened = try Conversation(opening: id, in: store)
        #expect(opened.isRecovered)
        try opened.update { $0.cut(at: reason == .retry ? 3 : 2, reason: reason) }
        #expect(!hasJournal(id))
        if reason != .retry { try opened.say("new?") }
        opened.close()
        let again = try Conversation(opening: id, in: store)
        #expect(!again.isRecovered)
        #expect(again.session.messages.last?.role == .user && again.session.branches.count == 1)
    }

    @Test("is known again behind a system prompt that has come or gone", arguments: [nil, "Be brief."])
    func systemPrompt(before: String?) throws {
        let id = try dead(system: before)
        var opened = try Conversation(opening: id, in: store)
        try opened.update { $0.system = before == nil ? "Be brief." : nil }
        opened.close()
        // As if the machine had died before the journal was gone.
        try directory.write(journal(after: before == nil ? 3 : 4), to: "sessions/\(id).partial")
        let again = try Conversation(opening: id, in: store)
        #expect(!again.isRecovered && again.session.branches.isEmpty)
    }

    @Test("whose journal can't be read doesn't keep the session from being opened, and that is told")
    func unreadable() throws {
        let id = try dead()
        unlink(store.journalPath(of: id))
        #expect(mkdir(store.journalPath(of: id), 0o700) == 0)
        var opened = try Conversation(opening: id, in: store)
        #expect(opened.unreadJournal?.errorNumber == EISDIR && !opened.isRecovered)
        try opened.say("three?")
        #expect(try store.load(id).messages.count == 4)
    }

    @Test("goes with the session that goes on under another id, as somebody else has changed its file")
    func diverging() throws {
        let id = try dead()
        var opened = try Conversation(opening: id, in: store)
        let stranger = try #require(directory.text(of: "sessions/\(id).json")) + "\n"
        try directory.write(stranger, to: "sessions/\(id).json")
        try opened.say("three?")
        #expect(opened.divergedFrom == id && !hasJournal(id))
        #expect(try Conversation(opening: id, in: store).copiedFromHolder == nil)
        #expect(directory.text(of: "sessions/\(id).json") == stranger)
    }

    @Test("behind more messages than there are joins them when its branch is gone over to, its record too")
    func beyondTheEnd() throws {
        let id = try dead()
        try directory.write("{\"after\":9}\n{\"content\":\"far\"}\n", to: "sessions/\(id).partial")
        var opened = try Conversation(opening: id, in: store)
        let branch = try #require(opened.session.branches.first?.id)
        try opened.update { $0.switchTo(branch: branch) }
        #expect(texts(opened.session.messages) == ["one?", "One.", "two?", "far"])
        #expect(opened.session.turns.last?.message == 3)
    }

    @Test("of thousands in a journal the last ones are told")
    func many() throws {
        let id = try dead()
        let text = (0..<3000).map { "{\"after\":3}\n{\"content\":\"answer \($0)\"}\n" }.joined()
        try directory.write(text, to: "sessions/\(id).partial")
        let session = try store.load(id)
        #expect(session.messages.last?.content?.text == "answer 2000")
        #expect(session.branches.count == 999 && session.branches.last?.messages.first?.content?.text == "answer 2999")
    }
}
