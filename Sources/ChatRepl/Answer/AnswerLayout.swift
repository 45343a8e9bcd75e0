import ChatSession
import Terminal
import TerminalMarkdown

/// Lays out an answer: its reasoning quietly, as far as it is wanted, its text as Markdown, a refusal as what it is.
struct AnswerLayout {
    var width: Int {
        didSet {
            reasoning.width = width
            markdown.width = width
            refusal.width = width
        }
    }

    private let look: TerminalLook
    private var reasoning: ReasoningText
    private var folded = FoldedReasoning()
    private var markdown: StreamingMarkdown
    private var refusal: StreamingMarkdown
    private var part = Part.nothing
    private var finished: [StyledLine] = []
    private var hasLines = false
    private var isPartEmpty = true

    private enum Part {
        case nothing, reasoning, content, refusal
    }

    init(width: Int, look: TerminalLook) {
        self.width = width
        self.look = look
        reasoning = ReasoningText(width: width, style: look.reasoningStyle)
        markdown = StreamingMarkdown(width: width, theme: look.markdown, rendersSource: look.showsSource)
        refusal = markdown
    }

    /// Takes what came.
    /// - Parameters:
    ///   - event: What came.
    ///   - now: When; nil where nobody knows any more.
    mutating func append(_ event: TurnEvent, at now: ContinuousClock.Instant? = nil) {
        switch event {
        case .reasoning(let text):
            begin(.reasoning, at: now)
            switch look.reasoning {
            case .show: reasoning.append(text)
            case .fold: folded.append(text, at: now)
            case .hide: break
            }
        case .content(let text):
            begin(.content, at: now)
            markdown.append(text)
        case .refusal(let text):
            begin(.refusal, at: now)
            refusal.append(text)
        case .contentWasReasoning:
            finish(at: now)
            finished.append(StyledLine(Sentences.contentWasReasoning(look), .dim))
            hasLines = true
        case .started: break
        }
    }

    private mutating func begin(_ part: Part, at now: ContinuousClock.Instant?) {
        guard part != self.part else { return }
        finish(at: now)
        self.part = part
        isPartEmpty = true
        if part == .refusal { add([StyledLine(Sentences.refusalFollows, .dim)]) }
    }

    /// Ends the part that is open.
    mutating func finish(at now: ContinuousClock.Instant? = nil) {
        switch part {
        case .reasoning: reasoning.finish()
        case .content: markdown.finish()
        case .refusal: refusal.finish()
        case .nothing: break
        }
        collect()
        if part == .reasoning, let line = folded.finish(at: now, look: look) { add(line.wrapped(to: width)) }
        part = .nothing
        isPartEmpty = true
    }

    /// The lines that will never change again, since the last call.
    mutating func takeFinished() -> [StyledLine] {
        collect()
        defer { finished = [] }
        return finished
    }

    /// The part that may still change, as if it ended here.
    mutating func openLines() -> [StyledLine] {
        switch part {
        case .reasoning: separated(reasoning.openLines())
        case .content: separated(markdown.openLines())
        case .refusal: separated(italic(refusal.openLines()))
        case .nothing: []
        }
    }

    private mutating func collect() {
        switch part {
        case .reasoning: add(reasoning.takeFinished())
        case .content: add(markdown.takeFinished())
        case .refusal: add(italic(refusal.takeFinished()))
        case .nothing: break
        }
    }

    private mutating func add(_ lines: [StyledLine]) {
        guard !lines.isEmpty else { return }
        finished += separated(lines)
        (hasLines, isPartEmpty) = (true, false)
    }

    /// The lines behind an empty one, where they are the first of a part.
    private func separated(_ lines: [StyledLine]) -> [StyledLine] {
        // Markdown that goes on has put one there itself.
        guard hasLines, isPartEmpty, let first = lines.first, !first.runs.isEmpty else { return lines }
        return [StyledLine()] + lines
    }

    private func italic(_ lines: [StyledLine]) -> [StyledLine] {
        lines.map { line in
            var line = line
            for index in line.runs.indices { line.runs[index].style = line.runs[index].style.merging(.italic) }
            return line
        }
    }
}
