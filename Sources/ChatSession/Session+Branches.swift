public import ChatApi

/// Nothing leaves a session: what leaves the conversation becomes a branch, and any branch can become the conversation.
extension Session {
    /// The turns of the conversation: a user's message each, with what follows it, as indices of `messages`.
    ///
    /// People count them from 1.
    public var exchanges: [Range<Int>] { messages.exchanges }

    /// Takes the messages from an index on out of the conversation, and keeps them as a branch.
    ///
    /// - Parameters:
    ///   - index: How many messages stay.
    ///   - reason: Why the others go.
    /// - Returns: The id of the branch; nil if there is nothing behind the index.
    @discardableResult
    public mutating func cut(at index: Int, reason: Branch.Reason) -> Branch.ID? {
        guard messages.indices.contains(index) else { return nil }
        let id = nextBranchID
        let parents = branchParents
        for other in branches.indices where parents[branches[other].id] == nil && branches[other].start > index {
            branches[other].parent = id
        }
        var branch = Branch(
            id: id, start: index, reason: reason, messages: Array(messages[index...]),
            turns: turns.filter { $0.message >= index })
        // What it stands for isn't all there any more.
        if let view, view.count > index { (branch.view, self.view) = (view, nil) }
        branches.append(branch)
        messages.removeSubrange(index...)
        turns.removeAll { $0.message >= index }
        return id
    }

    /// Makes a branch the conversation; what stood there instead becomes the branch of that number.
    ///
    /// Done twice, everything is as it was.
    /// - Returns: Whether there is such a branch.
    @discardableResult
    public mutating func switchTo(branch id: Branch.ID) -> Bool {
        guard let chain = chain(to: id) else { return false }
        for id in chain { exchangeEnds(with: id) }
        return true
    }

    /// All messages of a branch's line, with those that it shares; nil if there is no such branch.
    public func messages(ofBranch id: Branch.ID) -> [ChatCompletionRequestMessage]? {
        chain(to: id)?.reduce(messages) { line, id in
            guard let branch = branch(id) else { return line }
            return line.prefix(branch.start) + branch.messages
        }
    }

    /// The branch of that number.
    public func branch(_ id: Branch.ID) -> Branch? { branches.first { $0.id == id } }

    /// A number that no branch has.
    public var nextBranchID: Branch.ID { (branches.map(\.id).max() ?? 0) + 1 }

    /// The branch that each hangs on; those on the conversation aren't in it, nor those of which a file says what can't be.
    public var branchParents: [Branch.ID: Branch.ID] {
        let stated = Dictionary(branches.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
        var parents: [Branch.ID: Branch.ID] = [:]
        var seen: Set<Branch.ID> = []
        for branch in branches where !seen.contains(branch.id) {
            var walk: [Branch.ID] = []
            var next: Branch.ID? = branch.id
            while let id = next, let parent = stated[id], seen.insert(id).inserted {
                walk.append(id)
                next = parent
            }
            // One that leads back into the walk leads around in a circle.
            if let next, walk.contains(next) { continue }
            for id in walk { parents[id] = stated[id].flatMap { $0 }.flatMap { stated[$0] == nil ? nil : $0 } }
        }
        return parents
    }

    /// The branches that lead from the conversation to one, that one included.
    private func chain(to id: Branch.ID) -> [Branch.ID]? {
        guard branch(id) != nil else { return nil }
        let parents = branchParents
        var chain = [id]
        while let parent = parents[chain[0]] { chain.insert(parent, at: 0) }
        return chain
    }

    /// Exchanges the end of the conversation with that of a branch that hangs on it.
    private mutating func exchangeEnds(with id: Branch.ID) {
        guard let index = branches.firstIndex(where: { $0.id == id }) else { return }
        let branch = branches[index]
        let start = min(branch.start, messages.count)
        let parents = branchParents
        for other in branches.indices where other != index {
            switch parents[branches[other].id] {
            // What hung on the end that goes still does.
            case nil where branches[other].start > start: branches[other].parent = id
            case nil, id: branches[other].parent = nil
            case let parent: branches[other].parent = parent
            }
        }
        var left = Branch(
            id: id, start: start, reason: .branch, messages: Array(messages[start...]),
            turns: turns.filter { $0.message >= start })
        messages.replaceSubrange(start..., with: branch.messages)
        turns = turns.filter { $0.message < start } + branch.turns
        if let view, view.count > start || branch.view != nil { (left.view, self.view) = (view, nil) }
        if let view = branch.view { self.view = view }
        // An end without a message is part of every line that begins with it.
        if left.messages.isEmpty {
            branches.remove(at: index)
        } else {
            branches[index] = left
        }
    }
}

extension [ChatCompletionRequestMessage] {
    /// The turns of a line of messages: a user's message each, with what follows it.
    public var exchanges: [Range<Int>] {
        let starts = indices.filter { self[$0].role == .user }
        return zip(starts, starts.dropFirst() + [count]).map { $0..<$1 }
    }
}
