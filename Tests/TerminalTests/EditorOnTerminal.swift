import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Terminal

/// A line editor on a pseudo-terminal, inside the test process.
final class EditorOnTerminal: Sendable {
    let terminal: PseudoTerminal
    let editor: LineEditor
    /// The terminal's modes before the editor was there.
    let modesBefore: [UInt32]

    init(
        rows: Int = 24, columns: Int = 80,
        _ configure: (inout LineEditorConfiguration) -> Void = { _ in }
    ) async throws {
        terminal = try PseudoTerminal(rows: rows, columns: columns)
        modesBefore = terminal.modes
        var configuration = LineEditorConfiguration(
            terminal: terminal.terminal, prompt: Prompt(main: "> ", continuation: ". "))
        configuration.reflows = false
        configure(&configuration)
        editor = try LineEditor(configuration: configuration)
        editor.start()
        try await terminal.waitFor(">")
    }

    /// Types keys, then waits for the row that the cursor is in to be as given, and the cursor to be behind it or in a column;
    /// without a row, waits for nothing.
    func type(_ keys: String, shows row: String?, column: Int? = nil) async throws {
        terminal.write(keys)
        guard let row else { return }
        try await terminal.wait(for: "the row “\(row)” after \(keys.debugDescription)") { screen in
            screen.lines[screen.cursor.row] == row && (column == nil || screen.cursor.column == column)
        }
    }

    /// The next event but a change of the size; nil if there are no more.
    func next() async -> LineEditorEvent? {
        var iterator = editor.events.makeAsyncIterator()
        return await iterator.next()
    }
}
