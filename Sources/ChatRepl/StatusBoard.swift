import Synchronization
import Terminal

/// The line above the prompt: what is waited for, and what waits.
///
/// The turn and the loop both write on it, each its own half.
final class StatusBoard: Sendable {
    private struct State {
        var waiting: String?
        var queued: [String] = []
    }

    private let console: any Console
    private let state = Mutex(State())

    init(console: any Console) { self.console = console }

    /// Says what is waited for; nil once it came.
    func setWaiting(_ text: String?) { update { $0.waiting = text } }

    /// Counts the seconds of a wait that goes on.
    func advanceWaiting(seconds: Int) {
        update { if $0.waiting?.hasPrefix("…") == true { $0.waiting = "… \(seconds) s" } }
    }

    /// Shows what will be sent after the answer under way.
    func setQueued(_ lines: [String]) { update { $0.queued = lines } }

    /// Fits the line to a window of another size.
    func fit() { update { _ in } }

    private func update(_ change: (inout State) -> Void) {
        // Inside the lock, so that the last change is also the last one shown.
        state.withLock { state in
            change(&state)
            var runs: [StyledText] = []
            if let waiting = state.waiting { runs.append(StyledText(waiting, .dim)) }
            if let last = state.queued.last {
                let before = runs.isEmpty ? "" : " · "
                runs.append(StyledText(before + queued(last, state.queued.count, after: runs), .dim))
            }
            console.setStatus(runs.isEmpty ? nil : StyledLine(runs))
        }
    }

    /// What was queued last, cut so that the way to take it back is seen too; in a narrow window that stands before it.
    private func queued(_ last: String, _ count: Int, after runs: [StyledText]) -> String {
        let more = count > 1 ? " (+\(count - 1))" : ""
        let columns = console.size.columns
        if columns < 40 { return "queued\(more), Up: \(last.prefix(200))" }
        let hint = " · Up takes it back"
        let taken = StyledLine(runs).width + StyledLine(" · queued\(more): \(hint)").width
        var text = StyledText(String(last.prefix(200))).text
        while StyledLine(text).width > max(columns - taken, 8) { text.removeLast() }
        return "queued\(more): \(text)\(hint)"
    }
}
