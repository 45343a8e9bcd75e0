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
        if let view, view.messageCount > index { (branch.view, self.view) = (view, nil) }
        branches.append(branch)
        messages.removeSubrange(index...)
        turns.removeAll { $0.message >= index }
        return id
    }

    /// Makes a branch the conversation; what stood there instead becomes a branch.
    ///
    /// - Returns: That branch, which leads back; nil if nothing has left, or there is no branch of that number.
    @discardableResult
    public mutating func switchTo(branch id: Branch.ID) -> Branch.ID? {
        guard let chain = chain(to: id) else { return nil }
        // What a file says of parents that can't be is decided once, and not for each step.
        let parents = branchParents
        for index in branches.indices { branches[index].parent = parents[branches[index].id] }
        for id in chain { exchangeEnds(with: id) }
        return branch(chain[0]) == nil ? nil : chain[0]
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

    /// The branches whose lines begin as the conversation does: they share a message of it, all the way up.
    var branchesWithSameBeginning: Set<Branch.ID> {
        let parents = branchParents
        let children = Dictionary(grouping: branches) { parents[$0.id] }
        var found: Set<Branch.ID> = []
        var open = children[nil] ?? []
        while let branch = open.popLast() {
            guard branch.start > 0, found.insert(branch.id).inserted else { continue }
            open += children[branch.id] ?? []
        }
        return found
    }

    /// The branches that lead from the conversation to one, that one included.
    private func chain(to id: Branch.ID) -> [Branch.ID]? {
        guard branch(id) != nil else { return nil }
        let parents = branchParents
        var chain = [id]
        while let parent = parents[chain[chain.count - 1]] { chain.append(parent) }
        return chain.reversed()
    }

    /// Exchanges the end of the conversation with that of a branch that hangs on it.
    private mutating func exchangeEnds(with id: Branch.ID) {
        guard let index = branches.firstIndex(where: { $0.id == id }) else { return }
        var branch = branches[index]
        // It may hang behind what there is: an answer to messages that never got to the disk.
        if branch.start > messages.count { branch.shift(by: messages.count - branch.start) }
        let start = branch.start
        for other in branches.indices where other != index {
            switch branches[other].parent {
            // What hung on the end that goes still does.
            case nil where branches[other].start > start: branches[other].parent = id
            case id: branches[other].parent = nil
            default: break
            }
        }
        var left = branch
        (left.parent, left.reason, left.created, left.view) = (nil, .branch, Timestamp(), nil)
        left.messages = Array(messages[start...])
        left.turns = turns.filter { $0.message >= start }
        messages.replaceSubrange(start..., with: branch.messages)
        turns = turns.filter { $0.message < start } + branch.turns
        if let view, view.messageCount > start || branch.view != nil { (left.view, self.view) = (view, nil) }
        if let view = branch.view { self.view = view }
        // An end without a message is part of every line that begins with it.
        if left.messages.isEmpty, left.view == nil {
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
