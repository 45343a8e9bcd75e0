import TestSupport

extension BanterOnTerminal {
    /// Waits for the screen to be as wanted.
    @discardableResult
    func until(
        _ what: String, _ condition: @escaping @Sendable (TerminalScreen) -> Bool
    ) async throws -> TerminalScreen { try await terminal.wait(for: what, until: condition) }

    /// Throws away what is typed, and leaves.
    func clearAndLeave() async throws {
        type("\u{3}")
        try await leave()
    }
}

extension TerminalScreen {
    /// The text from the last prompt to the cursor, wrapped rows joined.
    var entry: String {
        guard let first = lines[...cursor.row].lastIndex(where: { $0.hasPrefix("›") || $0.hasPrefix(">") }) else {
            return ""
        }
        var cells = self.cells[first..<cursor.row].flatMap { $0 }
        cells += self.cells[cursor.row].prefix(cursor.column)
        let text = cells.map(\.text).joined().dropFirst(2)
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    /// What is shown reversed.
    var reversed: String {
        cells.joined().filter { $0.style.attributes.contains(7) }.map(\.text).joined()
    }
}
