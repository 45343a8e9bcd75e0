import ChatApi
import ChatSession
import Terminal

/// The end of a session that is resumed, as it looked when it was left.
struct Replay {
    /// The last exchange, under a note of how much there is before it.
    let lines: [StyledLine]

    init(_ session: Session, look: TerminalLook, width: Int) {
        let shown = session.messages.indices.filter { index in
            let message = session.messages[index]
            return message.role == .assistant || message.role == .user && message.content?.text.isEmpty == false
        }
        let last = shown.lastIndex { session.messages[$0].role == .user }.map { shown[$0...] } ?? shown.suffix(1)
        let earlier = shown.count - last.count
        let transcript = Transcript(session, look: look)
        var lines: [StyledLine] = []
        if earlier > 0 { lines.append(StyledLine("\(look.isCalm ? "" : "… ")\(earlier) earlier messages", .dim)) }
        lines += last.flatMap { transcript.lines(ofMessage: $0, width: width) }
        self.lines = lines.isEmpty ? [] : lines + [StyledLine()]
    }
}
