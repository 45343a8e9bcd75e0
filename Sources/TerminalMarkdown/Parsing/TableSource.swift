/// The source of tables, made such as md4c understands it.
///
/// - A table whose delimiter row is short (`|-|-|`) would be text, and an empty cell (`||`) none.
/// - The cells of a row beyond those of the header would vanish: the header gets empty ones.
enum TableSource {
    /// Whether two lines are the head of a table: its header, and the row that sets it apart from the others.
    static func isHead(_ header: String, delimiter: String) -> Bool { isHead(header[...], delimiter: delimiter[...]) }

    private static func isHead(_ header: Substring, delimiter: Substring) -> Bool {
        isDelimiter(delimiter) && header.utf8.contains(UInt8(ascii: "|")) && cellCount(header) == cellCount(delimiter)
    }

    /// Prepares the table that the lines of a block are.
    ///
    /// - Returns: Whether they are one.
    static func prepare(_ lines: inout [Substring]) -> Bool {
        guard lines.count > 1, isHead(lines[0], delimiter: lines[1]) else { return false }
        let columns = cellCount(lines[1])
        lines[1] = withLongDashes(lines[1])
        // The parser may see more cells than we do, such as in code that isn't closed. Columns that stay empty aren't shown.
        var widest = columns
        for index in lines.indices where index != 1 {
            if index > 1 { lines[index] = withFilledCells(lines[index]) }
            widest = max(widest, cellCount(lines[index], hasCode: false))
        }
        if widest > columns {
            lines[0] = closed(lines[0]) + String(repeating: " |", count: widest - columns)
            lines[1] = closed(lines[1]) + String(repeating: "---|", count: widest - columns)
        }
        return true
    }

    private static func isDelimiter(_ line: Substring) -> Bool {
        var hasBar = false
        var hasDash = false
        for byte in line.utf8 {
            switch byte {
            case UInt8(ascii: "|"): hasBar = true
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: ":"), .space, .tab: break
            default: return false
            }
        }
        return hasBar && hasDash
    }

    /// A row with a blank in every empty cell, as md4c takes `||` for one border; code such as `a || b` stays.
    private static func withFilledCells(_ row: Substring) -> Substring {
        guard row.utf8.contains("||") else { return row }
        var filled = ""
        var isCode = false
        var previous: Unicode.Scalar = " "
        var rest = row.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "`" { isCode = !isCode && rest.contains("`") }
            if scalar == "|", previous == "|", !isCode { filled += " " }
            filled.unicodeScalars.append(scalar)
            previous = scalar
        }
        return Substring(filled)
    }

    /// A delimiter row with three dashes at least in every cell, which md4c asks for and GitHub doesn't.
    private static func withLongDashes(_ row: Substring) -> Substring {
        var long = ""
        var previous: Unicode.Scalar = "|"
        for scalar in row.unicodeScalars {
            long.unicodeScalars.append(scalar)
            if scalar == "-", previous != "-" { long += "--" }
            previous = scalar
        }
        return Substring(long)
    }

    /// How many cells a row has; where it has code, bars between backticks are no borders.
    private static func cellCount(_ line: Substring, hasCode: Bool = true) -> Int {
        let row = line.utf8.trimmingBlanks()
        var count = 1
        var isEscaped = false
        var isCode = false
        var rest = row
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "`"), hasCode { isCode = !isCode && rest.contains(byte) }
            if byte == UInt8(ascii: "|"), !isEscaped, !isCode { count += 1 }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        if row.first == UInt8(ascii: "|") { count -= 1 }
        if row.last == UInt8(ascii: "|"), !isEscaped { count -= 1 }
        return count
    }

    private static func closed(_ row: Substring) -> Substring {
        guard let last = row.utf8.lastIndex(where: { $0 != .space && $0 != .tab }) else { return row }
        return row.utf8[last] == UInt8(ascii: "|") ? row[...last] : row[...last] + "|"
    }
}
