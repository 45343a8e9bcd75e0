/// The states that an entry was in, as emacs mode has no undo of its own and vi's takes back one change only.
///
/// Letters typed in a row are one step up to the next blank.
struct UndoStack {
    /// How many states are kept.
    static let maximumStates = 200
    /// How many scalars all states together may have.
    static let maximumScalars = 1 << 20

    private var undone: [Entry] = []
    private var states: [Entry] = []
    private var scalars = 0
    private var current = Entry()
    private var joins = false

    /// Takes note of the entry after a key.
    mutating func record(_ entry: Entry) {
        defer { current = entry }
        guard entry.scalars != current.scalars else {
            if entry.cursor != current.cursor { joins = false }
            return
        }
        undone = []
        let typed = isTyping(entry)
        if !(typed && joins) {
            states.append(current)
            scalars += current.scalars.count
            while states.count > UndoStack.maximumStates || scalars > UndoStack.maximumScalars, !states.isEmpty {
                scalars -= states.removeFirst().scalars.count
            }
        }
        joins = typed && entry.scalars[entry.cursor - 1] != " "
    }

    private func isTyping(_ entry: Entry) -> Bool {
        entry.scalars.count == current.scalars.count + 1 && entry.cursor == current.cursor + 1
            && entry.scalars[entry.cursor - 1] != "\n" && !FoldedPastes.isPlaceholder(entry.scalars[entry.cursor - 1])
    }

    /// The state before the last change; nil if there is none.
    mutating func undo() -> Entry? {
        guard let state = states.popLast() else { return nil }
        scalars -= state.scalars.count
        undone.append(current)
        current = state
        joins = false
        return state
    }

    /// The state that the last ``undo()`` left.
    mutating func redo() -> Entry? {
        guard let state = undone.popLast() else { return nil }
        states.append(current)
        scalars += current.scalars.count
        current = state
        joins = false
        return state
    }
}
