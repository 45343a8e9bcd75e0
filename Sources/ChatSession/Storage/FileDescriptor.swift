import CWriteback
import Glibc

/// An open file that closes itself, with the system calls that the files of Banter need.
///
/// Each throws `FileSystemError`, and each is tried again where a signal interrupted it (`EINTR`).
struct FileDescriptor: ~Copyable {
    let rawValue: Int32
    let path: String

    /// Opens a file, never to be inherited by a child.
    ///
    /// The C function is `open`.
    init(_ path: String, _ flags: Int32, permissions: mode_t = 0o600) throws(FileSystemError) {
        rawValue = try Self.retrying("open", path) { open(path, flags | O_CLOEXEC, permissions) }
        self.path = path
    }

    deinit { close(rawValue) }

    /// Writes all of the bytes.
    ///
    /// The C function is `write`.
    func write(_ bytes: [UInt8]) throws(FileSystemError) { try write(bytes[...]) }

    /// Writes all of the bytes.
    func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) {
        var written = 0
        while written < bytes.count {
            written += try Self.retrying("write", path) {
                bytes.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress.map { $0 + written }, $0.count - written) }
            }
        }
    }

    /// Reads to the end, or fails with `EFBIG` beyond a limit.
    ///
    /// The C function is `read`.
    func readToEnd(limit: Int) throws(FileSystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // What the file holds now is read without a copy; what comes behind it, or from where there is no size, in parts.
        let expected = min(Int(try status().st_size), limit)
        if expected > buffer.count {
            var failure: FileSystemError?
            bytes = [UInt8](unsafeUninitializedCapacity: expected) { space, count in
                Self.useLargePages(UnsafeMutableRawBufferPointer(space))
                do throws(FileSystemError) {
                    var part = 1
                    while part > 0, count < expected {
                        part = try Self.retrying("read", path) {
                            Glibc.read(rawValue, space.baseAddress.map { $0 + count }, expected - count)
                        }
                        count += part
                    }
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
        }
        while true {
            let count = try Self.retrying("read", path) { Glibc.read(rawValue, &buffer, buffer.count) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw FileSystemError("read", path, EFBIG) }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// Asks for large pages: to be given small ones takes as long as to read twenty megabytes into them.
    ///
    /// Where the system doesn't do that, it is all the same. The C function is `madvise`.
    private static func useLargePages(_ space: UnsafeMutableRawBufferPointer) {
        guard space.count >= 1 << 22, let base = space.baseAddress else { return }
        let start = base.alignedUp(toMultipleOf: Int(getpagesize()))
        madvise(start, space.count - (start - base), MADV_HUGEPAGE)
    }

    /// Reads a part of the file, less where it ends.
    ///
    /// The C function is `pread`.
    func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        guard offset >= 0, count > 0 else { return [] }
        var failure: FileSystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { space, length in
            do throws(FileSystemError) {
                length = try Self.retrying("read", path) { pread(rawValue, space.baseAddress, count, off_t(offset)) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Waits until the data is on the disk.
    ///
    /// The C function is `fsync`.
    func synchronize() throws(FileSystemError) {
        _ = try Self.retrying("fsync", path) { fsync(rawValue) }
    }

    /// Has the disk begin with a part of the data; `synchronize` must still wait for it.
    ///
    /// The C function is `sync_file_range`.
    func beginSynchronizing(at offset: Int, count: Int) throws(FileSystemError) {
        do throws(FileSystemError) {
            _ = try Self.retrying("fsync", path) { writeback_begin(rawValue, off_t(offset), off_t(count)) }
        } catch {
            // Where the system doesn't know the call, or not for such a file, all is left to `synchronize`.
            guard [ENOSYS, EINVAL, ESPIPE, EPERM, EOPNOTSUPP].contains(error.errorNumber) else { throw error }
        }
    }

    /// Waits until the data is on the disk, and of what is known of the file as much as it takes to read it.
    ///
    /// The C function is `fdatasync`.
    func synchronizeData() throws(FileSystemError) {
        _ = try Self.retrying("fdatasync", path) { fdatasync(rawValue) }
    }

    /// Cuts the file off behind so many bytes.
    ///
    /// The C function is `ftruncate`.
    func truncate(to size: Int) throws(FileSystemError) {
        _ = try Self.retrying("truncate", path) { ftruncate(rawValue, size) }
    }

    /// What the system knows of the file.
    ///
    /// The C function is `fstat`.
    func status() throws(FileSystemError) -> stat {
        var status = stat()
        _ = try Self.retrying("fstat", path) { fstat(rawValue, &status) }
        return status
    }

    /// Calls until no signal interrupts.
    static func retrying<Result: SignedInteger>(
        _ operation: String, _ path: String, _ call: () -> Result
    ) throws(FileSystemError) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let error = errno
            guard error == EINTR else { throw FileSystemError(operation, path, error) }
        }
    }
}
