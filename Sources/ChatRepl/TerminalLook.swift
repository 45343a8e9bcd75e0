package import ChatSession
package import Terminal
import TerminalMarkdown

/// How Banter looks on this terminal.
package struct TerminalLook: Sendable {
    /// Whether the terminal shows more than ASCII.
    package var isUnicode: Bool
    /// The colours that are shown, and what they are chosen for.
    package var colors: ColorSupport
    /// Whether the source of an answer is shown instead of its Markdown rendered.
    package var showsSource: Bool
    /// What is seen of a model's reasoning.
    package var reasoning = DisplaySettings.Reasoning.show
    /// Whether nothing moves and symbols are words.
    package var isCalm = false
    /// Whether links can be clicked.
    package var showsHyperlinks = false

    package init(isUnicode: Bool, colors: ColorSupport = .sixteen, showsSource: Bool = false) {
        self.isUnicode = isUnicode
        self.colors = colors
        self.showsSource = showsSource
    }

    /// How reasoning looks.
    var reasoningStyle: Style { .dim }

    /// How the Markdown of answers looks.
    var markdown: MarkdownTheme {
        var theme =
            switch colors.background {
            case .dark?: MarkdownTheme.dark
            case .light?: MarkdownTheme.light
            case nil: MarkdownTheme.standard
            }
        if isCalm { theme = theme.inWords } else if !isUnicode { theme = theme.inASCII }
        theme.showsHyperlinks = showsHyperlinks
        return theme
    }

    /// `› ` in colour, `> ` where the locale can't, or symbols are to be words.
    package var prompt: Prompt {
        let isPlain = !isUnicode || isCalm
        return Prompt(
            main: StyledLine(isPlain ? "> " : "› ", Style(isBold: true, foreground: .green)),
            continuation: StyledLine(isPlain ? ". " : "… ", .dim))
    }

    /// What stands between the parts of a quiet line.
    package var separator: String { isCalm ? ", " : isUnicode ? " · " : " | " }
}
