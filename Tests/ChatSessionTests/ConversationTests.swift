import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("A conversation")
struct ConversationTests {
    let directory: TemporaryDirectory
    let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
    }

    /// A session that was asked something and whose process then died; the journal is what it left.
    private func dead(journal: String, answers: [String] = []) throws -> SessionID {
        var conversation = Conversation(store: store)
        try conversation.say("one?")
        for answer in answers { try conversation.update { $0.messages.append(.assistant(answer)) } }
        let id = conversation.session.id
        try directory.write(journal, to: "sessions/\(id).partial")
        return id
    }

    private func hasJournal(_ id: SessionID) -> Bool { access(store.journalPath(of: id), F_OK) == 0 }

    @Test("has what the user said on disk when that returns")
    func sayIsSaved() throws {
        var conversation = Conversation(store: store)
        try conversation.say("αβγ?\n")
        let saved = try store.load(conversation.session.id)
        #expect(saved.messages == [.user("αβγ?\n")])
        #expect(saved.title == "αβγ?")
    }

    @Test("recovers an answer that was cut off, and keeps its journal until that is saved")
    func recovers() throws {
        let id = try dead(
            journal: """
                {"after":1,"model":"m"}
                {"reasoning":"hm"}
                {"content":"par"}
                {"content":"tial"}
                {"content":"to
                """)
        for _ in 0..<2 {
            let opened = try Conversation(opening: id, in: store)
            #expect(opened.isRecovered)
            #expect(opened.session.messages.last?.content?.text == "partial")
            #expect(opened.session.messages.last?.fields["reasoning_content"] == "hm")
            #expect(opened.session.turns.last?.finishReason == "interrupted")
            #expect(opened.session.turns.last?.message == 1)
            #expect(hasJournal(id))
        }
        var opened = try Conversation(opening: id, in: store)
        try opened.say("two?")
        #expect(!hasJournal(id))
        #expect(try store.load(id).messages.count == 3)
    }

    @Test(
        "drops a journal whose answer the session holds already, also where its system prompt went", arguments: [1, 2])
    func staleJournal(count: Int) throws {
        let id = try dead(journal: "{\"after\":\(count)}\n{\"content\":\"par\"}\n", answers: ["partial"])
        var opened = try Conversation(opening: id, in: store)
        #expect(!opened.isRecovered)
        #expect(opened.session.branches.isEmpty)
        try opened.say("two?")
        #expect(!hasJournal(id))
    }

    @Test("keeps an answer that fits nowhere as a branch, once")
    func journalOfAnotherCount() throws {
        let id = try dead(journal: "{\"after\":1}\n{\"content\":\"other\"}\n", answers: ["partial"])
        var opened = try Conversation(opening: id, in: store)
        #expect(opened.isRecovered)
        #expect(opened.session.messages.count == 2)
        #expect(opened.session.branches.count == 1)
        #expect(opened.session.branches[0].messages.first?.content?.text == "other")
        try opened.say("two?")
        #expect(!hasJournal(id))
    }

    @Test("doesn't remove the journal of the answer under way when something else is saved")
    func saveDuringAnswer() throws {
        var conversation = Conversation(store: store)
        try conversation.say("one?")
        let makeJournal = try #require(conversation.journal)
        var journal = makeJournal()
        journal.append(.content("par"))
        try conversation.update { $0.title = "renamed" }
        #expect(hasJournal(conversation.session.id))
        journal.append(.content("tial"))
        #expect(
            try AnswerJournal.remains(at: store.journalPath(of: conversation.session.id)).map(\.content) == ["partial"])
    }

    @Test("keeps what an earlier answer left in the journal when the next one begins")
    func secondAnswerInJournal() throws {
        let id = try dead(journal: "{\"after\":1}\n{\"content\":\"one\"}\n{\"cont")
        var journal = AnswerJournal(path: store.journalPath(of: id), messageCount: 3, model: nil)
        journal.append(.content("two"))
        let remains = try AnswerJournal.remains(at: store.journalPath(of: id))
        #expect(remains.map(\.content) == ["one", "two"])
        #expect(remains.map(\.messageCount) == [1, 3])
    }

    @Test("D12: that another holds is gone on with as a copy, and is free again when the other ends")
    func lock() throws {
        var first: Conversation? = Conversation(store: store)
        try first?.say("one?")
        let id = try #require(first?.session.id)
        var second = try Conversation(opening: id, in: store)
        #expect(second.copiedFromHolder == getpid())
        #expect(second.session.id != id)
        #expect(second.session.forkedFrom == id.text)
        // What the other one is being answered is none of the copy's.
        try directory.write("{\"after\":1}\n{\"content\":\"par\"}\n", to: "sessions/\(id).partial")
        #expect(try Conversation(opening: id, in: store).session.messages == [.user("one?")])
        unlink(store.journalPath(of: id))
        try second.say("two?")
        #expect(try store.load(id).messages.count == 1)
        first = nil
        #expect(access(store.lockPath(of: id), F_OK) != 0)
        #expect(try Conversation(opening: id, in: store).copiedFromHolder == nil)
    }

    @Test("that is closed is free for others, and is held again from its next save on")
    func closed() throws {
        var conversation = Conversation(store: store)
        try conversation.say("one?")
        let id = conversation.session.id
        conversation.close()
        #expect(access(store.lockPath(of: id), F_OK) != 0)
        try conversation.say("two?")
        #expect(conversation.session.id == id)
        #expect(try Conversation(opening: id, in: store).copiedFromHolder == getpid())
    }

    @Test("D15: whose file somebody else changed leaves that alone and goes on as a copy")
    func changedElsewhere() throws {
        var conversation = Conversation(store: store)
        try conversation.say("one?")
        let id = conversation.session.id
        try directory.write("mine", to: "sessions/\(id).json")
        try conversation.say("two?")
        #expect(directory.text(of: "sessions/\(id).json") == "mine")
        #expect(conversation.divergedFrom == id)
        #expect(try store.load(conversation.session.id).messages.count == 2)
        // It holds the copy from then on, and the other one no more.
        #expect(access(store.lockPath(of: id), F_OK) != 0)
        #expect(try Conversation(opening: conversation.session.id, in: store).copiedFromHolder == getpid())
    }

    @Test("D20: that draws an id which is taken draws another")
    func idTaken() throws {
        let session = Session()
        try directory.write("somebody else's", to: "sessions/\(session.id).json")
        var conversation = Conversation(session, store: store)
        try conversation.say("one?")
        #expect(directory.text(of: "sessions/\(session.id).json") == "somebody else's")
        #expect(conversation.session.id != session.id)
        #expect(conversation.session.forkedFrom == nil)
        #expect(conversation.divergedFrom == nil)
    }

    @Test("isn't saved when it is only opened")
    func openingSavesNothing() throws {
        let id = try dead(journal: "")
        let before = FileStamp(store.path(of: id))
        var opened = try Conversation(opening: id, in: store)
        try opened.update { $0.model = nil }
        #expect(FileStamp(store.path(of: id)) == before)
    }

    @Test("lets no parameter take the place of model, messages or stream")
    func reservedParameters() {
        let session = Session(model: "m", parameters: ["messages": [], "model": "x", "stream": false, "top_p": 0.5])
        let request = session.request(streams: false)
        #expect(request.fields == ["model": "m", "messages": [], "top_p": 0.5])
        #expect(session.request(streams: true).fields["stream_options"] == ["include_usage": true])
    }
}
