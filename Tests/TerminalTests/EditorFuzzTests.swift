import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    /// Random keys into the editor.
    ///
    /// With `BANTER_FUZZ_SECONDS` it goes on for so long with other seeds, and says each before it is tried; `BANTER_FUZZ_SEED` tries one
    /// of those again.
    @Suite("LineEditor under random keys", .timeLimit(.minutes(60)))
    struct EditorFuzzTests {
        struct Setting: CustomTestStringConvertible, Sendable {
            var seed: UInt64
            var keys: LineEditorConfiguration.KeyBindings
            var rows: Int
            var columns: Int

            init(seed: UInt64, of other: Setting) {
                self = other
                self.seed = seed
            }

            init(seed: UInt64, keys: LineEditorConfiguration.KeyBindings, rows: Int, columns: Int) {
                (self.seed, self.keys, self.rows, self.columns) = (seed, keys, rows, columns)
            }

            var testDescription: String { "seed \(seed), \(keys), \(columns)×\(rows)" }

            static let all = [
                Setting(seed: 1, keys: .emacs, rows: 24, columns: 80),
                Setting(seed: 2, keys: .vi, rows: 24, columns: 80),
                Setting(seed: 3, keys: .emacs, rows: 6, columns: 20),
                // Found libedit writing behind its picture of the screen.
                Setting(seed: 20, keys: .vi, rows: 6, columns: 20),
            ]
        }

        /// So many key sequences for each setting, and so many between two looks at the screen.
        private static let count = 2500
        private static let step = 25

        @Test(
            "10 000 random key sequences neither crash nor hang, and what is on the screen is what would be drawn anew",
            arguments: Setting.all)
        func random(setting: Setting) async throws {
            let environment = ProcessInfo.processInfo.environment
            if let seed = environment["BANTER_FUZZ_SEED"].flatMap(UInt64.init) {
                if seed % 4 == setting.seed % 4 { try await run(Setting(seed: seed, of: setting)) }
                return
            }
            try await run(setting)
            guard let seconds = environment["BANTER_FUZZ_SECONDS"].flatMap(Int.init) else {
                return
            }
            let end = ContinuousClock.now + .seconds(seconds / Setting.all.count)
            var setting = setting
            while ContinuousClock.now < end {
                setting.seed += 4
                print("fuzz: \(setting.testDescription)")
                try await run(setting)
            }
        }

        private func run(_ setting: Setting) async throws {
            let console = try await EditorOnTerminal(rows: setting.rows, columns: setting.columns) {
                $0.keyBindings = setting.keys
                // Until it ends the keys are its own, and the terminal shows them. (RandomKeyTests have one.)
                $0.opensExternalEditor = false
                $0.complete = { text, cursor in
                    Completion(
                        from: max(cursor - 1, 0),
                        candidates: ["word", "世界", "two words", text.isEmpty ? "x" : "y"].map { .init(text: $0) })
                }
            }
            let reader = Task { [editor = console.editor] in
                var lines: [String] = []
                for await case .line(let line) in editor.events { lines.append(line) }
                return lines
            }
            var keys = RandomKeys(seed: setting.seed)
            var sizes = SeededGenerator(seed: setting.seed)
            for round in 0..<(Self.count / Self.step) {
                var typed: [[UInt8]] = []
                for _ in 0..<Self.step { typed += keys.next() }
                do {
                    for part in typed { try console.typeAndWaitUntilRead(part) }
                    try console.typeAndWaitUntilRead(RandomKeys.terminator)
                    if round % 10 == 9 { try await console.shake(rows: setting.rows, columns: setting.columns, &sizes) }
                    try await console.expectSameWhenDrawnAnew(round: round)
                } catch {
                    let keys = typed.map { String(decoding: $0, as: UTF8.self).debugDescription }
                    Issue.record(
                        "\(setting.testDescription), round \(round): \(error)\nkeys: \(keys.joined(separator: " "))")
                    break
                }
            }
            await console.editor.stop()
            #expect(console.terminal.modes == console.modesBefore)
            let screen = try await console.terminal.wait(for: "the modes that were there") { $0.modes == [7, 25] }
            #expect(screen.foreignSequences == [], "\(setting.testDescription)")
            let codes = await reader.value.joined().unicodeScalars.filter { KeyDecoder.allowed($0) != $0 }
            #expect(codes.map { String($0.value, radix: 16) } == [], "codes of our own got into a line")
        }
    }
}

extension EditorOnTerminal {
    struct Difference: Error, CustomStringConvertible {
        let description: String
    }

    /// Types bytes and waits until the editor has taken them, so that what follows arrives apart.
    func typeAndWaitUntilRead(_ bytes: [UInt8]) throws {
        terminal.write(bytes)
        let limit = ContinuousClock.now + PseudoTerminal.limit
        var waiting: Int32 = 1
        while ioctl(terminal.terminal, UInt(FIONREAD), &waiting) == 0, waiting > 0 {
            guard ContinuousClock.now < limit else { throw Difference(description: "the editor reads no more") }
            sched_yield()
        }
    }

    /// Sizes in between, and back to the one that it had.
    func shake(rows: Int, columns: Int, _ generator: inout SeededGenerator) async throws {
        let between = (0..<3).map { _ in
            (Int.random(in: 1...30, using: &generator), Int.random(in: 1...100, using: &generator))
        }
        for size in between + [(rows, columns)] {
            terminal.resize(rows: size.0, columns: size.1)
            // Not raise: the threads of Swift's pool block signals.
            kill(getpid(), SIGWINCH)
            try await editor.waitUntilSize(rows: size.0, columns: size.1)
            try typeAndWaitUntilRead([0x20, 0x7F])
        }
    }

    /// Compares the screen with one that is drawn from nothing, as after a loan of the terminal.
    func expectSameWhenDrawnAnew(round: Int) async throws {
        let before = try await wholeFrame(with: "bit by bit", round)
        await editor.withTerminal { _ in }
        let after = try await wholeFrame(with: "all anew", round)
        let pictures = [before, after].map { screen in
            screen.lines.map { $0.hasSuffix(" \(round)") ? "the status" : $0 }
        }
        if pictures[0] == pictures[1], before.cursor == after.cursor { return }
        throw Difference(
            description: """
                bit by bit, cursor \(before.cursor):
                \(pictures[0].map { "|\($0)" }.joined(separator: "\n"))
                all anew, cursor \(after.cursor):
                \(pictures[1].map { "|\($0)" }.joined(separator: "\n"))
                """)
    }

    /// The screen with a status, once all of it has arrived.
    ///
    /// A frame may arrive in parts, the status before the rest of it. Behind the first frame comes a second one, of which nothing but the
    /// status is new; the cursor leaves that when it ends.
    private func wholeFrame(with text: String, _ round: Int) async throws -> TerminalScreen {
        var screen = TerminalScreen()
        for status in ["\(text) \(round)", "\(text), \(round)"] {
            editor.setStatus(StyledLine(status))
            screen = try await terminal.wait(for: "“\(status)”") { screen in
                guard let row = screen.lines.firstIndex(where: { $0.contains(status) }) else { return false }
                return screen.cursor.row != row
            }
        }
        return screen
    }
}

extension LineEditor {
    /// Waits until the editor knows of a size.
    fileprivate func waitUntilSize(rows: Int, columns: Int) async throws {
        let limit = ContinuousClock.now + PseudoTerminal.limit
        while size != TerminalSize(rows: rows, columns: columns) {
            guard ContinuousClock.now < limit else {
                throw EditorOnTerminal.Difference(description: "the size is \(size)")
            }
            await Task.yield()
        }
    }
}
