import ChatApi
import ChatSession
import Terminal

/// Everything that a person reads, in one place: the rest of Banter hands facts here and prints what comes back.
package enum Sentences {
    /// The version that `--version` and the banner tell.
    package static let version = "0.1.0"

    // MARK: Coming and going

    static func banner(_ session: Session, look: TerminalLook) -> [StyledLine] {
        let title = session.isEmpty ? "new session" : session.displayTitle
        let parts = ["banter \(version)", providerAndModel(session), title, "/help"]
        return [StyledLine(parts.joined(separator: look.separator), .dim)]
    }

    static func providerAndModel(_ session: Session) -> String {
        let provider = session.provider ?? "no provider"
        return session.model.map { "\(provider)/\($0)" } ?? "\(provider), no model chosen"
    }

    /// What the terminal's window is called.
    static func windowTitle(_ session: Session) -> String {
        session.displayTitle.isEmpty ? "banter" : "\(session.displayTitle) - banter"
    }

    /// What is to be said of a session that was opened, beside what is in it.
    static func opening(of conversation: Conversation) -> [String] {
        [
            conversation.copiedFromHolder.map(copied), conversation.isRecovered ? recovered : nil,
            conversation.unreadJournal.map(unreadJournal),
        ].compactMap(\.self)
    }

    /// What is to be said of a session that was just saved, beside that it was.
    ///
    /// - Parameters:
    ///   - conversation: The session.
    ///   - before: What it was before that.
    /// - Returns: A sentence for each.
    static func news(of conversation: Conversation, since before: Conversation) -> [String] {
        let origin = conversation.divergedFrom == before.divergedFrom ? nil : conversation.divergedFrom
        let original = conversation.keptOriginal == before.keptOriginal ? nil : conversation.keptOriginal
        return [origin.map(diverged), original.map(keptOriginal)].compactMap(\.self)
    }

    private static func copied(holder: Int32) -> String {
        "This session is open in another window\(holder == 0 ? "" : " (process \(holder))"); this is a copy; what you say here becomes a session of its own."
    }

    private static func diverged(from id: SessionID) -> String {
        "The file of session \(id) was changed by somebody else; it is left alone, and this goes on as a session of its own."
    }

    private static let recovered =
        "The last answer was cut off; what came of it was recovered. /continue has the model go on with it."

    private static func unreadJournal(_ error: FileSystemError) -> String {
        "What was kept of an answer that was cut off can't be read: \(failed(error)). It is left alone."
    }

    static func providerIsGone(_ name: String, instead other: String) -> String {
        "The provider \(name) of this session is no longer configured; \(other) answers from now on."
    }

    static let unkept =
        "That looks as if it held a key or a password, so the history file doesn't get it; Up has it until you leave."

    static let notKept =
        "Nothing of this is saved, as there is no home to keep it in: neither HOME nor BANTER_HOME is set."

    static let noHome = "There is no home to keep sessions in."

    static func farewell(_ conversation: Conversation, unsent: [String]) -> [StyledLine] {
        var lines = unsent.map { StyledLine("Not sent: \($0)", .dim) }
        if let error = conversation.unsaved {
            lines +=
                Complaint(
                    "This session is not saved. \(failed(error)).", status: .cannotSave, code: "cannotSave"
                ).lines
        } else if let copy = conversation.savedElsewhere {
            lines.append(StyledLine("This session is in \(copy): banter sessions import brings it back.", .dim))
        } else if conversation.store != nil, !conversation.session.isEmpty {
            lines.append(StyledLine("To go on with this session: banter -r \(conversation.session.id)", .dim))
        }
        return lines
    }

    // MARK: Numbers

    /// A number with one digit behind the point.
    static func tenths(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "?" }
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
