import Glibc
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    /// The defects of libedit's own display that ours doesn't have, each by its name in the research.
    @Suite("Defects of libedit's display", .timeLimit(.minutes(2)))
    struct DisplayDefectTests {
        private func finish(_ console: EditorOnTerminal) async throws {
            await console.editor.stop()
            #expect(console.terminal.modes == console.modesBefore)
            let screen = try await console.terminal.wait(for: "the modes that were there") { $0.modes == [7, 25] }
            #expect(screen.foreignSequences == [])
        }

        @Test("buffer taller than the screen: what is typed at its start is seen")
        func tall() async throws {
            let console = try await EditorOnTerminal(rows: 8, columns: 40)
            try await console.type((1...12).map { "line \($0)" }.joined(separator: "\n"), shows: ". line 12")
            try await console.type("\u{01}X", shows: ". Xline 12", column: 3)
            try await console.type(String(repeating: "\u{1B}[A", count: 11) + "\u{01}Y", shows: "> Yline 1", column: 3)
            try await finish(console)
        }

        @Test(
            "combining marks, VS16 and ZWJ survive a redraw",
            arguments: [
                ("e\u{301}abc", 3, "e\u{301}Xabc", 4), ("I❤️U", 1, "I❤️XU", 6), ("a👨‍👩‍👧b", 1, "a👨‍👩‍👧Xb", 6),
                ("🇩🇪🇫🇷", 1, "🇩🇪X🇫🇷", 5),
            ])
        func marks(text: String, left: Int, line: String, column: Int) async throws {
            let console = try await EditorOnTerminal()
            console.terminal.write(text + String(repeating: "\u{1B}[D", count: left) + "X")
            // The emulator goes by scalars: where terminals disagree only the column is the same.
            try await console.terminal.wait(for: "the X") {
                $0.cursor.column == column && $0.lines[0].contains("X") && !$0.modes.contains(2026)
            }
            console.terminal.write("\r")
            #expect(await console.next() == .line(line))
            try await finish(console)
        }

        @Test("a wide character at the right margin after a deletion stands where it belongs")
        func margin() async throws {
            let console = try await EditorOnTerminal(rows: 6, columns: 20)
            try await console.type(String(repeating: "世界", count: 5), shows: "界", column: 2)
            try await console.type("\u{01}a", shows: "> a世界世界世界世界", column: 3)
            try await console.terminal.wait(for: "the second row") { $0.lines[1] == "世界" }
            try await console.type("\u{04}", shows: "> a界世界世界世界世", column: 3)
            try await console.terminal.wait(for: "the second row") { $0.lines[1] == "界" }
            try await console.type("\u{7F}\u{04}", shows: "> 世界世界世界世界", column: 2)
            try await finish(console)
        }

        @Test("a prompt may end in a styled run, have two side by side and a line feed in it, and no style leaks")
        func prompt() async throws {
            let console = try await EditorOnTerminal()
            let main = StyledLine([
                StyledText("世", .bold), StyledText("|", .italic), StyledText("a\nb", .dim), StyledText("> ", .reversed),
            ])
            console.editor.setPrompt(Prompt(main: main, continuation: StyledLine("… ", .dim)))
            try await console.type("x\ny", shows: "… y", column: 3)
            let cells = console.terminal.screen.cells
            #expect(console.terminal.screen.lines[0] == "世|a␊b> x")
            #expect(
                cells[0][8].style == .plain && cells[0][7].style.attributes == [7]
                    && cells[0][0].style.attributes == [1])
            #expect(cells[1][0].style.attributes == [2] && cells[1][2].style == .plain)
            try await finish(console)
        }

        @Test("continuation prompt: a line feed put in at any place leaves the rows in step")
        func continuation() async throws {
            let console = try await EditorOnTerminal(rows: 10, columns: 20)
            try await console.type("one two three four five six", shows: " five six", column: 9)
            try await console.type("\u{1B}[1;5D\u{1B}[1;5D\n", shows: ". five six", column: 2)
            try await console.type("\u{1B}[A", shows: "> one two three four", column: 2)
            try await console.type("\u{05}\n", shows: ".", column: 2)
            #expect(console.terminal.screen.lines.prefix(4) == ["> one two three four", "", ".", ". five six"])
            console.terminal.write("\r")
            #expect(await console.next() == .line("one two three four \n\nfive six"))
            try await finish(console)
        }

        @Test("resize and lines printed meanwhile leave no copy of a wrapped entry")
        func copies() async throws {
            let console = try await EditorOnTerminal(rows: 10, columns: 30)
            let text = String(repeating: "wrapped 世界 ", count: 6)
            console.terminal.write(text + "#")
            try await console.terminal.wait(for: "the entry") { $0.containsWrapped(text + "#") }
            for round in 1...3 {
                await console.editor.print([StyledLine("message \(round)")])
                try await console.terminal.waitFor("message \(round)")
                console.terminal.resize(rows: 10, columns: 30 + round)
                kill(getpid(), SIGWINCH)
                try await console.terminal.wait(for: "one entry, whole") {
                    !$0.modes.contains(2026) && $0.containsWrapped(text + "#") && $0.columns == 30 + round
                }
            }
            await console.editor.print(["the end"])
            let screen = try await console.terminal.wait(for: "the end") {
                $0.contains("the end") && $0.containsWrapped(text + "#") && !$0.modes.contains(2026)
            }
            #expect(screen.allLines.count { $0.hasPrefix("> wrapped") } == 1)
            try await finish(console)
        }

        @Test("SIGSEGV: height shrink + key")
        func shrink() async throws {
            let console = try await EditorOnTerminal(rows: 24, columns: 40)
            try await console.type((1...20).map { "line \($0)" }.joined(separator: "\n"), shows: ". line 20")
            for rows in [12, 3, 1, 24] {
                console.terminal.resize(rows: rows, columns: 40)
                kill(getpid(), SIGWINCH)
                try await console.type("x", shows: nil)
                // In one row there is a mark behind it.
                console.terminal.write("\u{7F}")
                try await console.terminal.wait { $0.lines[$0.cursor.row].hasPrefix(". line 20") }
            }
            try await finish(console)
        }

        @Test(
            "unknown key sequences never become text",
            arguments: [
                "\u{1B}[1;5Q", "\u{1B}[99~", "\u{1B}[?62;4c", "\u{1B}[<35;10;10M", "\u{1B}[201~",
                "\u{1B}]11;rgb:1/2/3\u{07}",
                "\u{1B}P1+r544e\u{1B}\\", "\u{1B}O1;9P", "\u{1B}[57358u", "\u{1B}[[E",
            ])
        func unknown(sequence: String) async throws {
            let console = try await EditorOnTerminal()
            try await console.type("a\(sequence)b", shows: "> ab", column: 4)
            try await finish(console)
        }

        @Test("a lone ESC doesn't block: what is printed then is seen without another key")
        func loneEscape() async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            try await console.type("typed\u{1B}", shows: "< typed", column: 6)
            await console.editor.print(["printed"])
            try await console.terminal.waitFor("printed")
            console.terminal.write("\u{1B}")
            await console.editor.print(["printed again"])
            try await console.terminal.waitFor("printed again")
            try await finish(console)
        }
    }
}
