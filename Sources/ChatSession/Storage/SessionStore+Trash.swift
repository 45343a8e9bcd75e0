import FoundationEssentials
import Glibc

/// Deleting is moving: a session goes to `trash` beside the store's directory, with all that belongs to it, and stays there for thirty
/// days.
extension SessionStore {
    /// How long the trash keeps what is in it.
    public static let daysInTrash = 30

    /// What was deleted; a store as this one, from which `restore` brings sessions back.
    public var trash: SessionStore { SessionStore(directory: AtomicFile.directory(of: directory) + "/trash") }

    /// Moves a session to the trash.
    /// - Throws: `SessionStoreError`: `notFound`; `inUse` if a process has it open; `unreadable` if it can't be moved.
    public func delete(_ id: SessionID) throws(SessionStoreError) {
        guard holds(id) else { throw .notFound(id.text) }
        try whileLocked(id) { () throws(FileSystemError) in try moveToTrash(id) }
    }

    /// Brings a session back from the trash.
    /// - Throws: `SessionStoreError`: `notFound`; `unreadable` if it can't be moved, as when there is one of this id again.
    public func restore(_ id: SessionID) throws(SessionStoreError) {
        guard trash.holds(id) else { throw .notFound(id.text) }
        // The session comes last: when it is there, so is the rest of it.
        try whileLocked(id) { () throws(FileSystemError) in try trash.move(try trash.files(of: id).reversed(), to: self)
        }
    }

    /// Whether there is a file of that session, be it a link that leads nowhere.
    private func holds(_ id: SessionID) -> Bool {
        var status = stat()
        return lstat(path(of: id), &status) == 0
    }

    /// When a session of this trash was deleted; nil if it isn't there.
    public func deletionTime(of id: SessionID) -> Timestamp? { Self.deletionTime(path(of: id)) }

    /// When a session's file was written last; nil if there is none.
    package func savedTime(of id: SessionID) -> Timestamp? {
        FileStamp(path(of: id))?.time
    }

    /// Removes for good what has been in the trash for thirty days.
    func purgeTrash(now: Timestamp = Timestamp()) {
        let trash = trash
        // What can't be listed stays.
        for name in (try? DirectoryListing.names(in: trash.directory)) ?? [] {
            let path = "\(trash.directory)/\(name)"
            // Only what was put there by `moveToTrash`.
            guard SessionID(String(name.prefix { $0 != "." })) != nil, let deleted = Self.deletionTime(path),
                now.date.timeIntervalSince(deleted.date) > Double(Self.daysInTrash) * 86400
            else { continue }
            unlink(path)
        }
    }

    /// Moves the files of a session, which nobody else has open, to the trash: the session first.
    func moveToTrash(_ id: SessionID) throws(FileSystemError) { try move(try files(of: id), to: trash) }

    private func whileLocked(
        _ id: SessionID, _ body: () throws(FileSystemError) -> Void
    ) throws(SessionStoreError) {
        do throws(FileSystemError) {
            // A store that isn't there yet has nothing to lock, and whoever restores makes it.
            try createDirectory()
        } catch {
            throw .unreadable(error)
        }
        var lock: SessionLock?
        switch SessionLock.acquire(lockPath(of: id)) {
        case .acquired(let acquired): lock = acquired
        case .held(let process): throw .inUse(id, process: process)
        case .unavailable: break
        }
        defer { lock?.release() }
        do throws(FileSystemError) { try body() } catch { throw .unreadable(error) }
    }

    /// The names of all that belongs to a session, its lock apart: the session itself, the journal of an answer, originals.
    private func files(of id: SessionID) throws(FileSystemError) -> [String] {
        let session = id.text + ".json"
        let others = try DirectoryListing.names(in: directory).filter { name in
            name.hasPrefix(id.text + ".") && !name.hasSuffix(".lock") && name != session
        }
        return [session] + others.sorted()
    }

    private func move(_ names: [String], to store: SessionStore) throws(FileSystemError) {
        try store.createDirectory()
        var status = stat()
        for name in names where lstat("\(store.directory)/\(name)", &status) == 0 {
            throw FileSystemError("move to", "\(store.directory)/\(name)", EEXIST)
        }
        for name in names {
            let (source, destination) = ("\(directory)/\(name)", "\(store.directory)/\(name)")
            // Renaming notes the time on most file systems; this does on all.
            if lstat(source, &status) == 0 {
                let times = [timespec(tv_sec: time(nil), tv_nsec: 0), status.st_mtim]
                utimensat(AT_FDCWD, source, times, AT_SYMLINK_NOFOLLOW)
            }
            try moveFile(source, to: destination)
        }
        try store.synchronizeNames()
        try synchronizeNames()
    }

    /// Moves a file, to another file system by a copy: the sessions may be a link to a larger disk.
    private func moveFile(_ source: String, to destination: String) throws(FileSystemError) {
        do throws(FileSystemError) {
            _ = try FileDescriptor.retrying("move", source) { rename(source, destination) }
        } catch {
            guard error.errorNumber == EXDEV else { throw error }
            try AtomicFile.write(try AtomicFile.read(source), to: destination)
            unlink(source)
        }
    }

    /// When a file was moved, which the system notes as a change of what it knows of the file (`st_ctim`); reading doesn't count.
    private static func deletionTime(_ path: String) -> Timestamp? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Timestamp(secondsSinceEpoch: Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1e9)
    }
}
