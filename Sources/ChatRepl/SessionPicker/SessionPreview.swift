import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// What is seen of a session beside the list: what was found in it, else how it ended.
struct SessionPreview {
    let lines: [StyledLine]

    /// No more of a message is looked at than this, in bytes.
    private static let longestText = 1 << 18
    /// So many lines are surely more than a screen shows.
    private static let mostLines = 300

    init(_ session: Session, searchedFor filter: String, columns: Int, look: TerminalLook) {
        let turns = session.exchanges
        let head = StyledLine(Sentences.size(of: session, turns: turns.count, look: look), .dim)
        if let excerpt = Self.excerpt(of: session, turns, filter, columns: columns, look: look) {
            lines = [head] + excerpt
        } else if case let places = Self.places(of: filter, in: session, look: look), !places.isEmpty {
            lines = [head, StyledLine()] + places.flatMap { $0.wrapped(to: columns) }
        } else {
            let spoken = session.messages.filter { $0.role == .user || $0.role == .assistant }.suffix(2)
            let end = spoken.flatMap { Self.lines(of: $0, look: look).prefix(Self.mostLines) }
            lines = [head, StyledLine()] + end.flatMap { $0.wrapped(to: columns) }
        }
    }

    /// The newest turn that has all words, as people look for what they remember; nil if none is seen to have them.
    private static func excerpt(
        of session: Session, _ turns: [Range<Int>], _ filter: String, columns: Int, look: TerminalLook
    ) -> [StyledLine]? {
        let text = FoldedText(filter)
        guard !filter.isBlank, let turn = turns.lastIndex(where: { holds(text, session.messages[$0]) }) else {
            return nil
        }
        let found = session.messages[turns[turn]].flatMap { lines(of: $0, look: look) }
            .flatMap { $0.wrapped(to: columns) }
        guard let first = found.firstIndex(where: { text.hasAnyWord(in: $0.text) }) else { return nil }
        let excerpt = found[max(first - 3, 0)...].prefix(mostLines).map { $0.marking(text, .reversed) }
        return [StyledLine(Sentences.turn(turn + 1), .dim)] + excerpt
    }

    /// Where else in the session the search has found something: in a branch, in reasoning, in several turns.
    private static func places(of filter: String, in session: Session, look: TerminalLook) -> [StyledLine] {
        guard let query = SearchQuery(filter) else { return [] }
        return session.matches(of: query).filter { $0.place != .title }.map { Sentences.line(of: $0, look: look) }
    }

    private static func holds(_ text: FoldedText, _ messages: ArraySlice<ChatCompletionRequestMessage>) -> Bool {
        text.hasWords(in: messages.compactMap { $0.content?.text })
    }

    private static func lines(of message: ChatCompletionRequestMessage, look: TerminalLook) -> [StyledLine] {
        func start(of text: String) -> String { String(decoding: text.utf8.prefix(longestText), as: UTF8.self) }
        switch message.role {
        case .user: return Transcript.prompted(start(of: message.content?.typed ?? ""), look.prompt)
        case .assistant: return StyledLine.lines(of: start(of: AnswerParts(message).content), .dim)
        default: return []
        }
    }
}
