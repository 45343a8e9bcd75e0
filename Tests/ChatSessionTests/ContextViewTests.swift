import ChatApi
import Testing

@testable import ChatSession

@Suite("What is sent of a conversation")
struct ContextViewTests {
    private func session(_ messages: [ChatCompletionRequestMessage], view: ContextView?) -> Session {
        var session = Session()
        session.messages = messages
        session.view = view
        return session
    }

    private func sent(_ session: Session) -> [String] {
        session.messagesToSend.map { "\($0.role?.rawValue ?? "?"): \($0.content?.text ?? "-")" }
    }

    private static let turns: [ChatCompletionRequestMessage] = [
        .system("s"), .user("a"), .assistant("A"), .user("b"), .assistant("B"),
    ]
    private static let head = "Summary of our conversation so far:\n\nsum\n\n---\n\n"

    @Test("is all of it without a view; with one, the system prompt and what the view leaves")
    func views() {
        #expect(sent(session(Self.turns, view: nil)).count == 5)
        #expect(sent(session(Self.turns, view: ContextView(ofFirst: 3))) == ["system: s", "user: b", "assistant: B"])
        #expect(
            sent(session(Self.turns, view: ContextView(ofFirst: 3, summary: "sum")))
                == ["system: s", "user: \(Self.head)b", "assistant: B"])
        // It may stand for less than the instructions, which are sent once all the same.
        let instructed = session([.system("s"), .developer("t"), .user("a")], view: ContextView(ofFirst: 1))
        #expect(sent(instructed) == ["system: s", "developer: t", "user: a"])
    }

    @Test("has the summary in a message of its own while no message of the user's follows")
    func everything() {
        #expect(
            sent(session(Self.turns, view: ContextView(ofFirst: 5, summary: "sum")))
                == ["system: s", "user: \(Self.head)"])
    }

    @Test("has the summary before the files of a message")
    func parts() {
        let message = ChatCompletionRequestMessage.user(.parts([.text("look"), .image([1], mediaType: "image/png")]))
        let sent = session([.user("a"), message], view: ContextView(ofFirst: 1, summary: "sum")).messagesToSend
        guard case .parts(let parts)? = sent[0].content else {
            Issue.record("no parts")
            return
        }
        #expect(parts.map(\.text) == [Self.head, "look", nil])
    }

    @Test(
        "is all of it where a file's view says what can't be, which stays in the file",
        arguments: [
            "5", "null", "{}", #"{"messages":-1}"#, #"{"messages":9223372036854775807}"#, #"{"messages":0}"#,
        ])
    func nonsense(view: String) throws {
        let file =
            #"{"format":1,"id":"20261122-165054-7f3a","messages":[{"role":"user","content":"a"}],"view":\#(view)}"#
        var session = try SessionFile.decode(Array(file.utf8))
        #expect(sent(session) == ["user: a"])
        session.system = "s"
        session.system = nil
        let written = try JSONValue(parsing: SessionFile.encode(session))
        #expect(try written["view"] == JSONValue(parsing: Array(view.utf8)))
    }

    @Test("survives the file with what this version doesn't know of it")
    func file() throws {
        let file =
            #"{"format":1,"id":"20261122-165054-7f3a","messages":[{"role":"user","content":"a"}],"view":{"messages":1,"mine":true,"summary":"sum"}}"#
        let session = try SessionFile.decode(Array(file.utf8))
        #expect(session.view?.summary == "sum")
        #expect(try SessionFile.decode(SessionFile.encode(session)).view == session.view)
        #expect(String(decoding: SessionFile.encode(session), as: UTF8.self).contains("\"mine\": true"))
    }

    @Test(
        "has a title in what a model wrote",
        arguments: [
            ("Counting up", "Counting up"), ("\"**Counting up.**\"\nIt is…", "Counting up"),
            ("\n\n# Title: Zählen\n", "Zählen"),
            ("Title: \"Counting\"", "Counting"), ("„Zählen“", "Zählen"), ("", nil), ("\"\" **", nil), (" \n\t\n", nil),
            ("a \u{1B}b", "a b"), (String(repeating: "x", count: 500), String(repeating: "x", count: 60)),
        ] as [(String, String?)])
    func titles(text: String, title: String?) {
        #expect(TitleRequest.title(in: text) == title)
    }
}
