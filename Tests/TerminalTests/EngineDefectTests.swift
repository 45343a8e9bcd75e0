import Glibc
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    /// The bugs of libedit's editing half that we go around, each by its name in the research.
    @Suite("Bugs of libedit's engine", .timeLimit(.minutes(2)))
    struct EngineDefectTests {
        private func finish(_ console: EditorOnTerminal) async throws {
            await console.editor.stop()
            #expect(console.terminal.modes == console.modesBefore)
        }

        @Test(
            "SIGSEGV: a line changed behind re_fastaddc, at every width of what is typed on",
            arguments: [(6, 20), (24, 80), (2, 10)])
        func fastPath(rows: Int, columns: Int) async throws {
            let console = try await EditorOnTerminal(rows: rows, columns: columns) {
                $0.complete = { _, _ in
                    Completion(from: 0, candidates: [.init(text: String(repeating: "世", count: 70))])
                }
            }
            for count in stride(from: 1, to: 200, by: 13) {
                console.terminal.write(
                    "\t" + String(repeating: "x", count: count) + "\u{15}\n" + String(repeating: "y", count: count))
                console.terminal.write("\u{1B}[A\t\u{1B}[B世\u{10}z\r")
                guard case .line(let line) = await console.next() else { break }
                #expect(line.contains("y"))
            }
            try await finish(console)
        }

        @Test("vi: ESC $ ^K i on an empty line corrupts nothing")
        func viKill() async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            // All at once, so that Esc and the letter behind it look like Alt.
            for _ in 0..<20 { console.terminal.write("\u{1B}$\u{0B}i\u{1B}$\u{0B}a\u{1B}D$i") }
            try await console.type("\u{1B}ddiclean", shows: "> clean", column: 7)
            console.terminal.write("\r")
            #expect(await console.next() == .line("clean"))
            try await finish(console)
        }

        @Test("~160 bytes leaked per el_init: a thousand editors one after the other leave hardly more behind")
        func leak() throws {
            let terminal = try PseudoTerminal()
            func openAndClose(_ times: Int) throws {
                for _ in 0..<times {
                    let engine = try #require(EditingEngine(terminal: terminal.terminal, keyBindings: .emacs))
                    engine.bind(sequence: "^X^E", to: EditorCommand.undo.rawValue)
                }
            }
            try openAndClose(100)
            let before = try PeakMemory.reset()
            try openAndClose(1000)
            // In megabytes; a whole EditLine each would be ten times that.
            #expect(try PeakMemory.megabytes() <= before + 4)
        }

        @Test("SIGSEGV: M-x \" Enter")
        func commandLine() async throws {
            let console = try await EditorOnTerminal()
            console.terminal.write("\u{1B}x\"\r")
            #expect(await console.next() == .line("\""))
            try await console.type("on", shows: "> on")
            try await finish(console)
        }

        @Test("isearch: ^W, letters whose low byte is a control, and no regular expression")
        func search() async throws {
            let console = try await EditorOnTerminal()
            for entry in ["abc", "a.c", "不世Ē"] {
                console.terminal.write("\(entry)\r")
                #expect(await console.next() == .line(entry))
            }
            try await console.type("\u{12}a.c", shows: "> a.c")
            try await console.type("\u{07}\u{12}不世Ē", shows: "> 不世Ē")
            // The cursor stands on what was found.
            try await console.type("\u{5}\u{17}", shows: ">", column: 2)
            try await console.type("\u{12}\u{17}\u{17}still", shows: "> still")
            try await finish(console)
        }

        @Test("history file: a line of 1024 bytes, n and not n+1 entries, and a full disk is told")
        func historyFile() async throws {
            let directory = try TemporaryDirectory()
            let long = String(repeating: "x", count: 1024)
            try directory.write("_HiStOrY_V2_\nold\n\(long)\nlast\n", to: "history")
            let console = try await EditorOnTerminal {
                $0.historyPath = directory.file("history")
                $0.historyLimit = 2
            }
            try await console.type("\u{1B}[A", shows: "> last")
            console.terminal.write("\u{1B}[A!\r")
            #expect(await console.next() == .line(long + "!"))
            try await finish(console)
            // No history of the library's was written over ours: the lines are those that were there, and the new one.
            #expect(directory.text(of: "history") == "_HiStOrY_V2_\nold\n\(long)\nlast\n\(long)!\n")
            #expect(throws: TerminalError.self) { try HistoryFile(path: "/dev/full", limit: 10).append("x") }
        }

        @Test("draft > 1024 characters survives Up and Down", arguments: [1023, 1024, 1025, 2000])
        func draft(length: Int) async throws {
            let console = try await EditorOnTerminal(rows: 40, columns: 80)
            console.terminal.write("\u{01}first\r")
            #expect(await console.next() == .line("first"))
            let draft = (0..<length).map { String($0 % 10) }.joined()
            console.terminal.write(draft + "\u{01}\u{1B}[A\u{1B}[B\u{05}!\r")
            #expect(await console.next() == .line(draft + "!"))
            try await finish(console)
        }

        @Test("el_deletestr1 and el_wreplacestr(\"\"): an entry made shorter or empty leaves the cursor inside it")
        func replaced() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("0123456789\u{01}\u{1B}[3~\u{1B}[3~\u{1B}[3~", shows: "> 3456789", column: 2)
            try await console.type("\u{05}\u{15}", shows: ">", column: 2)
            try await console.type("a\u{1F}", shows: ">", column: 2)
            try await console.type("b", shows: "> b", column: 3)
            try await finish(console)
        }

        @Test("wcwidth -1: emoji newer than the C library take two columns", arguments: ["🩷", "🫨", "🪿", "🫩", "🪉"])
        func newEmoji(emoji: String) async throws {
            let console = try await EditorOnTerminal()
            try await console.type("a\(emoji)b", shows: "> a\(emoji)b")
            try await console.type("\u{7F}\u{7F}b", shows: "> ab", column: 4)
            console.terminal.write("\(emoji)\r")
            #expect(await console.next() == .line("ab\(emoji)"))
            try await finish(console)
        }

        @Test("ISIG: ^C doesn't flush what was typed ahead of it or behind it")
        func typeAhead() async throws {
            let console = try await EditorOnTerminal()
            console.terminal.write("abc\u{03}def")
            #expect(await console.next() == .interrupt(hadText: true))
            try await console.type("", shows: "> def")
            #expect(console.terminal.screen.lines[0] == "> abc^C")
            try await finish(console)
        }
    }
}
