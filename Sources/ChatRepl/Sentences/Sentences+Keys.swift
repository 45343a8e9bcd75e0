import Terminal
import TerminalMarkdown

/// What the keys do, in words.
extension Sentences {
    /// The commands that keys are bound to, in the order in which they are told.
    ///
    /// What libedit has beside these is told in its own words.
    static let keyWords: [(command: String, words: String)] = [
        ("banter-accept", "send; after a backslash: new line"),
        ("banter-newline", "new line"),
        ("banter-complete", "complete a command or its argument"),
        ("banter-interrupt", "clear what is typed; stop the answer"),
        ("banter-escape", "stop the answer"),
        ("vi-command-mode", "take commands"),
        ("banter-delete-or-end", "delete the next character; leave where nothing is typed"),
        ("banter-suspend", "suspend"),
        ("banter-up", "up a line, then back in the history; take back what is queued"),
        ("banter-down", "down a line, then on in the history"),
        ("banter-previous-entry", "back in the history; take back what is queued"),
        ("banter-next-entry", "on in the history"),
        ("banter-search-history", "search the history"),
        ("banter-left", "a character to the left"),
        ("banter-right", "a character to the right, or take the suggestion"),
        ("banter-word-left", "a word to the left"),
        ("banter-word-right", "a word to the right, or take one of the suggestion"),
        ("banter-line-start", "to the start of the line"),
        ("banter-line-end", "to the end of the line, or take the suggestion"),
        ("banter-entry-start", "to the start of the entry"),
        ("banter-entry-end", "to the end of the entry"),
        ("banter-backspace", "delete the character before"),
        ("banter-delete", "delete the character behind"),
        ("banter-kill-line-end", "cut to the end of the line"),
        ("banter-kill-line-start", "cut to the start of the line"),
        ("banter-kill-blank-word", "cut back to the last blank"),
        ("banter-kill-word-left", "cut the word before"),
        ("banter-kill-word-right", "cut the word behind"),
        ("em-yank", "put in what was cut"),
        ("banter-undo", "undo"),
        ("banter-redo", "redo"),
        ("banter-edit-externally", "write the entry in $VISUAL or $EDITOR"),
        ("banter-insert-at-line-start", "type at the start of the line"),
        ("banter-insert-at-line-end", "type at the end of the line"),
        ("banter-open-below", "type on a new line below"),
        ("banter-open-above", "type on a new line above"),
        ("banter-change-line-end", "cut to the end of the line, and type"),
        ("banter-change-line", "cut the line, and type"),
        ("banter-clear-screen", "clear the screen"),
        ("ed-quoted-insert", "type the next key as it is"),
        ("ed-transpose-chars", "exchange two characters"),
        ("em-upper-case", "make the word capitals"),
        ("em-lower-case", "make the word small letters"),
        ("em-capitol-case", "make the letter a capital"),
        ("em-set-mark", "set the mark"),
        ("em-exchange-mark", "exchange cursor and mark"),
        ("ed-argument-digit", "how often the next command is done"),
    ]

    /// What `/keys` shows: the keys in force, in columns, or one under the other where there is no room for that.
    static func keys(_ bindings: [KeyBinding], columns: Int) -> [StyledLine] {
        guard !bindings.isEmpty else {
            return [StyledLine("The keys are the terminal's own here: it sends whole lines.", .dim)]
        }
        let isVi = bindings.contains { $0.mode == .command }
        let groups = isVi ? [("vi, typing", KeyBinding.Mode.typing), ("vi, commands", .command)] : [("emacs", .typing)]
        var lines: [StyledLine] = []
        for (title, mode) in groups {
            lines.append(StyledLine(title, .bold))
            lines += rows(bindings.filter { $0.mode == mode }, columns: columns)
        }
        lines.append(StyledLine("in the search", .bold))
        lines += row("Ctrl-R, Ctrl-S", "older, newer", columns: columns)
        lines += row("Esc, Ctrl-G", "keep what was found, give it up", columns: columns)
        return lines + StyledLine("~/.editrc changes them: bind \"^T\" banter-undo", .dim).wrapped(to: columns)
    }

    /// One row for each thing that keys do.
    private static func rows(_ bindings: [KeyBinding], columns: Int) -> [StyledLine] {
        var order: [KeyBinding.Action] = []
        var keys: [KeyBinding.Action: [String]] = [:]
        for binding in bindings {
            if keys[binding.action] == nil { order.append(binding.action) }
            if keys[binding.action]?.contains(binding.key) != true {
                keys[binding.action, default: []].append(binding.key)
            }
        }
        let ranked = order.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
        return ranked.flatMap { _, action in
            let all = keys[action] ?? []
            let names = all.count > 4 ? "\(all[0]) to \(all[all.count - 1])" : all.joined(separator: ", ")
            return row(names, words(for: action), columns: columns)
        }
    }

    private static func rank(_ action: KeyBinding.Action) -> Int {
        guard case .command(let name, _) = action else { return -1 }
        return keyWords.firstIndex { $0.command == name } ?? keyWords.count
    }

    private static func words(for action: KeyBinding.Action) -> String {
        switch action {
        case .text(let text): return "type \"\(text)\""
        case .command(let name, let help):
            if let known = keyWords.first(where: { $0.command == name }) { return known.words }
            let words = help.hasPrefix("Vi ") ? String(help.dropFirst(3)) : help
            return words.isEmpty ? name : words.prefix(1).lowercased() + words.dropFirst()
        }
    }

    /// The column that the words begin in, where there are two columns.
    static let keyColumn = 26

    private static func row(_ keys: String, _ words: String, columns: Int) -> [StyledLine] {
        if columns < 50 {
            return
                (StyledLine("  \(keys)").wrapped(to: columns, hanging: 2)
                + StyledLine("    \(words)", .dim).wrapped(to: columns, hanging: 4))
        }
        let gap = String(repeating: " ", count: max(keyColumn - 2 - keys.count, 2))
        return StyledLine(words, .dim).wrapped(to: columns - keyColumn - 1).enumerated().map { index, line in
            let before = index == 0 ? "  \(keys)\(gap)" : String(repeating: " ", count: keyColumn)
            return StyledLine([StyledText(before)] + line.runs)
        }
    }
}
