/// A block of Markdown, as the renderer needs it.
enum MarkdownBlock: Equatable {
    case paragraph([MarkdownInline])
    case heading(level: Int, [MarkdownInline])
    case rule
    case table(MarkdownTable)
}

struct MarkdownTable: Equatable {
    enum Alignment { case left, center, right }

    struct Cell: Equatable {
        var alignment = Alignment.left
        var content: [MarkdownInline] = []
    }

    var header: [Cell] = []
    var rows: [[Cell]] = []
}

/// A run of text within a block, with all that applies to it.
enum MarkdownInline: Equatable {
    struct Marks: OptionSet, Hashable {
        let rawValue: Int
        static let emphasis = Marks(rawValue: 1)
        static let strong = Marks(rawValue: 2)
        static let struckThrough = Marks(rawValue: 4)
        static let code = Marks(rawValue: 8)
        static let link = Marks(rawValue: 16)
        static let formula = Marks(rawValue: 32)
    }

    case text(String, Marks)
    /// The text of an image follows.
    case image
    /// Before the text of a link or an image: where it leads. The end is behind what is shown of that.
    case linkStart(String)
    case linkEnd
    /// Where a link or an image leads, behind its text.
    case target(String)
    case lineBreak
}
