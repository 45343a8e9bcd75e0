import TestSupport
import Testing

@testable import ChatSession

@Suite("The list of sessions")
struct SessionSummariesTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore
    private let summaries: SessionSummaries

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
        summaries = SessionSummaries(store: store)
    }

    private func save(_ title: String) throws -> Conversation {
        var conversation = Conversation(Session(), store: store)
        try conversation.say(title)
        return conversation
    }

    @Test("is empty where there is nothing, and knows titles, also those that changed")
    func titles() throws {
        #expect(summaries.read() == [])
        var first = try save("one")
        let second = try save("two \"quoted\"\n  \"messages\": [")
        #expect(Set(summaries.read().map(\.title)) == ["one", second.session.displayTitle])
        try first.update { $0.title = "another" }
        #expect(summaries.read().first == SessionSummary(id: first.session.id, title: "another"))
    }

    @Test("passes over damaged files, and takes the title from the whole file where its head doesn't tell")
    func odd() throws {
        let id = SessionID()
        try directory.write("{ damaged", to: "sessions/\(SessionID()).json")
        try directory.write(
            #"{"format":1,"messages":[{"role":"user","content":"Compact words"}]}"#, to: "sessions/\(id).json")
        #expect(summaries.read() == [SessionSummary(id: id, title: "Compact words")])
        #expect(SessionSummaries.title(inHead: Array(#"{"title": "x", "#.utf8)) == nil)
    }

    @Test("has at most a thousand, those that changed last")
    func limit() throws {
        var text = SessionFile.encode(try save("x").session)
        text.append(contentsOf: [])
        for number in 0..<1100 {
            let digits = String(number + 10000).dropFirst()
            try directory.write(
                String(decoding: text, as: UTF8.self),
                to: "sessions/20260101-0000\(digits.prefix(2))-00\(digits.suffix(2)).json")
        }
        #expect(summaries.read().count == SessionSummaries.maximumCount)
    }
}
