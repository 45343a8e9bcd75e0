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

    private func update(_ change: (inout State) -> Void) {
        // Inside the lock, so that the last change is also the last one shown.
        state.withLock { state in
            change(&state)
            var runs: [StyledText] = []
            if let waiting = state.waiting { runs.append(StyledText(waiting, .dim)) }
            if let next = state.queued.first {
                let more = state.queued.count > 1 ? " (+\(state.queued.count - 1))" : ""
                runs.append(StyledText((runs.isEmpty ? "" : " · ") + "queued\(more): \(next.prefix(200))", .dim))
            }
            console.setStatus(runs.isEmpty ? nil : StyledLine(runs))
        }
    }
}
