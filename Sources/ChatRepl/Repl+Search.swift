import ChatSession
import Synchronization
import Terminal

/// `/search`: what was said in any session.
extension Repl {
    /// So many sessions are shown; they have numbers of two digits.
    private static let shownHits = 20
    private static let searchLimit = Duration.seconds(20)

    /// Searches, or goes on with what was found under a number.
    func search(_ text: String) async throws {
        guard let store = home?.sessions else { return await say(Sentences.noHome) }
        if let number = Int(text), (1...99).contains(number), !hits.isEmpty {
            guard number <= hits.count else {
                return await say(Sentences.notFoundAnyMore(number, count: hits.count))
            }
            return try await open(hits[number - 1], in: store)
        }
        guard let query = SearchQuery(text) else { return await complain(Sentences.nothingToSearch) }
        let search = SessionSearch(query, in: store)
        // A little earlier than the wait ends, so that what was found until then is shown.
        let deadline = ContinuousClock.now + Self.searchLimit - .seconds(1)
        let result = await BlockingWork.result(within: Self.searchLimit) {
            Result { () throws(SessionStoreError) in
                try search.run(isCancelled: { ContinuousClock.now > deadline })
            }
        }
        guard let result else { return await complain(Sentences.searchTookTooLong) }
        let found = try result.get()
        hits = Array(found.hits.prefix(Self.shownHits))
        for (index, hit) in hits.enumerated() {
            await print(Sentences.lines(of: hit, number: index + 1, look: look), hanging: 3)
        }
        let note = Sentences.found(found, shown: Self.shownHits)
        await say([note, hits.isEmpty ? nil : Sentences.opensFound].compactMap { $0 }.joined(separator: " "))
        for problem in found.problems { await complain(problem) }
    }

    /// Goes on with a session that was found, and shows the turn that has it.
    private func open(_ hit: SessionHit, in store: SessionStore) async throws {
        let isOpen = conversation.session.id == hit.session.id
        if !isOpen { try await resume(hit.session.id, in: store) }
        guard conversation.session.id == hit.session.id else { return }
        let exchanges = conversation.session.exchanges
        for match in hit.matches {
            guard case .turn(let turn) = match.place else { continue }
            if let branch = match.branch { return await say(Sentences.foundIn(turn: turn, branch: branch)) }
            // Of a session that has just been opened the last turn is there to be seen.
            guard isOpen || turn < exchanges.count else { return }
            // It may have been taken back meanwhile.
            guard exchanges.indices.contains(turn - 1) else { continue }
            await say(Sentences.foundIn(turn: turn, of: exchanges.count))
            let transcript = Transcript(conversation.session, look: look)
            return await show(transcript, turn: turn, searchingFor: match.snippet.parts.first(where: \.isMatch)?.text)
        }
        // Which says that it is open.
        if isOpen { try await resume(hit.session.id, in: store) }
    }
}
