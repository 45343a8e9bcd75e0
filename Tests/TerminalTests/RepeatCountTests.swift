import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    @Suite("Counts before a key", .timeLimit(.minutes(1)))
    struct RepeatCountTests {
        @Test("Alt and digits repeat what moves, deletes and walks through the history")
        func emacs() async throws {
            let console = try await EditorOnTerminal()
            for entry in ["first", "second", "third"] {
                console.terminal.write("\(entry)\r")
                #expect(await console.next() == .line(entry))
            }
            try await console.type("\u{1B}3\u{1B}[A", shows: "> first")
            try await console.type("\u{15}one two 世界 four", shows: "> one two 世界 four")
            try await console.type("\u{1B}6\u{1B}[D", shows: "> one two 世界 four", column: 12)
            try await console.type("\u{1B}2\u{7F}", shows: "> one two界 four", column: 9)
            // As in libedit, digits that follow need no Alt.
            try await console.type("\u{5}\u{1B}10\u{1B}[D#", shows: "> one# two界 four", column: 6)
            try await console.type("\u{5}\u{1B}2\u{17}", shows: "> one#", column: nil)
            try await console.type("\u{1}\u{1B}99\u{1B}f!", shows: "> one# !", column: nil)
            await console.editor.stop()
        }

        @Test("vi's digits do it in its command mode, and h and l are motions of its operators")
        func vi() async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            try await console.type("one two three\u{1B}", shows: "< one two three", column: 14)
            try await console.type("4h", shows: "< one two three", column: 10)
            try await console.type("dl", shows: "< one two hree", column: 10)
            try await console.type("d2h", shows: "< one twhree", column: 8)
            try await console.type("2lcl_\u{1B}", shows: "< one twhr_e", column: nil)
            try await console.type("0", shows: "< one twhr_e", column: 2)
            try await console.type("$", shows: "< one twhr_e", column: 11)
            try await console.type("010l", shows: "< one twhr_e", column: 11)
            await console.editor.stop()
        }
    }
}
