/// What the commands do.
extension EditorCore {
    func perform(_ command: EditorCommand) -> EditorCommand.Outcome {
        var entry = engine.entry
        needsDrawing = true
        switch command {
        case .left, .right, .lineStart, .lineEnd, .entryStart, .entryEnd, .wordLeft, .wordRight, .moveToTarget:
            return move(command, entry)
        case .up: return entry.moveUp() ? moved(entry) : recall(.older, entry)
        case .down: return entry.moveDown() ? moved(entry) : recall(.newer, entry)
        case .previousEntry: return recall(.older, entry)
        case .nextEntry: return recall(.newer, entry)
        case .backspace:
            return delete(to: entry.previousCharacter, entry)
        case .delete:
            return delete(to: entry.nextCharacter, entry)
        case .deleteOrEnd:
            if !entry.isEmpty { return delete(to: entry.nextCharacter, entry) }
            // The terminal is kept until it is asked back: there may be something to say first.
            emit(.endOfFile)
        case .killLineEnd:
            // At its end a line is joined with the next.
            if entry.cursor == entry.lineEnd { return delete(to: min(entry.cursor + 1, entry.scalars.count), entry) }
            return kill(to: entry.lineEnd, entry)
        case .killLineStart: return kill(to: entry.lineStart, entry)
        case .killBlankWord: return kill(to: entry.previousBlankWord, entry)
        case .killWordLeft: return kill(to: entry.previousWord, entry)
        case .killWordRight: return kill(to: entry.nextWord, entry)
        case .newline: insert(["\n"])
        case .paste:
            insert(folds.fold(pendingPaste))
            pendingPaste = []
        case .accept: accept(entry)
        case .interrupt: interrupt()
        case .escape:
            guard entry.isEmpty else { return .done }
            emit(.escape)
        case .suspend: suspend(wholeGroup: true)
        case .clearScreen: write(renderer.clearScreen())
        case .complete: return complete(entry)
        case .searchHistory: search = HistorySearch(start: entry, entries: history.entries)
        case .undo: return change(undo.undo())
        case .redo: return change(undo.redo())
        case .noteInsertMode, .noteCommandMode:
            note(isCommandMode: command == .noteCommandMode)
            return .keepsArgument
        }
        return .done
    }

    // MARK: - Motion and deletion

    private func move(_ command: EditorCommand, _ entry: Entry) -> EditorCommand.Outcome {
        let target: Int =
            switch command {
            case .left: entry.previousCharacter
            case .right: entry.nextCharacter
            case .lineStart: entry.lineStart
            case .lineEnd: entry.lineEnd
            case .entryStart: 0
            case .wordLeft: entry.previousWord
            case .wordRight: entry.nextWord
            case .moveToTarget: min(killTarget, entry.scalars.count)
            default: entry.scalars.count
            }
        if target == entry.cursor, command == .left || command == .right { return .refused }
        engine.moveCursor(to: target)
        return .done
    }

    private func moved(_ entry: Entry) -> EditorCommand.Outcome {
        engine.moveCursor(to: entry.cursor)
        return .done
    }

    private func delete(to target: Int, _ entry: Entry) -> EditorCommand.Outcome {
        guard target != entry.cursor else { return .refused }
        var entry = entry
        entry.delete(to: target)
        engine.entry = entry
        return .done
    }

    /// Kills through libedit, so that its yank has it.
    private func kill(to target: Int, _ entry: Entry) -> EditorCommand.Outcome {
        guard target != entry.cursor else { return .refused }
        killTarget = target
        steps += [.setMark, .moveToTarget, .killRegion]
        return .done
    }

    func insert(_ text: [Unicode.Scalar]) {
        var entry = engine.entry
        entry.insert(text)
        engine.entry = entry
    }

    private func change(_ entry: Entry?) -> EditorCommand.Outcome {
        guard let entry else { return .refused }
        engine.entry = entry
        return .done
    }

    // MARK: - The ends of an entry

    private func accept(_ entry: Entry) {
        let text = Entry.text(folds.unfolded(entry.scalars)[...])
        let backslashes = entry.scalars.reversed().prefix { $0 == "\\" }.count
        if entry.cursor == entry.scalars.count, backslashes % 2 == 1 {
            engine.entry = Entry(entry.scalars.dropLast() + ["\n"])
            return
        }
        guard configuration.isComplete(text) else { return insert(["\n"]) }
        guard emit(holdsEntries ? .held(text) : .line(text)) else { return }
        if !holdsEntries { leaveInScrollback(entry) }
        clear()
        remember(text, inFile: true)
    }

    /// Ctrl-C: what was typed stays in the scrollback, and can be had back from the history.
    func interrupt() {
        let entry = engine.entry
        (search, menu) = (nil, nil)
        if !entry.isEmpty {
            leaveInScrollback(entry, note: StyledText("^C", .dim))
            let text = Entry.text(folds.unfolded(entry.scalars)[...])
            clear()
            remember(text, inFile: false)
        }
        emit(.interrupt(hadText: !entry.isEmpty))
    }

    private func leaveInScrollback(_ entry: Entry, note: StyledText? = nil) {
        var lines = EntryLayout.lines(entry, prompt: prompt, folds: folds)
        if let note { lines[lines.count - 1].runs.append(note) }
        finished += lines
    }

    private func clear() {
        engine.entry = Entry()
        folds = FoldedPastes()
        undo = UndoStack()
        history.endRecall()
        isCommandMode = false
        engine.startOver()
    }

    private func remember(_ text: String, inFile: Bool) {
        guard history.add(text) else { return }
        engine.remember(text)
        guard inFile, let file = historyFile else { return }
        do {
            try file.append(text)
        } catch {
            reportHistory(error)
        }
    }

    // MARK: - History

    private func recall(_ direction: EntryHistory.Direction, _ entry: Entry) -> EditorCommand.Outcome {
        guard let recalled = history.recall(direction, from: entry) else { return .refused }
        switch recalled {
        case .draft(let draft): engine.entry = draft
        case .entry(let text): show(recalled: text)
        }
        return .done
    }

    /// Puts an entry of the history on the prompt; one that would make every key slow is folded.
    func show(recalled text: String) {
        let scalars = Array(text.unicodeScalars.map { KeyDecoder.allowed($0) })
        engine.entry = Entry(scalars.count > EditorCore.longestUnfoldedEntry ? folds.fold(scalars) : scalars)
    }

    // MARK: - Completion

    private func complete(_ entry: Entry) -> EditorCommand.Outcome {
        guard let completion = configuration.complete(entry.text, entry.cursor),
            let menu = CompletionMenu(completion, entry: entry)
        else { return .refused }
        engine.entry = menu.completed
        self.menu = menu.isDecided ? nil : menu
        return .done
    }
}
