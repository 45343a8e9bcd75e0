/// The rest of an earlier entry, in grey behind what is typed.
extension EditorCore {
    /// What is suggested behind the cursor; nil anywhere but at the end of an entry.
    private func suggestion(for entry: Entry) -> [Unicode.Scalar]? {
        guard configuration.suggests, entry.cursor == entry.scalars.count, search == nil, menu == nil, !isCommandMode
        else { return nil }
        return history.suggestion(for: entry.scalars)
    }

    /// Its first line, to be shown.
    func shownSuggestion(for entry: Entry) -> StyledText? {
        guard let rest = suggestion(for: entry) else { return nil }
        let line = rest.prefix { $0 != "\n" }
        // No row is wider than that.
        let shown = Entry.text(line.prefix(renderer.size.columns * 4))
        return StyledText(line.count < rest.count ? shown + "…" : shown, .dim)
    }

    /// At the end of an entry a motion takes the suggestion over, all of it or a word; nil if there is none to take.
    func takeSuggestion(_ command: EditorCommand, _ entry: Entry) -> EditorCommand.Outcome? {
        guard [.right, .lineEnd, .wordRight].contains(command), let rest = suggestion(for: entry) else { return nil }
        let whole = Entry(entry.scalars + rest)
        if command != .wordRight {
            engine.entry = whole
        } else {
            let end = Entry(whole.scalars, cursor: entry.cursor).nextWord
            engine.entry = Entry(Array(whole.scalars[..<end]))
        }
        return .done
    }
}
