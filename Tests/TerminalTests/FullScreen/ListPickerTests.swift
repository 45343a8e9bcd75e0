import Glibc
import TestSupport
import Testing

@testable import Terminal

// Inside the line editor's suite, which runs one test at a time: terminfo, which both stand on, has global variables.
extension ConsoleTests {
    @Suite("ListPicker on a terminal")
    struct ListPickerTests {
        private static let rows = [
            ListPicker.Row(id: "a", title: "Sourdough for beginners", detail: "2 min"),
            ListPicker.Row(id: "b", title: "世界 and e\u{301} and 👩‍👩‍👧 end", detail: "3 h"),
            ListPicker.Row(
                id: "c", title: "evil \u{1B}[2J\u{9B}31m title", detail: "5 d", searchText: "hidden words"),
        ]
        private static let previews: [String: [StyledLine]] = [
            "a": ["How much salt?", "About two per cent."], "b": ["Wide letters."],
        ]

        /// Rows that are there at once.
        private struct Source: ListPickerSource {
            var rows = ListPickerTests.rows

            func readRows(_ feed: ListPickerFeed) {
                feed.add(rows: rows)
                feed.endRows()
            }

            func makePreview(of id: String, filter: String, columns: Int, _ feed: ListPickerFeed) {
                feed.set(preview: ListPickerTests.previews[id] ?? [], of: id, filter: filter)
            }

            func search(_ text: String, _ feed: ListPickerFeed) {
                if text == "salt" { feed.add(hits: ["a"], for: text) }
                feed.endSearch(for: text)
            }

            func rename(_ id: String, to title: String, _ feed: ListPickerFeed) {}
            let canDelete = true
            func delete(_ id: String, _ feed: ListPickerFeed) {
                if id == "c" {
                    feed.setDeleted(false, of: id)
                    feed.say("It stays.")
                }
            }
            func restore(_ id: String, _ feed: ListPickerFeed) {}
        }

