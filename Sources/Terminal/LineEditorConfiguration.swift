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
    /// How many entries are kept.
    package var historyLimit: Int
    package var keyBindings: KeyBindings
    /// Whether the `bind` lines of `$EDITRC` or `~/.editrc` are obeyed (editrc(5)).
    package var readsEditrc: Bool
    package var prompt: Prompt
    /// Whether colours are shown; attributes such as bold are shown anyway.
    package var colors: Bool
    /// Whether the terminal re-wraps long lines when it gets narrower, as most do.
    package var reflows: Bool
    /// Finds completions for the entry at the cursor (an offset in Unicode scalars); runs on the terminal's thread, so it must be
    /// quick.
    package var complete: @Sendable (_ text: String, _ cursor: Int) -> Completion?
    /// Whether Enter accepts the entry; if not, it makes a new line.
    package var isComplete: @Sendable (_ text: String) -> Bool

    package init(
        terminal: Int32 = 0, historyPath: String? = nil, historyLimit: Int = 1000,
        keyBindings: KeyBindings = .emacs, readsEditrc: Bool = false, prompt: Prompt,
        colors: Bool = true, reflows: Bool = true,
        complete: @escaping @Sendable (_ text: String, _ cursor: Int) -> Completion? = { _, _ in nil },
        isComplete: @escaping @Sendable (_ text: String) -> Bool = { _ in true }
    ) {
        self.terminal = terminal
        self.historyPath = historyPath
        self.historyLimit = historyLimit
        self.keyBindings = keyBindings
        self.readsEditrc = readsEditrc
        self.prompt = prompt
        self.colors = colors
        self.reflows = reflows
        self.complete = complete
        self.isComplete = isComplete
    }
}

/// What the text before the cursor may be completed to.
package struct Completion: Hashable, Sendable {
    /// One way to complete it.
    package struct Candidate: Hashable, Sendable {
        /// What replaces the text from ``Completion/from`` to the cursor.
        package var text: String
        /// A word on it for the menu; may be empty.
        package var description: String

        package init(text: String, description: String = "") {
            self.text = text
            self.description = description
        }
    }

    /// Where the completed part begins: an offset in Unicode scalars.
    package var from: Int
    package var candidates: [Candidate]

    package init(from: Int, candidates: [Candidate]) {
        self.from = from
        self.candidates = candidates
    }
}
