import CLibEdit
import Glibc

/// The line editor on the terminal's thread: what was typed goes through it to libedit, and what is to be seen to the terminal.
///
/// Not Sendable on purpose: everything here happens on the one thread that ``run()`` is called on.
final class EditorCore {
    /// An entry from the history is folded beyond this many scalars, as libedit's work per key grows with the length.
    static let longestUnfoldedEntry = 20_000

    let configuration: LineEditorConfiguration
    let mailbox: EditorMailbox
    /// Tells the reader; false if it has too many events to read already.
    private let offer: (LineEditorEvent) -> Bool
    let engine: EditingEngine
    private let guardNumber: Int32
    let modes: TerminalModes
    private let writer: TerminalWriter
    /// What came while a write waited, to be seen to next.
    var pendingSignals: [Int32] = []

    // Input
    var decoder = KeyDecoder()
    /// Characters that libedit gets before anything that is typed: the steps of a command.
    var steps: [KeyCode] = []
    /// The character after the Esc that stands for Alt.
    var pushed: UInt32?
    /// The key that came so soon after an Esc that it looked like Alt, in vi.
    var behindEscape: [Key] = []
    /// The keys that came while an answer was waited for, the first one last.
    var keysAhead: [Key] = []
    var hasWaitedForAnswer = false
    var readBuffer = [UInt8](repeating: 0, count: 1 << 16)
    /// What is read next was typed when the terminal still made a line feed of Enter: before the start, or under a program.
    var readsTypeAhead = false
    var pendingPaste: [Unicode.Scalar] = []
    var ends = false
    var isPrepared = false

    // Editing
    var undo = UndoStack()
    var folds = FoldedPastes()
    /// The newest entries that had folded pastes, as they stood on the prompt.
    var foldedEntries: [(text: String, scalars: [Unicode.Scalar])] = []
    var history: EntryHistory
    let historyFile: HistoryFile?
    var search: HistorySearch?
    var lastPattern: [Unicode.Scalar] = []
    /// The last entry of the history, if it is there only because Ctrl-C has cleared it, and not in the file.
    var putAway: String?
    var hasSaidUnkept = false
    /// What the editor itself has to say, once nothing else is being written.
    var notices: [StyledLine] = []
    var menu: CompletionMenu?
    /// The key under way changes what the menu lists.
    var refreshesMenu = false
    var awaitedCompletion: AwaitedCompletion?
    var killTarget = 0
    var repeatCount = RepeatCount()
    /// Where the cursor was when an operator was typed twice; libedit moves it as it forgets the operator.
    var operatorCursor: Int?
    /// vi's command mode, as far as the last probe told.
    var isCommandMode = false
    var hasProbed = false
    /// libedit is reading the argument of a command, such as the character after vi's `f`.
    var readsArgument = false

    // Drawing
    var renderer: RegionRenderer
    var prompt: Prompt
    var status: StyledLine?
    var holdsEntries = false
    var offersTakeBack = false
    var isTakingBack = false
    var title: String?
    var questions: [@Sendable ([KeyBinding]) -> Void] = []
    var open: [StyledLine] = []
    var finished: [StyledLine] = []
    var scroll = 0
    var rings = false
    var needsDrawing = true

    init?(configuration: LineEditorConfiguration, mailbox: EditorMailbox, offer: @escaping (LineEditorEvent) -> Bool) {
        modes = TerminalModes(
            kind: getenv("TERM").map { String(cString: $0) } ?? "", namesWindow: configuration.namesWindow)
        writer = TerminalWriter(output: configuration.terminal, wake: mailbox.wakeReader)
        // By the writer's descriptor, which never blocks.
        guardNumber = clibedit_guard_open(writer.descriptor, mailbox.wakeWriter, modes.reset)
        guard guardNumber >= 0 else { return nil }
        guard let engine = EditingEngine(terminal: configuration.terminal, keyBindings: configuration.keyBindings)
        else {
            clibedit_guard_close(guardNumber)
            return nil
        }
        self.configuration = configuration
        self.mailbox = mailbox
        self.offer = offer
        self.engine = engine
        prompt = configuration.prompt
        history = EntryHistory(limit: configuration.historyLimit)
        historyFile = configuration.historyPath.map { HistoryFile(path: $0, limit: configuration.historyLimit) }
        let size = TerminalEnvironment.size(of: configuration.terminal) ?? .standard
        renderer = RegionRenderer(
            size: size, colors: configuration.colors, reflows: configuration.reflows,
            showsPromptMarks: configuration.showsPromptMarks)
    }

    /// Edits until it is stopped, the terminal is gone or a signal ends it.
    func run() {
        engine.handlers = EditingEngine.Handlers(
            read: { [unowned self] in nextCharacter() }, perform: { [unowned self] in perform($0) },
            bell: { [unowned self] in rings = true })
        setRaw()
        write(modes.enter)
        if configuration.asksForBackground { askForBackground() }
        receiveMail()
        while !ends { engine.run() }
        leaveTerminal()
        engine.handlers = nil
    }

