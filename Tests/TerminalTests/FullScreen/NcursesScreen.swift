@testable import TestSupport

/// A ``TerminalScreen`` that knows what ncurses sends beside the line editor's sequences, as xterm-256color and screen have it.
struct NcursesScreen: Sendable {
    private(set) var screen: TerminalScreen
    private var parser = TerminalScreenParser()
    private var last: Unicode.Scalar = " "

    init(rows: Int, columns: Int) { screen = TerminalScreen(rows: rows, columns: columns) }

    mutating func resize(rows: Int, columns: Int) { screen.resize(rows: rows, columns: columns) }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            for token in parser.feed(byte) { apply(token) }
        }
    }

    private mutating func apply(_ token: TerminalScreenParser.Token) {
        let (row, column) = screen.cursor
        switch token {
        case .scalar(let scalar):
            last = scalar
            screen.apply(token)
        case .control(0x08): screen.apply(.controlSequence("1", "D"))
        case .control(0x09): screen.apply(.controlSequence("\(min(column / 8 * 8 + 9, screen.columns))", "G"))
        case .escape("M"): screen.apply(.controlSequence("1", "A"))
        case .escape("E"): screen.feed("\r\n".utf8)
        case .controlSequence(let row, "d"): screen.apply(.controlSequence("\(row);\(column + 1)", "H"))
        case .controlSequence(let count, "b"): for _ in 0..<(Int(count) ?? 1) { screen.apply(.scalar(last)) }
        case .controlSequence(let count, "X"): blank(row, from: column, count: Int(count) ?? 1)
        case .controlSequence("1", "K"): blank(row, from: 0, count: column + 1)
        default: screen.apply(token)
        }
    }

    /// Only what is on the screen: the program may still draw for a size that the screen no longer has.
    private mutating func blank(_ row: Int, from column: Int, count: Int) {
        guard screen.cells.indices.contains(row) else { return }
        for index in screen.cells[row].indices.dropFirst(column).prefix(count) {
            screen.cells[row][index] = TerminalScreen.Cell()
        }
    }
}
