import Testing

@testable import ChatRepl

@Suite("The line above the prompt")
struct StatusBoardTests {
    private let console = FakeConsole()
    private let board: StatusBoard

    init() { board = StatusBoard(console: console) }

    @Test("shows what is waited for, then nothing")
    func waiting() {
        board.setWaiting("…")
        #expect(console.status == "…")
        board.advanceWaiting(seconds: 3)
        #expect(console.status == "… 3 s")
        board.setWaiting(nil)
        #expect(console.status == nil)
        board.advanceWaiting(seconds: 4)
        #expect(console.status == nil)
    }

    @Test("seconds don't replace what a retry says")
    func retry() {
        board.setWaiting("Trying again in 5.0 s (1 of 2)")
        board.advanceWaiting(seconds: 4)
        #expect(console.status == "Trying again in 5.0 s (1 of 2)")
    }

    @Test("shows the last of what is queued, which Up takes back, and how many more, beside what is waited for")
    func queued() {
        board.setQueued(["one"])
        #expect(console.status == "queued: one · Up takes it back")
        board.setWaiting("…")
        board.setQueued(["one", "two", "three"])
        #expect(console.status == "… · queued (+2): three · Up takes it back")
        board.setWaiting(nil)
        board.setQueued([])
        #expect(console.status == nil)
    }

    @Test("a queued text can't act on the terminal, and is cut")
    func hostile() {
        board.setQueued(["a\u{1B}[31m\nb" + String(repeating: "x", count: 100_000)])
        let text = console.status ?? ""
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 } && text.count < 300)
    }
}
