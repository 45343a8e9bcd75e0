import Terminal

/// Renders blocks to lines, without blank lines around them.
struct BlockRenderer: Sendable {
    /// However deep text is nested, so many columns are left to it.
    private static let minimumWidth = 8
    private static let maximumRuleWidth = 40

    let theme: MarkdownTheme
    /// How many code blocks there were: they are numbered through the whole answer.
    private(set) var codeBlockCount = 0

    init(theme: MarkdownTheme, codeBlockCount: Int = 0) {
        self.theme = theme
        self.codeBlockCount = codeBlockCount
    }

    /// The next code block, numbered.
    mutating func beginCode(info: String) -> CodeRenderer {
        codeBlockCount += 1
        return CodeRenderer(number: codeBlockCount, info: info, theme: theme)
    }

    /// The lines of blocks that follow each other.
    mutating func lines(of blocks: [MarkdownBlock], width: Int, isTight: Bool = false) -> [StyledLine] {
        var lines: [StyledLine] = []
        for block in blocks {
            let rendered = self.lines(of: block, width: width)
            if !lines.isEmpty, !rendered.isEmpty, !isTight { lines.append(StyledLine()) }
            lines += rendered
        }
        return lines
    }

    private mutating func lines(of block: MarkdownBlock, width: Int) -> [StyledLine] {
        let inline = InlineRenderer(theme: theme)
        switch block {
        case .paragraph(let content):
            return inline.lines(of: content, width: width)
        case .heading(let level, let content):
            let mark = StyledLine(String(repeating: "#", count: level) + " ", theme.quiet)
            return inline.lines(of: content, width: width - mark.width, base: theme.heading)
                .enumerated().map { $0.element.prefixed(by: $0.offset == 0 ? mark : StyledLine()) }
        case .rule:
            let count = min(max(width, 3), Self.maximumRuleWidth)
            return [StyledLine(String(repeating: theme.horizontalLine, count: count), theme.quiet)]
        case .code(let info, let text):
            var code = beginCode(info: info)
            var source = text.split(separator: "\n", omittingEmptySubsequences: false)
            if source.last == "" { source.removeLast() }
            return [code.header] + source.map { code.line(String($0)) }
        case .quote(let blocks):
            let bar = StyledLine(theme.quoteBar + " ", theme.quiet)
            return lines(of: blocks, width: inner(width, bar)).map { $0.prefixed(by: bar) }
        case .list(let list):
            return lines(of: list, width: width)
        case .table(let table):
            return TableRenderer(table, theme: theme).lines(width: width)
        }
    }

    private mutating func lines(of list: MarkdownList, width: Int) -> [StyledLine] {
        var lines: [StyledLine] = []
        for (index, item) in list.items.enumerated() {
            if !lines.isEmpty, !list.isTight { lines.append(StyledLine()) }
            let marker = StyledLine(
                self.marker(of: item, number: list.firstNumber.map { $0 + index }) + " ", theme.quiet)
            let hanging = StyledLine(String(repeating: " ", count: marker.width))
            let content = self.lines(of: item.blocks, width: inner(width, marker), isTight: list.isTight)
            for (index, line) in (content.isEmpty ? [StyledLine()] : content).enumerated() {
                lines.append(line.prefixed(by: index == 0 ? marker : hanging))
            }
        }
        return lines
    }

    private func marker(of item: MarkdownList.Item, number: Int?) -> String {
        let box = item.isDone.map { $0 ? theme.doneTask : theme.openTask }
        guard let number else { return box ?? theme.bullet }
        return box.map { "\(number). \($0)" } ?? "\(number)."
    }

    private func inner(_ width: Int, _ prefix: StyledLine) -> Int { max(width - prefix.width, Self.minimumWidth) }
}

extension StyledLine {
    /// The line behind a prefix, whose blanks don't trail.
    fileprivate func prefixed(by prefix: StyledLine) -> StyledLine {
        guard runs.isEmpty else { return StyledLine(prefix.runs + runs) }
        return StyledLine(
            prefix.runs.compactMap { run in
                let text = run.text.trimmingTrailingBlanks()
                return text.isEmpty ? nil : StyledText(text, run.style)
            })
    }
}
