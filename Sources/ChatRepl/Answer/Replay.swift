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
            let text = message.content?.typed ?? ""
            if message.role == .user {
                lines += Self.prompted(text, look.prompt)
                let names = message.content?.fileNames ?? []
                if !names.isEmpty { lines.append(StyledLine("With " + names.joined(separator: ", "), .dim)) }
            } else {
                var layout = AnswerLayout(width: width, look: look)
                layout.append(.content(text))
                layout.finish()
                lines += layout.takeFinished()
            }
        }
        self.lines = lines.isEmpty ? [] : lines + [StyledLine()]
    }

    /// A message as it looked when it was typed.
    static func prompted(_ text: String, _ prompt: Prompt) -> [StyledLine] {
        StyledLine.lines(of: text).enumerated().map { index, line in
            let before = index == 0 ? prompt.main : prompt.continuation
            var line = StyledLine(before.runs + line.runs)
            line.mark = index == 0 ? .entry(promptRuns: before.runs.count) : .entryContinued
            return line
        }
    }
}
