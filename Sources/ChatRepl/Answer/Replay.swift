import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// The end of a session that is resumed, as it looked when it was left.
struct Replay {
    /// The last exchange, under a note of how much there is before it.
    let lines: [StyledLine]

    init(_ session: Session, look: TerminalLook, width: Int) {
        let shown = session.messages.filter {
            ($0.role == .user || $0.role == .assistant) && $0.content?.text.isEmpty == false
        }
        let last = shown.lastIndex { $0.role == .user }.map { Array(shown[$0...]) } ?? shown.suffix(1)
        let earlier = shown.count - last.count
        var lines: [StyledLine] = []
        if earlier > 0 { lines.append(StyledLine("… \(earlier) earlier messages", .dim)) }
        for message in last {
            let text = message.content?.text ?? ""
            if message.role == .user {
                lines += Self.prompted(text, look: look)
            } else {
                var layout = AnswerLayout(width: width, showsSource: look.showsSource)
                layout.append(.content(text))
                layout.finish()
                lines += layout.takeFinished()
            }
        }
        self.lines = lines.isEmpty ? [] : lines + [StyledLine()]
    }

    /// A message as it looked when it was typed.
    static func prompted(_ text: String, look: TerminalLook) -> [StyledLine] {
        StyledLine.lines(of: text).enumerated().map { index, line in
            StyledLine((index == 0 ? look.prompt.main : look.prompt.continuation).runs + line.runs)
        }
    }
}
