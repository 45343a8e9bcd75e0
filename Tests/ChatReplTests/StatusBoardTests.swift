import Testing

@testable import ChatApi
@testable import ChatRepl

@Suite("The line above the prompt", .timeLimit(.minutes(1)))
struct StatusBoardTests {
    private let console = FakeConsole()
    private let board: StatusBoard

    init() { board = StatusBoard(console: console, look: TerminalLook(isUnicode: true)) }

    private func notice(_ status: Int? = 429, delay: Duration, host: String = "example.com") -> RetryNotice {
        var error = ApiError(status == nil ? .connectionRefused : .http, host: host)
        error.statusCode = status
        return RetryNotice(attempt: 1, maximum: 2, delay: delay, error: error)
    }

    @Test("shows what is waited for, from the second second on for how long, then nothing")
    func waiting() {
        board.wait(for: .answer)
        #expect(console.status == "…")
        board.tick(.answer, at: .now + .milliseconds(3500))
        #expect(console.status == "… 3 s")
        board.wait(for: .reasoning)
        #expect(console.status == "thinking")
        board.tick(.reasoning, at: .now + .milliseconds(12_500))
        #expect(console.status == "thinking · 12 s")
        board.wait(for: nil)
        board.tick(.reasoning, at: .now + .seconds(20))
        #expect(console.status == nil)
    }

    @Test("is shown once for as long as it reads the same")
    func quiet() {
        for _ in 1...3 { board.wait(for: .answer) }
        board.tick(.answer, at: .now)
        board.fit()
        for _ in 1...3 { board.wait(for: nil) }
        #expect(console.statuses == ["…", nil])
    }

    @Test("counts down to another try, then waits for the answer again")
    func retry() {
        board.wait(for: .answer)
        let notice = notice(delay: .milliseconds(11_500))
        board.noteRetry(notice)
        #expect(console.status == "example.com takes no more for now (429). Trying again in 12 s (1 of 2)…")
        board.tick(.retry(notice), at: .now + .seconds(9))
        #expect(console.status == "example.com takes no more for now (429). Trying again in 3 s (1 of 2)…")
        board.tick(.retry(notice), at: .now + .seconds(12))
        #expect(console.status == "…")
    }

    @Test("counts by itself, as long as somebody waits")
    func counts() async {
        board.wait(for: .answer)
        board.noteRetry(notice(delay: .milliseconds(1200)))
        await console.wait { _, status in status?.hasSuffix("Trying again in 1 s (1 of 2)…") == true }
        await console.wait { _, status in status == "…" }
        #expect(console.statuses.count == 4)
    }

    @Test("news of another try that come after the first word say nothing")
    func lateRetry() {
        board.noteRetry(notice(delay: .seconds(5)))
        #expect(console.status == nil)
        board.wait(for: .reasoning)
        board.noteRetry(notice(delay: .seconds(5)))
        #expect(console.status == "thinking")
    }

    @Test("fits 40 columns, whoever has trouble of whatever kind", arguments: [429, 503, nil])
    func narrow(status: Int?) throws {
        let console = FakeConsole(columns: 40)
        let board = StatusBoard(console: console, look: TerminalLook(isUnicode: true))
        board.wait(for: .answer)
        board.noteRetry(
            notice(status, delay: .seconds(120), host: "\u{1B}[31m" + String(repeating: "long.", count: 20)))
        let text = try #require(console.status)
        #expect(text.count <= 40 && text.hasSuffix("again in 120 s (1 of 2)…"))
        #expect(text.hasPrefix(status.map { "HTTP \($0)" } ?? "No connection"))
    }

    @Test("in calm mode nothing counts, and words stand for symbols")
    func calm() async {
        var look = TerminalLook(isUnicode: true)
        look.isCalm = true
        let board = StatusBoard(console: console, look: look)
        board.wait(for: .answer)
        board.tick(.answer, at: .now + .seconds(9))
        board.setQueued(["next"])
        #expect(console.statuses == ["queued: next, Up takes it back"])
        board.setQueued([])
        board.noteRetry(notice(delay: .milliseconds(1200)))
        await console.wait { _, status in status == nil }
        #expect(
            console.statuses.dropFirst() == [
                nil, "example.com takes no more for now (429). Trying again in 2 s (1 of 2)…", nil,
            ])
        board.wait(for: nil)
    }

    @Test("shows the last of what is queued, which Up takes back, and how many more, beside what is waited for")
    func queued() {
        board.setQueued(["one"])
        #expect(console.status == "queued: one · Up takes it back")
        board.wait(for: .answer)
        board.setQueued(["one", "two", "three"])
        #expect(console.status == "… · queued (+2): three · Up takes it back")
        board.wait(for: nil)
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
