/// The quotes and the items of lists that are open, from the outermost to the innermost (CommonMark 0.31 §5).
struct OpenContainers: Sendable {
    enum Container: Sendable {
        case quote
        case item(Item)
    }

    struct Item: Sendable {
        /// The columns by which a line of the item is indented at least.
        let offset: Int
        /// The columns of white space behind the marker.
        let blanks: Int
        let isOrdered: Bool

        init(_ marker: LineShape.ListMarker, at line: LineCursor, below containers: OpenContainers) {
            offset = max(marker.contentColumn - containers.missingColumns, 1)
            blanks = marker.contentColumn - line.indentation - marker.length
            isOrdered = marker.number != nil
        }
    }

    private struct List: Sendable {
        var character: UInt8
        var isOrdered: Bool
        var nextNumber: Int?
    }

    /// The page, or a container in another.
    private struct Level: Sendable {
        var container: Container?
        var hasBlocks = false
        /// The list that its last block is.
        var list: List?
    }

    /// Containers in others beyond this depth are shown as text.
    private static let maximumDepth = 16

    private var levels = [Level()]
    /// How many columns the last line lacked to stand within an item, where it was let in all the same.
    private var missingColumns = 0

    private var last: Int { levels.count - 1 }

    /// How many are open.
    var depth: Int { last }
    var isFull: Bool { depth == Self.maximumDepth }
    var isInItem: Bool { if case .item = levels[last].container { true } else { false } }

    /// Takes the markers of the containers that go on with a line off it.
    ///
    /// - Returns: How many go on.
    mutating func match(_ line: inout LineCursor) -> Int {
        missingColumns = 0
        for index in levels.indices.dropFirst() {
            switch levels[index].container {
            case .quote:
                guard line.indentation < 4, line.content.first == UInt8(ascii: ">") else { return index - 1 }
                line.skip(1)
                line.skipBlanks(1)
            case .item(let item):
                if line.content.isEmpty {
                    guard levels[index].hasBlocks else { return index - 1 }
                } else if line.indentation < item.offset {
                    guard item.isOrdered, startsNestedBullet(line) else { return index - 1 }
                    missingColumns = item.offset - line.indentation
                }
                line.skipBlanks(item.offset)
            case nil: break
            }
        }
        return depth
    }

    /// Whether a line is an item in a numbered one that is indented by two columns, as bullets are in each other.
    ///
    /// By the letter it would begin another list, and the numbered one would end; models mean it as we take it.
    private func startsNestedBullet(_ line: LineCursor) -> Bool {
        guard line.indentation >= 2, case .marker(let marker) = LineShape(line).kind else { return false }
        return marker.number == nil && !marker.isEmpty
    }

    /// Whether a line belongs to code that is open although it stands outside of its containers.
    ///
    /// Models indent the code in their lists, and the fences around it, wrongly. By the letter it would end there, and its last
    /// fence begin new code, with all that follows in it.
    func keepsCode(_ leaf: OpenLeaf, below depth: Int, at line: LineCursor) -> Bool {
        let shape = LineShape(line)
        switch leaf {
        case .fence(let fence) where shape.closes(fence): return true
        case .fence, .formula: break
        case .nothing, .paragraph, .table, .indentedCode: return false
        }
        for level in levels[(depth + 1)...] {
            guard case .item = level.container else { return false }
        }
        if case .marker(let marker) = shape.kind { return !isSibling(marker, at: depth) }
        return true
    }

    // MARK: - Begin and close

    /// Notes that a block begins in the innermost container.
    ///
    /// - Returns: Whether there is one before it.
    mutating func beginBlock(isSibling: Bool) -> Bool {
        defer { levels[last].hasBlocks = true }
        if !isSibling { levels[last].list = nil }
        return levels[last].hasBlocks
    }

    /// Whether an item with this marker goes on with the list that is the last block.
    func isSibling(_ marker: LineShape.ListMarker) -> Bool { isSibling(marker, at: last) }

    private func isSibling(_ marker: LineShape.ListMarker, at level: Int) -> Bool {
        guard let list = levels[level].list else { return false }
        return list.character == marker.character && list.isOrdered == (marker.number != nil)
    }

    /// Notes that an item begins; its number counts from the first of its list.
    mutating func beginItem(of marker: LineShape.ListMarker) -> Int? {
        let number = levels[last].list?.nextNumber ?? marker.number
        levels[last].list = List(
            character: marker.character, isOrdered: marker.number != nil, nextNumber: number.map { $0 + 1 })
        return number
    }

    mutating func open(_ container: Container) { levels.append(Level(container: container)) }

    /// Closes the innermost container.
    mutating func close() { if depth > 0 { levels.removeLast() } }
}
