import ChatSession
import Terminal

/// Reasoning of which only is shown how much there was.
struct FoldedReasoning {
    private var words = WordCount()
    private var start: ContinuousClock.Instant?

    mutating func append(_ text: String, at now: ContinuousClock.Instant?) {
        if start == nil { start = now }
        words.add(text)
    }

    /// Ends the reasoning: the line that stands for it; nil if there was none.
    mutating func finish(at now: ContinuousClock.Instant?, look: TerminalLook) -> StyledLine? {
        defer { self = FoldedReasoning() }
        guard words.count > 0 else { return nil }
        let seconds = start.flatMap { start in now.map { start.duration(to: $0).inSeconds } }
        return StyledLine(
            Sentences.foldedReasoning(words: words.count, seconds: seconds, look: look), look.reasoningStyle)
    }
}
