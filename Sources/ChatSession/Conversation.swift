public import ChatApi

/// A session that is open: what is said in it is saved before anything else happens.
public struct Conversation: Sendable {
    /// The session as it stands, saved or not.
    public private(set) var session: Session
    /// Where it is saved; nil if it isn't, because nobody wants it to be.
    public private(set) var store: SessionStore?
    /// The process that holds the session that this one is a copy of, 0 if it doesn't say; nil if this isn't such a copy.
    public private(set) var copiedFromHolder: Int32?
    /// The session that this one went on from as a copy, when its file was found changed by somebody else; nil if none was.
    public private(set) var divergedFrom: SessionID?
    /// Whether the end of an answer was found in the journal of a process that was cut off.
    public private(set) var isRecovered = false
    /// Why the journal of a process that was cut off can't be read; nil if it can, or there is none.
    public private(set) var unreadJournal: FileSystemError?
    /// Why the session isn't on the disk as it stands; nil if it is, or isn't to be.
    public private(set) var unsaved: FileSystemError?
    /// Where the session was saved by the user's wish, as its own place couldn't take it; nil if it could.
    public private(set) var savedElsewhere: String?
    /// Where the session's file is kept as it was before Banter wrote it anew; nil if nothing but what was said has changed in it.
    public private(set) var keptOriginal: String?
    private var lock: SessionLock?
    /// The session as its file had it, until that is written anew.
    private var opened: Session?
    /// The file as we read or wrote it last; nil before that.
    private var stamp: FileStamp?
    private var text = SessionText()

    /// A conversation that begins now; its file comes into being with the first message.
    public init(_ session: Session = Session(), store: SessionStore?) {
        self.session = session
        self.store = store
    }

    /// Opens a saved session, and takes in what a process that was cut off left of an answer.
    ///
    /// If another process has the session open, this works on a copy of its own: `copiedFromHolder` says so.
    ///
    /// - Parameters:
    ///   - id: The session.
    ///   - store: Where it is.
    ///   - isSaved: Whether it is saved again; if not, nothing at all is written.
    /// - Throws: `SessionStoreError`.
    public init(opening id: SessionID, in store: SessionStore, isSaved: Bool = true) throws(SessionStoreError) {
        self.store = isSaved ? store : nil
        if isSaved {
            switch SessionLock.acquire(store.lockPath(of: id)) {
            case .held(let process):
                // Without its journal: that is the other's answer, which may still be under way.
                session = try store.read(id).session.copy()
                copiedFromHolder = process ?? 0
                return
            case .acquired(let lock): self.lock = lock
            case .unavailable: break
            }
        }
        // Before the file is read, so that a change in between is noticed rather than overwritten.
        stamp = FileStamp(store.path(of: id))
        (session, text) = try store.read(id)
        if isSaved { opened = session }
        do throws(FileSystemError) {
            isRecovered = session.recover(try AnswerJournal.remains(at: store.journalPath(of: id)))
        } catch {
            unreadJournal = error
        }
        // Saved with the next change; until then the journal stays, and tells the same again.
    }

    /// Lets go of the session, so that it can be opened again, here or elsewhere, whoever still has a copy of this value.
    ///
    /// A save after that takes hold of it again.
    public mutating func close() {
        lock?.release()
        lock = nil
    }

    /// Adds what the user said.
    ///
    /// When this returns, it is on the disk.
    /// - Throws: `FileSystemError`; the message is in the conversation all the same.
    public mutating func say(_ content: MessageContent) throws(FileSystemError) {
        session.messages.append(.user(content))
        try save()
    }

    /// Adds a text that the user said; as above.
    public mutating func say(_ text: String) throws(FileSystemError) { try say(.text(text)) }

    /// Adds an answer, or as much of it as came.
    ///
    /// When this returns, it is on the disk.
    /// - Throws: `FileSystemError`; the answer is in the conversation all the same, and its text in the journal, as far as that could be
    ///   written.
    public mutating func take(_ outcome: TurnOutcome) throws(FileSystemError) {
        if let message = outcome.message {
            var record = outcome.record
            record.message = session.messages.count
            session.messages.append(message)
            session.turns.append(record)
        } else if unsaved == nil {
            return
        }
        do throws(FileSystemError) { try save(journaled: outcome.journaled) } catch {
            if let store { AnswerJournal.synchronize(store.journalPath(of: session.id)) }
            throw error
        }
    }

    /// Changes something about the session, and saves it if that made a difference, or the last save failed, and there is anything in it to
    /// keep.
    /// - Throws: `FileSystemError`; the change holds all the same.
    public mutating func update(_ change: (inout Session) -> Void) throws(FileSystemError) {
        let before = session
        change(&session)
        if session != before || unsaved != nil, !session.isEmpty { try save() }
    }

