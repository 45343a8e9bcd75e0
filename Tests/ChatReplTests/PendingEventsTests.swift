import ChatSession
import Synchronization
import Testing

@testable import ChatRepl

@Suite("What arrived and isn't painted yet", .timeLimit(.minutes(1)))
struct PendingEventsTests {
    @Test("everything comes out once, in order, in whatever portions, and then the end")
    func order() async {
        let pending = PendingEvents()
        let adding = Task {
            for number in 1...5000 { await pending.add(.content("\(number) ")) }
            pending.finish()
        }
        var text = ""
        while let events = await pending.next() {
            #expect(!events.isEmpty)
            text += events.map(\.text).joined()
        }
        await adding.value
        #expect(text == (1...5000).map { "\($0) " }.joined())
        #expect(await pending.next() == nil)
    }

    @Test("what was added before the end is still given out after it")
    func finishedEarly() async {
        let pending = PendingEvents()
        await pending.add(.reasoning("a"))
        await pending.add(.content("b"))
        pending.finish()
        #expect(await pending.next()?.map(\.text) == ["a", "b"])
        #expect(await pending.next() == nil)
    }

    @Test("the end wakes a painter that waits")
    func endWakes() async {
        let pending = PendingEvents()
        let painter = Task { await pending.next() == nil }
        pending.finish()
        #expect(await painter.value)
    }

    @Test("who is more than a megabyte ahead waits until that is taken")
    func backpressure() async {
        let pending = PendingEvents()
        let chunk = String(repeating: "x", count: 100_000)
        let added = Atomic(0)
        let adding = Task {
            for _ in 1...100 {
                await pending.add(.content(chunk))
                added.add(1, ordering: .sequentiallyConsistent)
            }
            pending.finish()
        }
        var taken = 0
        while let events = await pending.next() {
            taken += events.count
            #expect(events.count <= 11)
            #expect(added.load(ordering: .sequentiallyConsistent) <= taken + 11)
        }
        await adding.value
        #expect(taken == 100)
    }
}