    /// What must be there before the first key, but not before the first prompt.
    func prepare() {
        isPrepared = true
        engine.growBuffers(toScalars: 1 << 16)
        bindKeys()
        if configuration.readsEditrc { readEditrc() }
        guard let historyFile else { return }
        do {
            history.load(try historyFile.load())
        } catch {
            reportHistory(error)
        }
    }

    /// Tells the reader, or beeps and returns false if it doesn't keep up.
    @discardableResult
    func emit(_ event: LineEditorEvent) -> Bool {
        let isTaken = offer(event)
        if !isTaken { (rings, needsDrawing) = (true, true) }
        return isTaken
    }

    /// Says what is wrong with the history, once.
    func reportHistory(_ error: any Error) {
        let text = String(describing: error)
        if text != historyProblem { say("The history: \(text)") }
        historyProblem = text
    }

    private var historyProblem: String?

    /// Prints a quiet line above the entry.
    func say(_ text: String) {
        notices.append(StyledLine(text, .dim))
        sayNotices()
    }

    /// Prints what the editor has to say, but not into something that is being written.
    func sayNotices() {
        if holdsEntries || notices.isEmpty { return }
        finished += notices
        notices = []
        needsDrawing = true
    }

    // MARK: - The terminal's modes

    func write(_ bytes: [UInt8]) {
        if bytes.isEmpty { return }
        writer.write(bytes) { [self] in
            pendingSignals += mailbox.takeSignals()
            return pendingSignals.allSatisfy { $0 != SIGTERM && $0 != SIGHUP }
        }
    }

    private(set) var hasTerminal = true

    /// Removes the region and gives the terminal back as it was found.
    private func leaveTerminal() {
        guard hasTerminal else { return }
        drawLast()
        hasTerminal = false
        leaveModes(CLIBEDIT_GUARD_LEFT)
        clibedit_guard_close(guardNumber)
    }

    private func leaveModes(_ phase: Int) {
        waitForAnswer()
        write(renderer.erase() + renderer.endMarks() + modes.leave)
        clibedit_guard_set_phase(guardNumber, Int32(phase))
        engine.setRaw(false)
    }

    /// SIGTERM or SIGHUP: gives the terminal back, but goes on taking signals, so that a second one doesn't end the process while
    /// it saves.
    func terminate(signal: Int32) {
        writer.hurry()
        keepDraft()
        drawLast()
        hasTerminal = false
        leaveModes(CLIBEDIT_GUARD_LEFT)
        clibedit_guard_restore(guardNumber)
        emit(.terminated(signal: signal))
        ends = true
    }

    func suspend(wholeGroup: Bool) {
        withoutTerminal {
            clibedit_guard_stop(wholeGroup ? 1 : 0)
            // The SIGCONT of this stop is dealt with by what follows; as one of its own it would draw a second region.
            pendingSignals += mailbox.takeSignals().filter { $0 != SIGCONT }
        }
    }

    /// Gives the terminal to someone else for a while, and goes on in a line of its own below what that has written.
    func lend(to borrower: (TerminalLoan) -> Void) {
        withoutTerminal {
            mailbox.run(borrower)
            let columns = TerminalEnvironment.size(of: configuration.terminal)?.columns ?? renderer.size.columns
            write(modes.takeBack + modes.freshLine(columns: columns))
        }
    }

    func withoutTerminal(_ body: () -> Void) {
        draw()
        leaveModes(CLIBEDIT_GUARD_LENT)
        body()
        reenterTerminal()
    }

    /// Takes the terminal (again), whatever happened to it.
    func reenterTerminal() {
        setRaw()
        clibedit_guard_set_phase(guardNumber, Int32(CLIBEDIT_GUARD_EDITING))
        write(modes.enter)
        if let title { write(modes.windowTitle(title)) }
        if engine.isVi { write(modes.cursor(isCommandMode: isCommandMode)) }
        renderer.forget()
        noticeSize()
        needsDrawing = true
    }

    /// Takes every byte as it is from now on.
    ///
    /// In what was typed before, the terminal has made line feeds of the returns.
    private func setRaw() {
        engine.setRaw(true)
        var input = pollfd(fd: configuration.terminal, events: Int16(POLLIN), revents: 0)
        readsTypeAhead = poll(&input, 1, 0) == 1
    }

    /// After SIGSTOP and SIGCONT: the shell has set modes of its own, while libedit believes that its own still hold.
    func continued() {
        engine.setRaw(false)
        reenterTerminal()
    }

    func note(isCommandMode: Bool) {
        guard isCommandMode != self.isCommandMode || !hasNotedMode else { return }
        hasNotedMode = true
        self.isCommandMode = isCommandMode
        write(modes.cursor(isCommandMode: isCommandMode))
    }

    private var hasNotedMode = false
}
