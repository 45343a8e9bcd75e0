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

    /// Names the terminal's window, where that is wanted; it gets its old name back in the end.
    func setTitle(_ title: String)

    /// Says whether Up on an empty entry asks for the last accepted one back (``LineEditorEvent/takeBack``).
    ///
    /// To be said again after each such event, behind ``giveBack(_:)`` if there was one to give back.
    func setOffersTakeBack(_ offers: Bool)

    /// The keys and what they do, as they are bound at this moment; none where keys are the terminal's own.
    func keyBindings() async -> [KeyBinding]

    /// Says whether accepted entries are held back: they leave no trace in the scrollback and arrive as ``LineEditorEvent/held(_:)``.
    ///
    /// For as long as something else is being written there. A ``PlainConsole`` can't hold back what its terminal has echoed, so it
    /// holds back its prompt.
    func setHoldsEntries(_ holds: Bool)

    /// Shows one line above the entry, cut to the width of the terminal; nil removes it.
    func setStatus(_ status: StyledLine?)

    /// Puts a text into the entry and opens the person's own editor on that: `$VISUAL`, else `$EDITOR`, else one that is there.
    ///
    /// What is saved there comes back into the entry; whatever goes wrong leaves the entry as it was and is said in a line. Until
    /// the editor ends the terminal is its own, and what is printed waits. Returns at once; after ``stop()`` it does nothing.
    func compose(_ text: String)

    /// Puts an accepted entry back on the prompt, before what is typed there meanwhile; a long one is folded.
    ///
    /// A ``PlainConsole`` has no entry to put it into.
    func giveBack(_ text: String)

    /// Asks the terminal to put a text, sanitised by its sender if need be, into the clipboard (OSC 52); it may not be allowed to, and
    /// doesn't say.
    ///
    /// Returns false where it can't be asked: the text is longer than ``TerminalClipboard/maximumBytes``, or the terminal understands no
    /// escape sequences.
    func setClipboard(_ text: String) -> Bool

    /// Prints what is still waiting, removes the entry and gives the terminal back as it was.
    ///
    /// Returns when that is done; calling it again does no harm. Cancellation doesn't shorten it.
    func stop() async

    /// Whether the terminal is one that a full-screen view can be tried on.
    var hasScreen: Bool { get }

    /// Lends the terminal, as it was at the start, to a full-screen view or another program, and takes it back.
    ///
    /// The closure runs on the terminal's own thread, so it may block; it should return when ``TerminalLoan/shouldReturn`` says so.
    /// Ctrl-C and Ctrl-Z, and SIGINT from outside, are the borrower's meanwhile, and no event. After ``stop()`` the closure runs at
    /// once.
    func withTerminal<Result: Sendable>(_ body: @escaping @Sendable (TerminalLoan) -> Result) async -> Result
}

/// What terminals take into the clipboard.
package enum TerminalClipboard {
    /// In UTF-8: in base64, as it is sent, these are the hundred thousand bytes that many terminals take at most.
    package static let maximumBytes = 74_994
}

/// What a console tells its reader.
package enum LineEditorEvent: Sendable, Hashable {
    /// An accepted entry, whole, with its line feeds; not sanitised, as it goes to the model and not to the terminal.
    case line(String)
    /// An accepted entry that was held back (``Console/setHoldsEntries(_:)``): whoever takes it up prints it.
    case held(String)
    /// An accepted entry with folded pastes: the whole text, and what was to be seen of it, without the pastes.
    case pasted(String, seen: String, isHeld: Bool)
    /// Ctrl-C, or SIGINT from outside; an entry that was being typed is cleared by it.
    case interrupt(hadText: Bool)
    /// Up on an empty entry, while an accepted one can be had back (``Console/setOffersTakeBack(_:)``).
    case takeBack
    /// Esc on an empty entry.
    case escape
    /// Ctrl-D on an empty entry, or the end of the input.
    case endOfFile
    /// SIGTERM or SIGHUP; the terminal is given back already, and no other event follows.
    case terminated(signal: Int32)
    /// What the terminal says is behind the text; nil if that is neither dark nor light.
    case background(Background?)
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
