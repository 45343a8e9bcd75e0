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
        /// The column at which the item's content starts.
        var contentColumn: Int
        var isEmpty: Bool
    }

    let kind: Kind
    /// The columns of white space at the start.
    let indentation: Int
    /// The line from its first character that isn't white space.
    let content: Substring.UTF8View

    init(_ line: String) {
        var indentation = 0
        var content = line.utf8[...]
        while let byte = content.first, byte == .space || byte == .tab {
            indentation += byte == .tab ? 4 - indentation % 4 : 1
            content.removeFirst()
        }
        self.indentation = indentation
        self.content = content
        kind = Self.kind(of: content, indentation)
    }

    private static func kind(of content: Substring.UTF8View, _ indentation: Int) -> Kind {
        guard let first = content.first else { return .blank }
        if indentation >= 4 { return .indented }
        switch first {
        case UInt8(ascii: ">"): return .quote
        case UInt8(ascii: "#"): return isHeading(content) ? .heading : .text
        case UInt8(ascii: "`"), UInt8(ascii: "~"):
            return fence(content, indentation).map(Kind.fence) ?? .text
        case UInt8(ascii: "="):
            return isRun(of: first, content, minimum: 1, allowsGaps: false) ? .underline : .text
        case UInt8(ascii: "-") where isRun(of: first, content, minimum: 1, allowsGaps: false):
            // One or two dashes underline a heading too, or are an empty list item.
            if content.count(while: first) >= 3 { return .rule(isDashes: true) }
            return listMarker(content, indentation).map(Kind.marker) ?? .underline
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
            if isRun(of: first, content, minimum: 3, allowsGaps: true) { return .rule(isDashes: false) }
            return listMarker(content, indentation).map(Kind.marker) ?? .text
        default:
            return listMarker(content, indentation).map(Kind.marker) ?? .text
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

    private static func fence(_ content: Substring.UTF8View, _ indentation: Int) -> Fence? {
        guard let character = content.first else { return nil }
        let length = content.count(while: character)
        let info = content.dropFirst(length)
        guard length >= 3, character == UInt8(ascii: "~") || !info.contains(character) else { return nil }
        return Fence(
            character: character, length: length, indentation: indentation,
            info: String(Substring(info.trimmingBlanks())))
    }

    /// Whether this line ends a fenced code block.
    func closes(_ fence: Fence) -> Bool {
        guard indentation < 4, content.first == fence.character else { return false }
        let length = content.count(while: fence.character)
        return length >= fence.length && content.dropFirst(length).allSatisfy { $0 == .space || $0 == .tab }
    }

    private static func listMarker(_ content: Substring.UTF8View, _ indentation: Int) -> ListMarker? {
        let digits = content.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        var rest = content.dropFirst(digits.count)
        guard let character = rest.popFirst(), digits.count <= 9 else { return nil }
        switch character {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): guard digits.isEmpty else { return nil }
        case UInt8(ascii: "."), UInt8(ascii: ")"): guard !digits.isEmpty else { return nil }
        default: return nil
        }
        let markerEnd = indentation + digits.count + 1
        var column = markerEnd
        while let byte = rest.first, byte == .space || byte == .tab {
            column += byte == .tab ? 4 - column % 4 : 1
            rest.removeFirst()
        }
        guard column > markerEnd || rest.isEmpty else { return nil }
        let isCodeOrEmpty = rest.isEmpty || column - markerEnd > 4
        return ListMarker(
            character: character, number: Int(Substring(digits)),
            contentColumn: isCodeOrEmpty ? markerEnd + 1 : column, isEmpty: rest.isEmpty)
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
}

extension Substring.UTF8View {
    /// How often a byte stands at the start.
    fileprivate func count(while byte: UInt8) -> Int { prefix { $0 == byte }.count }

    func trimmingBlanks() -> Substring.UTF8View {
        var trimmed = drop { $0 == .space || $0 == .tab }
        while let last = trimmed.last, last == .space || last == .tab { trimmed.removeLast() }
        return trimmed
    }
}
