/// Which key does what.
extension EditorCore {
    private static let codes: [(KeyCode, EditorCommand)] = [
        (.up, .up), (.down, .down), (.left, .left), (.right, .right), (.home, .lineStart), (.end, .lineEnd),
        (.delete, .delete), (.pageUp, .entryStart), (.pageDown, .entryEnd), (.newline, .newline), (.escape, .escape),
        (.paste, .paste), (.wordLeft, .wordLeft), (.wordRight, .wordRight), (.wordBackspace, .killWordLeft),
        (.wordDelete, .killWordRight), (.moveToTarget, .moveToTarget), (.modeProbe, .noteInsertMode),
    ]

    /// Bound in emacs mode and in both maps of vi.
    private static let controls: [(Unicode.Scalar, EditorCommand)] = [
        ("\r", .accept), ("\n", .newline), ("\u{03}", .interrupt), ("\u{04}", .deleteOrEnd), ("\u{0C}", .clearScreen),
        ("\u{0E}", .nextEntry), ("\u{10}", .previousEntry), ("\u{12}", .searchHistory), ("\u{1A}", .suspend),
        ("\u{07}", .editExternally), ("\u{1F}", .undo),
    ]

    /// Bound in emacs mode and in vi's insert map.
    private static let insertControls: [(Unicode.Scalar, EditorCommand)] = [
        ("\t", .complete), ("\u{08}", .backspace), ("\u{7F}", .backspace), ("\u{17}", .killBlankWord),
        ("\u{15}", .killLineStart),
    ]

    private static let emacsControls: [(Unicode.Scalar, EditorCommand)] = [
        ("\u{01}", .lineStart), ("\u{02}", .left), ("\u{05}", .lineEnd), ("\u{06}", .right), ("\u{0B}", .killLineEnd),
    ]

    /// Bound as `controls` are: Ctrl-X and another.
    private static let prefixed: [(String, EditorCommand)] = [("^X^E", .editExternally), ("^X^U", .undo)]

    /// vi's commands on the history and the whole line, which are libedit's where the entry has one line only, and ours.
    private static let viCommands: [(Unicode.Scalar, EditorCommand)] = [
        ("\u{1B}", .escape), ("j", .down), ("k", .up), ("+", .nextEntry), ("-", .previousEntry), ("J", .nextEntry),
        ("K", .previousEntry), ("/", .searchHistory), ("?", .searchHistory), ("n", .searchHistory), ("u", .undo),
        // Ctrl-R, vim's redo, searches the history in every mode here.
        ("U", .redo), ("h", .left), ("l", .right), ("v", .editExternally), ("D", .killLineEnd), ("C", .changeLineEnd),
        ("S", .changeLine), ("I", .insertAtLineStart), ("A", .insertAtLineEnd), ("o", .openBelow), ("O", .openAbove),
    ]

    /// Commands of libedit that read keys behind our back, end the line, or crash.
    private static let viUnassigned: [Unicode.Scalar] = [":", "N", "G", "#", "@", "["]

    /// Binds our keys over libedit's; again after a change between emacs and vi, which resets the maps.
    func bindKeys() {
        let isVi = engine.isVi
        func bind(_ table: [(Unicode.Scalar, EditorCommand)], inCommandMap: Bool = false) {
            for (key, command) in table { engine.bind(key, to: command.rawValue, inCommandMap: inCommandMap) }
        }
        func bindCode(_ code: KeyCode, to name: String) {
            guard let key = Unicode.Scalar(code.rawValue) else { return }
            engine.bind(key, to: name)
            if isVi { engine.bind(key, to: name, inCommandMap: true) }
        }
        // vi's insert map would insert it.
        bindCode(.backTab, to: "ed-unassigned")
        // In vi mode Esc is always the character.
        for (code, command) in EditorCore.codes where !(isVi && code == .escape) {
            bindCode(code, to: command.rawValue)
        }
        bindCode(.setMark, to: "em-set-mark")
        bindCode(.killRegion, to: "em-kill-region")
        bindCode(.insertMode, to: "vi-insert")
        bindCode(.commandMode, to: "vi-command-mode")
        bindCode(.changeLine, to: EditorCommand.changeLine.rawValue)
        bindCode(.deleteLine, to: EditorCommand.deleteLine.rawValue)
        bindCode(.operatorLeft, to: "ed-prev-char")
        bindCode(.operatorRight, to: "ed-next-char")
        bindCode(.startOver, to: "ed-start-over")
        bind(EditorCore.controls)
        bind(EditorCore.insertControls)
        for (sequence, command) in EditorCore.prefixed {
            engine.bind(sequence: sequence, to: command.rawValue)
            if isVi { engine.bind(sequence: sequence, to: command.rawValue, inCommandMap: true) }
        }
        if isVi {
            bind(EditorCore.controls, inCommandMap: true)
            bind(EditorCore.viCommands, inCommandMap: true)
            // What arrow keys send behind Esc: it would walk through libedit's own history.
            for start in ["[", "O"] {
                for end in ["A", "B", "C", "D", "H", "F"] { engine.run(["bind", "-a", "-r", start + end]) }
            }
            for key in EditorCore.viUnassigned { engine.bind(key, to: "ed-unassigned", inCommandMap: true) }
            if let probe = Unicode.Scalar(KeyCode.modeProbe.rawValue) {
                engine.bind(probe, to: EditorCommand.noteCommandMode.rawValue, inCommandMap: true)
            }
        } else {
            bind(EditorCore.emacsControls)
            // M-x takes a command line, and an unclosed quote in it ends in a segmentation fault.
            for sequence in ["\\ex", "\\eX"] { engine.bind(sequence: sequence, to: "ed-unassigned") }
            // libedit's words hold hyphens and dots, and none of the letters beyond ASCII; its history has nothing of the file,
            // and its screen isn't seen. Alt-/ is fish's.
            for (key, command) in [
                ("b", EditorCommand.wordLeft), ("f", .wordRight), ("d", .killWordRight), ("^?", .killWordLeft),
                ("^H", .killWordLeft), ("p", .previousEntry), ("n", .nextEntry), ("^L", .clearScreen), ("/", .redo),
                ("<", .entryStart), (">", .entryEnd),
            ] {
                engine.bind(sequence: "\\e\(key)", to: command.rawValue)
            }
        }
    }

    /// Tells those who asked what the keys do, as libedit itself lists it.
    func answerQuestions() {
        if questions.isEmpty { return }
        let list = KeyBindingList(
            listing: engine.output(of: "bind"), help: engine.output(of: "bind -l"), isVi: engine.isVi)
        for answer in questions { answer(list.bindings) }
        questions = []
    }
}
