/// What a line of the scrollback is to a terminal that finds its way by marks (OSC 133).
package enum LineMark: Hashable, Sendable {
    /// Begins an accepted entry; so many of its runs are the prompt.
    case entry(promptRuns: Int)
    /// Goes on with that entry.
    case entryContinued
    /// The last line of what came of an entry.
    case outputEnd
}

/// The marks that are due: A before a prompt, B before an entry, C before what comes of it, D after that.
///
/// Only lines that go to the scrollback have marks: they are written once, while the region is painted again and again.
struct PromptMarks {
    enum Mark: Character { case promptStart = "A", entryStart = "B", outputStart = "C", outputEnd = "D" }

    private enum State { case idle, entry, output }

    private let isShown: Bool
    private var state = State.idle

    init(isShown: Bool) { self.isShown = isShown }

    /// What stands before a line.
    mutating func before(_ line: StyledLine) -> [Mark] {
        guard isShown else { return [] }
        let previous = state
        switch line.mark {
        case .entry:
            state = .entry
            return previous == .idle ? [.promptStart] : [.outputEnd, .promptStart]
        case .entryContinued: return []
        case .outputEnd, nil:
            guard previous == .entry else { return [] }
            state = .output
            return [.outputStart]
        }
    }

    /// How many runs of a line stand before the entry in it; nil if that doesn't begin in it.
    func promptRuns(of line: StyledLine) -> Int? {
        if isShown, case .entry(let count) = line.mark { count } else { nil }
    }

    /// What stands behind a line.
    mutating func after(_ line: StyledLine) -> [Mark] { line.mark == .outputEnd ? end() : [] }

    /// What stands at the end of everything.
    mutating func end() -> [Mark] {
        defer { state = .idle }
        return isShown && state == .output ? [.outputEnd] : []
    }
}
