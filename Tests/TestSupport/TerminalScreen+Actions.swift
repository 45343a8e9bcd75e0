/// What each sequence does, and whether it is one of the product's own.
extension TerminalScreen {
    /// The SGR parameters of the product's styles: attributes and the sixteen colours.
    private static let ownAttributes = Set([0, 1, 2, 3, 4, 7, 9]).union(30...37).union(90...97)
    /// Synchronized output, cursor, autowrap, bracketed paste.
    private static let ownModes: Set<Int> = [2026, 25, 7, 2004]
    /// Keyboard modes and cursor shapes.
    private static let ownSequences: Set<String> = [">4;1m", ">4;0m", ">1u", "<u", "=0u", "2 q", "6 q", "0 q"]
    /// What another program may have set, and is only ever reset: alternate screen, mouse, focus, cursor keys.
    private static let ownResets: Set<Int> = [1049, 1000, 1002, 1003, 1004, 1006, 1]
    /// Marks of what is a prompt, an entry, and what comes of it (OSC 133).
    private static let ownMarks: Set<String> = ["]133;A", "]133;B", "]133;C", "]133;D"]

    mutating func apply(_ token: TerminalScreenParser.Token) {
        watch(token)
        if applyOfView(token) || applyHyperlink(token) || applyQuestion(token) { return }
        switch token {
        case .scalar(let scalar): put(scalar)
        case .control(let byte): control(byte)
        case .escape("7"): saved = (cursor.row, cursor.column, style)
        case .escape("8"):
            style = saved.style
            // It may have been saved in a larger window.
            move(row: saved.row, column: saved.column)
        case .escape(">"): break  // the keypad as it is usually
        case .escape(let text): foreign("ESC \(text)")
        case .string(TerminalScreen.paletteReset): break
        case .string(let text) where TerminalScreen.ownMarks.contains(text):
            marks.append(Mark(kind: String(text.suffix(1)), line: scrollback.count + cursor.row, column: cursor.column))
        case .string(let text) where text.hasPrefix("]2;"): title = String(text.dropFirst(3))
        case .string(let text):
            if !noteClipboard(text) { foreign("string \(text.prefix(40))") }
        case .controlSequence(let parameters, let final): sequence(parameters, final)
        }
    }

    mutating func foreign(_ text: String) {
        if foreignSequences.count < 100 { foreignSequences.append(text) }
    }

    // MARK: - Text

    private mutating func put(_ scalar: Unicode.Scalar) {
        if (0x80..<0xA0).contains(scalar.value) { return }
        let width = TerminalScreen.width(of: scalar)
        if width == 0 { return join(scalar) }
        if mustWrap || (cursor.column + width > columns && modes.contains(7)) {
            cursor.column = 0
            lineFeed()
        }
        mustWrap = false
        guard cursor.column + width <= columns else { return }
        cells[cursor.row][cursor.column] = Cell(text: String(scalar), style: style, link: link)
        if width == 2 { cells[cursor.row][cursor.column + 1] = Cell(text: "", style: style, link: link) }
        cursor.column += width
        if cursor.column >= columns {
            cursor.column = columns - 1
            mustWrap = modes.contains(7)
        }
    }

    private mutating func join(_ scalar: Unicode.Scalar) {
        var column = mustWrap ? cursor.column : cursor.column - 1
        if column > 0, cells[cursor.row][column].text.isEmpty { column -= 1 }
        guard column >= 0 else { return }
        cells[cursor.row][column].text.unicodeScalars.append(scalar)
        // The tags of a flag are bounded by themselves.
        let count = cells[cursor.row][column].text.unicodeScalars.count { !(0xE0020...0xE007F).contains($0.value) }
        if count == 10 { foreign("more than eight marks on \(cells[cursor.row][column].text.debugDescription)") }
    }

