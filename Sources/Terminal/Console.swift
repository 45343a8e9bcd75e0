/// What a conversation happens on: finished lines go in, what the person does comes out.
///
/// ``LineEditor`` is a terminal with an entry that stays alive while lines are printed above it; ``PlainConsole`` needs nothing
/// of the terminal but lines.
package protocol Console: Sendable {
    /// What the person and the terminal do, in order. For one reader; ends after ``stop()`` or when the terminal is gone.
    ///
    /// A thousand events wait for their reader. Then a terminal beeps, and the entry stays where it is; a file or pipe is read no
    /// further.
    var events: AsyncStream<LineEditorEvent> { get }

    /// The size of the terminal now.
    var size: TerminalSize { get }

    /// Prints finished lines above the entry; they go to the scrollback and are never touched again.
    ///
    /// Suspends while too much is waiting to be drawn. After ``stop()`` it does nothing.
    func print(_ lines: [StyledLine]) async

    /// Prints finished lines and replaces the block that is still open, both at once.
    ///
    /// The open block is drawn above the entry, its last rows if it is higher than the terminal. An empty one removes it.
    /// Suspends like ``print(_:)``.
    func show(finished: [StyledLine], open: [StyledLine]) async

    /// Changes what stands before the entry.
    func setPrompt(_ prompt: Prompt)

    /// Says whether accepted entries are held back: they leave no trace in the scrollback and arrive as ``LineEditorEvent/held(_:)``.
    ///
    /// For as long as something else is being written there. A ``PlainConsole`` can't hold back what its terminal has echoed, so it
    /// holds back its prompt.
    func setHoldsEntries(_ holds: Bool)

    /// Shows one line above the entry, cut to the width of the terminal; nil removes it.
    func setStatus(_ status: StyledLine?)

    /// Prints what is still waiting, removes the entry and gives the terminal back as it was.
    ///
    /// Returns when that is done; calling it again does no harm. Cancellation doesn't shorten it.
    func stop() async

    /// Lends the terminal, as it was at the start, to a full-screen view or another program, and takes it back.
    ///
    /// The closure runs on the terminal's own thread, so it may block; it should return when ``TerminalLoan/shouldReturn`` says so.
    /// Ctrl-C and Ctrl-Z, and SIGINT from outside, are the borrower's meanwhile, and no event. After ``stop()`` the closure runs at
    /// once.
    func withTerminal<Result: Sendable>(_ body: @escaping @Sendable (TerminalLoan) -> Result) async -> Result
}

/// What a console tells its reader.
package enum LineEditorEvent: Sendable, Hashable {
    /// An accepted entry, whole, with its line feeds; not sanitised, as it goes to the model and not to the terminal.
    case line(String)
    /// An accepted entry that was held back (``Console/setHoldsEntries(_:)``): whoever takes it up prints it.
    case held(String)
    /// Ctrl-C, or SIGINT from outside; an entry that was being typed is cleared by it.
    case interrupt(hadText: Bool)
    /// Esc on an empty entry.
    case escape
    /// Ctrl-D on an empty entry, or the end of the input.
    case endOfFile
    /// SIGTERM or SIGHUP; the terminal is given back already, and no other event follows.
    case terminated(signal: Int32)
    /// The terminal has another size.
    case resized(TerminalSize)
}

/// How many characters a terminal shows.
package struct TerminalSize: Hashable, Sendable {
    package var rows: Int
    package var columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// What is assumed of a terminal that doesn't say.
    package static let standard = TerminalSize(rows: 24, columns: 80)
}

/// What stands before the entry.
package struct Prompt: Hashable, Sendable {
    /// Before its first line.
    package var main: StyledLine
    /// Before the others.
    package var continuation: StyledLine

    package init(main: StyledLine, continuation: StyledLine) {
        self.main = main
        self.continuation = continuation
    }
}
