import ChatSession
import Synchronization

/// Work that waits for a disk, one piece after the other.
final class WorkInOrder: Sendable {
    private let state = Mutex((work: [@Sendable () -> Void](), isRunning: false))

    /// Adds a piece; false if it can't be done, as too much waits for disks already.
    ///
    /// If it drops others, those before it that haven't begun aren't done any more.
    @discardableResult
    func add(dropsOthers: Bool = false, _ work: @escaping @Sendable () -> Void) -> Bool {
        let begins = state.withLock { state in
            if dropsOthers { state.work = [] }
            state.work.append(work)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard begins else { return true }
        let isRunning = BlockingWork.start { [self] in while let work = next() { work() } }
        if !isRunning { state.withLock { $0 = ([], false) } }
        return isRunning
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            if state.work.isEmpty { state.isRunning = false }
            return state.work.isEmpty ? nil : state.work.removeFirst()
        }
    }

    /// Nothing more is begun.
    func drop() { state.withLock { $0.work = [] } }

    /// Waits until all of it is done, for at most so long.
    func finish(within limit: Duration) async {
        let (end, continuation) = AsyncStream.makeStream(of: Void.self)
        guard state.withLock({ $0.isRunning }), add({ continuation.finish() }) else { return }
        let clock = Task {
            try? await Task.sleep(for: limit)
            continuation.finish()
        }
        for await _ in end {}
        clock.cancel()
    }
}
