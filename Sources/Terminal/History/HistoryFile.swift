import Glibc

/// The file that entries are kept in, in the format of libedit's H_SAVE: a first line, then one entry a line, encoded.
///
/// libedit's own reading and writing overruns a buffer by a byte, isn't atomic and reports success on a full disk, and of two
/// processes the last to leave wins. Here each entry is appended with one write under a lock (flock(2)), so that sessions side by
/// side lose nothing.
struct HistoryFile: Sendable {
    /// What every file begins with.
    static let signature = "_HiStOrY_V2_"
    /// A longer entry, such as a large paste, isn't kept.
    static let maximumEntryBytes = 64 << 10

    let path: String
    let limit: Int
    /// Of a longer file only the end is read.
    var maximumBytes = 8 << 20

    /// The entries, oldest first; none if there is no file.
    ///
    /// Lines that are no entries are passed over. The file is made private (0600), and one that has grown to more than
    /// twice the limit, or beyond ``maximumBytes``, is cut.
    ///
    /// - Throws: ``TerminalError`` if the file can't be read.
    func load() throws -> [String] {
        let file: (bytes: [UInt8], size: Int)
        do {
            file = try HistoryFile.contents(
                ofFile: path, limit: maximumBytes, isPrivate: true)
        } catch let error as TerminalError where error.code == ENOENT {
            return []
        }
        var entries = HistoryFile.entries(in: file.bytes[...])
        if entries.count > 2 * limit || file.size > maximumBytes {
            try cut()
            entries = Array(entries.suffix(limit))
        }
        return entries
    }

    /// Appends an entry; other processes may do so at the same time.
    ///
    /// - Throws: ``TerminalError`` if it can't be written.
    func append(_ entry: String) throws {
        let line = HistoryEncoding.encode(entry) + "\n"
        guard line.utf8.count <= HistoryFile.maximumEntryBytes else { return }
        try withLockedFile { descriptor in
            var information = stat()
            let isEmpty = fstat(descriptor, &information) == 0 && information.st_size == 0
            // A write that was cut short, by a full disk, must not swallow the next entry: begin a line.
            let start =
                isEmpty ? HistoryFile.signature + "\n" : HistoryFile.endsInLine(descriptor, information) ? "" : "\n"
            try write(Array((start + line).utf8), to: descriptor)
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        let code = TerminalOutput.write(bytes, to: descriptor)
        if code != 0 { throw TerminalError(operation: "save the history to \(path)", code: code) }
    }

    private static func endsInLine(_ descriptor: Int32, _ information: stat) -> Bool {
        var last: UInt8 = 0
        return pread(descriptor, &last, 1, information.st_size - 1) == 1 && last == 0x0A
    }

    static func entries(in bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split(separator: 0x0A).compactMap { line in
            guard line.count <= maximumEntryBytes, let entry = HistoryEncoding.decode(line) else { return nil }
            return entry == signature || entry.isEmpty ? nil : entry
        }
    }

    private static func error(opening path: String) -> TerminalError {
        let code = errno
        // The system's own words for it, "too many levels", mislead.
        return TerminalError(
            operation: code == ELOOP ? "follow the symbolic link \(path)" : "open \(path)", code: code)
    }

    /// Opens the file for appending and locks it; again if another process has just put a shorter one in its place.
    private func withLockedFile(_ body: (Int32) throws -> Void) throws {
        for _ in 0..<10 {
            let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw HistoryFile.error(opening: path) }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX) == 0 else {
                throw TerminalError(operation: "lock the history \(path)", code: errno)
            }
            var (locked, named) = (stat(), stat())
            guard fstat(descriptor, &locked) == 0, lstat(path, &named) == 0, locked.st_ino == named.st_ino else {
                continue
            }
            return try body(descriptor)
        }
        throw TerminalError(operation: "lock the history \(path)", code: EBUSY)
    }

    /// Leaves the newest entries, in a new file that takes the place of the old one.
    private func cut() throws {
        try withLockedFile { _ in
            let entries = HistoryFile.entries(
                in: try HistoryFile.contents(
                    ofFile: path, limit: maximumBytes, isPrivate: true
                ).bytes[...])
            let temporary = "\(path).\(getpid())"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw TerminalError(operation: "write \(temporary)", code: errno) }
            defer { close(descriptor) }
            do {
                let lines = [HistoryFile.signature] + entries.suffix(limit).map { HistoryEncoding.encode($0) }
                try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: descriptor)
                guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
                    throw TerminalError(operation: "replace the history \(path)", code: errno)
                }
            } catch {
                unlink(temporary)
                throw error
            }
        }
    }

    /// The end of a file, from the first line that begins in it if it is longer than the limit, and the file's size.
    ///
    /// A private file is no symbolic link, and is made readable for its owner alone: it holds what people typed.
    static func contents(ofFile path: String, limit: Int, isPrivate: Bool = false) throws -> (
        bytes: [UInt8], size: Int
    ) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isPrivate ? O_NOFOLLOW : 0))
        guard descriptor >= 0 else { throw error(opening: path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw TerminalError(operation: "read \(path)", code: EISDIR)
        }
        if isPrivate { fchmod(descriptor, 0o600) }
        let size = Int(information.st_size)
        if size > limit { lseek(descriptor, off_t(size - limit), SEEK_SET) }
        var bytes = [UInt8](repeating: 0, count: min(size, limit))
        var count = 0
        while count < bytes.count {
            let part = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if part < 0, errno == EINTR { continue }
            if part < 0 { throw TerminalError(operation: "read \(path)", code: errno) }
            if part == 0 { break }
            count += part
        }
        bytes.removeSubrange(count...)
        if size > limit, let lineEnd = bytes.firstIndex(of: 0x0A) { bytes.removeSubrange(...lineEnd) }
        return (bytes, size)
    }
}
