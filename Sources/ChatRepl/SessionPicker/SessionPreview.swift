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
        let text = FoldedText(filter)
        // The newest turn, as people look for what they remember.
        if !filter.isBlank, let turn = turns.lastIndex(where: { Self.holds(text, session.messages[$0]) }) {
            let found = session.messages[turns[turn]].flatMap { Self.lines(of: $0, look: look) }
                .flatMap { $0.wrapped(to: columns) }
            let first = found.firstIndex { text.hasAnyWord(in: $0.text) } ?? 0
            let excerpt = found[max(first - 3, 0)...].prefix(Self.mostLines).map { $0.marking(text, .reversed) }
            lines = [head, StyledLine(Sentences.turn(turn + 1), .dim)] + excerpt
        } else {
            let spoken = session.messages.filter { $0.role == .user || $0.role == .assistant }.suffix(2)
            let end = spoken.flatMap { Self.lines(of: $0, look: look).prefix(Self.mostLines) }
            lines = [head, StyledLine()] + end.flatMap { $0.wrapped(to: columns) }
        }
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
