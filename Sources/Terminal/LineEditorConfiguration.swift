/// How a line editor behaves.
package struct LineEditorConfiguration: Sendable {
    /// The key map that libedit starts with.
    package enum KeyBindings: Hashable, Sendable {
        case emacs, vi
    }

    /// The descriptor of the terminal, for both directions.
    package var terminal: Int32
    /// The file that entries are kept in; nil keeps them in memory.
    package var historyPath: String?
    /// How many entries are kept, in memory and (no more than twice as many) in the file.
    package var historyLimit = 10_000
    package var keyBindings = KeyBindings.emacs
    /// Whether the `bind` lines of `$EDITRC` or `~/.editrc` are obeyed (editrc(5)).
    package var readsEditrc = false
    package var prompt: Prompt
    /// Whether the rest of the newest entry that begins with what is typed is shown behind it.
    package var suggests = false
    /// The colours that are shown; attributes such as bold are shown anyway.
    package var colors = ColorSupport.sixteen
    /// Whether the terminal is asked what is behind the text (``LineEditorEvent/background(_:)``).
    package var asksForBackground = false
    /// How long an answer that is still to come is waited for before the terminal is somebody else's.
    var answerTime = Duration.milliseconds(150)
    /// Whether the terminal re-wraps long lines when it gets narrower, as most do.
    package var reflows = true
    /// Finds completions for the entry at the cursor (an offset in Unicode scalars); runs on the terminal's thread, so it must be
    /// quick.
    package var complete: @Sendable (_ text: String, _ cursor: Int) -> Completion? = { _, _ in nil }
    /// Whether entries and what comes of them are marked for the terminal (OSC 133).
    package var showsPromptMarks = false
    /// Whether ``Console/setTitle(_:)`` names the terminal's window.
    package var namesWindow = false
    /// Whether an entry may be written to the file; if not, it stays in memory.
    ///
    /// Runs on the terminal's thread.
    package var mayKeep: @Sendable (_ text: String) -> Bool = { _ in true }
    /// What is said the first time that an entry isn't written because of ``mayKeep``.
    package var unkeptNotice = StyledLine()
    /// Whether Enter accepts the entry; if not, it makes a new line.
    package var isComplete: @Sendable (_ text: String) -> Bool = { _ in true }
    /// Whether keys may open the person's own editor (`$VISUAL`).
    package var opensExternalEditor = true

    package init(terminal: Int32 = 0, prompt: Prompt) {
        self.terminal = terminal
        self.prompt = prompt
    }
}
