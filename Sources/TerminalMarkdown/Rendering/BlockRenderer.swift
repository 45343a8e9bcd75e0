import Terminal

/// Renders blocks to lines, without blank lines around them.
struct BlockRenderer: Sendable {
    private static let maximumRuleWidth = 40

    let theme: MarkdownTheme
    /// How many code blocks there were: they are numbered through the whole answer.
    private(set) var codeBlockCount = 0

    init(theme: MarkdownTheme) { self.theme = theme }

    /// The next code block, numbered.
    mutating func beginCode(info: String) -> CodeRenderer {
        codeBlockCount += 1
        return CodeRenderer(number: codeBlockCount, info: info, theme: theme)
    }

    /// The lines of a block's source.
    func lines(of source: String, width: Int) -> [StyledLine] {
        let blocks = MarkdownParser.blocks(of: source).map { lines(of: $0, width: width) }
        return Array(blocks.joined(separator: [StyledLine()]))
    }

    private func lines(of block: MarkdownBlock, width: Int) -> [StyledLine] {
        let inline = InlineRenderer(theme: theme)
        switch block {
        case .paragraph(let content):
            return inline.lines(of: content, width: width)
        case .heading(let level, let content):
            let mark = StyledLine(
                theme.isSpoken ? "Heading \(level): " : String(repeating: "#", count: level) + " ", theme.quiet)
            return inline.lines(of: content, width: width - mark.width, base: theme.heading(level))
                .enumerated().map { index, line in index == 0 ? StyledLine(mark.runs + line.runs) : line }
        case .rule:
            if theme.isSpoken { return [StyledLine("Section break.", theme.quiet)] }
            let count = min(max(width, 3), Self.maximumRuleWidth)
            return [StyledLine(String(repeating: theme.horizontalLine, count: count), theme.quiet)]
        case .table(let table):
            return TableRenderer(table, theme: theme).lines(width: width)
        }
    }

    /// The lines of a line that is shown as it was written.
    func lines(ofSource line: String, _ style: Style = .plain, width: Int) -> [StyledLine] {
        StyledLine.lines(of: line, style).flatMap { $0.wrapped(to: width) }
    }

    /// What stands before a quote, beside it and behind it.
    var quoteMarks: (start: StyledLine?, bar: StyledLine, end: StyledLine?) {
        if !theme.isSpoken { return (nil, StyledLine(theme.quoteBar + " ", theme.quiet), nil) }
        return (StyledLine("Quote:", theme.quiet), StyledLine(), StyledLine("End of quote.", theme.quiet))
    }

    /// What stands before an item of a list.
    func marker(number: Int?, isDone: Bool?) -> StyledLine {
        let box = isDone.map { $0 ? theme.doneTask : theme.openTask }
        let marker = number.map { "\($0)." + (box.map { " " + $0 } ?? "") } ?? box ?? theme.bullet
        return StyledLine(marker + " ", theme.listMarker)
    }
}
