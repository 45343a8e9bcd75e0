import FoundationEssentials
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    @Suite("What the keys do", .timeLimit(.minutes(1)))
    struct KeyBindingTests {
        private func bindings(_ keys: LineEditorConfiguration.KeyBindings = .emacs) async throws -> [KeyBinding] {
            let console = try await EditorOnTerminal { $0.keyBindings = keys }
            let bindings = await console.editor.keyBindings()
            await console.editor.stop()
            #expect(await console.editor.keyBindings().isEmpty)
            #expect(console.terminal.modes == console.modesBefore)
            return bindings
        }

        private func command(_ key: String, _ bindings: [KeyBinding], _ mode: KeyBinding.Mode = .typing) -> String? {
            let found = bindings.filter { $0.key == key && $0.mode == mode }
            if case .command(let name, _)? = found.first?.action { return name }
            return nil
        }

        @Test("every key that is bound here is listed by libedit with that command, under its name")
        func listed() async throws {
            let emacs = try await bindings()
            for (key, name) in [
                ("Enter", "accept"), ("Ctrl-J", "newline"), ("Alt-Enter", "newline"), ("Up", "up"), ("Down", "down"),
                ("Ctrl-P", "previous-entry"), ("Ctrl-N", "next-entry"), ("Ctrl-R", "search-history"),
                ("Tab", "complete"), ("Ctrl-C", "interrupt"), ("Ctrl-D", "delete-or-end"), ("Ctrl-Z", "suspend"),
                ("Alt-b", "word-left"), ("Alt-Backspace", "kill-word-left"), ("Backspace", "backspace"),
                ("Ctrl-Left", "word-left"), ("Esc", "escape"), ("Delete", "delete"), ("Alt-p", "previous-entry"),
            ] {
                #expect(command(key, emacs) == "banter-\(name)", "\(key)")
            }
            #expect(command("Ctrl-Y", emacs) == "em-yank" && command("Alt-x", emacs) == nil)
            #expect(emacs.allSatisfy { $0.mode == .typing && !$0.key.unicodeScalars.contains { $0.value < 0x20 } })
            let vi = try await bindings(.vi)
            #expect(command("Esc", vi) == "vi-command-mode" && command("Esc", vi, .command) == "banter-escape")
            #expect(command("u", vi, .command) == "banter-undo" && command("w", vi, .command) == "vi-next-word")
            for key in [":", "N", "G", "#", "@", "[ A"] {
                #expect(command(key, vi, .command) == nil, "\(key)")
            }
            #expect(command("-", vi, .command) == "banter-previous-entry" && command("[ A", vi) == nil)
            #expect(vi.filter { $0.key == "Esc" }.count == 2)
        }

        @Test("the README's table names keys that are bound")
        func readme() async throws {
            let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            let readme = try #require(FileManager.default.contents(atPath: "/\(root)/README.md"))
            let lines = String(decoding: readme, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            let start = try #require(lines.firstIndex { $0.hasPrefix("| keys | what they do") })
            let rows = lines[(start + 2)...].prefix { $0.hasPrefix("| ") }
            #expect(rows.count >= 8)
            let bound = Set(try await bindings().map(\.key))
            for row in rows {
                let cell = row.split(separator: "|")[0]
                if cell.hasPrefix(" Tab, Shift-Tab") { continue }  // in the list of completions
                for part in cell.split(whereSeparator: { ",;".contains($0) }) {
                    let words = part.split(separator: " ").prefix { $0 != "at" && $0 != "where" }
                    let name = words.joined(separator: " ")
                    if name == "Shift-Enter" || name.hasPrefix("`") { continue }
                    #expect(bound.contains(name), "\(name)")
                }
            }
        }
    }

    @Suite("Notations of libedit")
    struct KeyNameTests {
        @Test(
            "are read as the keys that they are",
            arguments: [
                ("\"^A\"           ", "Ctrl-A"), ("\"^@\"  ", "Ctrl-@"), ("\"^?\"", "Backspace"), ("\"^I\"", "Tab"),
                ("\"^[b\"  ", "Alt-b"), ("\"^[^?\"", "Alt-Backspace"), ("\"^X^E\"", "Ctrl-X Ctrl-E"), ("\"^\"", "^"),
                ("\"^\\\" to \"^]\"  ", "Ctrl-\\ to Ctrl-]"), ("\" \"  to \"/\"", "Space to /"), ("\"^À\"", "Up"),
                ("\"^[[A\"", nil), ("\"^[B\"", nil), ("\"^Ì\"", nil), ("nonsense", nil), ("\"\"\"", "\""),
            ] as [(String, String?)])
        func read(notation: String, name: String?) { #expect(KeyName(notation: notation)?.text == name) }
    }
}
