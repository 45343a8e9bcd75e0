import Glibc

/// A terminal with an entry at its bottom that stays alive while lines are printed above it.
///
/// One thread owns the terminal, libedit and the region; this is what the others have of it. The terminal is given back as it was
/// found on every way out of the process but SIGKILL and _exit(2).
package final class LineEditor: Console {
    package let events: AsyncStream<LineEditorEvent>
    private let continuation: AsyncStream<LineEditorEvent>.Continuation
    private let configuration: LineEditorConfiguration
    private let mailbox: EditorMailbox

    /// Prepares an editor; nothing is changed or drawn before ``start()``.
    ///
    /// - Throws: ``TerminalError`` if the descriptor is no terminal, or the system is out of descriptors.
    package init(configuration: LineEditorConfiguration) throws {
        guard isatty(configuration.terminal) == 1 else {
            throw TerminalError(operation: "open the line editor", code: ENOTTY)
        }
        // Before libedit looks which characters are printable; in the C locale it drops the others.
        _ = TerminalEnvironment.localeIsUTF8
        self.configuration = configuration
        mailbox = try EditorMailbox(size: TerminalEnvironment.size(of: configuration.terminal) ?? .standard)
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(EditorMailbox.maximumEvents))
    }

    /// Starts the terminal's thread, which draws the prompt; to be called once.
    package func start() {
        let (mailbox, configuration, continuation) = (mailbox, configuration, continuation)
        guard mailbox.begin() else { return }
        let started = TerminalThread.start {
            let core = EditorCore(configuration: configuration, mailbox: mailbox) { continuation.offer($0) }
            if let core { core.run() } else { _ = continuation.offer(.endOfFile) }
            continuation.finish()
            mailbox.finish()
        }
        if !started {
            _ = continuation.offer(.endOfFile)
            continuation.finish()
            mailbox.finish()
        }
    }

    package var size: TerminalSize { mailbox.size }

    package var hasScreen: Bool { true }

    package func print(_ lines: [StyledLine]) async { await mailbox.post(finished: lines, open: nil) }

    package func show(finished: [StyledLine], open: [StyledLine]) async {
        await mailbox.post(finished: finished, open: open)
    }

    package func setPrompt(_ prompt: Prompt) { mailbox.post { $0.prompt = prompt } }

    package func setHoldsEntries(_ holds: Bool) { mailbox.post { $0.holdsEntries = holds } }

    package func setStatus(_ status: StyledLine?) { mailbox.post { $0.status = .some(status) } }

    package func compose(_ text: String) { mailbox.post { $0.composed = text } }

    package func giveBack(_ text: String) { mailbox.post { $0.givenBack.append(text) } }

    /// Has the entry completed once more: what was only part of the completions before is more now.
    package func completionsChanged() { mailbox.post { $0.completionsChanged = true } }

    package func setTitle(_ title: String) { mailbox.post { $0.title = title } }

    package func setClipboard(_ text: String) -> Bool {
        guard text.utf8.count <= TerminalClipboard.maximumBytes else { return false }
        mailbox.post { $0.clipboard = text }
        return true
    }

    package func setOffersTakeBack(_ offers: Bool) { mailbox.post { $0.offersTakeBack = offers } }

    package func keyBindings() async -> [KeyBinding] {
        await withCheckedContinuation { continuation in
            if !mailbox.ask({ continuation.resume(returning: $0) }) { continuation.resume(returning: []) }
        }
    }

    package func stop() async { await mailbox.stop() }

    package func withTerminal<Result: Sendable>(_ body: @escaping @Sendable (TerminalLoan) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let lent = mailbox.lend { continuation.resume(returning: body($0)) }
            if !lent { continuation.resume(returning: body(TerminalLoan(isWanted: { false }))) }
        }
    }
}

/// The terminal couldn't be had, with the system's reason.
package struct TerminalError: Error, Hashable, CustomStringConvertible {
    /// What was tried, to stand after "can't".
    package let operation: String
    /// The system's error number (errno(3)).
    package let code: Int32

    package var description: String { "can't \(operation): \(String(cString: strerror(code)))" }
}
