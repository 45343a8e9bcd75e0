import Glibc
import Synchronization
import Testing

@testable import ChatRepl

@Suite("Work in order", .timeLimit(.minutes(1)))
struct WorkInOrderTests {
    @Test("is done one piece after the other, as it was asked for, and is waited for to its end")
    func order() async {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        let done = Mutex<[Int]>([])
        let work = WorkInOrder()
        for number in 1...3 {
            let isAdded = work.add {
                // The first one waits until all are asked for.
                var byte: UInt8 = 0
                if number == 1 { _ = read(reading, &byte, 1) }
                done.withLock { $0.append(number) }
            }
            #expect(isAdded)
        }
        let finished = Task {
            await work.finish(within: .seconds(20))
            return done.withLock { $0 }
        }
        // It has begun to wait, and could have come back, before the first one goes on.
        for _ in 0..<1000 { await Task.yield() }
        close(writing)
        #expect(await finished.value == [1, 2, 3])
        close(reading)
    }
}
