import ChatSession
import Terminal
import TerminalMarkdown

/// Shows an answer as it arrives: what is finished goes into the scrollback, what is open is drawn above the prompt.
struct AnswerView: Sendable {
    let console: any Console
    let look: TerminalLook
    let status: StatusBoard

    /// The shortest time between two repaints: a few words at a time, as fast as anyone reads.
    static let repaintInterval = Duration.milliseconds(50)

    init(console: any Console, look: TerminalLook, status: StatusBoard) {
        self.console = console
        self.look = look
        self.status = status
    }

    /// Runs a turn, with everything that it tells shown; returns when all of it is on its way to the terminal.
    func run(_ turn: @escaping @Sendable ((TurnEvent) async -> Void) async -> TurnOutcome) async -> TurnOutcome {
        let pending = PendingEvents()
        if look.isCalm { await console.print([StyledLine(Sentences.waitingForAnswer, .dim)]) }
        status.wait(for: .answer)
        defer { status.wait(for: nil) }
        return await withTaskGroup(of: TurnOutcome?.self) { group in
            group.addTask {
                await self.paint(pending)
                return nil
            }
            group.addTask {
                let outcome = await turn { event in await pending.add(event) }
                pending.finish()
                return outcome
            }
            var outcome: TurnOutcome?
            for await result in group {
                outcome = result ?? outcome
                // The answer has ended: what is left is painted without a pause.
                if result != nil { group.cancelAll() }
            }
            return outcome ?? TurnOutcome(failedBeforeSending: CancellationError())
        }
    }

    private func paint(_ pending: PendingEvents) async {
        var layout = AnswerLayout(width: console.size.columns, look: look)
        while let events = await pending.next() {
            for event in events {
                switch event {
                case .started: continue
                case .reasoning where look.reasoning != .show: status.wait(for: .reasoning)
                case .reasoning, .content, .refusal, .contentWasReasoning: status.wait(for: nil)
                }
                layout.append(event, at: .now)
            }
            layout.width = console.size.columns
            await console.show(finished: layout.takeFinished(), open: look.isCalm ? [] : layout.openLines())
            // Cancelled or not, the rest is painted; only the pause is left out.
            try? await Task.sleep(for: Self.repaintInterval)
        }
        layout.finish(at: .now)
        await console.show(finished: layout.takeFinished(), open: [])
    }
}