    /// The columns of a scalar; a table of its own, so that the product's isn't tested against itself.
    static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return (0x1F1E6...0x1F1FF).contains(scalar.value) ? 1 : 2 }
        switch scalar.value {
        case 0x1160..<0x1200: return 0  // Hangul vowels and finals join the initial
        case 0x1100..<0x1160, 0x2E80..<0x303F, 0x3041..<0xA4D0, 0xAC00..<0xD7A4, 0xF900..<0xFB00, 0xFE30..<0xFE70,
            0xFF01..<0xFF61, 0xFFE0..<0xFFE7, 0x20000..<0x40000:
            return 2
        default: return 1
        }
    }

    private mutating func lineFeed() {
        if let scrollRegion, cursor.row == scrollRegion.upperBound { return scroll(up: 1) }
        guard cursor.row == rows - 1 else {
            cursor.row += 1
            return
        }
        let top = cells.removeFirst()
        if primary == nil { scrollback.append(top) }
        cells.append(blankRow)
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bells += 1
        case 0x0A:
            lineFeed()
            mustWrap = false
        case 0x09:
            cursor.column = min(cursor.column / 8 * 8 + 8, columns - 1)
            mustWrap = false
        case 0x0D:
            cursor.column = 0
            mustWrap = false
        case 0x08:
            cursor.column = max(cursor.column - 1, 0)
            foreign("backspace")
        default: foreign("control \(String(byte, radix: 16))")
        }
    }

    // MARK: - Sequences

    private mutating func sequence(_ parameters: String, _ final: Character) {
        if let first = parameters.unicodeScalars.first, !("0"..."9").contains(first), first != ";" {
            return privateSequence(parameters, final)
        }
        if parameters.contains(" ") {
            if !TerminalScreen.ownSequences.contains("\(parameters)\(final)") { foreign("CSI \(parameters)\(final)") }
            return
        }
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        switch final {
        case "A": move(row: cursor.row - max(first, 1), column: cursor.column)
        case "B": move(row: cursor.row + max(first, 1), column: cursor.column)
        case "C": move(row: cursor.row, column: cursor.column + max(first, 1))
        case "D": move(row: cursor.row, column: cursor.column - max(first, 1))
        case "G": move(row: cursor.row, column: max(first, 1) - 1)
        case "H": move(row: max(first, 1) - 1, column: max(numbers.count > 1 ? numbers[1] : 1, 1) - 1)
        case "J": eraseDisplay(first)
        case "K": eraseLine(first)
        case "L": insertLines(max(first, 1))
        case "M": deleteLines(max(first, 1))
        case "m": select(numbers)
        case "l" where numbers == [4]: break  // no insert mode
        case "r" where parameters.isEmpty: cursor = (0, 0)  // no scroll region
        case "t" where numbers == [22, 2]: titles.append(title)
        case "t" where numbers == [23, 2]: title = titles.popLast() ?? title
        default: foreign("CSI \(parameters)\(final)")
        }
    }

    private mutating func privateSequence(_ parameters: String, _ final: Character) {
        if parameters.first == "?", final == "h" || final == "l" {
            for mode in parameters.dropFirst().split(separator: ";").compactMap({ Int($0) }) {
                if !TerminalScreen.ownModes.contains(mode), final == "h" || !TerminalScreen.ownResets.contains(mode) {
                    foreign("CSI ?\(mode)\(final)")
                }
                if mode == 1049 { switchScreen(toAlternate: final == "h") }
                if final == "h" { modes.insert(mode) } else { modes.remove(mode) }
            }
        } else if !TerminalScreen.ownSequences.contains("\(parameters)\(final)") {
            foreign("CSI \(parameters)\(final)")
        }
    }

    mutating func switchScreen(toAlternate: Bool) {
        if toAlternate, primary == nil {
            primary = (cells, cursor)
            cells = Array(repeating: blankRow, count: rows)
        } else if !toAlternate, let primary {
            scrollRegion = nil
            let (newRows, newColumns) = (rows, columns)
            (cells, cursor) = primary
            (rows, columns) = (cells.count, cells[0].count)
            self.primary = nil
            resize(rows: newRows, columns: newColumns)
        }
    }

    private mutating func move(row: Int, column: Int) {
        cursor = (min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))
        mustWrap = false
    }

    private mutating func eraseDisplay(_ kind: Int) {
        switch kind {
        case 0:
            eraseLine(0)
            for row in (cursor.row + 1)..<max(rows, cursor.row + 1) { cells[row] = blankRow }
        case 2: for row in 0..<rows { cells[row] = blankRow }
        default: foreign("CSI \(kind)J")
        }
    }

    private mutating func deleteLines(_ count: Int) {
        for _ in 0..<min(count, rows - cursor.row) {
            cells.remove(at: cursor.row)
            cells.append(blankRow)
        }
        move(row: cursor.row, column: 0)
    }

    private mutating func insertLines(_ count: Int) {
        for _ in 0..<min(count, rows - cursor.row) {
            cells.removeLast()
            cells.insert(blankRow, at: cursor.row)
        }
        move(row: cursor.row, column: 0)
    }

    private mutating func eraseLine(_ kind: Int) {
        switch kind {
        case 0: for column in cursor.column..<columns { cells[cursor.row][column] = Cell() }
        case 2: cells[cursor.row] = blankRow
        default: foreign("CSI \(kind)K")
        }
    }

    mutating func select(_ parameter: Int) {
        if !TerminalScreen.ownAttributes.contains(parameter) { foreign("SGR \(parameter)") }
        if parameter == 0 { style = .plain } else { style.attributes.insert(parameter) }
    }
}
