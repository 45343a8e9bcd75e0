import CLibEdit
import Glibc
import Synchronization

/// A console on a terminal that understands no escape sequences (`TERM=dumb`), or on no terminal at all.
///
/// Lines are read as the terminal sends them, and everything is appended. Editing is the terminal's own.
package final class PlainConsole: Console {
    package let events: AsyncStream<LineEditorEvent>
    private let continuation: AsyncStream<LineEditorEvent>.Continuation
    private let mailbox: EditorMailbox
    private let input: Int32
    private let output: Int32
    private let prompt: Mutex<Prompt>
    private let isComplete: @Sendable (String) -> Bool

    /// Prepares a console; nothing is read or written before ``start()``.
    ///
    /// - Parameters:
    ///   - input: The descriptor that lines are read from.
    ///   - output: The descriptor that everything is written to.
    ///   - prompt: What stands before the lines, where nothing else is being written.
    ///   - isComplete: Whether the lines read so far are an entry; if not, the next line belongs to it too.
    /// - Throws: ``TerminalError`` if the system is out of descriptors.
    package init(
        input: Int32 = 0, output: Int32 = 1, prompt: Prompt,
        isComplete: @escaping @Sendable (_ text: String) -> Bool = { _ in true }
    ) throws {
        self.isComplete = isComplete
        self.input = input
        self.output = output
        self.prompt = Mutex(prompt)
        mailbox = try EditorMailbox(size: TerminalEnvironment.size(of: output) ?? .standard)
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(EditorMailbox.maximumEvents))
    }

    /// Starts the reading thread, which shows the prompt; to be called once.
    package func start() {
        guard mailbox.begin() else { return }
        let (mailbox, input, output, continuation) = (mailbox, input, output, continuation)
        let (prompt, isComplete) = (prompt.withLock { $0 }, isComplete)
        let started = TerminalThread.start {
            PlainReader(input: input, output: output, prompt: prompt, mailbox: mailbox, isComplete: isComplete) {
                continuation.offer($0)
            }.run()
            continuation.finish()
            mailbox.finish()
        }
        if !started {
            _ = continuation.offer(.endOfFile)
            continuation.finish()
            mailbox.finish()
        }
    }

    package var size: TerminalSize { TerminalEnvironment.size(of: output) ?? .standard }

    package var hasScreen: Bool { false }

    package func print(_ lines: [StyledLine]) async { await mailbox.post(finished: lines, open: nil) }

    /// Prints the finished lines; what is still open is shown when it is finished.
    package func show(finished: [StyledLine], open: [StyledLine]) async {
        await mailbox.post(finished: finished, open: open)
    }

    package func setPrompt(_ prompt: Prompt) { mailbox.post { $0.prompt = prompt } }

    /// Isn't shown; while there is one, the prompt is held back.
    package func setHoldsEntries(_ holds: Bool) { mailbox.post { $0.holdsEntries = holds } }

    package func setStatus(_ status: StyledLine?) { mailbox.post { $0.status = .some(status) } }

    /// Opens the editor too, where lines are read from a terminal.
    ///
    /// There is no entry that the text could come back into, so it is an event at once.
    package func compose(_ text: String) { mailbox.post { $0.composed = text } }

    package func giveBack(_ text: String) {}

    package func setTitle(_ title: String) {}
    package func setClipboard(_ text: String) -> Bool { false }
    package func setOffersTakeBack(_ offers: Bool) {}
    package func keyBindings() async -> [KeyBinding] { [] }

    package func stop() async { await mailbox.stop() }

    package func withTerminal<Result: Sendable>(_ body: @escaping @Sendable (TerminalLoan) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let lent = mailbox.lend { continuation.resume(returning: body($0)) }
            if !lent { continuation.resume(returning: body(TerminalLoan(isWanted: { false }))) }
        }
    }
}