        /// Runs the list over a screen with text on it, and checks that the terminal is as before when it's gone.
        private func withList(
            rows: Int = 24, columns: Int = 80, kind: String = "xterm-256color",
            _ body: (ViewOnTerminal) async throws -> Void
        ) async throws -> String? {
            let view = try ViewOnTerminal(rows: rows, columns: columns)
            defer { view.close() }
            view.show("before\r\n> draft")
            let before = try await view.waitFor("> draft")
            let modes = view.modes
            let task = view.run(ListPicker(title: "Sessions", source: Source(), terminal: view.terminal, kind: kind))
            do {
                try await body(view)
            } catch {
                // Not without the view's end: it must not be there in the next test.
                view.stop()
                _ = try? await task.value
                throw error
            }
            let chosen = try await task.value
            let after = try await view.wait(for: "the screen that was there") {
                $0.lines.prefix(2) == ["before", "> draft"] && $0.modes == [7, 25]
            }
            if after.rows == before.rows, after.columns == before.columns { #expect(after.cells == before.cells) }
            // ncurses ends with a carriage return.
            #expect(after.cursor == (row: before.cursor.row, column: 0))
            #expect(view.modes == modes)
            return chosen
        }

        @Test("the list, the preview and the footer are shown; Enter chooses", arguments: ["xterm-256color", "screen"])
        func choosing(kind: String) async throws {
            let chosen = try await withList(kind: kind) { view in
                let screen = try await view.waitFor("│ About two per cent.")
                #expect(screen.modes.contains(1049))
                #expect(screen.lines[0] == "Sessions")
                #expect(screen.lines[1] == "›")
                #expect(screen.lines[2] == "› Sourdough for beginners     2 min │ How much salt?")
                #expect(screen.cells[2][0].style.attributes.contains(7))
                #expect(screen.lines[3].hasPrefix("  世界 and e\u{301} and 👩 end"))
                #expect(screen.lines[3].hasSuffix(" 3 h │ About two per cent."))
                #expect(screen.lines[4].hasPrefix("  evil ␛[2J<U+009B>31m title"))
                #expect(screen.lines[23].hasPrefix("3 · "))
                view.type("\u{1B}OB")
                try await view.waitFor("│ Wide letters.")
                view.type("\r")
            }
            #expect(chosen == "b")
        }

        @Test("typing filters, also on text that isn't shown")
        func filtering() async throws {
            let chosen = try await withList(rows: 10, columns: 40) { view in
                try await view.waitFor("Sourdough")
                view.type("WORDS hid")
                let screen = try await view.wait(for: "the only match") {
                    $0.lines[1] == "› WORDS hid" && $0.contains("1 of 3") && $0.cursor == (row: 1, column: 11)
                }
                #expect(!screen.contains("Sourdough"))
                #expect(!screen.contains("│"))
                view.type("x")
                try await view.waitFor("Nothing matches.")
                view.type("\u{7F}\r")
            }
            #expect(chosen == "c")
        }

        @Test(
            "Esc, Ctrl-C and Ctrl-G leave; keys that nobody knows do nothing",
            arguments: ["\u{1B}", "\u{03}", "\u{07}"])
        func leaving(key: String) async throws {
            let chosen = try await withList { view in
                try await view.waitFor("Esc leave")
                view.type("\u{1B}[1;5C\u{1B}[<64;5;5M\u{1B}x")
                view.type("s")
                let screen = try await view.waitFor("2 of 3")
                #expect(screen.lines[1] == "› s")
                view.type(key)
            }
            #expect(chosen == nil)
        }

        @Test("another size of the window is followed, down to nothing and up again")
        func resizing() async throws {
            let chosen = try await withList { view in
                try await view.waitFor("│ How much salt?")
                view.resize(rows: 10, columns: 40)
                try await view.wait(for: "the narrow list") {
                    $0.lines[9].hasPrefix("3 · ") && !$0.contains("│") && $0.lines[2].hasSuffix("2 min")
                }
                for (rows, columns) in [(1, 1), (0, 0), (2, 3), (30, 100)] {
                    view.resize(rows: rows, columns: columns)
                }
                try await view.wait(for: "the large list") {
                    $0.rows == 30 && $0.lines[29].hasPrefix("3 · ") && $0.contains("│ How much salt?")
                }
                view.type("\u{1B}")
            }
            #expect(chosen == nil)
        }

        @Test("no size of a window is too small", arguments: [(0, 0), (1, 1), (1, 80), (2, 1), (3, 2), (200, 1)])
        func tiny(rows: Int, columns: Int) async throws {
            let view = try ViewOnTerminal(rows: rows, columns: columns)
            defer { view.close() }
            let picker = ListPicker(
                title: "Sessions", source: Source(), terminal: view.terminal, kind: "xterm-256color")
            let task = view.run(picker)
            try await view.wait(for: "the alternate screen") { $0.modes.contains(1049) }
            view.type("\u{1B}OB\r")
            #expect(try await task.value == "b")
        }

        @Test("what is found in a row that doesn't show it is there, too; a title is written anew; deleting is undone")
        func changing() async throws {
            let chosen = try await withList(columns: 120) { view in
                try await view.waitFor("Esc leave")
                view.type("salt")
                try await view.wait(for: "what was found") { $0.contains("1 of 3") && $0.contains("Sourdough") }
                view.type("\u{15}\u{1B}OQ")
                try await view.waitFor("Title: Sourdough for beginners")
                view.type(" and all\r")
                try await view.waitFor("› Sourdough for beginners and all")
                view.type("\u{1B}[3~")
                try await view.wait(for: "two rows") { !$0.contains("Sourdough") && $0.contains("2 · type") }
                view.type("\u{1F}")
                try await view.wait(for: "three rows") { $0.contains("Sourdough") && $0.contains("3 · type") }
                view.type("\u{1B}[F\u{18}")
                try await view.waitFor("It stays.")
                view.type("\r")
            }
            #expect(chosen == "c")
        }

        @Test("the view ends when it is told to")
        func ending() async throws {
            let chosen = try await withList { view in
                try await view.waitFor("Esc leave")
                view.stop()
            }
            #expect(chosen == nil)
        }

        @Test("signal handlers are as before", arguments: [SIGINT, SIGTERM, SIGTSTP, SIGWINCH])
        func signals(signal: Int32) async throws {
            func handler() -> UInt {
                var action = sigaction()
                sigaction(signal, nil, &action)
                return withUnsafeBytes(of: action) { $0.load(as: UInt.self) }
            }
            let before = handler()
            _ = try await withList { view in
                try await view.waitFor("Esc leave")
                #expect(handler() == before)
                view.type("\u{1B}")
            }
            #expect(handler() == before)
        }

        @Test(
            "a terminal that can't is an error, and nothing is drawn",
            arguments: [
                ("nosuch", FullScreenError.unknownKind("nosuch")), ("", .unknownKind("")),
                ("../x", .unknownKind("../x")), ("dumb", .unsuitableKind("dumb")),
            ])
        func unsuitable(kind: String, error: FullScreenError) throws {
            let view = try ViewOnTerminal(rows: 24, columns: 80)
            defer { view.close() }
            #expect(throws: error) {
                try ListPicker(title: "", source: Source(), terminal: view.terminal, kind: kind).run(
                    with: TerminalLoan(isWanted: { false }))
            }
        }

        @Test("a descriptor that is no terminal is an error")
        func noTerminal() throws {
            let file = open("/dev/null", O_RDWR)
            defer { close(file) }
            #expect(throws: FullScreenError.noTerminal(code: ENOTTY)) {
                try ListPicker(title: "", source: Source(), terminal: file, kind: "xterm").run(
                    with: TerminalLoan(isWanted: { false }))
            }
        }
    }
}
