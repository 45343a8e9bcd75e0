/// Cuts Markdown into blocks that can be rendered one by one, as the text arrives (CommonMark 0.31, appendix "A parsing
/// strategy", phase 1).
///
/// It knows the quotes and lists around each block, takes their markers off and says where they begin and end. So a block is
/// final as soon as no later line can change it, however deep it stands: a paragraph at the line that ends it, a heading at its
/// line break, code at each of its lines. What is within a block is the parser's.
///
/// Only whole lines count, so it doesn't matter how the text was cut on its way.
struct BlockScanner: Sendable {
    enum Piece: Equatable, Sendable {
        /// A blank line between two blocks.
        case gap
        case quoteStart
        /// An item of a list, with its number in an ordered one; `isDone` is nil where it isn't a task.
        case itemStart(number: Int?, isDone: Bool?)
        /// The quote or item that began last ends.
        case end
        /// A paragraph, heading, rule or table for the parser.
        case source(String)
        case codeStart(info: String)
        case codeLine(String)
        case formulaLine(String)
        /// A table's row that has arrived in part.
        case unfinishedRow(String)
    }

    /// A line is cut, or a block closed at the end of a line, beyond so many bytes: what is parsed again with each chunk
    /// stays small, whatever a server sends.
    static let maximumLength = 32 * 1024

    /// The quotes and items that are open.
    private(set) var containers = OpenContainers()
    private(set) var leaf = OpenLeaf.nothing
    /// The source of a paragraph or table, line by line.
    private var lines: [String] = []
    private var length = 0
    private var isAfterBlank = false

    /// Takes one line, without its line break, and gives what is complete now.
    mutating func consume(_ line: String) -> [Piece] {
        var pieces: [Piece] = []
        var line = LineCursor(line)
        let depth = containers.match(&line)
        let isInside = depth == containers.depth
        if leaf.isVerbatim, isInside || containers.keepsCode(leaf, below: depth, at: line) {
            if extendVerbatim(with: line, &pieces) { return pieces }
        }
        if line.content.isEmpty {
            close(to: depth, &pieces)
            closeLeaf(&pieces)
            isAfterBlank = true
            return pieces
        }
        begin(line, depth, canExtend: isInside && leaf.isText, &pieces)
        if length > Self.maximumLength { cutLeaf(&pieces) }
        return pieces
    }

    /// Gives what is open, as it is.
    mutating func finish() -> [Piece] {
        var pieces: [Piece] = []
        close(to: 0, &pieces)
        closeLeaf(&pieces)
        return pieces
    }

    // MARK: - Begin

    /// Begins the blocks of a line, which comes without the markers of the `depth` containers that go on, or goes on with the
    /// paragraph in them where it can be extended.
    private mutating func begin(_ line: LineCursor, _ depth: Int, canExtend: Bool, _ pieces: inout [Piece]) {
        var (line, depth, canExtend) = (line, depth, canExtend)
        while true {
            let shape = LineShape(line)
            let isFull = depth == containers.depth && containers.isFull
            switch shape.kind {
            case .quote where !isFull:
                close(to: depth, &pieces)
                closeLeaf(&pieces)
                beginBlock(&pieces)
                line.skip(1)
                line.skipBlanks(1)
                containers.open(.quote)
                pieces.append(.quoteStart)
            case .marker(let marker) where !isFull && (!canExtend || marker.canInterruptParagraph):
                close(to: depth, &pieces)
                closeLeaf(&pieces)
                beginItem(marker, &line, &pieces)
            default:
                if depth < containers.depth, goOn(with: line, shape) { return }
                close(to: depth, &pieces)
                if !line.content.isEmpty { beginLeaf(line, shape, canExtend, &pieces) }
                return
            }
            depth = containers.depth
            canExtend = false
        }
    }

    private mutating func beginItem(
        _ marker: LineShape.ListMarker, _ line: inout LineCursor, _ pieces: inout [Piece]
    ) {
        let isSibling = containers.isSibling(marker)
        beginBlock(isSibling: isSibling, &pieces)
        let number = containers.beginItem(of: marker)
        let item = OpenContainers.Item(marker, at: line, below: containers)
        line.skip(marker.length)
        line.skipBlanks(marker.isEmpty ? .max : item.blanks)
        containers.open(.item(item))
        pieces.append(.itemStart(number: number, isDone: line.takeTaskMark()))
    }

