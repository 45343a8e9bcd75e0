/// The entry in the person's own editor (`$VISUAL`), and back.
extension EditorCore {
    /// Puts a text into the entry, and opens the editor on that.
    func compose(_ text: String) {
        (search, menu) = (nil, nil)
        guard let inserted = folds.fold(Array(text.unicodeScalars)) else {
            return say("The text is too much for one entry.")
        }
        if !inserted.isEmpty { insert(inserted) }
        undo.record(engine.entry)
        editExternally()
    }

    /// Opens the editor on the entry, its pastes in full; whatever goes wrong, the entry stays as it was.
    func editExternally() {
        let entry = engine.entry
        let text = Entry.text(folds.unfolded(entry.scalars)[...])
        var result: Result<String, ExternalEditorError> = .success(text)
        lend { loan in result = ExternalEditor.edit(text, terminal: configuration.terminal, loan: loan) }
        switch result {
        case .success(let edited) where edited.utf8.elementsEqual(text.utf8): break
        case .success(let edited):
            if let scalars = folds.refold(Array(edited.unicodeScalars), as: entry.scalars) {
                // vi's command mode has the cursor on a character.
                engine.entry = Entry(scalars, cursor: max(scalars.count - (isCommandMode ? 1 : 0), 0))
            } else {
                say("What was saved in the editor is too much for one entry, which is as it was.")
            }
        case .failure(let error): say("\(error.description) The entry is as it was.")
        }
    }
}

extension FoldedPastes {
    /// Folds a text that came back from an editor: the pastes that it still begins or ends with, as they were in the entry
    /// before, and what is large of the rest.
    ///
    /// - Parameters:
    ///   - text: What came back.
    ///   - before: The entry that went there.
    /// - Returns: What to put into the entry; nil if there is no room for it.
    mutating func refold(_ text: [Unicode.Scalar], as before: [Unicode.Scalar]) -> [Unicode.Scalar]? {
        var (start, end) = (0, text.count)
        var head: [Unicode.Scalar] = []
        var (rest, tail) = (before[...], [Unicode.Scalar]())
        while let scalar = rest.first {
            let full = unfolded([scalar])
            guard end - start >= full.count, text[start..<(start + full.count)].elementsEqual(full) else { break }
            head.append(scalar)
            start += full.count
            rest = rest.dropFirst()
        }
        while let scalar = rest.last {
            let full = unfolded([scalar])
            guard end - start >= full.count, text[(end - full.count)..<end].elementsEqual(full) else { break }
            tail.append(scalar)
            end -= full.count
            rest = rest.dropLast()
        }
        let longest = EditorCore.longestUnfoldedEntry
        guard let middle = fold(Array(text[start..<end]), maximumLines: longest, maximumScalars: longest) else {
            return nil
        }
        return head + middle + tail.reversed()
    }
}
