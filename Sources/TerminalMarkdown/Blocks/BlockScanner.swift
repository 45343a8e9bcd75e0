/// Cuts Markdown into pieces that can be rendered one by one, as the text arrives.
///
/// A piece ends where no later line can change it: a paragraph at a blank line, a heading at its line break, an item of a list
/// at the next one, code at each of its lines. Where the first glance doesn't decide, lines stay together, which is always
/// right: the parser sees a piece as a document of its own.
///
/// Only whole lines count, so it doesn't matter how the text was cut on its way.
struct BlockScanner: Sendable {
    enum Piece: Equatable, Sendable {
        /// Source for the parser.
        case source(String)
        /// An item of a list, with its number in an ordered one.
        case item(String, number: Int?, isTight: Bool)
        case codeStart(info: String)
        case codeLine(String)
    }

    /// A line is cut, or a piece closed at the end of a line, beyond so many bytes: what is parsed again with each chunk
    /// stays small, whatever a server sends.
    static let maximumLength = 32 * 1024

    private enum Open: Equatable {
        case nothing
        case paragraph(Paragraph)
        case list(List)
        case quote(Leaf)
        case fence(LineShape.Fence)
        /// Code by indentation, and the blank lines that are part of it if more code follows.
        case indentedCode(blankLines: Int)
    }

    /// What the last line of a list or a quote belongs to, which decides about a line outside of it.
    private enum Leaf: Equatable {
        /// A line of text goes on with it (a "lazy continuation").
        case paragraph
        case code(LineShape.Fence)
        case other
    }

    private struct Paragraph: Equatable {
        /// A heading's underline ends the piece; not in a table, where it is a row.
        var canBeHeading: Bool
    }

    private struct List: Equatable {
        var marker: LineShape.ListMarker
        var number: Int?
        var isAfterBlank = false
        var leaf: Leaf
        /// Whether the item at hand follows its predecessor without a blank line.
        var isTight: Bool
    }

    private var open = Open.nothing
    /// The source of the open piece, when it isn't code.
    private var source = ""
    private var lineCount = 0

    /// Takes one line, without its line break, and gives what is complete now.
    mutating func consume(_ line: String) -> [Piece] {
        var pieces: [Piece] = []
        let shape = LineShape(line)
        if !extend(with: line, shape, &pieces) {
            close(&pieces)
            begin(line, shape, &pieces)
        }
        if source.utf8.count > Self.maximumLength { close(&pieces) }
        return pieces
    }

    /// Gives the open piece as it is.
    mutating func finish() -> [Piece] {
        var pieces: [Piece] = []
        close(&pieces)
        return pieces
    }

    // MARK: - Begin and close

    private mutating func begin(_ line: String, _ shape: LineShape, _ pieces: inout [Piece]) {
        switch shape.kind {
        case .blank: break
        case .heading, .rule: pieces.append(.source(line + "\n"))
        case .fence(let fence):
            open = .fence(fence)
            pieces.append(.codeStart(info: fence.info))
        case .indented:
            open = .indentedCode(blankLines: 0)
            pieces.append(.codeStart(info: ""))
            pieces.append(.codeLine(line.removingIndentation(4)))
        case .marker(let marker):
            begin(.list(List(marker: marker, number: marker.number, leaf: leaf(of: shape), isTight: false)), line)
        case .quote: begin(.quote(leaf(of: shape)), line)
        case .underline, .text: begin(.paragraph(Paragraph(canBeHeading: true)), line)
        }
    }

    private mutating func begin(_ open: Open, _ line: String) {
        self.open = open
        append(line)
    }

    private mutating func append(_ line: String) {
        source += line
        source += "\n"
        lineCount += 1
    }

    private mutating func close(_ pieces: inout [Piece]) {
        switch open {
        case .nothing, .fence, .indentedCode: break
        case .paragraph, .quote: pieces.append(.source(source))
        case .list(let list): pieces.append(.item(source, number: list.number, isTight: list.isTight))
        }
        open = .nothing
        source = ""
        lineCount = 0
    }

    // MARK: - Extend

    /// Adds a line to the open piece; false where the line begins a new one (or is the blank line that ends it).
    private mutating func extend(with line: String, _ shape: LineShape, _ pieces: inout [Piece]) -> Bool {
        switch open {
        case .nothing: return false
        case .fence(let fence):
            if shape.closes(fence) {
                open = .nothing
            } else {
                pieces.append(.codeLine(line.removingIndentation(fence.indentation)))
            }
            return true
        case .indentedCode(let blankLines): return extendIndentedCode(line, shape, blankLines, &pieces)
        case .paragraph(let paragraph): return extend(paragraph, line, shape, &pieces)
        case .quote(let leaf): return extendQuote(leaf, line, shape, &pieces)
        case .list(let list): return extend(list, line, shape, &pieces)
        }
    }

    private mutating func extendIndentedCode(
        _ line: String, _ shape: LineShape, _ blankLines: Int, _ pieces: inout [Piece]
    ) -> Bool {
        switch shape.kind {
        case .blank:
            open = .indentedCode(blankLines: min(blankLines + 1, 1000))
            return true
        case .indented:
            pieces += Array(repeating: .codeLine(""), count: blankLines)
            pieces.append(.codeLine(line.removingIndentation(4)))
            open = .indentedCode(blankLines: 0)
            return true
        default: return false
        }
    }

