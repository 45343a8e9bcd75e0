import ChatApi

/// How many turns begin before each branch of a session, along its whole line.
///
/// A file may have a hundred thousand, each on the one before: no line is put together, and nothing calls itself.
struct BranchTurns {
    /// A line's own messages, behind those that it shares.
    private struct Tail {
        /// The tail in which it leaves its line; nil for the conversation.
        ///
        /// That may be further up than the branch that it hangs on.
        var parent: Int?
        /// How many messages it shares, and how many turns begin in them.
        var start: Int
        var turns: Int
        /// How many turns begin before each of its messages, and in all.
        var counts: [Int]
    }

    private let conversation: [Int]
    private var tails: [Tail?]

    init(_ session: Session) {
        conversation = Self.counts(session.messages)
        tails = Array(repeating: nil, count: session.branches.count)
        let places = Dictionary(
            session.branches.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let parents = session.branchParents
        for index in session.branches.indices {
            // Parents first.
            var open = [index]
            while let next = open.last {
                let parent = parents[session.branches[next].id].flatMap { places[$0] }
                if tails[next] == nil, let parent, tails[parent] == nil {
                    open.append(parent)
                } else {
                    open.removeLast()
                    if tails[next] == nil { tails[next] = tail(session.branches[next], on: parent) }
                }
            }
        }
    }

    /// How many turns begin before a branch, by its place in the session.
    subscript(index: Int) -> Int { tails[index]?.turns ?? 0 }

    private func tail(_ branch: Branch, on parent: Int?) -> Tail {
        var parent = parent
        // What it shares may be no more than its parent shares, too.
        while let tail = parent.flatMap({ tails[$0] }), branch.start <= tail.start { parent = tail.parent }
        let counts = Self.counts(branch.messages)
        guard let line = parent.flatMap({ tails[$0] }) else {
            let start = min(branch.start, conversation.count - 1)
            return Tail(parent: nil, start: start, turns: conversation[start], counts: counts)
        }
        let own = min(branch.start - line.start, line.counts.count - 1)
        return Tail(parent: parent, start: line.start + own, turns: line.turns + line.counts[own], counts: counts)
    }

    private static func counts(_ messages: [ChatCompletionRequestMessage]) -> [Int] {
        var counts = [0]
        for message in messages { counts.append(counts[counts.count - 1] + (message.role == .user ? 1 : 0)) }
        return counts
    }
}
