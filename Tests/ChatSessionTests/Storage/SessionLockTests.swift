import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("The lock and the stamp of a session", .timeLimit(.minutes(1)))
struct SessionLockTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func acquire(_ path: String) -> SessionLock? {
        guard case .acquired(let lock) = SessionLock.acquire(path) else { return nil }
        return lock
    }

    /// The descriptor of the open file at a path.
    private func descriptor(of path: String) throws -> Int32 {
        let descriptors = try DirectoryListing.names(in: "/proc/self/fd").compactMap { Int32($0) }
        return try #require(
            descriptors.first { descriptor in
                var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
                let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
                return count > 0 && String(decoding: buffer.prefix(count), as: UTF8.self) == path
            })
    }

    @Test("D12: one that is let go of is free, also while a child that is being started has its descriptor")
    func inheritedLock() throws {
        let path = directory.file("lock")
        let lock = try #require(acquire(path))
        let descriptor = dup(try descriptor(of: path))
        defer { close(descriptor) }
        // Whoever opened it before it was removed comes to the same file.
        #expect(link(path, directory.file("same")) == 0)
        lock.release()
        #expect(rename(directory.file("same"), path) == 0)
        #expect(acquire(path) != nil)
    }

    @Test("neither it nor any file of ours is open in the programs that are run")
    func childrenHaveNone() throws {
        let path = directory.file("lock")
        let lock = try #require(acquire(path))
        #expect(fcntl(try descriptor(of: path), F_GETFD) & FD_CLOEXEC != 0)
        withExtendedLifetime(lock) {}
        let file = try FileDescriptor(directory.file("file"), O_WRONLY | O_CREAT)
        #expect(fcntl(file.rawValue, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test("D15: another file, another size and another nanosecond make another stamp, and nothing else does")
    func stamp() throws {
        let path = try directory.write("one", to: "a")
        func touch(_ path: String, _ nanoseconds: Int) {
            let times = [timespec(tv_sec: 1000, tv_nsec: nanoseconds), timespec(tv_sec: 1000, tv_nsec: nanoseconds)]
            #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
        }
        touch(path, 1)
        let stamp = FileStamp(path)
        #expect(stamp != nil && FileStamp(path) == stamp)
        touch(path, 2)
        #expect(FileStamp(path) != stamp)
        touch(path, 1)
        #expect(FileStamp(path) == stamp)
        #expect(truncate(path, 2) == 0)
        touch(path, 1)
        #expect(FileStamp(path) != stamp)
        #expect(truncate(path, 3) == 0)
        touch(path, 1)
        #expect(FileStamp(path) == stamp)
        let other = try directory.write("two", to: "b")
        touch(other, 1)
        #expect(rename(other, path) == 0)
        #expect(FileStamp(path) != stamp)
    }
}
