import ChatSession
import Terminal
import TerminalMarkdown

/// Shows an answer as it arrives: what is finished goes into the scrollback, what is open is drawn above the prompt.
struct AnswerView: Sendable {
    let console: any Console
    let look: TerminalLook
    let status: StatusBoard

    /// The shortest time between two repaints: faster than any eye, slower than any model.
    private static let repaintInterval = Duration.milliseconds(16)

    init(console: any Console, look: TerminalLook, status: StatusBoard) {
        self.console = console
        self.look = look
        self.status = status
    }

    /// Runs a turn, with everything that it tells shown; returns when all of it is on its way to the terminal.
    func run(_ turn: @escaping @Sendable ((TurnEvent) async -> Void) async -> TurnOutcome) async -> TurnOutcome {
        let pending = PendingEvents()
        return await withTaskGroup(of: TurnOutcome?.self) { group in
            group.addTask {
                await self.paint(pending)
                return nil
            }
            group.addTask {
                let outcome = await withWaitingNote { await turn { event in await pending.add(event) } }
                pending.finish()
                return outcome
            }
            var outcome: TurnOutcome?
            for await result in group { outcome = result ?? outcome }
            return outcome ?? TurnOutcome(failedBeforeSending: CancellationError())
        }
    }

    private func paint(_ pending: PendingEvents) async {
        var layout = AnswerLayout(width: console.size.columns, look: look)
        while let events = await pending.next() {
            for event in events {
                if case .started = event { continue }
                status.setWaiting(nil)
                layout.append(event)
            }
            layout.width = console.size.columns
            await console.show(finished: layout.takeFinished(), open: layout.openLines())
            // Cancelled or not, the rest is painted; only the pause is left out.
            try? await Task.sleep(for: Self.repaintInterval)
        }
        layout.finish()
        await console.show(finished: layout.takeFinished(), open: [])
    }

    /// Says that the answer is waited for, with the seconds after the first.
    private func withWaitingNote(_ body: () async -> TurnOutcome) async -> TurnOutcome {
        status.setWaiting("…")
        let ticker = Task { [status] in
            var seconds = 0
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(1))
                seconds += 1
                status.advanceWaiting(seconds: seconds)
            }
        }
        defer { ticker.cancel() }
        return await body()
    }
}
