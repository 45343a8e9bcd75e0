/// The code blocks of a message, and what it leaves open at its end, as far as another text that follows it is concerned.
///
/// No parser of Markdown: it knows only what reaches beyond a blank line (CommonMark 0.31.2, 4.5 and 4.6). What is in a quote or a list ends
/// with that, and is left in the text.
struct MarkdownPieces {
    enum Piece: Equatable {
        case text(String)
        /// A code block that stands for itself: its language, as it was written, and its lines.
        case code(info: String, String)
    }

    private(set) var pieces: [Piece] = []
    /// The line that closes what is open at the end; nil if nothing is.
    private(set) var closing: String?

    private enum Open {
        case fence(Fence)
        /// A fence in a list; it ends with the list's item, whose text begins in this column.
        case listed(Fence, column: Int)
        case html(HTML)
    }

    private struct Fence {
        var mark: UInt8
        var length: Int
        var indent: Int
        var info: String
    }

    private struct HTML {
        /// What ends it, in small letters; the first closes it.
        var ends: [String]
    }

    private var open: Open?
    /// Where the text of the list's item begins that the line may be in.
    private var listColumn: Int?
    private var text = ""
    private var code = ""

    init(_ markdown: String) {
        var rest = Substring(markdown).utf8
        while !rest.isEmpty {
            // A carriage return alone ends a line, too.
            let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D }
            var next = end.map { rest.index(after: $0) } ?? rest.endIndex
            if let end, rest[end] == 0x0D, next < rest.endIndex, rest[next] == 0x0A { next = rest.index(after: next) }
            take(line: Array(rest[..<(end ?? rest.endIndex)]), source: String(Substring(rest[..<next])))
            rest = rest[next...]
        }
        switch open {
        case .fence(let fence)?:
            closing =
                String(repeating: " ", count: fence.indent)
                + String(repeating: Character(Unicode.Scalar(fence.mark)), count: fence.length)
            pieces.append(.code(info: fence.info, code))
        case .html(let html)?: closing = html.ends[0]
        case .listed?, nil: break
        }
        endText()
    }

    private mutating func endText() {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
    }

    private mutating func take(line: [UInt8], source: String) {
        switch open {
        case .fence(let fence)?:
            if Self.closes(fence, line) {
                pieces.append(.code(info: fence.info, code))
                (open, code) = (nil, "")
            } else {
                code += String(decoding: Self.withoutIndent(line, fence.indent), as: UTF8.self) + "\n"
            }
            return
        case .listed(let fence, let column)?:
            let indent = Self.indent(of: line)
            if indent.count < line.count, indent.columns < column {
                (open, listColumn) = (nil, nil)
            } else {
                text += source
                if Self.closes(fence, Self.withoutIndent(line, column)) { open = nil }
                return
            }
        case .html(let html)?:
            text += source
            if Self.ends(html, line[...]) { open = nil }
            return
        case nil: break
        }
        begin(line, source)
    }

    private mutating func begin(_ line: [UInt8], _ source: String) {
        var rest = line[...]
        var column = 0
        var isListed = false
        while true {
            let indent = Self.indent(of: rest, from: column)
            if indent.count == rest.count { break }
            if indent.columns - column > 3, !isListed, listColumn == nil { break }
            guard let marker = Self.listMarker(rest.dropFirst(indent.count)) else { break }
            rest = rest.dropFirst(indent.count + marker)
            column = indent.columns + marker
            isListed = true
        }
        let indent = Self.indent(of: rest, from: column)
        let content = rest.dropFirst(indent.count)
        if isListed {
            listColumn = column
        } else if let list = listColumn, !content.isEmpty, indent.columns < list {
            listColumn = nil
        }
        // Deeper it is code by its indent, unless a list's item begins further in.
        let fence = Self.fence(content, indent: indent.columns - column)
        if let fence, isListed || listColumn.map({ indent.columns >= $0 }) == true {
            open = .listed(fence, column: listColumn ?? column)
        } else if let fence, indent.columns <= 3 {
            endText()
            open = .fence(fence)
            return
        } else if indent.columns - column <= 3, !isListed, let html = Self.html(content), !Self.ends(html, content) {
            open = .html(html)
        }
        text += source
    }

    // MARK: Lines

    /// How many bytes of blanks a line begins with, and the column behind them.
    private static func indent(of line: some Collection<UInt8>, from column: Int = 0) -> (count: Int, columns: Int) {
        var (count, columns) = (0, column)
        for byte in line {
            if byte == 0x20 { columns += 1 } else if byte == 0x09 { columns += 4 - columns % 4 } else { break }
            count += 1
        }
        return (count, columns)
    }

    private static func withoutIndent(_ line: [UInt8], _ columns: Int) -> ArraySlice<UInt8> {
        line.dropFirst(min(line.prefix { $0 == 0x20 }.count, columns))
    }

    /// How long the marker of a list's item is, with the blank behind it.
    private static func listMarker(_ line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix { (0x30...0x39).contains($0) }.count
        let mark = line.dropFirst(digits).first
        let isMarker = digits == 0 ? mark.map { "-+*".utf8.contains($0) } : mark.map { ".)".utf8.contains($0) }
        guard isMarker == true, digits < 10 else { return nil }
        let next = line.dropFirst(digits + 1).first
        return next == nil ? digits + 1 : next == 0x20 || next == 0x09 ? digits + 2 : nil
    }

    private static func fence(_ line: ArraySlice<UInt8>, indent: Int) -> Fence? {
        guard let mark = line.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let length = line.prefix { $0 == mark }.count
        let info = line.dropFirst(length)
        guard length >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
        let words = String(decoding: info, as: UTF8.self).split(separator: " ")
        return Fence(mark: mark, length: length, indent: max(indent, 0), info: words.first.map(String.init) ?? "")
    }

    private static func closes(_ fence: Fence, _ line: some Collection<UInt8>) -> Bool {
        let indent = indent(of: line)
        let content = line.dropFirst(indent.count)
        let length = content.prefix { $0 == fence.mark }.count
        return indent.columns <= 3 && length >= fence.length
            && content.dropFirst(length).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private static let verbatimTags = ["script", "pre", "style", "textarea"]

    private static func html(_ line: ArraySlice<UInt8>) -> HTML? {
        guard line.first == UInt8(ascii: "<") else { return nil }
        let head = String(decoding: line.dropFirst().prefix(16), as: UTF8.self).lowercased()
        for tag in verbatimTags where head.utf8.starts(with: tag.utf8) {
            let next = head.utf8.dropFirst(tag.utf8.count).first
            guard next == nil || next == 0x20 || next == 0x09 || next == UInt8(ascii: ">") else { continue }
            return HTML(ends: ["</\(tag)>"] + verbatimTags.map { "</\($0)>" })
        }
        if head.utf8.starts(with: "!--".utf8) { return HTML(ends: ["-->"]) }
        if head.utf8.starts(with: "?".utf8) { return HTML(ends: ["?>"]) }
        if head.utf8.starts(with: "![cdata[".utf8) { return HTML(ends: ["]]>"]) }
        let letter = head.utf8.dropFirst().first ?? 0
        if head.utf8.first == UInt8(ascii: "!"), (0x61...0x7A).contains(letter) { return HTML(ends: [">"]) }
        return nil
    }

    private static func ends(_ html: HTML, _ line: ArraySlice<UInt8>) -> Bool {
        let small = line.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return html.ends.contains { small.firstRange(of: Array($0.utf8)) != nil }
    }
}
