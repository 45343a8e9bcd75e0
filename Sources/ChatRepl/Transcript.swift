import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// A conversation as it is read: each message as it looked when it was said.
struct Transcript {
    let session: Session
    let look: TerminalLook
    /// The turns, as indices of the session's messages.
    let turns: [Range<Int>]
    /// What is known of the answers, by the indices of their messages.
    private let records: [Int: TurnRecord]

    init(_ session: Session, look: TerminalLook) {
        (self.session, self.look, turns) = (session, look, session.exchanges)
        records = Dictionary(session.turns.map { ($0.message, $0) }, uniquingKeysWith: { $1 })
    }

    /// What is said before the first turn: a system prompt, as a rule.
    var beginning: Range<Int> { 0..<(turns.first?.lowerBound ?? session.messages.count) }

    /// A message of the user or an answer; of any other there is nothing to see.
    func lines(ofMessage index: Int, width: Int) -> [StyledLine] {
        let message = session.messages[index]
        if message.role == .user {
            let names = message.content?.fileNames ?? []
            return Self.prompted(message.content?.typed ?? "", look.prompt)
                + (names.isEmpty ? [] : [StyledLine("With " + names.joined(separator: ", "), .dim)])
        }
        guard message.role == .assistant else { return [] }
        let endings = AnswerEnding.all(finishReason: records[index]?.finishReason, of: message)
        return answer(message, width)
            + Sentences.lines(of: endings, in: session, look: look).flatMap { $0.wrapped(to: width) }
    }

    /// A message whoever said it, broken between words; also a system prompt, or what a tool said.
    func lines(ofAnyMessage index: Int, width: Int) -> [StyledLine] {
        let message = session.messages[index]
        switch message.role {
        case .user: return lines(ofMessage: index, width: width).flatMap { $0.wrapped(to: width) }
        case .assistant: return lines(ofMessage: index, width: width)
        default: return StyledLine.lines(of: Sentences.other(message), .dim).flatMap { $0.wrapped(to: width) }
        }
    }

    private func answer(_ message: ChatCompletionRequestMessage, _ width: Int) -> [StyledLine] {
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

extension Transcript: PagerDocument {
    var partName: String { "turn" }
    var partCount: Int { turns.count + firstPart }
    /// What is before the first turn has the number 0, if there is anything.
    var firstNumber: Int { 1 - firstPart }

    /// The part that the first turn is.
    private var firstPart: Int { beginning.isEmpty ? 0 : 1 }

    /// The part that a turn is, which is counted from 1.
    func part(ofTurn turn: Int) -> Int { turn - firstNumber }

    private func messages(ofPart part: Int) -> Range<Int> { part < firstPart ? beginning : turns[part - firstPart] }

    func size(ofPart part: Int) -> Int {
        messages(ofPart: part).reduce(0) { $0 + (session.messages[$1].content?.text.utf8.count ?? 0) }
    }

    func lines(ofPart part: Int, columns: Int) -> [StyledLine] {
        let number = part + firstNumber
        let head = number == 0 ? Sentences.beforeFirstTurn : Sentences.turn(number)
        return [StyledLine(head, .dim)]
            + messages(ofPart: part).flatMap { lines(ofAnyMessage: $0, width: columns) } + [StyledLine()]
    }

    func mayHold(_ search: FoldedText, inPart part: Int) -> Bool {
        let filter = ShownWords(search)
        // In a calm look words stand for signs.
        if filter.isEmpty || look.isCalm { return true }
        var texts = [
            Sentences.beforeFirstTurn, Sentences.turn(0), look.prompt.main.text, look.prompt.continuation.text,
        ]
        for index in messages(ofPart: part) {
            let message = session.messages[index]
            switch message.role {
            case .user?:
                if message.content?.fileNames.isEmpty == false { return true }
                texts.append(message.content?.typed ?? "")
            case .assistant?:
                let answer = AnswerParts(message)
                let endings = AnswerEnding.all(finishReason: records[index]?.finishReason, of: message)
                guard answer.reasoning.isEmpty, endings.isEmpty else { return true }
                texts.append(answer.content)
            default: texts.append(Sentences.other(message))
            }
        }
        return filter.maySeem(texts)
    }
}
