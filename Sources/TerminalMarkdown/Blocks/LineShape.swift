/// What a line of Markdown could be, seen for itself (CommonMark 0.31 §4 and §5).
struct LineShape {
    enum Kind: Equatable {
        case blank
        /// Indented by four columns or more.
        case indented
        case fence(Fence)
        case heading
        /// `---` may also underline a heading.
        case rule(isDashes: Bool)
        /// `===`
        case underline
        case quote
        case marker(ListMarker)
        case formula(FormulaBlock)
        case text
    }

    /// The first line of a fenced code block.
    struct Fence: Equatable {
        var character: UInt8
        var length: Int
        var indentation: Int
        var info: String
    }

    struct ListMarker: Equatable {
        /// The bullet, or the delimiter behind the number: items of one list share it.
        var character: UInt8
        var number: Int?
        /// How many bytes it has.
        var length: Int
        /// The columns from where the line is seen to the item's content.
        var contentColumn: Int
        var isEmpty: Bool
    }

    let kind: Kind
    /// The columns of white space at the start.
    let indentation: Int
    /// The line from its first character that isn't white space.
    let content: Substring.UTF8View

    init(_ line: LineCursor) {
        indentation = line.indentation
        content = line.content
        kind = Self.kind(of: content, line, indentation)
    }

    private static func kind(of content: Substring.UTF8View, _ line: LineCursor, _ indentation: Int) -> Kind {
        guard let first = content.first else { return .blank }
        if indentation >= 4 { return .indented }
        switch first {
        case UInt8(ascii: ">"): return .quote
        case UInt8(ascii: "#"): return isHeading(content) ? .heading : .text
        case UInt8(ascii: "`"), UInt8(ascii: "~"):
            return fence(content, indentation).map(Kind.fence) ?? .text
        case UInt8(ascii: "$"), UInt8(ascii: "\\"):
            return FormulaBlock(content, indentation).map(Kind.formula) ?? .text
        case UInt8(ascii: "="):
            return isRun(of: first, content, minimum: 1, allowsGaps: false) ? .underline : .text
        case UInt8(ascii: "-") where isRun(of: first, content, minimum: 1, allowsGaps: false):
            // One or two dashes underline a heading too, or are an empty list item.
            if content.count(while: first) >= 3 { return .rule(isDashes: true) }
            return listMarker(content, line).map(Kind.marker) ?? .underline
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
            if isRun(of: first, content, minimum: 3, allowsGaps: true) { return .rule(isDashes: false) }
            return listMarker(content, line).map(Kind.marker) ?? .text
        default:
            return listMarker(content, line).map(Kind.marker) ?? .text
        }
    }

    private static func isHeading(_ content: Substring.UTF8View) -> Bool {
        let level = content.count(while: UInt8(ascii: "#"))
        guard level <= 6 else { return false }
        let next = content.dropFirst(level).first
        return next == nil || next == .space || next == .tab
    }

    /// Whether a line consists of one character, with white space at the end or anywhere.
    private static func isRun(
        of character: UInt8, _ content: Substring.UTF8View, minimum: Int, allowsGaps: Bool
    ) -> Bool {
        var count = 0
        var isBroken = false
        for byte in content {
            if byte == .space || byte == .tab {
                isBroken = true
            } else if byte == character, allowsGaps || !isBroken {
                count += 1
            } else {
                return false
            }
        }
        return count >= minimum
    }

    /// The fence that a line's content is, however far it is indented.
    static func fence(_ content: Substring.UTF8View, _ indentation: Int) -> Fence? {
        guard let character = content.first, character == UInt8(ascii: "`") || character == UInt8(ascii: "~")
        else { return nil }
        let length = content.count(while: character)
        let info = content.dropFirst(length)
        guard length >= 3, character == UInt8(ascii: "~") || !info.contains(character) else { return nil }
        return Fence(
            character: character, length: length, indentation: indentation,
            info: String(Substring(info.trimmingBlanks())))
    }

    /// Whether this line ends a fenced code block.
    func closes(_ fence: Fence) -> Bool {
        guard indentation < 4 || fence.indentation >= 4, content.first == fence.character else { return false }
        let length = content.count(while: fence.character)
        return length >= fence.length && content.dropFirst(length).allSatisfy { $0 == .space || $0 == .tab }
    }

    /// Whether this line makes a heading of the paragraph above it.
    var underlinesHeading: Bool {
        switch kind {
        case .underline, .rule(isDashes: true): true
        case .marker(let marker): marker.isEmpty && marker.character == UInt8(ascii: "-")
        default: false
        }
    }

    private static func listMarker(_ content: Substring.UTF8View, _ line: LineCursor) -> ListMarker? {
        let digits = content.prefix { $0.isASCIIDigit }
        guard digits.count <= 9, let character = content.dropFirst(digits.count).first else { return nil }
        switch character {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): guard digits.isEmpty else { return nil }
        case UInt8(ascii: "."), UInt8(ascii: ")"): guard !digits.isEmpty else { return nil }
        default: return nil
        }
        var behind = line
        behind.skip(digits.count + 1)
        let markerEnd = line.indentation + digits.count + 1
        let isEmpty = behind.content.isEmpty
        let blanks = behind.indentation
        guard blanks > 0 || isEmpty else { return nil }
        return ListMarker(
            character: character, number: Int(Substring(digits)), length: digits.count + 1,
            contentColumn: markerEnd + (isEmpty || blanks > 4 ? 1 : blanks), isEmpty: isEmpty)
    }
}

extension LineShape.ListMarker {
    /// CommonMark §5.3: an empty item, or a number other than 1, doesn't interrupt a paragraph.
    var canInterruptParagraph: Bool { !isEmpty && (number ?? 1) == 1 }
}
