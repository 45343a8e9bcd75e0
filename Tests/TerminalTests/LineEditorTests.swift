import Glibc
import TestSupport
import Testing

@testable import Terminal

// One at a time: libedit and terminfo have global state, and a signal is reported to every console of the process.
@Suite("Consoles", .serialized)
enum ConsoleTests {}

extension ConsoleTests {
    @Suite("LineEditor on a terminal", .timeLimit(.minutes(2)))
    struct LineEditorTests {
        /// Ends the editor and checks what must hold after every test.
        func finish(_ console: EditorOnTerminal) async throws {
            await console.editor.stop()
            #expect(console.terminal.modes == console.modesBefore)
            let screen = try await console.terminal.wait(for: "the modes that were there") { $0.modes == [7, 25] }
            #expect(screen.foreignSequences.isEmpty)
        }

        @Test("what is typed is shown, and Enter accepts it and leaves it in the scrollback")
        func typing() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("hé世🙂 x", shows: "> hé世🙂 x", column: 10)
            try await console.type("\u{1B}[D\u{1B}[D\u{7F}", shows: "> hé世 x", column: 6)
            console.terminal.write("\r")
            #expect(await console.next() == .line("hé世 x"))
            try await console.type("", shows: ">")
            #expect(console.terminal.screen.lines.prefix(2) == ["> hé世 x", ">"])
            try await finish(console)
        }

        @Test("every letter of Latin-1 is text and no Meta key")
        func latin1() async throws {
            let console = try await EditorOnTerminal()
            let letters = String(
                String.UnicodeScalarView((0xA1...0xFF).filter { $0 != 0xAD }.compactMap { Unicode.Scalar($0) }))
            console.terminal.write(letters + "\r")
            #expect(await console.next() == .line(letters))
            try await finish(console)
        }

        @Test(
            "keys that make a new line do, and Enter then sends all lines",
            arguments: ["\n", "\u{1B}\r", "\u{1B}[13;2u", "\u{1B}[27;2;13~", "\u{1B}[13;5u", "\\\r"])
        func newline(key: String) async throws {
            let console = try await EditorOnTerminal()
            try await console.type("one\(key)two", shows: ". two")
            try await console.type("\u{1B}[A", shows: "> one", column: 5)
            try await console.type("\u{05}!\u{1B}[B", shows: ". two", column: 5)
            console.terminal.write("\r")
            #expect(await console.next() == .line("one!\ntwo"))
            try await finish(console)
        }

        @Test("an entry that isn't complete goes on in a new line")
        func incomplete() async throws {
            let console = try await EditorOnTerminal { $0.isComplete = { !$0.hasPrefix("(") || $0.hasSuffix(")") } }
            try await console.type("(a\r", shows: ".")
            console.terminal.write(")\r")
            #expect(await console.next() == .line("(a\n)"))
            try await finish(console)
        }

        @Test("a paste is one entry and never runs, whatever it holds")
        func paste() async throws {
            let console = try await EditorOnTerminal()
            console.terminal.write("\u{1B}[200~rm -rf ~\rls\r\n\tx\u{3}\u{1B}[31m\u{1B}[201~")
            try await console.type("", shows: ".       x␃␛[31m")
            console.terminal.write("!\r")
            #expect(await console.next() == .line("rm -rf ~\nls\n\tx\u{3}\u{1B}[31m!"))
            try await finish(console)
        }

        @Test("a paste of a megabyte is folded, deleted by one key, and sent in full")
        func largePaste() async throws {
            let console = try await EditorOnTerminal()
            let text = String(repeating: String(repeating: "x", count: 99) + "\n", count: 10_000)
            console.terminal.write("a \u{1B}[200~\(text)\u{1B}[201~")
            try await console.type("", shows: "> a [pasted 10001 lines]")
            try await console.type("\u{7F}", shows: "> a")
            try await console.type("\u{1F}", shows: "> a [pasted 10001 lines]")
            console.terminal.write("z\r")
            #expect(await console.next() == .pasted("a \(text)z", seen: "a z", isHeld: false))
            try await finish(console)
        }

