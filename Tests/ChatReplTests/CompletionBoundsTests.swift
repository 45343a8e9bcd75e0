import ChatSession
import Glibc
import Synchronization
import Terminal
import TestSupport
import Testing

@testable import ChatRepl

@Suite("Completion waits for no disk", .timeLimit(.minutes(1)))
struct CompletionBoundsTests {
    /// A disk that answers when it is told to.
    private final class SlowDisk: Sendable {
        private let state = Mutex((isOpen: false, waiting: 0))

        var waiting: Int { state.withLock { $0.waiting } }
        func answer() { state.withLock { $0.isOpen = true } }

        func read(_ key: Int) -> String {
            state.withLock { $0.waiting += 1 }
            while !state.withLock({ $0.isOpen }) { usleep(1000) }
            return "value \(key)"
        }
    }

    @Test("what isn't known yet is told to be on its way, is read once, and announced")
    func background() async {
        let disk = SlowDisk()
        let reads = BackgroundReads<Int, String> { disk.read($0) }
        let (announced, continuation) = AsyncStream.makeStream(of: Void.self)
        for _ in 0..<3 {
            let known = reads.value(for: 7) { continuation.yield() }
            #expect(known.value == nil && !known.isFresh)
        }
        disk.answer()
        for await _ in announced { break }
        let known = reads.value(for: 7) {}
        #expect(known.value == "value 7" && known.isFresh && disk.waiting == 1)
    }

    @Test("work on a disk that doesn't answer is given up after a while")
    func limit() async {
        let disk = SlowDisk()
        #expect(await BlockingWork.result(within: .milliseconds(20)) { disk.read(1) } == nil)
        disk.answer()
        #expect(await BlockingWork.result(within: .seconds(20)) { disk.read(2) } == "value 2")
    }
}
