import Glibc
import Synchronization

/// What a child process wrote: its end in memory, its beginning in a log file.
final class ProcessOutput: Sendable {
    private static let tailLimit = 8 << 10
    private static let logLimit = 1 << 20

    private struct State {
        var tail: [UInt8] = []
        var logged = 0
    }

    private let log: Int32
    private let state = Mutex(State())

    /// Collects output, into a file (0600, emptied first) if there is a path.
    ///
    /// A log that can't be opened is no reason to do without the server, so it is left out.
    init(logPath: String? = nil) {
        log = logPath.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600) } ?? -1
    }

    deinit { if log >= 0 { close(log) } }

    func append(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            state.tail += bytes.suffix(Self.tailLimit)
            state.tail.removeFirst(max(0, state.tail.count - Self.tailLimit))
            let room = min(bytes.count, Self.logLimit - state.logged)
            if log >= 0, room > 0 { state.logged += max(0, write(log, bytes.baseAddress, room)) }
        }
    }

    /// The last lines, 10 at most, without blank ones; the first may lack its beginning.
    var lastLines: [String] {
        let tail = state.withLock { $0.tail }
        return tail.split(whereSeparator: { $0 == 10 || $0 == 13 }).suffix(10)
            .map { String(decoding: $0, as: UTF8.self) }
            .filter { !$0.utf8.allSatisfy { $0 == 32 || $0 == 9 } }
    }
}
