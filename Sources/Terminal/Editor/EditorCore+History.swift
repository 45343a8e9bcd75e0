/// The entries that were accepted, and those that weren't.
extension EditorCore {
    /// The entry before this one; on an empty prompt that is the one that waits and can be taken back, if there is one.
    func older(_ entry: Entry) -> EditorCommand.Outcome {
        guard offersTakeBack, entry.isEmpty, history.draft == nil else { return recall(.older, entry) }
        // Another Up before it is there must not ask for another one.
        if !isTakingBack { isTakingBack = emit(.takeBack) }
        return .done
    }

    /// The next entry of the history, or the draft again.
    func recall(_ direction: EntryHistory.Direction, _ entry: Entry) -> EditorCommand.Outcome {
        guard let recalled = history.recall(direction, from: entry) else { return .refused }
        switch recalled {
        case .draft(let draft): engine.entry = draft
        case .entry(let text):
            show(recalled: text)
            history.noteShown(engine.entry)
        }
        return .done
    }

    /// Puts an entry of the history on the prompt, folded if it would make every key slow; false if there is no room for it.
    @discardableResult
    func show(recalled text: String) -> Bool {
        if let scalars = foldedEntry(text) {
            engine.entry = Entry(scalars)
            return true
        }
        let longest = EditorCore.longestUnfoldedEntry
        if let scalars = folds.fold(Array(text.unicodeScalars), maximumLines: longest, maximumScalars: longest) {
            engine.entry = Entry(scalars)
            return true
        }
        say("There is no room for more text in this entry.")
        return false
    }

    /// So many entries with folded pastes come back as they were.
    private static let maximumFoldedEntries = 100

    /// Remembers how an entry with folded pastes stood on the prompt.
    func noteFolded(_ entry: Entry, text: String) {
        guard entry.scalars.contains(where: FoldedPastes.isPlaceholder) else { return }
        foldedEntries = foldedEntries.suffix(Self.maximumFoldedEntries - 1) + [(text, entry.scalars)]
        var bytes = foldedEntries.reduce(0) { $0 + $1.text.utf8.count }
        while bytes > EntryHistory.maximumBytes, foldedEntries.count > 1 {
            bytes -= foldedEntries.removeFirst().text.utf8.count
        }
    }

    /// An entry as it stood on the prompt, so that what was typed beside its pastes is seen again; nil if they are gone.
    private func foldedEntry(_ text: String) -> [Unicode.Scalar]? {
        let known = foldedEntries.last {
            $0.text.utf8.count == text.utf8.count && $0.text.utf8.elementsEqual(text.utf8)
        }
        guard let known, Entry.text(folds.unfolded(known.scalars)[...]).utf8.elementsEqual(text.utf8) else {
            return nil
        }
        return known.scalars
    }

    /// Puts an entry back on the prompt, before what is typed there meanwhile.
    func giveBack(_ text: String) {
        // They would put back what was there before.
        (search, menu) = (nil, nil)
        let typed = engine.entry
        undo.record(typed)
        guard show(recalled: text) else { return }
        if !typed.isEmpty { engine.entry = Entry(engine.entry.scalars + ["\n"] + typed.scalars) }
        // No part of what is typed next.
        undo.record(engine.entry)
    }

    /// Writes an entry to the history file, if it may be there.
    func keep(_ text: String) {
        // What is too long for the file isn't searched for secrets either, which takes time.
        guard let file = historyFile, text.utf8.count <= HistoryFile.maximumEntryBytes else { return }
        guard configuration.mayKeep(text) else {
            if !hasSaidUnkept, !configuration.unkeptNotice.runs.isEmpty { notices.append(configuration.unkeptNotice) }
            hasSaidUnkept = true
            return
        }
        do {
            try file.append(text)
        } catch {
            reportHistory(error)
        }
    }

    /// Puts what is being typed into the history file, as nobody will come back to it here: the terminal is gone, or the process
    /// was told to end.
    func keepDraft() {
        // Of a walk or a search, what was there before it too.
        for scalars in [search?.start.scalars ?? [], history.draft?.scalars ?? [], engine.entry.scalars] {
            let text = Entry.text(folds.unfolded(scalars)[...])
            if !history.entries.contains(text), history.add(text) { keep(text) }
        }
    }

    /// Where what was searched for stands in the entry; of a folded one that isn't known.
    var shownMatch: Range<Int>? {
        let scalars = engine.entry.scalars
        guard let match = search?.match, match.upperBound <= scalars.count else { return nil }
        return scalars.contains(where: FoldedPastes.isPlaceholder) ? nil : match
    }

    /// Goes on with the search; whether the key is still to be delivered.
    func stepSearch(_ key: Key) -> Bool {
        guard var search else { return true }
        needsDrawing = true
        let step = search.step(key)
        self.search = search
        if !search.pattern.isEmpty { lastPattern = search.pattern }
        switch step {
        case .shows(let text):
            if let text { show(recalled: text) }
            guard let match = shownMatch else { return false }
            engine.moveCursor(to: match.lowerBound)
            return false
        case .cancelled(let entry):
            engine.entry = entry
            self.search = nil
            return false
        case .ended, .endedBefore:
            self.search = nil
            return step == .endedBefore
        }
    }
}