        @Test("what is killed is yanked, however long")
        func killAndYank() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("one two three\u{17}", shows: "> one two")
            try await console.type("\u{01}\u{19}", shows: "> threeone two", column: 7)
            try await console.type("\u{0B}", shows: "> three")
            let long = String(repeating: "y", count: 1400)
            console.terminal.write("\u{15}\(long)\u{15}\u{19}\u{19}\r")
            #expect(await console.next() == .line(long + long))
            try await finish(console)
        }

        @Test("words are moved over and deleted")
        func words() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("one two-three", shows: "> one two-three")
            try await console.type("\u{1B}b\u{1B}[1;5D", shows: "> one two-three", column: 6)
            try await console.type("\u{1B}\u{7F}", shows: "> two-three", column: 2)
            try await console.type("\u{1B}f\u{1B}[3~", shows: "> twothree", column: 5)
            try await console.type("\u{1B}[F\u{1B}[H\u{1B}d", shows: ">", column: 2)
            try await finish(console)
        }

        @Test("undo takes words back, redo isn't lost on the way")
        func undo() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("one two", shows: "> one two")
            try await console.type("\u{1F}", shows: "> one")
            try await console.type("\u{1F}", shows: ">")
            try await finish(console)
        }

        @Test("Up recalls entries that begin with what was typed, and Down brings the draft back")
        func history() async throws {
            let console = try await EditorOnTerminal()
            for entry in ["git log", "make", "git diff"] {
                console.terminal.write("\(entry)\r")
                #expect(await console.next() == .line(entry))
            }
            try await console.type("git", shows: "> git")
            try await console.type("\u{1B}[A", shows: "> git diff")
            try await console.type("\u{1B}[A", shows: "> git log")
            try await console.type("\u{1B}[A", shows: "> git log")
            try await console.type("\u{0E}", shows: "> git diff")
            try await console.type("\u{1B}OB", shows: "> git")
            try await finish(console)
        }

        @Test("Ctrl-R finds text in any script; Ctrl-G brings the draft back")
        func search() async throws {
            let console = try await EditorOnTerminal()
            for entry in ["a.c 世界", "abc", "不 z"] {
                console.terminal.write("\(entry)\r")
                #expect(await console.next() == .line(entry))
            }
            try await console.type("draft\u{12}不", shows: "> 不 z")
            try await console.type("\u{07}", shows: "> draft")
            try await console.type("\u{12}a.", shows: "> a.c 世界")
            console.terminal.write("\r")
            #expect(await console.next() == .line("a.c 世界"))
            try await finish(console)
        }

        @Test("Tab completes what is certain, then offers the rest in a menu")
        func completion() async throws {
            let words = ["/help", "/history", "/model"]
            let console = try await EditorOnTerminal { configuration in
                configuration.complete = { text, _ in
                    Completion(
                        from: 0,
                        candidates: words.filter { $0.hasPrefix(text) }.map {
                            .init(text: $0, description: "does \($0)")
                        })
                }
            }
            try await console.type("/m\t", shows: "> /model")
            try await console.type("\u{15}/\t", shows: "> /")
            try await console.terminal.waitFor("does /history")
            try await console.type("\t\t", shows: "> /history")
            console.terminal.write("\r")
            try await console.terminal.wait(for: "the menu to close") { !$0.contains("does") }
            console.terminal.write("\r")
            #expect(await console.next() == .line("/history"))
            try await finish(console)
        }

        @Test("an answer streams in while the next entry is typed")
        func streaming() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("dra", shows: "> dra")
            console.editor.setStatus("waiting")
            try await console.terminal.waitFor("waiting")
            await console.editor.show(finished: ["# Title"], open: [StyledLine("half a", .bold)])
            try await console.terminal.waitFor("half a")
            try await console.type("ft", shows: "> draft")
            console.editor.setStatus(nil)
            await console.editor.show(finished: ["half a line", "another"], open: [])
            try await console.terminal.wait(for: "the end") { $0.contains("another") && !$0.contains("waiting") }
            #expect(console.terminal.screen.text == "# Title\nhalf a line\nanother\n> draft")
            console.terminal.write("\r")
            #expect(await console.next() == .line("draft"))
            try await finish(console)
        }

        @Test("twenty thousand lines go to the scrollback in order while an entry stays")
        func flood() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("draft", shows: "> draft")
            for number in 1...200 {
                await console.editor.print((0..<100).map { StyledLine("line \(number * 100 + $0)") })
            }
            await console.editor.print(["the end"])
            try await console.terminal.wait(for: "the end") { $0.contains("the end") && $0.contains("> draft") }
            let lines = console.terminal.screen.allLines
            #expect(lines == (100..<20100).map { "line \($0)" } + ["the end", "> draft"])
            try await finish(console)
        }

        @Test("Ctrl-C clears an entry and keeps it for Up; on an empty entry it interrupts")
        func interrupt() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("typed", shows: "> typed")
            console.terminal.write("\u{03}")
            #expect(await console.next() == .interrupt(hadText: true))
            try await console.type("", shows: ">")
            #expect(console.terminal.screen.lines[0] == "> typed^C")
            console.terminal.write("\u{03}")
            #expect(await console.next() == .interrupt(hadText: false))
            try await console.type("\u{10}", shows: "> typed")
            try await finish(console)
        }

        @Test("Esc on an empty entry is an event, and so is Ctrl-D, which ends nothing by itself")
        func escapeAndEnd() async throws {
            let console = try await EditorOnTerminal()
            try await console.terminal.waitFor(">")
            console.terminal.write("\u{1B}")
            #expect(await console.next() == .escape)
            try await console.type("ab\u{02}\u{04}", shows: "> a")
            console.terminal.write("\u{7F}\u{04}")
            #expect(await console.next() == .endOfFile)
            try await console.type("more", shows: "> more")
            try await finish(console)
        }

        @Test("vi keys: modes, counts, operators, repetition")
        func vi() async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            try await console.type("one two three four", shows: "> one two three four")
            try await console.type("\u{1B}", shows: "< one two three four", column: 19)
            try await console.type("02dw", shows: "< three four", column: 2)
            try await console.type("3x", shows: "< ee four", column: 2)
            try await console.type("cwX\u{1B}", shows: "< X four", column: 2)
            try await console.type("w.", shows: "< X X", column: 4)
            try await console.type("iab\u{1B}[Dc", shows: "> X acbX", column: 6)
            console.terminal.write("\r")
            #expect(await console.next() == .line("X acbX"))
            try await finish(console)
        }

        @Test("resizes to any size, an entry higher than the screen, and no crash")
        func resize() async throws {
            let console = try await EditorOnTerminal(rows: 8, columns: 40)
            let lines = (1...12).map { "line \($0)" }
            try await console.type(lines.joined(separator: "\n"), shows: ". line 12")
            for (rows, columns) in [(5, 20), (1, 1), (0, 0), (2, 10), (3, 3), (8, 40)] {
                console.terminal.resize(rows: rows, columns: columns)
                // Not raise: the threads of Swift's pool block signals.
                kill(getpid(), SIGWINCH)
                console.terminal.write(" \u{7F}")
                let expected = rows == 0 ? TerminalSize.standard : TerminalSize(rows: rows, columns: columns)
                #expect(await console.next() == .resized(expected))
            }
            try await console.terminal.wait(for: "the whole height") {
                $0.lines.last == ". line 12" && $0.lines[0].hasSuffix("↑4")
            }
            console.terminal.write("\r")
            #expect(await console.next() == .line(lines.joined(separator: "\n")))
            try await finish(console)
        }

        @Test("the terminal is lent as it was found, and the entry is there again")
        func lending() async throws {
            let console = try await EditorOnTerminal()
            try await console.type("draft", shows: "> draft")
            let (terminal, modesBefore) = (console.terminal, console.modesBefore)
            let wasRestored = await console.editor.withTerminal { _ in terminal.modes == modesBefore }
            #expect(wasRestored)
            try await console.type("!", shows: "> draft!")
            try await finish(console)
            #expect(await console.editor.withTerminal { _ in 7 } == 7)
        }

        @Test("stopping twice, before the start, and printing afterwards do no harm")
        func stopping() async throws {
            let console = try await EditorOnTerminal()
            await console.editor.print(["last words"])
            try await finish(console)
            try await finish(console)
            await console.editor.print(["nothing"])
            #expect(console.terminal.screen.text == "last words")
            let terminal = try PseudoTerminal()
            let idle = try LineEditor(
                configuration: LineEditorConfiguration(
                    terminal: terminal.terminal, prompt: Prompt(main: "> ", continuation: "")))
            await idle.stop()
        }
    }
}
