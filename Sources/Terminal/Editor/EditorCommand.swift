/// What a key can be bound to beside libedit's own commands; the raw value is its name in `.editrc`.
enum EditorCommand: String, CaseIterable {
    case accept = "banter-accept"
    case newline = "banter-newline"
    case interrupt = "banter-interrupt"
    case deleteOrEnd = "banter-delete-or-end"
    case suspend = "banter-suspend"
    case escape = "banter-escape"
    case clearScreen = "banter-clear-screen"
    case paste = "banter-paste"
    case left = "banter-left"
    case right = "banter-right"
    case up = "banter-up"
    case down = "banter-down"
    case lineStart = "banter-line-start"
    case lineEnd = "banter-line-end"
    case entryStart = "banter-entry-start"
    case entryEnd = "banter-entry-end"
    case wordLeft = "banter-word-left"
    case wordRight = "banter-word-right"
    case backspace = "banter-backspace"
    case delete = "banter-delete"
    case killLineEnd = "banter-kill-line-end"
    case killLineStart = "banter-kill-line-start"
    case killBlankWord = "banter-kill-blank-word"
    case killWordLeft = "banter-kill-word-left"
    case killWordRight = "banter-kill-word-right"
    case previousEntry = "banter-previous-entry"
    case nextEntry = "banter-next-entry"
    case searchHistory = "banter-search-history"
    case complete = "banter-complete"
    case undo = "banter-undo"
    case redo = "banter-redo"
    case editExternally = "banter-edit-externally"
    case insertAtLineStart = "banter-insert-at-line-start"
    case insertAtLineEnd = "banter-insert-at-line-end"
    case openBelow = "banter-open-below"
    case openAbove = "banter-open-above"
    case changeLineEnd = "banter-change-line-end"
    case changeLine = "banter-change-line"
    case deleteLine = "banter-delete-line"
    /// The step of a kill that moves the cursor to where it ends.
    case moveToTarget = "banter-move-to-target"
    case noteInsertMode = "banter-note-insert-mode"
    case noteCommandMode = "banter-note-command-mode"

    /// What libedit is told after a command.
    enum Outcome {
        case done
        case refused
        case keepsArgument
    }
}
