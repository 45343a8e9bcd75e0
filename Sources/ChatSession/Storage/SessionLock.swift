import Glibc
import Synchronization

/// Holds a session for this process; let go of it and the session is free again, however the process ends (`flock(2)`).
final class SessionLock: Sendable {
    private let descriptor: Int32
    private let path: String
    private let isHeld = Atomic(true)

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { release() }

    /// Lets go of it now, whoever still knows it.
    func release() {
        guard isHeld.exchange(false, ordering: .relaxed) else { return }
        // Removed while it is held; and if somebody has removed it meanwhile, what is there now is another's.
        if Self.isStill(descriptor, at: path) { unlink(path) }
        // Closing isn't enough: a child that is just being started shares the lock until it runs its program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    enum Attempt: Sendable {
        case acquired(SessionLock)
        /// Somebody else has it: the process id, where it can be read.
        case held(by: Int32?)
        /// The file system has no locks, or the file can't be made; the session is used without.
        case unavailable
    }

    /// Tries to get the lock, without waiting for whoever has it.
    ///
    /// A file system far away may not answer: then, after a second, the session is used without a lock. What another process changes
    /// is noticed anyway (`FileStamp`).
    static func acquire(_ path: String, tryLock: @escaping @Sendable (String) -> Attempt = tryToAcquire) -> Attempt {
        let outcome = Outcome()
        let isDone = TimedFlag()
        let isTried = BlockingWork.start {
            // Given away before anybody is told: a lock that this thread still held could outlive its owner.
            outcome.give(tryLock(path))
            isDone.raise()
        }
        if isTried { isDone.wait(atMost: .seconds(1)) }
        return outcome.state.withLock { result in
            result.isTooLate = true
            return result.attempt.take() ?? .unavailable
        }
    }

    private static func tryToAcquire(_ path: String) -> Attempt {
        // A holder that goes removes the file, maybe between our open and our flock; then we have locked what nobody else sees.
        for _ in 0..<8 {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
            guard descriptor >= 0 else { return .unavailable }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let isHeld = errno == EWOULDBLOCK
                defer { close(descriptor) }
                return isHeld ? .held(by: holder(descriptor)) : .unavailable
            }
            if isStill(descriptor, at: path) {
                // What isn't a file of ours is neither written nor removed.
                guard isFile(descriptor) else {
                    close(descriptor)
                    return .unavailable
                }
                let text = Array("\(getpid())\n".utf8)
                _ = ftruncate(descriptor, 0)
                _ = pwrite(descriptor, text, text.count, 0)  // only a courtesy to whoever finds the session held
                return .acquired(SessionLock(descriptor: descriptor, path: path))
            }
            close(descriptor)
        }
        return .held(by: nil)
    }

    /// What became of an attempt, shared with the thread that makes it.
    private final class Outcome: Sendable {
        let state = Mutex<(attempt: Attempt?, isTooLate: Bool)>((nil, false))

        /// Takes what an attempt came to; too late, a lock is let go of again by its end.
        func give(_ attempt: Attempt) {
            state.withLock { if !$0.isTooLate { $0.attempt = attempt } }
        }
    }

    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var mine = stat()
        var current = stat()
        return fstat(descriptor, &mine) == 0 && lstat(path, &current) == 0 && mine.st_ino == current.st_ino
            && mine.st_dev == current.st_dev
    }

    private static func isFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        return Int32(String(decoding: buffer.prefix(max(count, 0)).prefix { $0 != 0x0A }, as: UTF8.self))
    }
}
