/// What a terminal says when it is asked for its background (OSC 11), and then for its attributes (DA1).
public enum TerminalAnswers: Sendable {
    /// Nothing at all.
    case nothing
    /// Its attributes, as it knows nothing of the other question.
    case attributes
    /// This and its attributes, as in `rgb:1e1e/1e1e/1e1e`.
    case background(String)
}

extension TerminalScreen {
    /// The questions of the product, byte for byte.
    enum Question: Hashable, Sendable { case background, attributes }

    /// Takes up a question; false for any other token.
    mutating func applyQuestion(_ token: TerminalScreenParser.Token) -> Bool {
        switch token {
        case .string("]11;?"): questions.append(.background)
        // The one ends where the other has been read.
        case .controlSequence("", "c") where questions.last == .background: questions.append(.attributes)
        default: return false
        }
        return true
    }

    /// What the terminal says to the questions that it hasn't answered yet.
    mutating func answer(_ answers: TerminalAnswers) -> [UInt8] {
        var said = ""
        for question in questions.dropFirst(answeredQuestions) {
            switch (question, answers) {
            case (.background, .background(let color)): said += "\u{1B}]11;\(color)\u{1B}\\"
            case (.attributes, .background), (.attributes, .attributes): said += "\u{1B}[?62;22c"
            case (_, .nothing), (.background, .attributes): break
            }
        }
        answeredQuestions = questions.count
        return Array(said.utf8)
    }

    /// Whether the terminal was asked for its background.
    public var isAskedForBackground: Bool { !questions.isEmpty }
}
