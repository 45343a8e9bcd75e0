/// Keeps text on the screen that Markdown drops, by small changes to its source.
///
/// - `[1]: https://…` defines a link for the whole document, which a stream doesn't see, as the definition mostly comes last.
///   It would vanish without any link leading there, so it is escaped and shows as the text that it is.
/// - A table whose delimiter row is short (`|-|-|`) would be text, and an empty cell (`||`) none.
/// - The cells of a table's row beyond those of its header would vanish: the header gets empty ones.
enum SourceKeeper {
    /// The longest label of a definition (CommonMark §4.7), in bytes here.
    private static let maximumLabelLength = 999

    static func prepared(_ source: String) -> String {
        guard source.utf8.contains(where: { "]|".utf8.contains($0) }) else { return source }
        var lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        var fence: LineShape.Fence?
        for index in lines.indices {
            let line = lines[index]
            let start = line.utf8.firstIndex { !" \t>*+-.)0123456789".utf8.contains($0) } ?? line.endIndex
            let content = line[start...]
            if content.utf8.first == UInt8(ascii: "`") || content.utf8.first == UInt8(ascii: "~") {
                let shape = LineShape(String(content))
                if let open = fence {
                    if shape.closes(open) { fence = nil }
                } else if case .fence(let opened) = shape.kind {
                    fence = opened
                }
            }
            if fence != nil { continue }
            if content.utf8.first == UInt8(ascii: "["), isDefinition(source.utf8[start...]) {
                lines[index] = line[..<start] + "\\" + content
            } else if index > 0, isDelimiter(line) {
                prepareTable(of: &lines, delimiter: index)
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func isDefinition(_ source: Substring.UTF8View) -> Bool {
        var isEscaped = false
        var isClosed = false
        for byte in source.dropFirst().prefix(maximumLabelLength + 2) {
            if isClosed { return byte == UInt8(ascii: ":") }
            if byte == UInt8(ascii: "["), !isEscaped { return false }
            isClosed = byte == UInt8(ascii: "]") && !isEscaped
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return false
    }

    private static func isDelimiter(_ line: Substring) -> Bool {
        line.utf8.contains(UInt8(ascii: "|")) && line.utf8.contains(UInt8(ascii: "-"))
            && line.utf8.allSatisfy { "|-: \t>".utf8.contains($0) }
    }

    private static func prepareTable(of lines: inout [Substring], delimiter: Int) {
        let header = delimiter - 1
        let columns = cellCount(lines[delimiter])
        guard lines[header].utf8.contains(UInt8(ascii: "|")), cellCount(lines[header]) == columns else { return }
        lines[delimiter] = withLongDashes(lines[delimiter])
        var widest = columns
        for index in lines.indices.dropFirst(delimiter + 1) {
            guard lines[index].utf8.contains(UInt8(ascii: "|")), !isDelimiter(lines[index]) else { break }
            lines[index] = withFilledCells(lines[index])
            widest = max(widest, cellCount(lines[index]))
        }
        guard widest > columns else { return }
        lines[header] = closed(lines[header]) + String(repeating: " |", count: widest - columns)
        lines[delimiter] = closed(lines[delimiter]) + String(repeating: "---|", count: widest - columns)
    }

    /// A row with a blank in every empty cell, as md4c takes `||` for one border; code such as `a || b` stays.
    private static func withFilledCells(_ row: Substring) -> Substring {
        guard row.contains("||") else { return row }
        var filled = ""
        var isCode = false
        var previous: Unicode.Scalar = " "
        for scalar in row.unicodeScalars {
            if scalar == "`" { isCode.toggle() }
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

    private static func cellCount(_ line: Substring) -> Int {
        let row = line.utf8.trimmingBlanks()
        var count = 1
        var isEscaped = false
        var isCode = false
        for byte in row {
            if byte == UInt8(ascii: "`") { isCode.toggle() }
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
