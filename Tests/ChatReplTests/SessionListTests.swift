import ChatApi
import ChatSession
import Testing

@testable import ChatRepl
@testable import Terminal

@Suite("The list of sessions, in words")
struct SessionListTests {
    @Test(
        "a day is said as people do",
        arguments: [
            ("2026-11-26T12:00:00Z", "today "), ("2026-11-25T12:00:00Z", "Wed"), ("2026-11-20T12:00:00Z", "Fri"),
            ("2026-11-19T12:00:00Z", "19 Nov"), ("2026-01-02T12:00:00Z", "2 Jan"),
            ("2025-11-26T12:00:00Z", "2025-11-26"),
            ("2026-11-28T12:00:00Z", "28 Nov"), ("2030-03-04T12:00:00Z", "2030-03-04"),
        ])
    func days(time: String, words: String) throws {
        let day = Sentences.day(
            of: try #require(Timestamp(time)), now: try #require(Timestamp("2026-11-26T12:30:00Z")))
        #expect(day == words || words == "today " && day.hasPrefix(words) && day.count == 11)
    }

    private static func session(_ texts: [String]) -> Session {
        var session = Session(model: "m")
        session.messages = texts.enumerated().map { $0 % 2 == 0 ? .user($1) : .assistant($1) }
        return session
    }

    private static func preview(_ texts: [String], _ filter: String) -> [StyledLine] {
        SessionPreview(session(texts), searchedFor: filter, columns: 40, look: TerminalLook(isUnicode: true)).lines
    }

    @Test("the preview shows how a session ended")
    func end() {
        let lines = Self.preview(["first?", "one", "second?", "two"], "").map(\.text)
        #expect(lines == ["2 turns · m", "", "› second?", "two"])
        #expect(Self.preview([], "x").map(\.text) == ["0 turns · m", ""])
    }

    @Test("or the newest turn in which all words were found, from just above the first of them, marked")
    func hit() {
        let long = (0..<100).map { "line \($0)" }.joined(separator: "\n") + "\nthe Needle and hay\nafter"
        let lines = Self.preview(["hay and needle", "x", "what?", long, "hay", "no such thing"], "needle HAY")
        #expect(
            lines.map(\.text) == [
                "3 turns · m", "Turn 2", "line 97", "line 98", "line 99", "the Needle and hay", "after",
            ])
        let marked = lines[5].runs.filter(\.style.isReversed).map(\.text)
        #expect(marked == ["Needle", "hay"])
    }

    @Test(
        "a turn is searched for all that is seen of it: what was said, thought and refused",
        arguments: ["content", "refusal", "reasoning", "reasoning_content"])
    func search(field: String) {
        var session = Self.session(["what?", "x"])
        session.messages[1].fields[field] = "A Kumquat"
        let transcript = Transcript(session, look: TerminalLook(isUnicode: true))
        #expect(transcript.mayHold(FoldedText("kumquat"), inPart: 0))
        // Of what is shown in a way of its own nothing is ruled out.
        if field == "content" { #expect(!transcript.mayHold(FoldedText("mango"), inPart: 0)) }
    }

    @Test("or where else something was found: in a branch, in reasoning, in several turns")
    func elsewhere() throws {
        var session = Self.session(["one?", "A cat.", "two?", "A dog."])
        session.cut(at: 2, reason: .undo)
        session.messages += [.user("three?"), .assistant("<think>\nTapir.\n</think>\n\nA fox.")]
        func preview(_ filter: String) -> [String] {
            SessionPreview(session, searchedFor: filter, columns: 40, look: TerminalLook(isUnicode: true)).lines.map(
                \.text)
        }
        #expect(preview("dog") == ["2 turns · m", "", "turn 2 of branch 1: A dog."])
        #expect(preview("tapir").dropFirst(2).first?.hasPrefix("turn 2: ") == true)
        #expect(preview("cat fox").dropFirst(2).map { $0.prefix(8) } == ["turn 1: ", "turn 2: "])
        #expect(preview("fox").contains("Turn 2"))
    }
}
