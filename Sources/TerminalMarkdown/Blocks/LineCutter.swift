/// Cuts text that arrives in parts into lines.
struct LineCutter: Sendable {
    private var rest = ""

    /// Takes the next part and gives the lines that are complete, without their line breaks (LF or CRLF).
    ///
    /// A line is cut where it would be longer than `BlockScanner.maximumLength`.
    mutating func cut(_ text: String) -> [String] {
        var lines: [String] = []
        var text = Substring(text).utf8
        while let end = text.firstIndex(of: UInt8(ascii: "\n")) {
            take(text[..<end], &lines)
            lines.append(clean(rest))
            rest = ""
            text = text[text.index(after: end)...]
        }
        take(text, &lines)
        return lines
    }

    /// The last line, if it has no line break.
    mutating func finish() -> [String] {
        defer { rest = "" }
        return rest.isEmpty ? [] : [clean(rest)]
    }

    /// Adds to the line at hand, cutting it at its greatest length, between scalars.
    private mutating func take(_ part: Substring.UTF8View, _ lines: inout [String]) {
        var part = part
        while rest.utf8.count + part.count > BlockScanner.maximumLength {
            var end = part.index(part.startIndex, offsetBy: BlockScanner.maximumLength - rest.utf8.count)
            while end > part.startIndex, part[end] & 0xC0 == 0x80 { end = part.index(before: end) }
            rest += String(Substring(part[..<end]))
            lines.append(clean(rest))
            rest = ""
            part = part[end...]
        }
        rest += String(Substring(part))
    }

    /// A carriage return is a line break to the parser; within a line it is shown as its picture instead.
    private func clean(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "\r")) else { return line }
        var scalars = line.unicodeScalars
        if scalars.last == "\r" { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars.map { $0 == "\r" ? "\u{240D}" : $0 }))
    }
}
