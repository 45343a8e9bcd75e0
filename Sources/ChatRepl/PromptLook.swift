import ChatApi
import ChatSession
import Terminal

/// Makes the prompt of a session from what the configuration says, or from nothing.
struct PromptLook: Sendable {
    /// Of a value no more than this is shown: the terminal cuts the prompt by columns, and need not look at a whole book.
    private static let longestValue = 200

    private let main: PromptTemplate?
    private let continuation: PromptTemplate?
    private let standard: Prompt
    private let isSaved: Bool

    /// - Parameters:
    ///   - settings: The prompts of the configuration.
    ///   - look: What stands where it says nothing.
    ///   - isSaved: Whether sessions are saved; that they aren't is said before whatever the configuration says.
    init(_ settings: ConfigurationFile.EditorSettings, look: TerminalLook, isSaved: Bool = true) {
        (main, continuation, standard) = (settings.prompt, settings.continuation, look.prompt)
        self.isSaved = isSaved
    }

    /// The prompt before the next message of a session.
    /// - Parameters:
    ///   - session: The session.
    ///   - isUnsaved: Whether it should be on the disk, and isn't.
    /// - Returns: The prompt.
    func prompt(for session: Session, isUnsaved: Bool = false) -> Prompt {
        var prompt = Prompt(
            main: line(main, standard.main, for: session),
            continuation: line(continuation, standard.continuation, for: session))
        if isUnsaved || !isSaved { prompt.main.runs.insert(StyledText(Sentences.unsavedMark, .dim), at: 0) }
        return prompt
    }

    private func line(_ template: PromptTemplate?, _ standard: StyledLine, for session: Session) -> StyledLine {
        guard let template else { return standard }
        // What has no colours of its own looks as the prompt always does.
        var style = template.hasLooks ? .plain : standard.runs.first?.style ?? .plain
        var line = StyledLine()
        for part in template.parts {
            switch part {
            case .text(let text): line.runs.append(StyledText(text, style))
            case .placeholder(let placeholder):
                line.runs.append(StyledText(value(of: placeholder, in: session), style))
            case .look(let look): style = style.merging(look.style)
            case .reset: style = .plain
            }
        }
        return line
    }

    private func value(of placeholder: PromptTemplate.Placeholder, in session: Session) -> String {
        let value =
            switch placeholder {
            case .model: session.model ?? "no model"
            case .provider: session.provider ?? "no provider"
            case .title: session.displayTitle.isEmpty ? "new session" : session.displayTitle
            case .turn: String(session.messages.count { $0.role == .user } + 1)
            }
        return String(String.UnicodeScalarView(value.unicodeScalars.prefix(Self.longestValue)))
    }
}

extension PromptTemplate.Look {
    fileprivate var style: Style {
        switch self {
        case .bold: .bold
        case .dim: .dim
        case .italic: .italic
        case .underlined: Style(isUnderlined: true)
        case .black: Style(foreground: .black)
        case .red: Style(foreground: .red)
        case .green: Style(foreground: .green)
        case .yellow: Style(foreground: .yellow)
        case .blue: Style(foreground: .blue)
        case .magenta: Style(foreground: .magenta)
        case .cyan: Style(foreground: .cyan)
        case .white: Style(foreground: .white)
        }
    }
}
