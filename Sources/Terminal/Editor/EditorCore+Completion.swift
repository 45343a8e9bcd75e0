/// Completion: what Tab does, and what keys do to the menu under the entry.
extension EditorCore {
    /// What is to be done once more is known, if the entry is still the same.
    struct AwaitedCompletion {
        let entry: Entry
        /// Whether Tab asked for it; else a key that narrowed the list.
        let fillsIn: Bool
    }

    /// Tab: fills in what is certain and lists the rest.
    func complete(_ entry: Entry) -> EditorCommand.Outcome {
        guard let completion = configuration.complete(entry.text, entry.cursor) else { return .refused }
        let menu = CompletionMenu(completion, entry: entry)
        if completion.isPartial {
            // Nothing is certain yet.
            self.menu = menu
            awaitedCompletion = AwaitedCompletion(entry: entry, fillsIn: true)
            return .done
        }
        guard let menu, !menu.isDecided || menu.completed != entry else { return .refused }
        engine.entry = menu.completed
        self.menu = menu.isDecided ? nil : menu
        return .done
    }

    /// Lists what completes the entry after a key has changed it, or once more is known.
    func refreshMenu() {
        (refreshesMenu, needsDrawing) = (false, true)
        let entry = engine.entry
        let completion = configuration.complete(entry.text, entry.cursor)
        menu = completion.flatMap { CompletionMenu($0, entry: entry) }
        if let menu, menu.isDecided, menu.completed == entry { self.menu = nil }
        if completion?.isPartial == true { awaitedCompletion = AwaitedCompletion(entry: entry, fillsIn: false) }
    }

    /// More is known than before: goes on with what Tab began, unless a key has come between.
    func completionsChanged() {
        guard let awaited = awaitedCompletion, awaited.entry == engine.entry, menu?.hasSelection != true else { return }
        awaitedCompletion = nil
        needsDrawing = true
        if !awaited.fillsIn { return refreshMenu() }
        menu = nil
        if complete(awaited.entry) == .refused { rings = true }
    }

    /// Whether the key is still to be delivered.
    func stepMenu(_ key: Key) -> Bool {
        guard var menu, key != .ignored else { return key != .ignored }
        needsDrawing = true
        let step = menu.step(key)
        self.menu = menu
        switch step {
        case .chose(let entry):
            engine.entry = entry
            if menu.isDecided { self.menu = nil }
            return false
        case .narrows:
            refreshesMenu = true
            return true
        case .restored(let entry): engine.entry = entry
        case .taken, .takenBefore: break
        }
        self.menu = nil
        return step == .takenBefore
    }
}
