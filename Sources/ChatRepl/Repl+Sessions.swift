import ChatApi
import ChatSession
import Terminal

extension Repl {
    /// Lets the user choose a saved session on the whole screen, and goes on with it; lists them where the terminal can't.
    func pickSession() async throws {
        guard let store = home?.sessions else { return await say(Sentences.noHome) }
        if try store.isEmpty { return await say("No session is saved yet.") }
        // In calm mode a list that is read out once, instead of a screen that changes with every key.
        guard !look.isCalm, console.hasScreen else { return try await listSessions(of: store) }
        let source = SessionPicker(
            .init(store, changes: conversation.store != nil), current: conversation.session.id, look: look)
        let picker = ListPicker(title: "Sessions", source: source, colors: look.colors)
        let choice = await console.withTerminal { loan in Result { try picker.run(with: loan) } }
        await source.end()
        if let title = source.currentTitle {
            await change { $0.title = title }
            await say(Sentences.renamed(title))
        }
        if let last = source.lastDeleted {
            deleted = last.id
            await say(Sentences.deleted(last.title, undo: Sentences.undoDelete))
        }
        switch choice {
        case .success(let id?): if let id = SessionID(id) { try await resume(id, in: store) }
        case .success(nil): break
        case .failure: try await listSessions(of: store)
        }
    }

    /// So many can be read out.
    private static let maximumRows = 50

    private func listSessions(of store: SessionStore) async throws {
        let listing = try store.summaries(limit: Self.maximumRows)
        await print(Sentences.table(of: listing.sessions, current: conversation.session.id))
        if listing.fileCount > Self.maximumRows {
            await say(Sentences.olderSessions(listing.fileCount - Self.maximumRows))
        }
        for problem in listing.problems { await complain(problem) }
    }

    /// Goes on with a saved session.
    func resume(_ id: SessionID, in store: SessionStore) async throws {
        if id == conversation.session.id { return await say("This is that session.") }
        try await open(try Conversation(opening: id, in: store, isSaved: conversation.store != nil))
    }
}

extension SessionPicker.Actions {
    /// What a store can do.
    /// - Parameters:
    ///   - store: The store.
    ///   - changes: Whether anything on the disk may change.
    init(_ store: SessionStore, changes: Bool) {
        readEntries = { try store.readEntries($0) }
        load = { try store.load($0) }
        search = { text, isCancelled, onHit in
            guard let query = SearchQuery(text) else { return }
            _ = try SessionSearch(query, in: store).run(isCancelled: isCancelled) { onHit($0.session.id) }
        }
        rename = { id, title in
            guard changes else { throw Sentences.changesNothing }
            var conversation = try Conversation(opening: id, in: store)
            if let holder = conversation.copiedFromHolder {
                throw SessionStoreError.inUse(id, process: holder == 0 ? nil : holder)
            }
            try conversation.update { $0.title = title }
        }
        delete = {
            guard changes else { throw Sentences.changesNothing }
            try store.delete($0)
        }
        restore = { try store.restore($0) }
    }
}
