import Glibc

/// Reads and replaces whole files so that nobody ever sees half of one.
///
/// 1. A file is written to a temporary in the same directory, created exclusively and 0600 from its first moment.
/// 2. The data is on the disk (`fsync`) before the temporary takes the file's name (`rename`), which is atomic.
/// 3. The name is on the disk (`fsync` of the directory) before the save is acknowledged.
/// 4. On any failure before the renaming the old file stands untouched, and the temporary is removed; one left by a killed
///    process is swept away at the next start.
///
/// `fsync` is never tried twice on the same pages, as a second one may succeed without having written anything; a caller
/// that tries again writes a new temporary.
enum AtomicFile {
    /// Larger files are refused: no file of ours comes near.
    static let maximumSize = 512 << 20

    /// Replaces a file, or creates it; when this returns, it is on the disk.
    static func write(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
        _ = try replace(path, with: [bytes[...]])
        try synchronizeDirectory(of: path)
    }

    /// Replaces a file, or creates it: the bytes are on the disk when this returns, but its name may not be yet
    /// (`synchronizeDirectory`).
    /// - Parameters:
    ///   - path: The file.
    ///   - pieces: What make up its text, one behind the other.
    ///   - permissions: Who may read and write it.
    /// - Returns: By what the new file is known.
    /// - Throws: `FileSystemError`; then the old file stands as it did.
    static func replace(
        _ path: String, with pieces: [ArraySlice<UInt8>], permissions: mode_t = 0o600
    ) throws(FileSystemError) -> FileStamp {
        let temporary = temporaryPath(for: path)
        do throws(FileSystemError) {
            let file = try FileDescriptor(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
            do throws(FileSystemError) {
                if permissions != 0o600 {
                    _ = try FileDescriptor.retrying("chmod", path) { fchmod(file.rawValue, permissions) }
                }
                try write(pieces, to: file)
                try file.synchronize()
                let stamp = FileStamp(try file.status())
                _ = try FileDescriptor.retrying("rename", path) { rename(temporary, path) }
                return stamp
            } catch {
                unlink(temporary)
                throw error
            }
        } catch {
            // The name of the temporary would tell nobody anything.
            throw FileSystemError(error.operation, path, error.errorNumber)
        }
    }

    /// The disk begins with each part of so many bytes while the next ones are written: a save of twenty megabytes takes a fifth
    /// less time so.
    private static let bytesAtOnce = 1 << 20

    private static func write(
        _ pieces: [ArraySlice<UInt8>], to file: borrowing FileDescriptor
    ) throws(FileSystemError) {
        var written = 0
        for piece in pieces {
            var rest = piece
            while !rest.isEmpty {
                let part = rest.prefix(bytesAtOnce)
                try file.write(part)
                if part.count == bytesAtOnce { try file.beginSynchronizing(at: written, count: part.count) }
                written += part.count
                rest = rest.dropFirst(part.count)
            }
        }
    }

    /// Where a file really is: at its path, or where a link there leads to, which must be in the same directory.
    ///
    /// As git does for its files, so that what is written replaces what a link leads to, and not the link.
    /// - Throws: `FileSystemError` for the operation `followLink`, for a link that leads elsewhere (`EXDEV`) or nowhere (`ELOOP`).
    static func target(of path: String) throws(FileSystemError) -> String {
        var target = path
        for _ in 0...maximumLinks {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(target, &buffer, buffer.count)
            // What isn't a link is what was looked for, also where there is nothing yet.
            guard count >= 0 else { return target }
            guard let text = String(validating: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) else {
                break
            }
            target = text.hasPrefix("/") ? text : "\(directory(of: target))/\(text)"
            guard isSameDirectory(directory(of: target), directory(of: path)) else {
                throw FileSystemError(followLink, path, EXDEV)
            }
        }
        throw FileSystemError(followLink, path, ELOOP)
    }

    static let followLink = "follow the link"
    private static let maximumLinks = 5

    private static func isSameDirectory(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        var (first, second) = (stat(), stat())
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_ino == second.st_ino
            && first.st_dev == second.st_dev
    }

    /// Reads a regular file; anything else is refused without waiting for it.
    static func read(_ path: String, limit: Int = maximumSize) throws(FileSystemError) -> [UInt8] {
        try readWithAccess(path, limit: limit).bytes
    }

    /// Reads the beginning of a file; what can't be read from any place in it, such as a pipe, is refused without waiting.
    static func readHead(_ path: String, count: Int) throws(FileSystemError) -> [UInt8] {
        try FileDescriptor(path, O_RDONLY | O_NONBLOCK).read(at: 0, count: count)
    }

    /// Reads a regular file, and looks who else can.
    static func readWithAccess(
        _ path: String, limit: Int
    ) throws(FileSystemError) -> (bytes: [UInt8], access: FileAccess) {
        // O_NONBLOCK: opening a FIFO must not wait for a writer.
        let file = try FileDescriptor(path, O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemError("read", path, status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EOPNOTSUPP)
        }
        guard status.st_size <= limit else { throw FileSystemError("read", path, EFBIG) }
        return (try file.readToEnd(limit: limit), FileAccess(status))
    }

    /// Removes the temporaries of processes that are gone.
    static func sweep(directory: String) {
        guard let entries = try? DirectoryListing.names(in: directory) else { return }
        for name in entries {
            let fields = name.split(separator: ".", omittingEmptySubsequences: false)
            guard fields.count >= 5, fields.first == "", fields.last == "tmp", UInt32(fields[fields.count - 2]) != nil,
                let process = Int32(fields[fields.count - 3]), process > 0
            else { continue }
            if kill(process, 0) != 0, errno == ESRCH { unlink("\(directory)/\(name)") }
        }
    }

    /// Makes a directory (0700) and those above it, each on the disk before the next.
    static func createDirectory(_ path: String) throws(FileSystemError) {
        if access(path, F_OK) == 0 { return }
        let parent = directory(of: path)
        if parent != path { try createDirectory(parent) }
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileSystemError("mkdir", path) }
        try synchronizeDirectory(of: path)
    }

    static func synchronizeDirectory(of path: String) throws(FileSystemError) {
        do { try FileDescriptor(directory(of: path), O_RDONLY | O_DIRECTORY).synchronize() } catch {
            // Some file systems have nothing to synchronize for a directory, and say so.
            if error.errorNumber != EINVAL { throw error }
        }
    }

    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `.<name>.<process>.<random>.tmp`: the process is there for `sweep`.
    private static func temporaryPath(for path: String) -> String {
        let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        return "\(directory(of: path))/.\(name).\(getpid()).\(UInt32.random(in: .min ... .max)).tmp"
    }
}
