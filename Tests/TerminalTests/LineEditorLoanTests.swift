import Glibc
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests.LineEditorTests {
    /// Waits on the terminal's thread, as a view does between two keys, but not for ever.
    private static func isWanted(_ loan: TerminalLoan) -> Bool {
        for _ in 0..<2000 {
            if loan.shouldReturn { return true }
            usleep(10_000)
        }
        return false
    }

    @Test("a borrower of the terminal learns of SIGTERM, and the event follows when the terminal is back")
    func terminationWhileLent() async throws {
        let console = try await EditorOnTerminal()
        let answers = await console.editor.withTerminal { loan in
            let before = loan.shouldReturn
            pthread_kill(pthread_self(), SIGTERM)
            return [before, Self.isWanted(loan), loan.shouldReturn]
        }
        #expect(answers == [false, true, true])
        #expect(await console.next() == .terminated(signal: SIGTERM))
        #expect(await console.next() == nil)
        try await finish(console)
    }

    @Test("a borrower of the terminal learns that the editor is to stop")
    func stopWhileLent() async throws {
        let console = try await EditorOnTerminal()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        async let answer = console.editor.withTerminal { loan in
            begin.finish()
            return Self.isWanted(loan)
        }
        for await _ in begun {}
        await console.editor.stop()
        #expect(await answer)
        try await finish(console)
    }

    @Test("Ctrl-C and Ctrl-Z while the terminal is lent were for the borrower; mail and a new size wait")
    func signalsWhileLent() async throws {
        let console = try await EditorOnTerminal()
        try await console.type("draft", shows: "> draft")
        let (terminal, editor) = (console.terminal, console.editor)
        let isWanted = await editor.withTerminal { loan in
            pthread_kill(pthread_self(), SIGINT)
            terminal.resize(rows: 10, columns: 40)
            pthread_kill(pthread_self(), SIGWINCH)
            editor.setStatus("posted meanwhile")
            return loan.shouldReturn
        }
        #expect(!isWanted)
        try await console.terminal.waitFor("posted meanwhile")
        #expect(await console.next() == .resized(TerminalSize(rows: 10, columns: 40)))
        try await console.type("!\r", shows: ">")
        #expect(await console.next() == .line("draft!"))
        try await finish(console)
    }

    @Test("after a thousand unread events Enter beeps and the entry stays, until there is room")
    func unreadEvents() async throws {
        let console = try await EditorOnTerminal()
        console.terminal.write(String(repeating: "x\r", count: EditorMailbox.maximumEvents) + "last\r")
        try await console.terminal.wait(for: "the bell") { $0.bells == 1 && $0.lines.contains("> last") }
        var iterator = console.editor.events.makeAsyncIterator()
        for _ in 0..<EditorMailbox.maximumEvents { #expect(await iterator.next() == .line("x")) }
        console.terminal.write("\r")
        #expect(await iterator.next() == .line("last"))
        try await finish(console)
    }
}
