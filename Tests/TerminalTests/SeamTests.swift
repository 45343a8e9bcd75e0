import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    /// Where two features of the editor meet.
    @Suite("What comes between", .timeLimit(.minutes(2)))
    struct SeamTests {
        private static let undo = "\u{1F}"
        private static let redo = "\u{1B}/"

        private func shows(_ rows: [String], on console: EditorOnTerminal) async throws {
            try await console.terminal.wait(for: "the rows \(rows)") { screen in
                Array(screen.lines.prefix(rows.count)) == rows && screen.cursor.row == rows.count - 1
            }
        }

        @Test("an entry that comes back while something is typed can be undone and redone")
        func givenBack() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("abc", shows: "> abc")
            console.editor.giveBack("given")
            try await shows(["> given", ". abc"], on: console)
            try await console.type(Self.undo, shows: "> abc")
            console.terminal.write(Self.redo)
            try await shows(["> given", ". abc"], on: console)
            try await console.type("x", shows: ". abcx")
            try await console.type(Self.undo, shows: ". abc")
            await console.editor.stop()
        }

        @Test("an entry that comes back during a search stays")
        func givenBackInSearch() async throws {
            let console = try await EditorOnTerminal()
            console.terminal.write("old\r")
            #expect(await console.next() == .line("old"))
            try await console.type("abc\u{12}", shows: "> abc")
            try await console.terminal.wait(for: "the search") { $0.lines[2].hasPrefix("history:") }
            console.editor.giveBack("given")
            try await console.terminal.wait(for: "the entry") {
                $0.lines[0...3] == ["> old", "> given", ". abc", ""]
            }
            try await console.type("!", shows: ". abc!")
            console.terminal.write("\r")
            #expect(await console.next() == .line("given\nabc!"))
            await console.editor.stop()
        }

        @Test("an entry that comes back under a menu isn't replaced by what the menu lists")
        func givenBackInMenu() async throws {
            let console = try await EditorOnTerminal {
                $0.complete = { _, _ in Completion(from: 0, candidates: [.init(text: "/one"), .init(text: "/other")]) }
            }
            try await console.type("/\t", shows: "> /o")
            try await console.terminal.waitFor("/other")
            console.editor.giveBack("given")
            try await shows(["> given", ". /o"], on: console)
            try await console.type("\u{1B}[B!", shows: ". /o!")
            #expect(console.terminal.screen.lines[0] == "> given")
            await console.editor.stop()
        }

        @Test("what a search has brought, and what a menu has chosen, is one step to undo")
        func undone() async throws {
            let console = try await EditorOnTerminal {
                $0.complete = { text, _ in
                    text.hasPrefix("/")
                        ? Completion(from: 0, candidates: [.init(text: "/one"), .init(text: "/other")]) : nil
                }
            }
            console.terminal.write("old entry\r")
            #expect(await console.next() == .line("old entry"))
            try await console.type("abc", shows: "> abc")
            try await console.type("\u{12}old", shows: "> old entry")
            try await console.type(Self.undo, shows: "> abc")
            try await console.type(Self.redo, shows: "> old entry")
            try await console.type("\u{05}\u{15}/", shows: "> /")
            try await console.type("\t", shows: "> /o")
            try await console.type("\t", shows: "> /one")
            try await console.type(Self.undo, shows: "> /o")
            await console.editor.stop()
        }

        @Test("what the editor brought can be undone and redone at once")
        func composed() async throws {
            setenv("VISUAL", "printf 'edited' >", 1)
            defer { unsetenv("VISUAL") }
            let console = try await EditorOnTerminal()
            try await console.type("abc", shows: "> abc")
            console.editor.compose("")
            try await console.type("", shows: "> edited")
            try await console.type(Self.undo, shows: "> abc")
            try await console.type(Self.redo, shows: "> edited")
            await console.editor.stop()
        }

        @Test("the editor gets the terminal, and none of the descriptors that are open here")
        func descriptors() async throws {
            // Others don't ask for O_CLOEXEC. `ls` sorts it behind 2; the shell may have a 10.
            let open = fcntl(2, F_DUPFD, 50)
            defer { close(open) }
            setenv("VISUAL", "ls /proc/$$/fd >", 1)
            defer { unsetenv("VISUAL") }
            let console = try await EditorOnTerminal()
            try await console.type("\u{07}", shows: ". 2")
            await console.editor.stop()
        }

        @Test("what was typed beside a folded paste is seen again when the entry comes back, and counts as seen")
        func folded() async throws {
            let console = try await EditorOnTerminal()
            let paste = (1...30).map { "line \($0)" }.joined(separator: "\n")
            let event = LineEditorEvent.pasted("see \(paste) @file", seen: "see  @file", isHeld: false)
            console.terminal.write("see \u{1B}[200~\(paste)\u{1B}[201~ @file\r")
            #expect(await console.next() == event)
            console.editor.giveBack("see \(paste) @file")
            try await console.type("", shows: "> see [pasted 30 lines] @file")
            console.terminal.write("\r")
            #expect(await console.next() == event)
            try await console.type("\u{1B}[A", shows: "> see [pasted 30 lines] @file")
            try await console.type("\u{15}\u{12}line 7", shows: "> see [pasted 30 lines] @file")
            await console.editor.stop()
        }

        @Test("an entry that Ctrl-C has put away is kept in the file once it is sent")
        func putAway() async throws {
            let directory = try TemporaryDirectory()
            let path = directory.file("history")
            let console = try await EditorOnTerminal { $0.historyPath = path }
            try await console.type("abc", shows: "> abc")
            try await console.type("\u{03}", shows: ">")
            #expect(await console.next() == .interrupt(hadText: true))
            #expect(try HistoryFile(path: path, limit: 10).load() == [])
            try await console.type("\u{1B}[A", shows: "> abc")
            console.terminal.write("\r")
            #expect(await console.next() == .line("abc"))
            await console.editor.stop()
            #expect(try HistoryFile(path: path, limit: 10).load() == ["abc"])
        }

        @Test("an entry that is too long for the file isn't searched for secrets")
        func long() async throws {
            let asked = Mutex(0)
            let directory = try TemporaryDirectory()
            let console = try await EditorOnTerminal {
                $0.historyPath = directory.file("history")
                $0.mayKeep = { _ in
                    asked.withLock { $0 += 1 }
                    return true
                }
            }
            console.terminal.write("\u{1B}[200~" + String(repeating: "a", count: 100_000) + "\u{1B}[201~\r")
            guard case .pasted = await console.next() else { Issue.record("no paste"); return }
            await console.editor.stop()
            #expect(asked.withLock { $0 } == 0)
        }

        @Test("in vi mode a paste behind Ctrl-V leaves the keys as they are")
        func quoted() async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            try await console.type("ab\u{16}\u{1B}[200~cd\u{1B}[201~", shows: "> abcd")
            try await console.type("\u{1B}[D", shows: "> abcd", column: 5)
            try await console.type("x", shows: "> abcxd", column: 6)
            await console.editor.stop()
        }
    }
}
