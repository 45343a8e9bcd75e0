/// A block of Markdown in which nothing means anything until it ends: a fenced code block, or one of HTML.
enum VerbatimBlock {
    case fence(Fence)
    /// HTML up to a line that holds one of these, in small letters; the first closes it.
    case html(ends: [String])
    /// HTML up to a blank line.
    case paragraphOfHTML

    struct Fence {
        var mark: UInt8
        var length: Int
        /// How far in the opening line begins, in columns.
        var indent: Int
        /// The first word behind the fence.
        var info: String
    }

    private static let verbatimTags = ["script", "pre", "style", "textarea"]
    /// CommonMark 0.31.2, 4.6, condition 6.
    private static let blockTags = Set(
        """
        address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure \
        footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param \
        search section summary table tbody td tfoot th thead title tr track ul
        """.split(separator: " ").map(String.init))

    /// The block that a line begins, if it does.
    /// - Parameters:
    ///   - content: The line, without the blanks before it.
    ///   - indent: How many those are.
    ///   - isInterrupting: Whether a paragraph stands before it.
    init?(_ content: ArraySlice<UInt8>, indent: Int, isInterrupting: Bool) {
        switch content.first {
        case UInt8(ascii: "`")?, UInt8(ascii: "~")?:
            guard let fence = Self.fence(content, indent: indent) else { return nil }
            self = .fence(fence)
        case UInt8(ascii: "<")?:
            guard let html = Self.html(content.dropFirst(), isInterrupting: isInterrupting) else { return nil }
            self = html
        default: return nil
        }
    }

    private static func fence(_ content: ArraySlice<UInt8>, indent: Int) -> Fence? {
        let mark = content[content.startIndex]
        let length = content.prefix { $0 == mark }.count
        let info = content.dropFirst(length)
        guard length >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
        let word = String(decoding: info, as: UTF8.self).split(separator: " ").first
        return Fence(mark: mark, length: length, indent: indent, info: word.map(String.init) ?? "")
    }

    private static func html(_ content: ArraySlice<UInt8>, isInterrupting: Bool) -> VerbatimBlock? {
        if content.starts(with: "!--".utf8) { return .html(ends: ["-->"]) }
        if content.starts(with: "?".utf8) { return .html(ends: ["?>"]) }
        if content.starts(with: "![CDATA[".utf8) { return .html(ends: ["]]>"]) }
        func isLetter(_ byte: UInt8?) -> Bool { byte.map { (0x61...0x7A).contains($0 | 0x20) } ?? false }
        if content.first == UInt8(ascii: "!") { return isLetter(content.dropFirst().first) ? .html(ends: [">"]) : nil }
        let isEnd = content.first == UInt8(ascii: "/")
        let name = content.dropFirst(isEnd ? 1 : 0).prefix { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        guard isLetter(name.first) else { return nil }
        let tag = String(decoding: name, as: UTF8.self).lowercased()
        let rest = content[name.endIndex...]
        let next = rest.first
        let isClosed = next == nil || next == 0x20 || next == 0x09 || next == UInt8(ascii: ">")
        if !isEnd, verbatimTags.contains(tag), isClosed {
            return .html(ends: ["</\(tag)>"] + verbatimTags.map { "</\($0)>" })
        }
        if blockTags.contains(tag), isClosed || rest.starts(with: "/>".utf8) { return .paragraphOfHTML }
        // Any other tag that stands alone on its line.
        guard !isInterrupting, let end = rest.firstIndex(of: UInt8(ascii: ">")),
            rest[rest.index(after: end)...].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
        else { return nil }
        return .paragraphOfHTML
    }

    // MARK: The end

    /// Whether a line is the last of the block.
    func ends(with line: [UInt8], from column: Int) -> Bool {
        switch self {
        case .fence(let fence):
            let indent = Self.indent(of: line)
            let content = line.dropFirst(indent.count)
            let length = content.prefix { $0 == fence.mark }.count
            return indent.columns - column <= 3 && length >= fence.length
                && content.dropFirst(length).allSatisfy { $0 == 0x20 || $0 == 0x09 }
        case .html: return endsAtOnce(line[...])
        case .paragraphOfHTML: return Self.indent(of: line).count == line.count
        }
    }

    /// Whether the block ends in the line that begins it.
    func endsAtOnce(_ line: ArraySlice<UInt8>) -> Bool {
        guard case .html(let ends) = self else { return false }
        let small = line.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return ends.contains { small.firstRange(of: Array($0.utf8)) != nil }
    }

    /// The line that ends it, where a blank one doesn't.
    var closing: String? {
        switch self {
        case .fence(let fence):
            String(repeating: " ", count: fence.indent)
                + String(repeating: Character(Unicode.Scalar(fence.mark)), count: fence.length)
        case .html(let ends): ends[0]
        case .paragraphOfHTML: nil
        }
    }

    /// How many bytes of blanks a line begins with, and the column behind them.
    static func indent(of line: some Collection<UInt8>, from column: Int = 0) -> (count: Int, columns: Int) {
        var (count, columns) = (0, column)
        for byte in line {
            if byte == 0x20 { columns += 1 } else if byte == 0x09 { columns += 4 - columns % 4 } else { break }
            count += 1
        }
        return (count, columns)
    }
}
