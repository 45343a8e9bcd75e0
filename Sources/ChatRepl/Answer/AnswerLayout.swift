import ChatSession
import Terminal
import TerminalMarkdown

/// Lays out an answer: its reasoning quietly and as it stands, its text as Markdown, a refusal as what it is.
struct AnswerLayout {
    var width: Int { didSet { markdown.width = width } }

    private let showsSource: Bool
    private var markdown: StreamingMarkdown
    private var part = Part.nothing
    private var finished: [StyledLine] = []

    private enum Part {
        case nothing, reasoning, content, refusal
    }

    init(width: Int, showsSource: Bool) {
        self.width = width
        self.showsSource = showsSource
        markdown = StreamingMarkdown(width: width, rendersSource: showsSource)
    }

    mutating func append(_ event: TurnEvent) {
        switch event {
        case .reasoning(let text): append(text, to: .reasoning)
        case .content(let text): append(text, to: .content)
        case .refusal(let text): append(text, to: .refusal)
        case .started: break
        }
    }

    private mutating func append(_ text: String, to part: Part) {
        if part != self.part {
            let isFirst = self.part == .nothing
            finish()
            if !isFirst { finished.append(StyledLine()) }
            self.part = part
            // Numbered through the answer, also where reasoning comes in between.
            markdown = StreamingMarkdown(
                width: width, rendersSource: showsSource || part == .reasoning, codeBlockCount: markdown.codeBlockCount)
        }
        markdown.append(text)
    }

    /// Ends the part that is open.
    mutating func finish() {
        markdown.finish()
        finished += styled(markdown.takeFinished())
    }

    /// The lines that will never change again, since the last call.
    mutating func takeFinished() -> [StyledLine] {
        finished += styled(markdown.takeFinished())
        defer { finished = [] }
        return finished
    }

    /// The part that may still change, as if it ended here.
    mutating func openLines() -> [StyledLine] { styled(markdown.openLines()) }

    private func styled(_ lines: [StyledLine]) -> [StyledLine] {
        let style: Style
        switch part {
        case .reasoning: style = .dim
        case .refusal: style = .italic
        case .content, .nothing: return lines
        }
        return lines.map { line in
            StyledLine(
                line.runs.map { run in
                    var run = run
                    run.style = run.style.merging(style)
                    return run
                })
        }
    }
}
