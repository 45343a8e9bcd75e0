import CLibEdit
import Glibc
import Synchronization

/// What the terminal's thread and the others have in common: what is still to be drawn, and a pipe that wakes the thread.
///
/// The mail is not a queue but the difference to what stands there, so it is bounded: only finished lines add up, and whoever
/// posts those waits when they are too many.
final class EditorMailbox: Sendable {
    /// So many finished lines may wait before posting suspends.
    static let maximumLines = 2000

    /// So many events may wait for their reader.
    static let maximumEvents = 1000

    /// What is to be done next, in this order.
    struct Mail {
        var finished: [StyledLine] = []
        var open: [StyledLine]?
        var prompt: Prompt?
        var holdsEntries: Bool?
        /// Outer nil: unchanged.
        var status: StyledLine??
        /// A text to be put into the entry and edited in the person's own editor.
        var composed: String?
        var title: String?
        /// What the terminal is asked to put into the clipboard.
        var clipboard: String?
        var offersTakeBack: Bool?
        /// Who wants to know the key bindings.
        var questions: [@Sendable ([KeyBinding]) -> Void] = []
        var loans: [@Sendable (TerminalLoan) -> Void] = []
        /// Entries that come back to the prompt.
        var givenBack: [String] = []
        /// More is known of what completes the entry.
        var completionsChanged = false
        var stops = false
    }

    private enum Phase { case idle, running, finished }

    private struct State {
        var phase = Phase.idle
        var mail = Mail()
        var isAwake = false
        var size: TerminalSize
        var posting: [CheckedContinuation<Void, Never>] = []
        var stopping: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    /// The pipe's ends: signals and wake-ups (0) go in as bytes.
    let wakeReader: Int32
    let wakeWriter: Int32

    init(size: TerminalSize) throws {
        var (reader, writer): (Int32, Int32) = (-1, -1)
        let code = clibedit_pipe(&reader, &writer)
        guard code == 0 else { throw TerminalError(operation: "make a pipe for the line editor", code: code) }
        (wakeReader, wakeWriter) = (reader, writer)
        state = Mutex(State(size: size))
    }

    deinit {
        // After SIGTERM the handlers stay; what they wrote would go to whatever gets this descriptor's number next.
        clibedit_guard_mute(wakeWriter)
        close(wakeReader)
        close(wakeWriter)
    }

    var size: TerminalSize {
        get { state.withLock { $0.size } }
        set { state.withLock { $0.size = newValue } }
    }

    // MARK: - From outside

    /// Whether this is the first start.
    func begin() -> Bool {
        state.withLock { state in
            defer { if state.phase == .idle { state.phase = .running } }
            return state.phase == .idle
        }
    }

    func post(_ change: (inout Mail) -> Void) {
        let wakes = state.withLock { state in
            if state.phase == .finished { return false }
            change(&state.mail)
            return EditorMailbox.mustWake(&state)
        }
        if wakes { wake() }
    }

    /// Posts lines, then waits while too many of them wait.
    func post(finished: [StyledLine], open: [StyledLine]?) async {
        post { mail in
            mail.finished += finished
            if let open { mail.open = open }
        }
        await withCheckedContinuation { continuation in
            let isFull = state.withLock { state in
                let isFull = state.phase == .running && state.mail.finished.count > EditorMailbox.maximumLines
                if isFull { state.posting.append(continuation) }
                return isFull
            }
            if !isFull { continuation.resume() }
        }
    }

    /// Has something run with the terminal lent to it; false if the terminal's thread isn't there to do it.
    func lend(_ body: @escaping @Sendable (TerminalLoan) -> Void) -> Bool {
        let (lent, wakes) = state.withLock { state in
            guard state.phase == .running, !state.mail.stops else { return (false, false) }
            state.mail.loans.append(body)
            return (true, EditorMailbox.mustWake(&state))
        }
        if wakes { wake() }
        return lent
    }

    /// Has the terminal's thread tell the key bindings; false if it isn't there to do it.
    func ask(_ answer: @escaping @Sendable ([KeyBinding]) -> Void) -> Bool {
        let (asked, wakes) = state.withLock { state in
            guard state.phase == .running else { return (false, false) }
            state.mail.questions.append(answer)
            return (true, EditorMailbox.mustWake(&state))
        }
        if wakes { wake() }
        return asked
    }

    func stop() async {
        await withCheckedContinuation { continuation in
            let (waits, wakes) = state.withLock { state in
                guard state.phase == .running else {
                    state.phase = .finished
                    return (false, false)
                }
                state.mail.stops = true
                state.stopping.append(continuation)
                return (true, EditorMailbox.mustWake(&state))
            }
            if wakes { wake() }
            if !waits { continuation.resume() }
        }
    }

    private static func mustWake(_ state: inout State) -> Bool {
        defer { state.isAwake = true }
        return !state.isAwake && state.phase == .running
    }

    private func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes the thread just as well.
        _ = write(wakeWriter, &byte, 1)
    }

    // MARK: - On the terminal's thread

    /// What has been posted since the last time; whoever waits for room goes on.
    func take() -> Mail {
        let (mail, posting) = state.withLock { state in
            defer {
                state.mail = Mail()
                state.mail.stops = false
                state.posting = []
                state.isAwake = false
            }
            return (state.mail, state.posting)
        }
        for continuation in posting { continuation.resume() }
        return mail
    }

    /// The signals that have come since the last time, and wake-ups (0).
    func takeSignals() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(wakeReader, &bytes, bytes.count)
        return bytes.prefix(max(count, 0)).map(Int32.init)
    }

    private var isStopping: Bool { state.withLock { $0.mail.stops } }

    /// Runs something that the terminal, already as it was found, is lent to.
    ///
    /// What comes meanwhile waits, but for Ctrl-C and Ctrl-Z: they were for the borrower, as a program of its own gets them too.
    func run(_ borrower: (TerminalLoan) -> Void) {
        var signals: Set<Int32> = []
        clibedit_guard_stops_by_itself(1)
        borrower(
            TerminalLoan(
                takeStop: { [self] in
                    signals.formUnion(takeSignals())
                    return signals.remove(SIGTSTP) != nil
                },
                isWanted: { [self] in
                    signals.formUnion(takeSignals())
                    return isStopping || !signals.isDisjoint(with: [SIGTERM, SIGHUP])
                }))
        clibedit_guard_stops_by_itself(0)
        signals.formUnion(takeSignals())
        // Back where they came from, with a wake-up for the mail.
        for signal in signals.intersection([SIGTERM, SIGHUP, SIGWINCH]).union([0]) {
            var byte = UInt8(signal)
            _ = write(wakeWriter, &byte, 1)
        }
    }

    /// The thread is done: nobody waits any more, and what was lent but not yet run is run without the terminal's help.
    func finish() {
        let (mail, waiting) = state.withLock { state in
            state.phase = .finished
            defer { (state.mail, state.posting, state.stopping) = (Mail(), [], []) }
            return (state.mail, state.posting + state.stopping)
        }
        for body in mail.loans { body(TerminalLoan(isWanted: { true })) }
        for answer in mail.questions { answer([]) }
        for continuation in waiting { continuation.resume() }
    }
}

extension AsyncStream.Continuation {
    /// Yields an element; false if too many are waiting and it was refused.
    func offer(_ element: sending Element) -> Bool {
        if case .dropped = yield(element) { return false }
        return true
    }
}
