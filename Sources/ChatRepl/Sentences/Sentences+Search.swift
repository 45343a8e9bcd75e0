import ChatSession
import Terminal

extension Sentences {
    /// What was found in a session: its title, and the best places.
    static func lines(of hit: SessionHit, number: Int? = nil, look: TerminalLook) -> [StyledLine] {
        let indent = number == nil ? "  " : "   "
        let title = hit.session.title.isEmpty ? hit.session.id.text : hit.session.title
        let inTitle = hit.matches.first { $0.place == .title }
        var lines = [
            StyledLine(
                [StyledText(number.map { padded(String($0)) + " " } ?? "", .dim)]
                    + (inTitle.map { runs(of: $0.snippet, base: .bold, look: look) } ?? [StyledText(title, .bold)])
                    + [StyledText("  \(date(of: hit.session.time))  \(hit.session.id)", .dim)])
        ]
        let others = hit.matches.filter { $0.place != .title }
        for match in others.prefix(shownMatches) {
            lines.append(line(of: match, indent: indent, look: look))
        }
        let rest = hit.matchCount - min(others.count, shownMatches) - (inTitle == nil ? 0 : 1)
        if rest > 0 { lines.append(StyledLine("\(indent)and \(rest) more", .dim)) }
        return lines
    }

    /// A place where something was found, and what stands there.
    static func line(of match: SearchMatch, indent: String = "", look: TerminalLook) -> StyledLine {
        StyledLine(
            [StyledText("\(indent)\(name(of: match)): ", .dim)] + runs(of: match.snippet, base: .plain, look: look))
    }

    /// Of each session so many places are shown.
    private static let shownMatches = 2

    private static func padded(_ number: String) -> String { (number.utf8.count < 2 ? " " : "") + number }

    private static func name(of match: SearchMatch) -> String {
        let place =
            switch match.place {
            case .title: "title"
            case .system: "system prompt"
            case .turn(let turn): "turn \(turn)"
            }
        return match.branch.map { "\(place) of branch \($0)" } ?? place
    }

    /// A snippet, with what was found standing out; where there are no styles, it is left to the reader's eye.
    private static func runs(of snippet: SearchSnippet, base: Style, look: TerminalLook) -> [StyledText] {
        let dots = look.isCalm ? "" : look.isUnicode ? "…" : "..."
        let found = base.merging(Style(isBold: true, foreground: .yellow))
        return (snippet.isCutBefore ? [StyledText(dots, .dim)] : [])
            + snippet.parts.map { StyledText($0.text, $0.isMatch ? found : base) }
            + (snippet.isCutBehind ? [StyledText(dots, .dim)] : [])
    }

    /// What is to be said of a search beside what it found; nil if that is all.
    static func found(_ result: SessionSearch.Result, shown: Int) -> String? {
        if result.hits.isEmpty { return result.isComplete ? "Nothing was found." : "Nothing was found in time." }
        if !result.isComplete {
            return
                "\(min(shown, result.hits.count)) of more than \(result.hits.count) sessions; another word narrows it."
        }
        return shown < result.hits.count ? "\(shown) of \(result.hits.count) sessions." : nil
    }

    static let nothingToSearch = Complaint(
        "There is nothing to search for.", next: "Words, and \"phrases in quotes\", find sessions that have them all.",
        status: .usage, code: "noQuery")

    static let searchTookTooLong = Complaint(
        "The search didn't end in time.", next: "banter sessions search takes as long as it needs.",
        status: .badInput, code: "searchTookTooLong")

    /// A tool that the model called, as text.
    static func call(_ name: String?, _ arguments: String?) -> String {
        "[calls \(name ?? "a tool"): \(arguments ?? "")]"
    }

    static func noTurns(_ turns: String, count: Int) -> Complaint {
        Complaint(
            "There are no turns \(turns): the session has \(count).", next: "3, 2-5 and 4- are ways to say it.",
            status: .usage, code: "noTurns")
    }

    /// What opens a session that was found.
    static let opensFound = "/search N opens one of them where it was said."
    static func foundIn(turn: Int, of count: Int) -> String {
        "Found in turn \(turn) of \(count); /show \(turn) shows it."
    }
    static func foundIn(turn: Int, branch: Branch.ID) -> String {
        "Found in turn \(turn) of branch \(branch); /branch \(branch) goes over to it."
    }
    static func notFoundAnyMore(_ number: Int, count: Int) -> String {
        "The search found \(count), so there is no \(number)."
    }
}
