import ChatApi
import FoundationEssentials
import TestSupport
import Testing

@testable import ChatSession

/// The files of `Fixtures/sessions` are never changed: what they open as now, they open as for ever.
@Suite("A committed session file of format 1")
struct OldFormatTests {
    private func open(_ name: String) throws -> Session { try SessionFile.decode(try Fixture.bytes(name)) }

    @Test("as Banter wrote it opens, and is written again byte for byte")
    func plain() throws {
        let session = try open("format-1-plain.json")
        #expect(session.id.text == "20261122-165054-7f3a" && session.title == "Greek letters")
        #expect(
            session.created.text == "2026-11-22T16:50:54.123Z" && session.updated.text == "2026-11-22T16:51:02.007Z")
        #expect(session.provider == "openai" && session.model == "gpt-5-mini" && session.forkedFrom == nil)
        #expect(session.parameters["temperature"]?.doubleValue == 0.7)
        #expect(session.system == "Be brief.")
        #expect(session.messages.map(\.role) == [.system, .user, .assistant, .user, .assistant])
        #expect(session.messages[1].content?.text == "αβγ?\nAnd \"quoted\" \u{1B}[1mtext\u{1B}[0m")
        #expect(session.messages[2].fields["reasoning_content"] == "Greek, it seems.")
        #expect(session.messages[3].content?.typed == "And this file?")
        #expect(
            session.turns.map(\.message) == [2, 4] && session.turns.map(\.finishReason) == ["stop", "interrupted"])
        #expect(session.turns[0].usage?.totalTokens == 19 && session.turns[0].requestID == "req-1")
        #expect(session.branches.map(\.id) == [1] && session.branches[0].reason == .retry)
        #expect(session.branches[0].start == 2 && session.branches[0].messages[0].content?.text == "Three letters.")
        #expect(try SessionFile.encode(session) == Fixture.bytes("format-1-plain.json"))
    }

    @Test("with every odd field opens, and what Banter doesn't know of it is written again")
    func odd() throws {
        let session = try open("format-1-odd.json")
        #expect(session.created.text == "2026-11-22T16:50:54.000Z" && session.updated == session.created)
        #expect(session.title == nil && session.displayTitle == "half a pair: \u{FFFD}")
        #expect(session.messages[1].content?.text == "first")
        #expect(session.turns[0].fields["x-turn"] == true)
        #expect(session.branches.map(\.id) == [10, 11, 12, 9] && session.branches.map(\.start) == [1, 1, 7, 2])
        #expect(session.branches.map(\.parent) == [nil, nil, nil, 2])
        #expect(session.branches.map(\.reason.rawValue) == ["", "retry", "recovered", "future"])
        #expect(session.branches[2].messages[0].content?.text == "cut o")
        #expect(try SessionFile.encode(session) == Fixture.bytes("format-1-odd.written.json"))
        // And that is the end of it.
        #expect(try SessionFile.encode(open("format-1-odd.written.json")) == Fixture.bytes("format-1-odd.written.json"))
    }

    @Test("whose journal was left by a killed process takes it up", arguments: Fixture.all)
    func recovers(name: String) throws {
        let directory = try TemporaryDirectory()
        let store = SessionStore(directory: directory.file("sessions"))
        let id = try #require(SessionID("20261122-165054-7f3a"))
        try directory.write(String(decoding: try Fixture.bytes(name), as: UTF8.self), to: "sessions/\(id).json")
        try directory.write(
            "{\"after\":9,\"model\":null}\n{\"content\":\"on di\"}\n{\"con", to: "sessions/\(id).partial")
        let conversation = try Conversation(opening: id, in: store)
        #expect(conversation.isRecovered)
        #expect(conversation.session.branches.last?.messages.first?.content?.text == "on di")
    }
}
