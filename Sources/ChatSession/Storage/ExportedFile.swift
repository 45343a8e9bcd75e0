import Glibc

/// A file that a person asks for by its path: theirs, and not one of Banter's.
package enum ExportedFile {
    /// What stands in the way.
    package enum Kind: Hashable, Sendable {
        case file, directory, link
        /// A pipe, a device, a socket.
        case special
    }

    package enum Problem: Error, Hashable, Sendable {
        case exists(Kind)
        case failed(FileSystemError)
    }

    /// Writes a file whole or not at all.
    ///
    /// Makes no directories and follows no link at the path's end. May block for as long as the disk does.
    ///
    /// - Parameters:
    ///   - bytes: What is to stand there.
    ///   - path: Where.
    ///   - replacing: Whether a file that is there is replaced, which keeps its permissions; nothing but a file ever is.
    ///   - permissions: Those of a new file, as far as the umask leaves them.
    /// - Throws: ``Problem``.
    package static func write(
        _ bytes: [UInt8], to path: String, replacing: Bool, permissions: UInt32 = 0o644
    ) throws(Problem) {
        do throws(FileSystemError) {
            switch kind(of: path) {
            case nil: try create(path, bytes, permissions: permissions)
            case (.file, let permissions)? where replacing:
                _ = try AtomicFile.replace(path, with: [bytes[...]], permissions: permissions)
            case (let kind, _)?: throw FileSystemError(String(describing: kind), path, EEXIST)
            }
            try AtomicFile.synchronizeDirectory(of: path)
        } catch {
            // Also one that has come in between.
            if error.errorNumber == EEXIST, let (kind, _) = kind(of: path) { throw .exists(kind) }
            throw .failed(error)
        }
    }

    private static func kind(of path: String) -> (Kind, permissions: mode_t)? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return (.file, status.st_mode & 0o777)
        case S_IFDIR: return (.directory, 0)
        case S_IFLNK: return (.link, 0)
        default: return (.special, 0)
        }
    }

    private static func create(
        _ path: String, _ bytes: [UInt8], permissions: mode_t
    ) throws(FileSystemError) {
        let file = try FileDescriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, permissions: permissions)
        do throws(FileSystemError) {
            try file.write(bytes)
            try file.synchronize()
        } catch {
            unlink(path)
            throw error
        }
    }
}
