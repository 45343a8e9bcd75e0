/// Builds blocks from a parser's events.
struct MarkdownTreeBuilder {
    enum Container {
        case quote
        case list(MarkdownList)
        case item(isDone: Bool?)

        var isItem: Bool { if case .item = self { true } else { false } }
    }

    /// Quotes and lists within each other beyond this depth are shown at this depth.
    private static let maximumDepth = 16

    private struct Level {
        var container: Container?
        var blocks: [MarkdownBlock] = []
        /// How many containers beyond the depth's limit are open within this one.
        var hiddenContainers = 0
    }

    private var levels = [Level(container: nil)]
    private var inlines: [MarkdownInline] = []
    /// Text in the marks at hand that isn't in `inlines` yet.
    private var text = ""
    private var code: (info: String, text: String)?
    private var table = MarkdownTable()
    private var cellAlignment = MarkdownTable.Alignment.left

    /// How many spans of each kind are open.
    private var openMarks: [Int: Int] = [:]
    private var marks: MarkdownInline.Marks = []
    /// Where the text of each open link began in `inlines`.
    private var linkStarts: [Int] = []

    /// The blocks of the document.
    mutating func finish() -> [MarkdownBlock] {
        while levels.count > 1 { leaveContainer() }
        return levels[0].blocks
    }

    // MARK: - Blocks

    private var last: Int { levels.count - 1 }

    mutating func add(_ block: MarkdownBlock) { levels[last].blocks.append(block) }

    mutating func enterContainer(_ container: Container) {
        flushItemText()
        if levels[last].hiddenContainers > 0 || (levels.count > Self.maximumDepth && !container.isItem) {
            levels[last].hiddenContainers += 1
        } else {
            levels.append(Level(container: container))
        }
    }

    mutating func leaveContainer() {
        flushItemText()
        if levels[last].hiddenContainers > 0 {
            levels[last].hiddenContainers -= 1
            return
        }
        guard levels.count > 1 else { return }
        let level = levels.removeLast()
        switch level.container {
        case .quote: add(.quote(level.blocks))
        case .list(let list): add(.list(list))
        case .item(let isDone):
            guard case .list(var list) = levels[last].container else { return }
            list.items.append(MarkdownList.Item(isDone: isDone, blocks: level.blocks))
            levels[last].container = .list(list)
        case nil: break
        }
    }

    mutating func leaveParagraph() { add(.paragraph(takeInlines())) }

    mutating func leaveHeading(level: Int) { add(.heading(level: level, takeInlines())) }

    mutating func enterCode(info: String) {
        flushItemText()
        code = (info, "")
    }

    mutating func leaveCode() {
        guard let (info, text) = code else { return }
        code = nil
        add(.code(info: info, text: text))
    }

    mutating func enterTable() {
        flushItemText()
        table = MarkdownTable()
    }

    mutating func leaveTable() { add(.table(table)) }

    mutating func enterRow() { if !table.header.isEmpty { table.rows.append([]) } }

    mutating func enterCell(_ alignment: MarkdownTable.Alignment) { cellAlignment = alignment }

    mutating func leaveCell(isHeader: Bool) {
        let content = takeInlines().map { inline in
            // GitHub's dialect: an escaped bar is a bar in code too, within tables only. md4c leaves that to us.
            guard case .text(let text, let marks) = inline, marks.contains(.code) else { return inline }
            return .text(text.split(separator: "\\|", omittingEmptySubsequences: false).joined(separator: "|"), marks)
        }
        let cell = MarkdownTable.Cell(alignment: cellAlignment, content: content)
        if isHeader {
            table.header.append(cell)
        } else if !table.rows.isEmpty {
            table.rows[table.rows.count - 1].append(cell)
        }
    }

    /// The text of a tight list's item comes without a paragraph around it.
    private mutating func flushItemText() {
        if !inlines.isEmpty || !text.isEmpty { add(.paragraph(takeInlines())) }
    }

    // MARK: - Text

    mutating func enterSpan(_ mark: MarkdownInline.Marks) {
        endText()
        openMarks[mark.rawValue, default: 0] += 1
        marks.insert(mark)
        if mark == .link { linkStarts.append(inlines.count) }
    }

    mutating func leaveSpan(_ mark: MarkdownInline.Marks, target: String?, title: String) {
        endText()
        let count = openMarks[mark.rawValue, default: 1] - 1
        openMarks[mark.rawValue] = count
        if count == 0 { marks.remove(mark) }
        guard let target, let start = linkStarts.popLast() else { return }
        if inlines.count == start {
            inlines.append(.text(target, marks.union(.link)))
        } else if !linkStarts.isEmpty || !isItsOwnText(target, from: start) {
            inlines.append(.target(target))
        }
        inlines.insert(.linkStart(target), at: start)
        inlines.append(.linkEnd)
        if !title.isEmpty { inlines.append(.target(title)) }
    }

    /// Whether a link shows where it leads, as bare ones do.
    private func isItsOwnText(_ target: String, from start: Int) -> Bool {
        let text = inlines[start...].reduce(into: "") { text, inline in
            if case .text(let part, _) = inline { text += part }
        }
        return [text, "mailto:" + text, "http://" + text].contains(target)
    }

    mutating func add(_ text: String) {
        if code != nil {
            code?.text += text
        } else {
            self.text += text
        }
    }

    mutating func addLineBreak() {
        endText()
        inlines.append(.lineBreak)
    }

    private mutating func endText() {
        guard !text.isEmpty else { return }
        inlines.append(.text(text, marks))
        text = ""
    }

    private mutating func takeInlines() -> [MarkdownInline] {
        endText()
        defer {
            inlines = []
            linkStarts = []
        }
        return inlines
    }
}
