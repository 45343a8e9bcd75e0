import Glibc

/// The bytes of a file, read without being set to zero or copied first.
struct FileText: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer
    private let count: Int

    /// Reads a regular file that isn't too large.
    init(_ path: String) throws(FileSystemError) {
        let file = try FileDescriptor(path, O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileSystemError("read", path, EOPNOTSUPP) }
        guard status.st_size <= AtomicFile.maximumSize else { throw FileSystemError("read", path, EFBIG) }
        let size = Int(status.st_size)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 1), alignment: 16)
        var count = 0
        do throws(FileSystemError) {
            var part = 1
            while part > 0, count < size {
                part = try FileDescriptor.retrying("read", path) {
                    Glibc.read(file.rawValue, memory.baseAddress.map { $0 + count }, size - count)
                }
                count += part
            }
        } catch {
            memory.deallocate()
            throw error
        }
        self.memory = memory
        self.count = count
    }

    /// The bytes, if they are such as are wanted.
    func bytes(where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) -> [UInt8]? {
        let bytes = UnsafeRawBufferPointer(rebasing: memory[..<count]).assumingMemoryBound(to: UInt8.self)
        return isWanted(bytes) ? Array(bytes) : nil
    }

    deinit { memory.deallocate() }
}
