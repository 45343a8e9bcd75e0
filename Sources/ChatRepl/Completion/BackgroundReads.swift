import ChatSession
import Synchronization

/// What is read from a disk in the background, and kept for a moment: Tab never waits for a disk.
final class BackgroundReads<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Younger values are taken for what stands on the disk.
    private static var freshness: Duration { .seconds(1) }
    private static var maximumCount: Int { 8 }

    private struct Entry {
        var value: Value?
        var read = ContinuousClock.now
        var isReading = false
    }

    private let entries = Mutex<[Key: Entry]>([:])
    private let read: @Sendable (Key) -> Value

    init(read: @escaping @Sendable (Key) -> Value) { self.read = read }

    /// What is known, and whether that holds; if not, it is read, and whoever asked is told when that is done.
    func value(for key: Key, whenRead: @escaping @Sendable () -> Void) -> (value: Value?, isFresh: Bool) {
        let (value, isFresh, mustRead) = entries.withLock { entries in
            let now = ContinuousClock.now
            let known = entries[key] ?? Entry()
            if known.value != nil, known.read + Self.freshness > now { return (known.value, true, false) }
            if known.isReading { return (known.value, false, false) }
            if entries.count >= Self.maximumCount, entries[key] == nil {
                // What is being read stays, or it would be read again and again.
                let oldest = entries.filter { !$0.value.isReading }.min { $0.value.read < $1.value.read }
                if let oldest { entries[oldest.key] = nil }
            }
            entries[key] = Entry(value: known.value, read: known.read, isReading: true)
            return (known.value, false, true)
        }
        guard mustRead else { return (value, isFresh) }
        let isRunning = BlockingWork.start { [self] in
            let value = read(key)
            entries.withLock { $0[key] = Entry(value: value) }
            whenRead()
        }
        // Too much waits for dead disks already: what is known has to do.
        if !isRunning { entries.withLock { $0[key]?.isReading = false } }
        return (value, !isRunning)
    }
}
