import Glibc
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    /// What libedit can't, as the README's table of limits says: a test that fails here is a limit less.
    @Suite("Limits of libedit", .timeLimit(.minutes(2)))
    struct LimitTests {
        @Test("vi's x takes a code point, our own h and l a character")
        func codePoints() async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            try await console.type("ae\u{301}b\u{1B}", shows: "< ae\u{301}b", column: 4)
            try await console.type("h", shows: "< ae\u{301}b", column: 3)
            try await console.type("x", shows: "< a\u{301}b")
            await console.editor.stop()
        }

        @Test("Ctrl-Y knows the last kill only")
        func killRing() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("one two\u{17}", shows: "> one")
            try await console.type("\u{17}", shows: ">")
            try await console.type("\u{19}\u{1B}y", shows: "> one", column: nil)
            await console.editor.stop()
        }

        @Test("an Esc that arrives long before the rest of its sequence is the Esc key, and the rest is text")
        func slowEscape() async throws {
            let console = try await EditorOnTerminal()
            console.terminal.write("\u{1B}")
            #expect(await console.next() == .escape)
            try await console.type("[D", shows: "> [D", column: 4)
            await console.editor.stop()
        }

        @Test("a sequence longer than Esc and a letter that .editrc binds never reaches libedit")
        func longSequences() async throws {
            let directory = try TemporaryDirectory()
            try directory.write(
                "bind \"\\\\e[1;5A\" ed-delete-prev-word\nbind \"\\\\ez\" ed-delete-prev-word\n", to: "editrc")
            setenv("EDITRC", directory.file("editrc"), 1)
            defer { unsetenv("EDITRC") }
            let console = try await EditorOnTerminal { $0.readsEditrc = true }
            try await console.type("one two\u{1B}z", shows: "> one")
            try await console.type("two\u{1B}[1;5A\u{1B}[1;5A", shows: "> one two")
            await console.editor.stop()
        }
    }
}
