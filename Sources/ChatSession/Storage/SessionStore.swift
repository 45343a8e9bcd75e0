import ChatApi
import Glibc

/// The saved sessions: one file each, `<id>.json`, in one directory.
///
/// 1. A save replaces the whole file atomically and is on the disk before it is acknowledged (`AtomicFile`).
/// 2. The answer in flight is appended to `<id>.partial` as it arrives; after a crash it is found there and joins the session.
/// 3. Whoever has a session open holds a lock on `<id>.lock`, which dies with its holder.
/// 4. A file that can't be read is named, left as it is, and never hides the others.
public struct SessionStore: Sendable {
    /// The directory of the session files.
    public let directory: String

    /// The store in a directory, which is created at the first save.
    public init(directory: String) { self.directory = directory }

    /// Where a session rests.
    public func path(of id: SessionID) -> String { "\(directory)/\(id).json" }

    func journalPath(of id: SessionID) -> String { "\(directory)/\(id).partial" }
    func lockPath(of id: SessionID) -> String { "\(directory)/\(id).lock" }

    /// Saves a session; when this returns, it is on the disk.
    /// - Throws: `FileSystemError`; then the file is as it was before, or, should only the last step have failed, new already.
    public func save(_ session: Session) throws(FileSystemError) {
        var text = SessionText()
        try save(session, text: &text)
    }

    /// Saves a session whose text was read or written before.
    func save(_ session: Session, text: inout SessionText) throws(FileSystemError) {
        try createDirectory()
        _ = try replace(session, text: &text)
        try synchronizeNames()
    }

    func createDirectory() throws(FileSystemError) { try AtomicFile.createDirectory(directory) }

    /// Writes a session; that its file is there is on the disk only after `synchronizeNames`.
    /// - Returns: By what the file is known.
    func replace(_ session: Session, text: inout SessionText) throws(FileSystemError) -> FileStamp {
        try AtomicFile.replace(try AtomicFile.target(of: path(of: session.id)), with: text.encode(session))
    }

    /// Has the names of the files on the disk.
    func synchronizeNames() throws(FileSystemError) { try AtomicFile.synchronizeDirectory(of: directory + "/") }

    /// Keeps the file of a session as it is, beside it, unless it says nothing but what the session holds.
    ///
    /// Banter's own files do, byte for byte. What another program wrote may have more: a key twice, half a surrogate pair, a sign that
    /// it was put together again after a disaster.
    /// - Parameters:
    ///   - session: What the file was read as.
    ///   - text: What was kept of its text.
    /// - Returns: Where it is kept; nil if there was no need.
    /// - Throws: `FileSystemError`; then nothing is written over it.
    func keepOriginal(of session: Session, text: SessionText) throws(FileSystemError) -> String? {
        let path = try AtomicFile.target(of: path(of: session.id))
        // Somebody has removed it meanwhile: then nothing is overwritten.
        guard FileStamp(path) != nil else { return nil }
        var text = text
        if text.isLossless {
            let isOurs = try FileDescriptor(path, O_RDONLY | O_NONBLOCK).holds(text.encode(session))
            if isOurs { return nil }
        }
        for number in 1...99 {
            let copy = "\(directory)/\(session.id)\(number == 1 ? "" : ".\(number)").bak"
            // Kept before a save that then failed.
            if FileStamp(copy) == FileStamp(path) { return copy }
            if link(path, copy) == 0 { return copy }
            if errno == EEXIST { continue }
            // Not every file system has a second name for a file.
            try AtomicFile.write(try AtomicFile.read(path), to: copy)
            return copy
        }
        throw FileSystemError("keep", path, EEXIST)
    }

    /// Reads a session as its file has it, and what its journal has of an answer that isn't there yet; the file's name says its id.
    /// - Throws: `SessionStoreError`.
    public func load(_ id: SessionID) throws(SessionStoreError) -> Session {
        var session = try read(id).session
        session.recover(remains(of: id))
        return session
    }

    /// What the journal of a session has; that it can't be read is told when the session is opened.
    private func remains(of id: SessionID) -> [AnswerJournal.Remains] {
        (try? AnswerJournal.remains(at: journalPath(of: id))) ?? []
    }

    /// Reads a session as its file has it, and keeps the text of its file for the next save.
    func read(_ id: SessionID) throws(SessionStoreError) -> (session: Session, text: SessionText) {
        let bytes: [UInt8]
        do { bytes = try AtomicFile.read(try AtomicFile.target(of: path(of: id))) } catch {
            throw error.errorNumber == ENOENT ? .notFound(id.text) : .unreadable(error)
        }
        return try read(bytes, of: id)
    }

    /// Reads what a session's file holds.
    func read(_ bytes: [UInt8], of id: SessionID) throws(SessionStoreError) -> (session: Session, text: SessionText) {
        do throws(SessionFile.Problem) {
            return try SessionFile.read(bytes, name: id)
        } catch {
            switch error {
            case .newerFormat(let format): throw .newerFormat(path: path(of: id), format: format)
            case .damaged(let reason): throw .damaged(path: path(of: id), reason: reason)
            }
        }
    }

    /// The file of a session as it stands, or as it would be with what only its journal has.
    /// - Throws: `SessionStoreError`.
    package func bytes(of id: SessionID) throws(SessionStoreError) -> [UInt8] {
        var session = try read(id).session
        if session.recover(remains(of: id)) { return SessionFile.encode(session) }
        do { return try AtomicFile.read(path(of: id)) } catch { throw .unreadable(error) }
    }