    private mutating func extend(
        _ paragraph: Paragraph, _ line: String, _ shape: LineShape, _ pieces: inout [Piece]
    ) -> Bool {
        switch shape.kind {
        case .blank, .fence, .heading, .quote, .rule(isDashes: false): return false
        case .marker(let marker) where marker.canInterruptParagraph: return false
        case .rule(isDashes: true):
            append(line)
            close(&pieces)
        case .underline, .marker:
            append(line)
            if paragraph.canBeHeading, shape.kind == .underline { close(&pieces) }
        case .indented, .text:
            append(line)
            if lineCount == 2, line.couldBeTableDelimiter { open = .paragraph(Paragraph(canBeHeading: false)) }
        }
        return true
    }

    private mutating func extendQuote(
        _ leaf: Leaf, _ line: String, _ shape: LineShape, _ pieces: inout [Piece]
    ) -> Bool {
        if shape.kind == .quote {
            append(line)
            open = .quote(self.leaf(of: shape, after: leaf))
            return true
        }
        return closeCode(leaf, line, shape, &pieces) || goOn(leaf, line, shape)
    }

    private mutating func extend(
        _ list: List, _ line: String, _ shape: LineShape, _ pieces: inout [Piece]
    ) -> Bool {
        var list = list
        switch shape.kind {
        case .blank: list.isAfterBlank = true
        case _ where shape.indentation >= list.marker.contentColumn:
            list.leaf = leaf(of: shape, after: list.leaf)
            list.isAfterBlank = false
        case .marker(let marker) where marker.isSibling(of: list.marker):
            close(&pieces)
            let number = list.number.map { $0 + 1 }
            let leaf = leaf(of: shape)
            begin(.list(List(marker: marker, number: number, leaf: leaf, isTight: !list.isAfterBlank)), line)
            return true
        default:
            return closeCode(list.leaf, line, shape, &pieces)
                || (!list.isAfterBlank && goOn(list.leaf, line, shape))
        }
        open = .list(list)
        append(line)
        return true
    }

    /// Adds a line that goes on with the paragraph of a list or a quote without its markers.
    private mutating func goOn(_ leaf: Leaf, _ line: String, _ shape: LineShape) -> Bool {
        guard leaf == .paragraph, [.text, .underline, .indented].contains(shape.kind) else { return false }
        append(line)
        return true
    }

    /// Ends code in a list or a quote at a fence outside of it.
    ///
    /// Models indent such a fence wrongly. By the letter it would begin a new block, with all that follows as code;
    /// md4c sees it as we do.
    private mutating func closeCode(
        _ leaf: Leaf, _ line: String, _ shape: LineShape, _ pieces: inout [Piece]
    ) -> Bool {
        guard case .code(let fence) = leaf, shape.closes(fence) else { return false }
        append(line)
        close(&pieces)
        return true
    }

    /// What a line of a list or a quote belongs to, without the markers in front.
    private func leaf(of shape: LineShape, after before: Leaf = .other) -> Leaf {
        var shape = shape
        var isBehindMarker = false
        for _ in 0..<8 {
            switch shape.kind {
            case .quote: shape = LineShape(String(Substring(shape.content.dropFirst())))
            case .marker(let marker) where !marker.isEmpty:
                let length = marker.contentColumn - shape.indentation
                shape = LineShape(String(Substring(shape.content.dropFirst(length))))
                isBehindMarker = true
            case .indented where isBehindMarker: return .other
            case .indented: shape = LineShape(String(Substring(shape.content)))
            case .fence(let fence):
                if case .code(let open) = before { return shape.closes(open) ? .other : before }
                return .code(fence)
            default:
                if case .code = before { return before }
                return [.text, .underline].contains(shape.kind) ? .paragraph : .other
            }
        }
        return .paragraph
    }
}

extension LineShape.ListMarker {
    /// CommonMark §5.3: an empty item, or a number other than 1, doesn't interrupt a paragraph.
    fileprivate var canInterruptParagraph: Bool { !isEmpty && (number ?? 1) == 1 }

    /// Whether both are of one list.
    fileprivate func isSibling(of other: Self) -> Bool {
        character == other.character && (number == nil) == (other.number == nil)
    }
}

extension String {
    /// Whether a line could be the second one of a table: `|---|:-:|`.
    fileprivate var couldBeTableDelimiter: Bool {
        utf8.allSatisfy { "|-: \t".utf8.contains($0) }
    }

    /// The line without up to so many columns of white space at its start; a tab that is cut leaves blanks.
    func removingIndentation(_ columns: Int) -> String {
        var column = 0
        var rest = utf8[...]
        while column < columns, let byte = rest.first, byte == .space || byte == .tab {
            column += byte == .tab ? 4 - column % 4 : 1
            rest.removeFirst()
        }
        return String(repeating: " ", count: max(column - columns, 0)) + String(Substring(rest))
    }
}
