import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// The end of a session that is resumed, as it looked when it was left.
struct Replay {
    /// The last exchange, under a note of how much there is before it.
    let lines: [StyledLine]

    init(_ session: Session, look: TerminalLook, width: Int) {
        let shown = session.messages.enumerated().filter { _, message in
            message.role == .assistant || message.role == .user && message.content?.text.isEmpty == false
        }
        let last = shown.lastIndex { $1.role == .user }.map { Array(shown[$0...]) } ?? shown.suffix(1)
        let earlier = shown.count - last.count
        var lines: [StyledLine] = []
        if earlier > 0 { lines.append(StyledLine("\(look.isCalm ? "" : "… ")\(earlier) earlier messages", .dim)) }
        for (index, message) in last {
            if message.role == .user {
                lines += Self.prompted(message.content?.typed ?? "", look.prompt)
                let names = message.content?.fileNames ?? []
                if !names.isEmpty { lines.append(StyledLine("With " + names.joined(separator: ", "), .dim)) }
            } else {
                lines += Self.answer(message, look, width)
                let record = session.turns.last { $0.message == index }
                let endings = AnswerEnding.all(finishReason: record?.finishReason, of: message)
                lines += Sentences.lines(of: endings, in: session, look: look).flatMap { $0.wrapped(to: width) }
            }
        }
        self.lines = lines.isEmpty ? [] : lines + [StyledLine()]
    }

    private static func answer(
        _ message: ChatCompletionRequestMessage, _ look: TerminalLook, _ width: Int
    ) -> [StyledLine] {
        let parts = AnswerParts(message)
        var layout = AnswerLayout(width: width, look: look)
        // An empty part is none.
        if !parts.reasoning.isEmpty { layout.append(.reasoning(parts.reasoning)) }
        if !parts.content.isEmpty { layout.append(.content(parts.content)) }
        if !parts.refusal.isEmpty { layout.append(.refusal(parts.refusal)) }
        layout.finish()
        return layout.takeFinished()
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
