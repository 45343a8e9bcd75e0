/// What the commands do.
extension EditorCore {
    func perform(_ command: EditorCommand) -> EditorCommand.Outcome {
        let entry = engine.entry
        let times = repeatCount.value
        needsDrawing = true
        switch command {
        case .left, .right, .lineStart, .lineEnd, .entryStart, .entryEnd, .wordLeft, .wordRight, .moveToTarget:
            return move(command, entry)
        case .up, .down, .previousEntry, .nextEntry: return walk(command)
        case .backspace: return delete(to: entry.offset(of: \.previousCharacter, times: times), entry)
        case .delete: return delete(to: entry.offset(of: \.nextCharacter, times: times), entry)
        case .deleteOrEnd:
            if !entry.isEmpty { return delete(to: entry.nextCharacter, entry) }
            // The terminal is kept until it is asked back: there may be something to say first.
            emit(.endOfFile)
        case .killLineEnd:
            // At its end a line is joined with the next.
            if entry.cursor == entry.lineEnd, isCommandMode { return .refused }
            if entry.cursor == entry.lineEnd { return delete(to: min(entry.cursor + 1, entry.scalars.count), entry) }
            return kill(to: entry.lineEnd, entry)
        case .killLineStart: return kill(to: entry.lineStart, entry)
        case .killBlankWord: return kill(to: entry.offset(of: \.previousBlankWord, times: times), entry)
        case .killWordLeft: return kill(to: entry.offset(of: \.previousWord, times: times), entry)
        case .killWordRight: return kill(to: entry.offset(of: \.nextWord, times: times), entry)
        case .newline: insert(["\n"])
        case .paste: return paste()
        case .accept:
            // A macro or a repetition may have put one there in this very step.
            takeBackCodes()
            accept(engine.entry)
        case .interrupt: interrupt()
        case .escape:
            guard entry.isEmpty else { return .done }
            emit(.escape)
        case .suspend: suspend(wholeGroup: true)
        case .clearScreen: write(renderer.clearScreen())
        case .complete: return complete(entry)
        case .searchHistory:
            search = HistorySearch(start: entry, entries: history.entries, lastPattern: lastPattern)
        case .insertAtLineStart, .insertAtLineEnd, .openBelow, .openAbove, .changeLineEnd, .changeLine:
            return insertInLine(command, entry)
        case .deleteLine: return deleteLine(entry)
        case .undo, .redo:
            // What a search, a menu or an editor did since the last command is a step, too.
            undo.record(entry)
            return change(command == .undo ? undo.undo() : undo.redo())
        case .editExternally:
            guard configuration.opensExternalEditor else { return .refused }
            editExternally()
        case .noteInsertMode, .noteCommandMode:
            note(isCommandMode: command == .noteCommandMode)
            return .keepsArgument
        }
        return .done
    }

    // MARK: - Motion and deletion

    private func move(_ command: EditorCommand, _ entry: Entry) -> EditorCommand.Outcome {
        if let taken = takeSuggestion(command, entry) { return taken }
        let target: Int =
            switch command {
            case .left: entry.offset(of: \.previousCharacter, times: repeatCount.value)
            case .right: entry.offset(of: \.nextCharacter, times: repeatCount.value)
            case .lineStart: entry.lineStart
            // vi's command mode has the cursor on a character.
            case .lineEnd where isCommandMode: max(entry.lineStart, entry.lineEnd - 1)
            case .lineEnd: entry.lineEnd
            case .entryStart: 0
            case .wordLeft: entry.offset(of: \.previousWord, times: repeatCount.value)
            case .wordRight: entry.offset(of: \.nextWord, times: repeatCount.value)
            case .moveToTarget: min(killTarget, entry.scalars.count)
            default: entry.scalars.count
            }
        if target == entry.cursor, command == .left || command == .right { return .refused }
        engine.moveCursor(to: target)
        return .done
    }

    /// Up and down: in the entry, then in the history.
    private func walk(_ command: EditorCommand) -> EditorCommand.Outcome {
        for time in 0..<repeatCount.value {
            var entry = engine.entry
            let step =
                switch command {
                case .up where entry.moveUp(), .down where entry.moveDown(): moved(entry)
                case .up, .previousEntry: older(entry)
                default: recall(.newer, entry)
                }
            if step == .refused { return time == 0 ? .refused : .done }
        }
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
    ///
    /// - Parameters:
    ///   - target: Where the killed text ends, or begins.
    ///   - entry: The entry, with the cursor where the killed text begins, or ends.
    ///   - thenInserts: Whether vi's insert mode follows.
    /// - Returns: What libedit is told.
    func kill(to target: Int, _ entry: Entry, thenInserts: Bool = false) -> EditorCommand.Outcome {
        guard target != entry.cursor else { return .refused }
        killTarget = target
        let kill: [KeyCode] = [.setMark, .moveToTarget, .killRegion]
        // libedit keeps the cursor of vi's command mode before the end of the entry.
        if isCommandMode, thenInserts || target == entry.scalars.count {
            steps += [.insertMode] + kill + (thenInserts ? [] : [.commandMode])
        } else {
            steps += kill
        }
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
        // First, as in a text that is still open a backslash is part of it.
        guard configuration.isComplete(text) else { return insert(["\n"]) }
        let backslashes = entry.scalars.reversed().prefix { $0 == "\\" }.count
        if entry.cursor == entry.scalars.count, backslashes % 2 == 1 {
            engine.entry = Entry(entry.scalars.dropLast() + ["\n"])
            return
        }
        guard emit(event(accepting: text, entry)) else { return }
        if !holdsEntries { leaveInScrollback(entry) }
        noteFolded(entry, text: text)
        clear()
        remember(text, inFile: true)
        sayNotices()
    }

    private func event(accepting text: String, _ entry: Entry) -> LineEditorEvent {
        let seen = entry.scalars.filter { folds.label(of: $0) == nil }
        if seen.count < entry.scalars.count {
            return .pasted(text, seen: Entry.text(seen[...]), isHeld: holdsEntries)
        }
        return holdsEntries ? .held(text) : .line(text)
    }

    /// Ctrl-C: what was typed stays in the scrollback, and can be had back from the history.
    func interrupt() {
        let entry = engine.entry
        (search, menu) = (nil, nil)
        if !entry.isEmpty {
            leaveInScrollback(entry, note: StyledText("^C", .dim))
            let text = Entry.text(folds.unfolded(entry.scalars)[...])
            noteFolded(entry, text: text)
            clear()
            remember(text, inFile: false)
        }
        emit(.interrupt(hadText: !entry.isEmpty))
    }

    private func leaveInScrollback(_ entry: Entry, note: StyledText? = nil) {
        var lines = EntryLayout.lines(
            entry, prompt: prompt.fitted(columns: renderer.size.columns), folds: folds)
        if let note { lines[lines.count - 1].runs.append(note) }
        finished += lines
    }

    private func clear() {
        engine.entry = Entry()
        folds.endEntry()
        undo = UndoStack()
        history.endRecall()
        isCommandMode = false
        engine.startOver()
    }

    private func remember(_ text: String, inFile: Bool) {
        let isNew = history.add(text)
        if isNew { engine.remember(text) }
        if inFile {
            if isNew || text == putAway { keep(text) }
            putAway = nil
        } else if isNew {
            putAway = text
        }
    }
}
