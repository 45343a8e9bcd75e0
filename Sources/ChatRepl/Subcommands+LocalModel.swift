import ChatSession
import Synchronization
import Terminal

extension Subcommands {
    /// Installs the local model, and shows how far it is.
    package static func installLocalModel(ifNeeded: Bool) async -> ExitStatus {
        await withFront { front in
            let model = try front.requiredHome.localModel
            if ifNeeded, (try? front.providerChoice().decide()) != nil { return .success }
            if case .installed = model.status {
                try front.messages.write(Sentences.status(of: model))
                return .success
            }
            try front.requiredHome.create()
            let display = ProgressDisplay(output: front.messages, isTerminal: front.terminal.showsStyles(on: 2))
            try await model.install { display.show(Sentences.installing($0)) }
            display.finish()
            try front.messages.write(Sentences.status(of: model))
            return .success
        }
    }

    package static func showLocalModel() -> ExitStatus {
        withFront { front in
            let model = try front.requiredHome.localModel
            try front.answers.write(Sentences.status(of: model))
            if case .installed = model.status { return .success }
            return .failure
        }
    }

    package static func removeLocalModel() -> ExitStatus {
        withFront { front in
            let model = try front.requiredHome.localModel
            try model.remove()
            try front.answers.write(Sentences.status(of: model))
            return .success
        }
    }
}

/// Progress on one line of the terminal, or a line for each step where there is none.
private final class ProgressDisplay: Sendable {
    private let output: TerminalOutput
    private let isTerminal: Bool
    private let lastStep = Mutex("")

    init(output: TerminalOutput, isTerminal: Bool) {
        self.output = output
        self.isTerminal = isTerminal
    }

    func show(_ text: String) {
        lastStep.withLock { last in
            let step = String(text.prefix { $0 != "," })
            let line = StyledText(text)
            // A closed standard error is no reason to stop installing.
            if isTerminal {
                try? output.write(Array("\r\u{1B}[K\(line.text)".utf8))
            } else if step != last {
                try? output.write([StyledLine([line])])
            }
            last = step
        }
    }

    func finish() {
        if isTerminal { try? output.write(Array("\r\u{1B}[K".utf8)) }
    }
}
