import ChatSession
import Terminal

/// What is said of the files of sessions: saved, not saved, deleted and brought back.
extension Sentences {
    // MARK: Saving

    /// What stands before the prompt while nothing is saved.
    static let unsavedMark = "not saved "

    static func notSaved(_ error: FileSystemError) -> Complaint {
        Complaint(
            "Not saved. \(failed(error)).",
            next:
                "Nothing is lost while Banter runs; it tries again with the next message. /save PATH keeps a copy elsewhere.",
            status: .cannotSave, code: "cannotSave")
    }

    /// The same where one answer is given and Banter ends.
    static func answerNotSaved(_ error: FileSystemError) -> Complaint {
        Complaint("Not saved. \(failed(error)).", status: .cannotSave, code: "cannotSave")
    }

    static func saved(_ path: String) -> String { "Saved in \(path)." }

    static func savedCopy(_ path: String, bytes: Int) -> String { "Wrote this session, \(size(bytes)), to \(path)." }

    static let nothingToSave = "There is nothing to save yet."

    static let incognito = "This session is not saved: --no-save says so. /save PATH writes a copy."

    static let changesNothing = Complaint(
        "Nothing is changed on the disk: --no-save says so.", status: .usage, code: "noSave")

    static let staysOpen =
        "This session stays open, as what was said in it would be lost. /save PATH keeps a copy elsewhere; then go on."

    static func keptOriginal(_ path: String) -> String {
        "This session's file was not as Banter writes it. As it was, it is kept in \(path)."
    }

    // MARK: The trash

    static func deleted(_ title: String, undo: String) -> String {
        "Moved \(title.isEmpty ? "the session" : word(title)) to the trash, which keeps it for \(SessionStore.daysInTrash) days. \(undo)"
    }

    static func restored(_ id: SessionID) -> String { "Session \(id) is back." }

    static let undoDelete = "/delete undo brings it back."

    static let nothingDeleted = "Nothing was deleted since Banter started. banter sessions restore lists the trash."

    static let notOnDisk = "This session isn't saved, so there is nothing to delete. /new begins another."

    static func wouldDelete(_ count: Int) -> String {
        count == 1 ? "1 session would be moved to the trash." : "\(count) sessions would be moved to the trash."
    }

    static func deleted(_ count: Int) -> String {
        count == 1
            ? "Moved 1 session to the trash; banter sessions restore ID brings it back."
            : "Moved \(count) sessions to the trash; banter sessions restore ID brings one back."
    }

    static let emptyTrash = "The trash is empty."

    static let noTitle = Complaint(
        "A title needs a letter at least.", next: "banter sessions rename ID TITLE", status: .usage, code: "noTitle")

    package static func noAge(_ text: String) -> String {
        "--older-than takes a number and h, d, w or y, such as 30d, not \(word(text))."
    }
}
