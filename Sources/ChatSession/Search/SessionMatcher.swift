import ChatApi
import TextSearch

/// Looks for something in one session.
struct SessionMatcher {
    let query: SearchQuery

    private struct Found {
        let place: SearchMatch.Place
        let branch: Branch.ID?
        let text: String
        let ranges: [Range<Int>]
        let termCount: Int
    }

    /// What a session has of what is searched for.
    /// - Parameters:
    ///   - session: The session.
    ///   - byteCount: The size of its file.
    ///   - isCancelled: Asked at each branch.
    /// - Returns: Nil unless it has everything, and if that is cancelled.
    func hit(in session: Session, byteCount: Int, isCancelled: () -> Bool = { false }) -> SessionHit? {
        var found: [Found] = []
        var missing = Set(query.terms)
        func look(in text: String, _ place: SearchMatch.Place, branch: Branch.ID? = nil) {
            guard let (ranges, terms) = ranges(in: text) else { return }
            missing.subtract(terms)
            found.append(Found(place: place, branch: branch, text: text, ranges: ranges, termCount: terms.count))
        }
        func look(in messages: [ChatCompletionRequestMessage], behind turns: Int, branch: Branch.ID? = nil) {
            var turn = turns
            for message in messages {
                if message.role == .user { turn += 1 }
                look(in: message.searchedText, Self.place(of: message, turn: turn), branch: branch)
            }
        }
        look(in: session.displayTitle, .title)
        look(in: session.messages, behind: 0)
        if !session.branches.isEmpty {
            let turns = BranchTurns(session)
            for (index, branch) in session.branches.enumerated() {
                if isCancelled() { return nil }
                look(in: branch.messages, behind: turns[index], branch: branch.id)
            }
        }
        guard missing.isEmpty, let most = found.map(\.termCount).max() else { return nil }
        let best = found.filter { $0.termCount == most }
        let hasAll = most == query.terms.count
        return SessionHit(
            session: SessionSummary(session, byteCount: byteCount),
            fit: !hasAll ? .apart : best[0].place == .title ? .title : .message,
            matches: best.prefix(SessionHit.maximumMatches).map { found in
                SearchMatch(
                    place: found.place, branch: found.branch,
                    snippet: SearchSnippet(of: Array(found.text.utf8), around: found.ranges))
            },
            matchCount: best.count)
    }

    private static func place(of message: ChatCompletionRequestMessage, turn: Int) -> SearchMatch.Place {
        message.role == .system || message.role == .developer ? .system : .turn(turn)
    }

    /// Where a text has something of what is searched for; nil if it has nothing.
    ///
    /// Of each term a few places are enough for what is shown.
    private func ranges(in text: String) -> (ranges: [Range<Int>], terms: [SearchTerm])? {
        var ranges: [Range<Int>] = []
        var terms: [SearchTerm] = []
        CaseFolding.fold(text).withUnsafeBufferPointer { folded in
            for term in query.terms {
                var start = 0
                var count = 0
                while count < 20, let range = term.firstRange(in: folded, from: start) {
                    ranges.append(range)
                    start = range.upperBound
                    count += 1
                }
                if count > 0 { terms.append(term) }
            }
        }
        return terms.isEmpty ? nil : (ranges, terms)
    }
}
