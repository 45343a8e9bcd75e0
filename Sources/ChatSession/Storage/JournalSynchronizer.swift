import Glibc
import Synchronization

/// Has what is appended to a journal reach the disk, on a thread of its own: whoever writes waits for no disk.
///
/// Written text is safe from the end of the process at once; this is for the end of the machine. Half a second after it was written,
/// or as soon as there are 4 KB of it, the data is on its way to the disk, also while nothing more comes.
final class JournalSynchronizer: Sendable {
    private static let longestWait = Duration.milliseconds(500)
    private static let mostBytes = 4096

    private struct State {
        /// How many bytes were written since the last synchronization began.
        var bytes = 0
        /// When the first of them were.
        var oldest: ContinuousClock.Instant?
        var isEnded = false
    }

    private enum Step {
        case wait(Duration?), synchronize, end
    }

    private let file: FileDescriptor
    private let state = Mutex(State())
    private let wake = TimedFlag()

    /// Looks after the journal at a path.
    ///
    /// If the system has no thread to give, the journal is only as safe as the system's own habits make it.
    init(path: String) throws(FileSystemError) {
        // A descriptor of its own, as the writer closes its one when it likes.
        file = try FileDescriptor(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK)
        _ = BlockingWork.start { [self] in run() }
    }

    /// Says that so many bytes were written.
    func noteWritten(_ count: Int) {
        let needsWaking = state.withLock { state in
            let before = state.bytes
            state.bytes += count
            if before == 0 { state.oldest = .now }
            return before == 0 || before < Self.mostBytes && state.bytes >= Self.mostBytes
        }
        if needsWaking { wake.raise() }
    }

    /// Says that the journal isn't written any more: what it holds is saved elsewhere now, or isn't worth it.
    func end() {
        state.withLock { $0.isEnded = true }
        wake.raise()
    }

    private func run() {
        var isNameSynchronized = false
        while true {
            switch nextStep() {
            case .end: return
            case .wait(let limit): wake.wait(atMost: limit)
            case .synchronize:
                // What a disk doesn't take now may come through the next time; the answer itself is still to be saved.
                try? file.synchronizeData()
                if !isNameSynchronized {
                    isNameSynchronized = (try? AtomicFile.synchronizeDirectory(of: file.path)) != nil
                }
            }
        }
    }

    private func nextStep() -> Step {
        state.withLock { state in
            if state.isEnded { return .end }
            guard let oldest = state.oldest else { return .wait(nil) }
            let rest = Self.longestWait - oldest.duration(to: .now)
            guard rest <= .zero || state.bytes >= Self.mostBytes else { return .wait(rest) }
            state.bytes = 0
            state.oldest = nil
            return .synchronize
        }
    }
}
