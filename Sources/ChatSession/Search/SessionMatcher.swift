import ChatApi

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

    /// What a session has of what is searched for; nil unless it has everything.
    func hit(in session: Session, byteCount: Int) -> SessionHit? {
        var found: [Found] = []
        var missing = Set(query.terms)
        func look(in text: String?, _ place: SearchMatch.Place, branch: Branch.ID? = nil) {
            guard let text, let (ranges, terms) = ranges(in: text) else { return }
            missing.subtract(terms)
            found.append(Found(place: place, branch: branch, text: text, ranges: ranges, termCount: terms.count))
        }
        look(in: session.displayTitle, .title)
        var turn = 0
        for message in session.messages {
            if message.role == .user { turn += 1 }
            Self.place(of: message, turn: turn).map { look(in: message.content?.text, $0) }
        }
        for branch in session.branches {
            // Which turn it is depends on the line that the branch leaves, which is put together only for what is found.
            let count = found.count
            for (index, message) in branch.messages.enumerated() {
                Self.place(of: message, turn: index).map {
                    look(in: message.content?.text, $0, branch: branch.id)
                }
            }
            guard found.count > count, let line = session.messages(ofBranch: branch.id) else { continue }
            let shared = line.count - branch.messages.count
            for index in count..<found.count {
                guard case .turn(let offset) = found[index].place else { continue }
                let turn = line.prefix(shared + offset + 1).count { $0.role == .user }
                found[index] = Found(
                    place: .turn(turn), branch: branch.id, text: found[index].text, ranges: found[index].ranges,
                    termCount: found[index].termCount)
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

    /// Where a message stands, if its text is searched.
    private static func place(of message: ChatCompletionRequestMessage, turn: Int) -> SearchMatch.Place? {
        switch message.role {
        case .system?, .developer?: .system
        case .user?, .assistant?: .turn(turn)
        default: nil
        }
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
