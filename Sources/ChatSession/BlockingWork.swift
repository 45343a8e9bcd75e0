import Glibc
import Synchronization

/// Work that waits for a disk, which may never answer, on a thread of its own: neither the terminal's thread nor one of Swift's
/// few may wait for that.
package enum BlockingWork {
    /// So many may be waiting for disks that don't answer before no more is begun.
    private static let maximumThreads = 16
    private static let threads = Atomic(0)

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs something on a thread of its own.
    ///
    /// - Returns: False if it isn't run, as too much is waiting already or the system has no thread to give.
    package static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
        guard threads.add(1, ordering: .relaxed).newValue <= maximumThreads else {
            threads.subtract(1, ordering: .relaxed)
            return false
        }
        let thread = makeThread {
            work()
            threads.subtract(1, ordering: .relaxed)
        }
        guard let thread else {
            threads.subtract(1, ordering: .relaxed)
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// A new thread that does something; nil if the system has none to give.
    ///
    /// The C function is `pthread_create`.
    private static func makeThread(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
        let body = Unmanaged.passRetained(Body(work))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        if code == 0 { return thread }
        body.release()
        return nil
    }

    /// The result of some work, or nil if that takes too long.
    ///
    /// The work goes on then, and its result is lost; so it is when the task is cancelled.
    package static func result<Result: Sendable>(
        within limit: Duration, of work: @escaping @Sendable () -> Result
    ) async -> Result? {
        let (results, continuation) = AsyncStream.makeStream(of: Result.self)
        let isRunning = start {
            continuation.yield(work())
            continuation.finish()
        }
        guard isRunning else { return nil }
        let clock = Task {
            try? await Task.sleep(for: limit)
            continuation.finish()
        }
        defer { clock.cancel() }
        for await result in results { return result }
        return nil
    }

    /// Does a number of things, each once, on this thread and one more; their results, in order, without what has none.
    ///
    /// Where the system has no thread to give, this one does them all.
    package static func onTwoThreads<Result: Sendable>(count: Int, _ work: @Sendable (Int) -> Result?) -> [Result] {
        let shared = Shared<Result>(partCount: (count + partSize - 1) / partSize)
        withoutActuallyEscaping(work) { work in
            let run: @Sendable () -> Void = {
                while true {
                    let part = shared.next.add(1, ordering: .relaxed).oldValue
                    let first = part * partSize
                    guard first < count else { break }
                    let results = (first..<min(first + partSize, count)).compactMap(work)
                    shared.results.withLock { $0[part] = results }
                }
            }
            let thread = count > 1 ? makeThread(run) : nil
            run()
            if let thread { pthread_join(thread, nil) }
        }
        return shared.results.withLock { $0.reduce(into: []) { $0 += $1 } }
    }

    /// So many things a thread does in a row: few, as one of them may be a hundred megabytes.
    private static let partSize = 4

    private final class Shared<Result: Sendable>: Sendable {
        let next = Atomic(0)
        let results: Mutex<[[Result]]>

        init(partCount: Int) { results = Mutex(Array(repeating: [], count: partCount)) }
    }
}
