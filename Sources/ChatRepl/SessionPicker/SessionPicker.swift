import ChatApi
import ChatSession
import Synchronization
import Terminal
import TerminalMarkdown

/// The saved sessions as the rows of a list: read in pages, looked into and changed on threads that may wait for the disk.
final class SessionPicker: ListPickerSource {
    /// What the picker does with the store; each may block and runs on a thread of its own.
    struct Actions: Sendable {
        /// Gives out the sessions in pages, the newest first, until the closure says no.
        var readEntries: @Sendable (_ onPage: ([SessionEntry]) -> Bool) throws -> Void
        var load: @Sendable (SessionID) throws -> Session
        /// Gives out the sessions that have all words of a text, as they are found.
        var search:
            @Sendable (_ text: String, _ isCancelled: @Sendable () -> Bool, _ onHit: @Sendable (SessionID) -> Void)
                throws -> Void
        var rename: @Sendable (SessionID, _ title: String) throws -> Void
        /// Nil where nothing can be deleted.
        var delete: (@Sendable (SessionID) throws -> Void)?
        var restore: (@Sendable (SessionID) throws -> Void)?
    }

    private struct State {
        var entries: [String: SessionEntry] = [:]
        /// The number of the search that counts.
        var searchNumber = 0
        var currentTitle: String?
        /// What is in the trash now and was in the list before, the last one last.
        var deleted: [SessionEntry] = []
        var isOver = false
    }

    private let actions: Actions
    private let current: SessionID
    private let look: TerminalLook
    private let state = Mutex(State())
    /// One after the other, as a session may be deleted, brought back and renamed.
    private let changes = WorkInOrder()
    /// Only what was wanted last: nobody looks at the others any more.
    private let previews = WorkInOrder()

    init(_ actions: Actions, current: SessionID, look: TerminalLook) {
        (self.actions, self.current, self.look) = (actions, current, look)
    }

    /// The title that the session at the prompt was given; nil if it wasn't.
    var currentTitle: String? { state.withLock { $0.currentTitle } }

    /// What was deleted last and not brought back; nil if nothing was.
    var lastDeleted: SessionEntry? { state.withLock { $0.deleted.last } }

    /// The list is gone: what still reads for it ends, and what was changed is waited for, though not for ever.
    func end() async {
        state.withLock { $0.isOver = true }
        previews.drop()
        await changes.finish(within: .seconds(2))
    }

    // MARK: - Rows

    func readRows(_ feed: ListPickerFeed) {
        let now = Timestamp()
        let isRead = BlockingWork.start { [self] in
            do {
                try actions.readEntries { entries in
                    state.withLock { state in for entry in entries { state.entries[entry.id.text] = entry } }
                    feed.add(rows: entries.map { row($0, now: now) })
                    return state.withLock { !$0.isOver }
                }
            } catch {
                feed.say(Sentences.complaint(about: error).what)
            }
            feed.endRows()
        }
        if !isRead { feed.endRows() }
    }

    private func row(_ entry: SessionEntry, now: Timestamp = Timestamp()) -> ListPicker.Row {
        let title = entry.title.isEmpty ? entry.id.text : entry.title
        return ListPicker.Row(
            id: entry.id.text, title: title,
            detail: entry.problem == nil ? Sentences.day(of: entry.updated, now: now) : Sentences.damagedMark,
            searchText: title,
            problem: entry.problem.map { Sentences.complaint(about: $0).what }, isMarked: entry.id == current)
    }

    // MARK: - Previews

    func makePreview(of id: String, filter: String, columns: Int, _ feed: ListPickerFeed) {
        previews.add(dropsOthers: true) { [self] in
            feed.set(preview: preview(of: id, filter: filter, columns: columns), of: id, filter: filter)
        }
    }

    private func preview(of id: String, filter: String, columns: Int) -> [StyledLine] {
        guard let id = SessionID(id) else { return [] }
        do {
            return SessionPreview(try actions.load(id), searchedFor: filter, columns: columns, look: look).lines
        } catch {
            return Sentences.complaint(about: error).lines
        }
    }

    // MARK: - Searching

    func search(_ text: String, _ feed: ListPickerFeed) {
        let number = state.withLock { state in
            state.searchNumber += 1
            return state.searchNumber
        }
        guard !text.isBlank else { return feed.endSearch(for: text) }
        let isRunning = BlockingWork.start { [self] in
            do {
                try actions.search(text) { [self] in
                    state.withLock { $0.searchNumber != number || $0.isOver }
                } _: { hit in
                    feed.add(hits: [hit.text], for: text)
                }
            } catch {
                feed.say(Sentences.complaint(about: error).what)
            }
            feed.endSearch(for: text)
        }
        if !isRunning { feed.endSearch(for: text) }
    }

    // MARK: - Changes

    func rename(_ id: String, to title: String, _ feed: ListPickerFeed) {
        guard let id = SessionID(id), let entry = state.withLock({ $0.entries[id.text] }) else { return }
        let renamed = SessionEntry(id: id, title: title, updated: entry.updated)
        feed.change(row(renamed))
        state.withLock { $0.entries[id.text] = renamed }
        if id == current { return state.withLock { $0.currentTitle = title } }
        perform(feed) { [actions] in
            try actions.rename(id, title)
        } undo: { [self] in
            state.withLock { $0.entries[id.text] = entry }
            feed.change(row(entry))
        }
    }

    var canDelete: Bool { actions.delete != nil }

    func delete(_ id: String, _ feed: ListPickerFeed) {
        guard let session = SessionID(id), let delete = actions.delete else { return }
        if session == current {
            feed.setDeleted(false, of: id)
            return feed.say(Sentences.deletesElsewhere)
        }
        perform(feed) { [self] in
            try delete(session)
            state.withLock { state in if let entry = state.entries[id] { state.deleted.append(entry) } }
        } undo: {
            feed.setDeleted(false, of: id)
        }
    }

    func restore(_ id: String, _ feed: ListPickerFeed) {
        guard let session = SessionID(id), let restore = actions.restore else { return }
        perform(feed) { [self] in
            try restore(session)
            state.withLock { $0.deleted.removeAll { $0.id == session } }
        } undo: {
            feed.setDeleted(true, of: id)
        }
    }

    /// Does something, one after the other as it was asked for; what fails is said and undone in the list.
    private func perform(
        _ feed: ListPickerFeed, _ change: @escaping @Sendable () throws -> Void, undo: @escaping @Sendable () -> Void
    ) {
        let isRunning = changes.add {
            do { try change() } catch {
                undo()
                feed.say(Sentences.complaint(about: error).what)
            }
        }
        if !isRunning {
            undo()
            feed.say(Sentences.diskIsBusy)
        }
    }

}
