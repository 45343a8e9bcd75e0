import ChatSession
import Terminal

/// What is typed while an answer is under way waits, and is sent when that has ended.
extension Repl {
    private static let longestQueue = 50

    /// A line that waits for the end of the answer under way.
    struct QueuedLine {
        let text: String
        /// What of it was to be seen when it was sent off: files are named there, and not in what was only pasted.
        var seen: String?
        /// Whether the terminal shows it already.
        let isEchoed: Bool
    }

    /// Whether messages wait for the provider to say which models it has, as it may have only one.
    private var awaitsModel: Bool { isLearningModels && conversation.session.model == nil }

    /// Takes a line that was typed: at once, or when the answer under way has ended.
    func enter(_ text: String, seen: String? = nil, isEchoed: Bool) async {
        if CommandLineText(text).isBlank { return }
        let line = QueuedLine(text: text, seen: seen, isEchoed: isEchoed)
        if answering != nil, runsNow(CommandLineText(text)) {
            // Above the prompt the answer is being written, so nothing is echoed there.
            await submit(line)
        } else if answering == nil, !awaitsModel || CommandLineText(text).isCommand {
            await take(line)
        } else if CommandLineText(text).isQuit {
            isQuitting = true
        } else if queue.count < Self.longestQueue {
            queue.append(line)
        } else {
            await say("\(Self.longestQueue) messages wait already; this one is not sent.")
            console.giveBack(text)
        }
    }

    private func runsNow(_ text: CommandLineText) -> Bool {
        guard console.hasScreen, !look.isCalm, case .command(let name, _) = text else { return false }
        return CommandRegistry.command(named: name)?.runsDuringAnswers == true
    }

    func enterNextInQueue() async {
        while answering == nil, !awaitsModel, !isQuitting, !queue.isEmpty {
            let line = queue.removeFirst()
            await take(line)
        }
    }

    func dropQueue() async {
        for line in queue { await say("Not sent: \(line.text)") }
        queue = []
    }

    func showQueue() {
        status.setQueued(queue.map(\.text))
        console.setOffersTakeBack(!queue.isEmpty)
    }

    private func take(_ line: QueuedLine) async {
        if !line.isEchoed { await console.print(Transcript.prompted(line.text, prompt)) }
        await submit(line)
    }
}