    private mutating func beginLeaf(
        _ line: LineCursor, _ shape: LineShape, _ canExtend: Bool, _ pieces: inout [Piece]
    ) {
        // Models indent the fences in their lists wrongly; as code by indentation they would show as text.
        if case .indented = shape.kind, containers.isInItem,
            let fence = LineShape.fence(shape.content, shape.indentation)
        {
            return beginFence(fence, &pieces)
        }
        if canExtend, leaf == .paragraph, shape.underlinesHeading {
            append(line.text)
            return closeLeaf(&pieces)
        }
        switch shape.kind {
        case .heading, .rule:
            closeLeaf(&pieces)
            beginBlock(&pieces)
            pieces.append(.source(line.text + "\n"))
        case .fence(let fence): beginFence(fence, &pieces)
        case .formula(let formula):
            closeLeaf(&pieces)
            beginBlock(&pieces)
            pieces.append(.formulaLine(String(Substring(shape.content))))
            if !formula.isComplete { leaf = .formula(formula) }
        case .indented where !canExtend:
            beginBlock(&pieces)
            leaf = .indentedCode(blankLines: 0)
            pieces.append(.codeStart(info: ""))
            pieces.append(.codeLine(line.text.removingIndentation(4)))
        default:
            if !canExtend {
                beginBlock(&pieces)
                leaf = .paragraph
            }
            append(line.text)
            beginTable(&pieces)
        }
    }

    private mutating func beginFence(_ fence: LineShape.Fence, _ pieces: inout [Piece]) {
        closeLeaf(&pieces)
        beginBlock(&pieces)
        leaf = .fence(fence)
        pieces.append(.codeStart(info: fence.info))
    }

    /// Sets a block apart from its predecessor: always on the page and in a quote, within a list where its author did.
    private mutating func beginBlock(isSibling: Bool = false, _ pieces: inout [Piece]) {
        let isInList = isSibling || containers.isInItem
        if containers.beginBlock(isSibling: isSibling), isAfterBlank || !isInList { pieces.append(.gap) }
        isAfterBlank = false
    }

    /// Makes a table of the last two lines if they are its head.
    private mutating func beginTable(_ pieces: inout [Piece]) {
        guard case .paragraph = leaf else {
            if case .table(let head, let rows, let goesOn) = leaf {
                leaf = .table(head: head, rows: rows + 1, goesOn: goesOn)
            }
            return
        }
        guard lines.count >= 2, TableSource.isHead(lines[lines.count - 2], delimiter: lines[lines.count - 1])
        else { return }
        let head = Array(lines.suffix(2))
        if lines.count > 2 {
            lines.removeLast(2)
            closeLeaf(&pieces)
            beginBlock(&pieces)
        }
        leaf = .table(head: head.joined(separator: "\n"), rows: 0, goesOn: false)
        lines = head
    }

    // MARK: - Extend

    /// Takes a line of code or of a formula; false where it isn't one.
    private mutating func extendVerbatim(with line: LineCursor, _ pieces: inout [Piece]) -> Bool {
        let shape = LineShape(line)
        switch leaf {
        case .fence(let fence):
            if shape.closes(fence) {
                leaf = .nothing
            } else {
                pieces.append(.codeLine(line.text.removingIndentation(fence.indentation)))
            }
        case .formula(let formula):
            if shape.kind == .blank { return false }
            pieces.append(.formulaLine(line.text.removingIndentation(formula.indentation)))
            if formula.ends(with: shape) { leaf = .nothing }
        case .indentedCode(let blankLines):
            switch shape.kind {
            case .blank: leaf = .indentedCode(blankLines: min(blankLines + 1, 1000))
            case .indented:
                pieces += Array(repeating: .codeLine(""), count: blankLines)
                pieces.append(.codeLine(line.text.removingIndentation(4)))
                leaf = .indentedCode(blankLines: 0)
            default:
                if blankLines > 0 { isAfterBlank = true }
                leaf = .nothing
                return false
            }
        case .nothing, .paragraph, .table: return false
        }
        return true
    }

    /// Adds a line that goes on with a paragraph without the markers of its containers (a "lazy continuation").
    private mutating func goOn(with line: LineCursor, _ shape: LineShape) -> Bool {
        guard leaf == .paragraph else { return false }
        switch shape.kind {
        case .text, .indented: append(line.text)
        // It would be a heading's underline to the parser, which sees no containers.
        case .underline: append("\\" + line.text.removingIndentation(.max))
        default: return false
        }
        return true
    }

    private mutating func append(_ line: String) {
        lines.append(line)
        length += line.utf8.count + 1
    }

    // MARK: - Close

    private mutating func close(to depth: Int, _ pieces: inout [Piece]) {
        guard depth < containers.depth else { return }
        closeLeaf(&pieces)
        while depth < containers.depth {
            containers.close()
            pieces.append(.end)
        }
    }

    mutating func closeLeaf(_ pieces: inout [Piece]) {
        switch leaf {
        case .table(_, rows: 0, goesOn: true): break
        case .paragraph, .table:
            if case .table(_, _, goesOn: true) = leaf { pieces.append(.gap) }
            pieces.append(.source(lines.joined(separator: "\n") + "\n"))
        case .nothing, .fence, .indentedCode, .formula: break
        }
        leaf = .nothing
        lines = []
        length = 0
    }

    /// Closes a leaf that is too long, and goes on with a table.
    private mutating func cutLeaf(_ pieces: inout [Piece]) {
        let cut = leaf
        closeLeaf(&pieces)
        guard case .table(let head, _, _) = cut, head.utf8.count < Self.maximumLength / 2 else { return }
        leaf = .table(head: head, rows: 0, goesOn: true)
        append(head)
    }
}
