/// What ncurses sends for a full-screen view beside the line editor's sequences, as the terminfo entries of xterm and screen have it.
extension TerminalScreen {
    /// Private modes of a view: keypad, cursor, blinking, alternate screen.
    private static let viewModes: Set<Int> = [1, 7, 12, 25, 1049]
    /// What ncurses gives the colours back with when it lets go of a terminal (`oc` of xterm's terminfo), which had none of ours.
    static let paletteReset = "]104\u{7}"
    /// What surrounds a view (rmkx, smkx, rmir, the title's stack), character sets, and a region that is all of the screen.
    private static let viewSequences: Set<String> = ["22;0;0t", "23;0;0t", "4l"]

    /// Obeys a token if it is one that only views send; false for any other.
    mutating func applyOfView(_ token: TerminalScreenParser.Token) -> Bool {
        if case .controlSequence(let parameters, let final) = token, parameters.first == "?", "hl".contains(final),
            parameters.hasSuffix("1049") || primary != nil || parameters == "?1"
        {
            let modes = parameters.dropFirst().split(separator: ";").compactMap { Int($0) }
            guard Set(modes).isSubset(of: Self.viewModes) else { return false }
            for mode in modes { set(mode, final == "h") }
            return true
        }
        switch token {
        case .escape(">"), .controlSequence("23;0;0", "t"): return true  // after the view, if it was there
        default: return primary != nil && applyInView(token)
        }
    }

    /// Moves the rows that scroll; blank ones come in.
    mutating func scroll(up count: Int) {
        let region = scrollRegion ?? 0...rows - 1
        for _ in 0..<min(count, rows) {
            cells.remove(at: region.lowerBound)
            cells.insert(blankRow, at: region.upperBound)
        }
    }

    mutating func scroll(down count: Int) {
        let region = scrollRegion ?? 0...rows - 1
        for _ in 0..<min(count, rows) {
            cells.remove(at: region.upperBound)
            cells.insert(blankRow, at: region.lowerBound)
        }
    }

    private mutating func set(_ mode: Int, _ on: Bool) {
        if mode == 1049 { switchScreen(toAlternate: on) }
        if on { modes.insert(mode) } else { modes.remove(mode) }
    }

    private mutating func applyInView(_ token: TerminalScreenParser.Token) -> Bool {
        switch token {
        case .scalar(let scalar):
            lastScalar = scalar
            return false
        case .control(0x08): cursor.column = max(cursor.column - 1, 0)
        case .control(0x09): cursor.column = min(cursor.column / 8 * 8 + 8, columns - 1)
        case .escape("M"):
            if cursor.row == (scrollRegion?.lowerBound ?? 0) {
                scroll(down: 1)
            } else {
                cursor.row = max(cursor.row - 1, 0)
            }
        case .controlSequence(let count, "S"): scroll(up: Int(count) ?? 1)
        case .controlSequence(let count, "T"): scroll(down: Int(count) ?? 1)
        case .escape("E"): feed("\r\n".utf8)
        case .escape("="), .escape("(B"): break
        case .controlSequence(let row, "d"): apply(.controlSequence("\(row);\(cursor.column + 1)", "H"))
        case .controlSequence(let count, "b"): for _ in 0..<(Int(count) ?? 1) { apply(.scalar(lastScalar)) }
        case .controlSequence(let count, "X"): blank(from: cursor.column, count: Int(count) ?? 1)
        case .controlSequence("1", "K"): blank(from: 0, count: cursor.column + 1)
        case .controlSequence(let parameters, "r"):
            let edges = parameters.split(separator: ";").compactMap { Int($0) }
            guard edges.count == 2, 1 <= edges[0], edges[0] < edges[1], edges[1] <= rows else { return false }
            scrollRegion = edges[0] - 1...edges[1] - 1
            cursor = (0, 0)
        case .controlSequence(let parameters, "m"):
            // The terminal's own colours, and those beyond the first eight.
            let own = parameters.split(separator: ";").filter { $0 != "39" && $0 != "49" }.joined(separator: ";")
            guard own != parameters || parameters.isEmpty else { return false }
            if !own.isEmpty || parameters.isEmpty { apply(.controlSequence(own.isEmpty ? "0" : own, "m")) }
        case .controlSequence(let parameters, let final): return Self.viewSequences.contains("\(parameters)\(final)")
        default: return false
        }
        return true
    }

    /// Only what is on the screen: the program may still draw for a size that the screen no longer has.
    private mutating func blank(from column: Int, count: Int) {
        guard cells.indices.contains(cursor.row) else { return }
        for index in cells[cursor.row].indices.dropFirst(column).prefix(count) { cells[cursor.row][index] = Cell() }
    }
}
