import ChatApi
import ChatSession

/// What is said of sending less than all that was said.
extension Sentences {
    /// What can be done about a conversation that is too long for the model.
    static func tooLong(_ session: Session) -> String {
        let way =
            session.exchanges.count > 1
            ? "/compact has the old turns summed up, /compact drop leaves them out of what is sent; then your message goes again by itself. "
            : ""
        return way + "/undo takes it back. The session keeps everything as it is."
    }

    static func nothingToCompact(_ keep: Int) -> String {
        "There are no turns to sum up or leave out\(keep == 0 ? "" : " before the last \(keep == 1 ? "one" : String(keep))")."
    }

    static func summingUp(_ turns: Int) -> String {
        turns == 1 ? "Summing up the first turn:" : "Summing up the first \(turns) turns:"
    }

    static func compacted(_ turns: Int, summary: String) -> String {
        let what = turns == 1 ? "the first turn" : "the first \(turns) turns"
        return
            "From now on this is sent instead of \(what), \(words(in: summary)). The session keeps all of them; /compact off sends them again."
    }

    static func dropped(_ turns: Int, of count: Int) -> String {
        let what = turns == 1 ? "The first turn isn't" : "The first \(turns) turns aren't"
        return "\(what) sent any more. The session keeps all of them; /compact off sends them again."
    }

    static let notCompacted = "Nothing was changed; everything is sent as before."
    static let nothingCompacted = "Everything is sent already."
    static let compactionOff = "From now on everything is sent again."

    /// What of the conversation is sent, where it isn't all; nil where it is.
    static func sent(_ session: Session) -> String? {
        guard let view = session.view, view.messageCount <= session.messages.count else { return nil }
        let old = session.messages.prefix(view.messageCount).count { $0.role == .user }
        let all = session.exchanges.count
        let turns = count(all, "turn")
        if all == old {
            return view.summary.map { "Of \(turns) a summary in \(words(in: $0)) is sent." }
                ?? "Of \(turns) none is sent."
        }
        let rest = all - old == 1 ? "Of \(turns) the last one is sent" : "Of \(turns) the last \(all - old) are sent"
        guard let summary = view.summary else { return "\(rest), nothing of the others." }
        return "\(rest), and a summary of the others in \(words(in: summary))."
    }

    private static func words(in summary: String) -> String { count(WordCount.count(in: summary), "word") }

    static func renamed(_ title: String) -> String { "This session is called \(title)." }
    static let noTitleFromModel = "The model gave no title. /rename TITLE gives one."
}