    /// Saves the session as it stands.
    ///
    /// If somebody else has changed its file, that is left alone, and the session goes on under an id of its own:
    /// `divergedFrom` says so.
    /// - Throws: `FileSystemError`, which `unsaved` has from then on; the next save tries again.
    public mutating func save() throws(FileSystemError) { try save(journaled: nil) }

    private mutating func save(journaled: AnswerJournal.Tally?) throws(FileSystemError) {
        guard let store else { return }
        // Of the session as it was: if its file turns out to be somebody else's, it gets another id.
        let journal = store.journalPath(of: session.id)
        do throws(FileSystemError) {
            try write(to: store)
            (unsaved, savedElsewhere) = (nil, nil)
        } catch {
            unsaved = error
            throw error
        }
        AnswerJournal.remove(journal, ifHeldBy: session, tally: journaled)
    }

    private mutating func write(to store: SessionStore) throws(FileSystemError) {
        session.updated = max(Timestamp(), session.updated)
        if session.title == nil { session.title = session.displayTitle.isEmpty ? nil : session.displayTitle }
        try store.createDirectory()
        takePossession(in: store)
        if let opened, stamp != nil {
            // Before it is gone: what another program wrote may say more than a session can hold.
            keptOriginal = try store.keepOriginal(of: opened, text: text)
        }
        // The file is ours from here on, whether or not its name gets to the disk.
        stamp = try store.replace(session, text: &text)
        opened = nil
        try store.synchronizeNames()
    }

    /// The text of the session's file, as the session stands.
    package var fileText: [UInt8] { SessionFile.encode(session) }

    /// Says that the session as it stands was saved somewhere else, by the user's wish.
    package mutating func noteSavedElsewhere(_ path: String) {
        // Where nothing is wrong it is a copy more.
        if unsaved != nil { (unsaved, savedElsewhere) = (nil, path) }
    }

    /// Moves the session's file to the trash, with all that belongs to it.
    ///
    /// The conversation is over with that: one that goes on is saved anew.
    /// - Returns: Whether there was a file.
    /// - Throws: `FileSystemError`; then nothing is lost.
    package mutating func moveToTrash() throws(FileSystemError) -> Bool {
        guard let store, stamp != nil, let found = FileStamp(store.path(of: session.id)) else { return false }
        // What isn't in the file would be missing from what comes back; and one that somebody else has changed isn't ours to delete.
        if unsaved != nil || found != stamp { try save() }
        try store.moveToTrash(session.id)
        stamp = nil
        return true
    }

    /// Makes sure, before it is written, that the session's file is ours.
    private mutating func takePossession(in store: SessionStore) {
        // A few times: the id of a copy, too, could be somebody else's already.
        for _ in 0..<8 {
            if lock == nil {
                switch SessionLock.acquire(store.lockPath(of: session.id)) {
                case .acquired(let acquired): lock = acquired
                case .held:
                    moveAway()
                    continue
                case .unavailable: break
                }
            }
            guard let found = FileStamp(store.path(of: session.id)), found != stamp else { return }
            moveAway()
        }
    }

    private mutating func moveAway() {
        let origin = session
        session = origin.copy()
        if stamp == nil {
            // Never saved: only its id was somebody else's, drawn in the same second.
            session.forkedFrom = origin.forkedFrom
        } else {
            divergedFrom = origin.id
        }
        lock?.release()
        lock = nil
        stamp = nil
    }

    /// Makes the journal of the next answer; nil if nothing is saved.
    var journal: (@Sendable () -> AnswerJournal)? {
        guard let store else { return nil }
        let path = store.journalPath(of: session.id)
        let count = session.messages.count
        let model = session.model
        return { AnswerJournal(path: path, messageCount: count, model: model) }
    }
}

extension Session {
    /// The same conversation under an id of its own, which knows where it came from.
    public func copy() -> Session {
        var copy = self
        (copy.id, copy.forkedFrom) = (SessionID(), id.text)
        (copy.created, copy.updated) = (Timestamp(), Timestamp())
        return copy
    }

    /// The conversation as it stands, without branches, as a session of its own, which knows where it came from.
    public func fork() -> Session {
        var fork = copy()
        fork.branches = []
        fork.layout["branches"] = .null
        // The same again, imported, is not this one.
        fork.layout[ImportOrigin.key] = nil
        return fork
    }

    /// What a request says that no parameter may say otherwise.
    package static let reservedParameters = ["model", "messages", "stream"]

    /// What is sent to have the session answered: its messages or what the view leaves of them, its parameters, and nothing else.
    public func request(streams: Bool) -> CreateChatCompletionRequest {
        var request = CreateChatCompletionRequest(model: model ?? "", messages: messagesToSend)
        for (name, value) in parameters where !Self.reservedParameters.contains(name) { request.fields[name] = value }
        if streams, request.fields["stream_options"] == nil {
            // Without this a server that streams doesn't count tokens.
            request.fields["stream_options"] = ["include_usage": true]
        }
        return request
    }
}
