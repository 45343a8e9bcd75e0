/// The code blocks of a message, and what it leaves open at its end, as far as another text that follows it is concerned.
///
/// No parser of Markdown: it knows only what reaches beyond a blank line (CommonMark 0.31.2, 4.5 and 4.6), and enough of lists to tell what ends with
/// them. What is in a quote or a list is left in the text.
struct MarkdownPieces {
    enum Piece: Equatable {
        case text(String)
        /// A code block that stands for itself: its language, as it was written, and its lines.
        case code(info: String, String)
    }

    private(set) var pieces: [Piece] = []
    /// The line that closes what is open at the end; nil if nothing is.
    private(set) var closing: String?

    /// What takes in lines until it ends.
    private struct Open {
        var block: VerbatimBlock
        /// The column in which its list's item begins, with which it ends; 0 outside of lists.
        var column: Int
    }

    private var open: Open?
    /// The columns in which the text of the items begins that the line may be in.
    private var lists: [Int] = []
    /// Whether the line before belongs to a paragraph, which not everything interrupts.
    private var isParagraph = false
    /// Whether the line before belongs to a paragraph in a quote: only what goes on lazily belongs to it.
    private var isQuoted = false
    /// Whether the line before has a list's marker and nothing else.
    private var isBareItem = false
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
        if let open, open.column == 0 {
            closing = open.block.closing
            if case .fence(let fence) = open.block { pieces.append(.code(info: fence.info, code)) }
        }
        endText()
    }

    private mutating func endText() {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
    }

    private mutating func take(line: [UInt8], source: String) {
        let indent = VerbatimBlock.indent(of: line)
        let isBlank = indent.count == line.count
        if let open, open.column == 0 || isBlank || indent.columns >= open.column {
            let ends = open.block.ends(with: line, from: open.column)
            if case .fence(let fence) = open.block, open.column == 0 {
                if ends {
                    pieces.append(.code(info: fence.info, code))
                    code = ""
                } else {
                    let blanks = min(line.prefix { $0 == 0x20 }.count, fence.indent)
                    code += String(decoding: line.dropFirst(blanks), as: UTF8.self) + "\n"
                }
            } else {
                text += source
            }
            if ends { self.open = nil }
            return
        }
        open = nil
        if isBlank {
            (isParagraph, isQuoted) = (false, false)
            if isBareItem { lists.removeLast() }
            isBareItem = false
            text += source
        } else {
            begin(line, source)
        }
    }

    private mutating func begin(_ line: [UInt8], _ source: String) {
        isBareItem = false
        var rest = line[...]
        var indent = VerbatimBlock.indent(of: rest)
        let count = lists.count
        let isLazy = (isParagraph || isQuoted) && !Self.beginsBlock(rest.dropFirst(indent.count))
        while !isLazy, let column = lists.last, indent.columns < column { lists.removeLast() }
        var isInterrupting = isParagraph && lists.count == count
        var base = lists.last ?? 0
        while indent.columns - base <= 3, !Self.isRule(rest.dropFirst(indent.count)),
            let marker = Self.listMarker(rest.dropFirst(indent.count), isInterrupting: isInterrupting)
        {
            rest = rest.dropFirst(indent.count + marker)
            let column = indent.columns + marker
            indent = VerbatimBlock.indent(of: rest, from: column)
            isBareItem = indent.count == rest.count
            // More than four blanks are one, and code by its indent.
            base = isBareItem || indent.columns - column > 4 ? column + 1 : indent.columns
            lists.append(base)
            (isInterrupting, isParagraph, isQuoted) = (false, false, false)
            if isBareItem { break }
        }
        let content = rest.dropFirst(indent.count)
        if content.isEmpty || indent.columns - base > 3 {
            text += source
        } else if let block = VerbatimBlock(
            content, indent: indent.columns - base, isInterrupting: isParagraph || isQuoted)
        {
            (isParagraph, isQuoted) = (false, false)
            let isOpen = !block.endsAtOnce(content)
            if case .fence = block, base == 0 { endText() } else { text += source }
            if isOpen { open = Open(block: block, column: base) }
        } else {
            let isHeading = content.first == UInt8(ascii: "#") || isParagraph && Self.isUnderline(content)
            let isQuote = content.first == UInt8(ascii: ">")
            // A line that isn't a paragraph's in the quote ends it all the more.
            isQuoted = isQuote ? Self.isQuotedText(content) : isQuoted && !isHeading && !Self.isRule(content)
            isParagraph = !isHeading && !isQuote && !isQuoted && !Self.isRule(content)
            text += source
        }
    }

    // MARK: Lines

    /// Whether a line is sure to be no more of the paragraph before it.
    private static func beginsBlock(_ content: ArraySlice<UInt8>) -> Bool {
        content.first == UInt8(ascii: ">") || content.first == UInt8(ascii: "#") || isRule(content)
            || listMarker(content, isInterrupting: false) != nil
            || VerbatimBlock(content, indent: 0, isInterrupting: true) != nil
    }

    /// Whether a line of a quote ends in text that the next line may go on with.
    private static func isQuotedText(_ content: ArraySlice<UInt8>) -> Bool {
        var rest = content
        while true {
            rest = rest.drop { $0 == UInt8(ascii: ">") || $0 == 0x20 || $0 == 0x09 }
            guard !isRule(rest), let marker = listMarker(rest, isInterrupting: false) else { break }
            rest = rest.dropFirst(marker)
        }
        return !rest.isEmpty && rest.first != UInt8(ascii: "#") && !isRule(rest)
            && VerbatimBlock(rest, indent: 0, isInterrupting: false) == nil
    }

    private static func isRule(_ content: ArraySlice<UInt8>) -> Bool {
        guard let mark = content.first, "-*_".utf8.contains(mark) else { return false }
        return content.count { $0 == mark } >= 3 && content.allSatisfy { [mark, 0x20, 0x09].contains($0) }
    }

    /// Whether a line makes a heading of the paragraph above it.
    private static func isUnderline(_ content: ArraySlice<UInt8>) -> Bool {
        guard let mark = content.first, "-=".utf8.contains(mark) else { return false }
        return content.drop { $0 == mark }.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// How long the marker of a list's item is, without the blanks behind it.
    private static func listMarker(_ content: ArraySlice<UInt8>, isInterrupting: Bool) -> Int? {
        let digits = content.prefix { (0x30...0x39).contains($0) }
        let mark = content.dropFirst(digits.count).first ?? 0
        guard digits.count < 10, (digits.isEmpty ? "-+*" : ".)").utf8.contains(mark) else { return nil }
        let rest = content.dropFirst(digits.count + 1)
        guard rest.first.map({ $0 == 0x20 || $0 == 0x09 }) ?? true else { return nil }
        if isInterrupting {
            let isBare = rest.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            if isBare || !digits.isEmpty && Array(digits) != [UInt8(ascii: "1")] { return nil }
        }
        return digits.count + 1
    }
}