    /// The session that changed last; nil if there is none.
    ///
    /// One that can't be read is taken for as new as its file, so that whoever goes on with the newest is told of it.
    public func newest() throws(SessionStoreError) -> SessionID? {
        var newest: (id: SessionID, time: Timestamp)?
        for file in try files() where file.isRegular {
            // No session changes after its file; but files that were copied may all be new.
            if let newest, newest.time > file.stamp.time { break }
            let time = (try? summary(of: file.id)?.get().time) ?? file.stamp.time
            if newest.map({ $0.time < time }) ?? true { newest = (file.id, time) }
        }
        return newest?.id
    }

    /// The one session that a person means: its id, a unique part of it, its title, or a unique part of its title.
    /// - Throws: `SessionStoreError.notFound` or `.ambiguous`.
    public func find(_ query: String) throws(SessionStoreError) -> SessionID {
        guard !query.isEmpty else { throw .notFound(query) }
        let ids = try ids()
        if let id = ids.first(where: { $0.text == query }) { return id }
        // By the names of the files, so that a damaged session, too, leads to the error that names its file.
        let beginning = ids.filter { $0.text.hasPrefix(query) }
        if beginning.count == 1 { return beginning[0] }
        let sessions = try summaries().sessions
        let needle = query.lowercased()
        let rules: [(SessionSummary) -> Bool] = [
            { beginning.contains($0.id) },
            { $0.title.lowercased() == needle },
            { $0.id.text.contains(needle) },
            { $0.title.lowercased().contains(needle) },
        ]
        for rule in rules {
            let matches = sessions.filter(rule)
            if matches.count == 1 { return matches[0].id }
            if matches.count > 1 { throw .ambiguous(query: query, sessions: matches) }
        }
        throw .notFound(query)
    }

    /// Removes what killed processes left behind, and what was deleted long ago.
    public func sweep() {
        AtomicFile.sweep(directory: directory)
        purgeTrash()
    }

    package func ids() throws(SessionStoreError) -> [SessionID] {
        do {
            return try DirectoryListing.names(in: directory, as: SessionID.init(ofFile:))
        } catch {
            throw .unreadable(error)
        }
    }

    /// The session that a file of that name holds; nil if it is no session's.
    static func id(ofFile name: String) -> SessionID? {
        var name = name
        return name.withUTF8(SessionID.init(ofFile:))
    }

    /// A session's file, as far as the directory tells.
    struct File {
        let id: SessionID
        let stamp: FileStamp
        let isRegular: Bool
        let isLink: Bool
        /// Whether there is more of the session in a journal.
        let hasJournal: Bool
    }

    /// Where a session's file really is.
    /// - Throws: `SessionStoreError.unreadable` for a link that leads out of the directory.
    func location(of file: File) throws(SessionStoreError) -> String {
        if !file.isLink { return path(of: file.id) }
        do { return try AtomicFile.target(of: path(of: file.id)) } catch { throw .unreadable(error) }
    }

    /// The files of the sessions, the one that was written last first.
    ///
    /// The C function is `fstatat`.
    func files() throws(SessionStoreError) -> [File] {
        do throws(FileSystemError) {
            let names = try DirectoryListing.names(in: directory)
            let ids = names.compactMap(Self.id(ofFile:))
            if ids.isEmpty { return [] }
            let journals = Set(names.filter { $0.utf8.suffix(8).elementsEqual(".partial".utf8) })
            let folder = try FileDescriptor(directory, O_RDONLY | O_DIRECTORY)
            let descriptor = folder.rawValue
            return BlockingWork.onTwoThreads(count: ids.count) {
                File(ids[$0], in: descriptor, hasJournal: !journals.isEmpty && journals.contains("\(ids[$0]).partial"))
            }.sorted {
                $0.stamp.modified != $1.stamp.modified ? $0.stamp.modified > $1.stamp.modified : $0.id > $1.id
            }
        } catch {
            throw .unreadable(error)
        }
    }
}

extension SessionStore.File {
    /// The file of a session in an open directory; nil if there is none.
    ///
    /// The C function is `fstatat`.
    fileprivate init?(_ id: SessionID, in directory: Int32, hasJournal: Bool) {
        let name = id.text + ".json"
        var status = stat()
        guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        // One that leads nowhere is named as it is.
        if isLink { fstatat(directory, name, &status, 0) }
        self.init(
            id: id, stamp: FileStamp(status), isRegular: status.st_mode & S_IFMT == S_IFREG, isLink: isLink,
            hasJournal: hasJournal)
    }
}

extension FileDescriptor {
    /// Whether the file is these pieces, one behind the other; a part at a time, as it may be large.
    fileprivate func holds(_ pieces: [ArraySlice<UInt8>]) throws(FileSystemError) -> Bool {
        var offset = 0
        for piece in pieces {
            var rest = piece
            while !rest.isEmpty {
                let part = try read(at: offset, count: min(rest.count, 1 << 20))
                guard !part.isEmpty, rest.prefix(part.count) == part[...] else { return false }
                offset += part.count
                rest = rest.dropFirst(part.count)
            }
        }
        return try read(at: offset, count: 1).isEmpty
    }
}
