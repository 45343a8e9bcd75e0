import ChatApi
import Synchronization
import Terminal

/// The line above the prompt: what is waited for, and what waits.
///
/// The turn and the loop both write on it, each its own half. It is shown anew only when it reads differently, and while it counts
/// seconds there is a task that wakes for each of them; otherwise there is none.
final class StatusBoard: Sendable {
    /// What is waited for.
    enum Wait: Hashable {
        /// The first word of an answer.
        case answer
        /// The end of reasoning that isn't shown.
        case reasoning
        /// Another try.
        case retry(RetryNotice)
    }

    private struct State {
        var wait: Wait?
        var start = ContinuousClock.now
        var ticker: Task<Void, Never>?
        var queued: [String] = []
        var shown: StyledLine?
    }

    private let console: any Console
    private let look: TerminalLook
    private let state = Mutex(State())

    init(console: any Console, look: TerminalLook) {
        self.console = console
        self.look = look
    }

    deinit { state.withLock { $0.ticker?.cancel() } }

    /// Says what is waited for; nil once it came.
    func wait(for wait: Wait?) {
        // Said with every piece of an answer.
        if state.withLock({ $0.wait == wait }) { return }
        update { state, now in begin(wait, &state, at: now) }
    }

    /// Says that the answer will be asked for again, if it is still waited for: the news may come late.
    func noteRetry(_ notice: RetryNotice) {
        update { state, now in
            switch state.wait {
            case .answer?, .retry?: begin(.retry(notice), &state, at: now)
            case .reasoning?, nil: break
            }
        }
    }

    /// Shows what will be sent after the answer under way.
    func setQueued(_ lines: [String]) { update { state, _ in state.queued = lines } }

    /// Fits the line to a window of another size.
    func fit() { update { _, _ in } }

    // MARK: Seconds

    private func begin(_ wait: Wait?, _ state: inout State, at now: ContinuousClock.Instant) {
        state.ticker?.cancel()
        (state.wait, state.start) = (wait, now)
        state.ticker = wait.map { wait in Task { [weak self] in await Self.tick(wait) { self } } }
    }

    private static func tick(_ wait: Wait, _ board: () -> StatusBoard?) async {
        while let pause = board()?.pause(of: wait, at: .now) {
            do { try await Task.sleep(for: pause) } catch { return }
            board()?.tick(wait, at: .now)
        }
    }

    /// How long the line stays as it is; nil if it does so until something happens.
    private func pause(of wait: Wait, at now: ContinuousClock.Instant) -> Duration? {
        let elapsed = state.withLock { $0.start.duration(to: now) }
        guard case .retry(let notice) = wait else {
            return look.isCalm ? nil : .seconds(elapsed.components.seconds + 1) - elapsed
        }
        let rest = notice.delay - elapsed
        let untilNext = rest - .seconds(rest.roundedUp - 1)
        return look.isCalm ? max(rest, .zero) : max(untilNext, .zero)
    }

    /// Shows the seconds of a wait, if it goes on; behind the wait for another try comes the one for the answer.
    func tick(_ wait: Wait, at now: ContinuousClock.Instant) {
        update(at: now) { state, now in
            guard case .retry(let notice) = wait, state.wait == wait, state.start + notice.delay <= now else { return }
            begin(.answer, &state, at: now)
        }
    }

    private func seconds(of wait: Wait, since start: ContinuousClock.Instant, at now: ContinuousClock.Instant) -> Int? {
        // Another thread may have begun the wait since.
        let elapsed = max(start.duration(to: now), .zero)
        if case .retry(let notice) = wait { return (look.isCalm ? notice.delay : notice.delay - elapsed).roundedUp }
        return look.isCalm || elapsed < .seconds(1) ? nil : Int(elapsed.components.seconds)
    }

    // MARK: The line

    private func update(
        at now: ContinuousClock.Instant = .now, _ change: (inout State, ContinuousClock.Instant) -> Void
    ) {
        // Inside the lock, so that the last change is also the last one shown.
        state.withLock { state in
            change(&state, now)
            var runs: [StyledText] = []
            // Where nothing moves the wait for an answer was told in a line.
            if let wait = state.wait, !(look.isCalm && wait == .answer) {
                let seconds = seconds(of: wait, since: state.start, at: now)
                let text = Sentences.waiting(for: wait, seconds: seconds, columns: console.size.columns, look: look)
                runs.append(StyledText(text, .dim))
            }
            if let last = state.queued.last {
                let before = runs.isEmpty ? "" : look.separator
                runs.append(StyledText(before + queued(last, state.queued.count, after: runs), .dim))
            }
            let line = runs.isEmpty ? nil : StyledLine(runs)
            if line != state.shown { console.setStatus(line) }
            state.shown = line
        }
    }

    /// What was queued last, cut so that the way to take it back is seen too; in a narrow window that stands before it.
    private func queued(_ last: String, _ count: Int, after runs: [StyledText]) -> String {
        let more = count > 1 ? " (+\(count - 1))" : ""
        let columns = console.size.columns
        if columns < 40 { return "queued\(more), Up: \(last.prefix(200))" }
        let hint = "\(look.separator)Up takes it back"
        let taken = StyledLine(runs).width + StyledLine("\(look.separator)queued\(more): \(hint)").width
        var text = StyledText(String(last.prefix(200))).text
        while StyledLine(text).width > max(columns - taken, 8) { text.removeLast() }
        return "queued\(more): \(text)\(hint)"
    }
}

extension Duration {
    /// Whole seconds, at least as many as there are; zero if it is over.
    fileprivate var roundedUp: Int {
        let (seconds, attoseconds) = components
        return max(Int(seconds) + (attoseconds > 0 ? 1 : 0), 0)
    }
}
