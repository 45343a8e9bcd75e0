/// Builds blocks from a parser's events.
///
/// Text in a block of another kind than the scanner leaves to the parser becomes a paragraph, so that none is lost.
struct MarkdownTreeBuilder {
    private let formulas: Formulas
    private var blocks: [MarkdownBlock] = []
    private var inlines: [MarkdownInline] = []
    /// Text in the marks at hand that isn't in `inlines` yet.
    private var text = ""
    private var table = MarkdownTable()
    private var cellAlignment = MarkdownTable.Alignment.left

    /// How many spans of each kind are open.
    private var openMarks: [Int: Int] = [:]
    private var marks: MarkdownInline.Marks = []
    /// Where the text of each open link began in `inlines`.
    private var linkStarts: [Int] = []

    init(formulas: Formulas) { self.formulas = formulas }

    /// The blocks of the source.
    mutating func finish() -> [MarkdownBlock] {
        flushText()
        return blocks
    }

    // MARK: - Blocks

    mutating func addRule() { blocks.append(.rule) }

    mutating func leaveParagraph() { blocks.append(.paragraph(takeInlines())) }

    mutating func leaveHeading(level: Int) { blocks.append(.heading(level: level, takeInlines())) }

    mutating func enterTable() {
        flushText()
        table = MarkdownTable()
    }

    mutating func leaveTable() { blocks.append(.table(table)) }

    mutating func enterRow() { if !table.header.isEmpty { table.rows.append([]) } }

    mutating func enterCell(_ alignment: MarkdownTable.Alignment) { cellAlignment = alignment }

    mutating func leaveCell(isHeader: Bool) {
        let content = takeInlines().map { inline in
            // GitHub's dialect: an escaped bar is a bar in code too, within tables only. md4c leaves that to us.
            guard case .text(let text, let marks) = inline, marks.contains(.code), text[...].utf8.contains("\\|") else {
                return inline
            }
            return .text(text.split(separator: "\\|", omittingEmptySubsequences: false).joined(separator: "|"), marks)
        }
        let cell = MarkdownTable.Cell(alignment: cellAlignment, content: content)
        if isHeader {
            table.header.append(cell)
        } else if !table.rows.isEmpty {
            table.rows[table.rows.count - 1].append(cell)
        }
    }

    /// Makes a paragraph of text that has no block around it.
    mutating func flushText() {
        if !inlines.isEmpty || !text.isEmpty { leaveParagraph() }
    }

    // MARK: - Text

    mutating func enterSpan(_ mark: MarkdownInline.Marks) {
        endText()
        openMarks[mark.rawValue, default: 0] += 1
        marks.insert(mark)
        if mark == .link { linkStarts.append(inlines.count) }
    }

    mutating func leaveSpan(_ mark: MarkdownInline.Marks) {
        endText()
        let count = openMarks[mark.rawValue, default: 1] - 1
        openMarks[mark.rawValue] = count
        if count == 0 { marks.remove(mark) }
    }

    /// Ends a link or an image.
    mutating func leaveLink(target: String, title: String, isImage: Bool) {
        leaveSpan(.link)
        guard let start = linkStarts.popLast() else { return }
        let (target, title) = (restored(target), restored(title))
        if inlines.count == start {
            inlines.append(.text(target, marks.union(.link)))
        } else if !target.isEmpty, isImage || !linkStarts.isEmpty || !isItsOwnText(target, from: start) {
            inlines.append(.target(target))
        }
        inlines.insert(.linkStart(target), at: start)
        inlines.append(.linkEnd)
        if !title.isEmpty { inlines.append(.target(title)) }
        if isImage { inlines.insert(.image, at: start) }
    }

    /// Whether a link shows where it leads, as bare ones do.
    private func isItsOwnText(_ target: String, from start: Int) -> Bool {
        let text = inlines[start...].reduce(into: "") { text, inline in
            if case .text(let part, _) = inline { text += part }
        }
        return [text, "mailto:" + text, "http://" + text].contains(target)
    }

    mutating func add(_ text: String) {
        guard hasMarks(text) else {
            self.text += text
            return
        }
        for scalar in text.unicodeScalars {
            if let source = formulas.source(of: scalar) {
                addFormula(source)
            } else if scalar != SourceKeeper.guardMark {
                self.text.unicodeScalars.append(scalar)
            }
        }
    }

    mutating func addLineBreak() {
        endText()
        inlines.append(.lineBreak)
    }

    private mutating func addFormula(_ source: Substring) {
        endText()
        for (index, line) in source.split(separator: "\n").enumerated() {
            if index > 0 { inlines.append(.lineBreak) }
            inlines.append(.text(String(Substring(line.utf8.trimmingBlanks())), marks.union(.formula)))
        }
    }

    /// A text with its formulas in place of their marks.
    private func restored(_ text: String) -> String {
        guard hasMarks(text) else { return text }
        return text.unicodeScalars.reduce(into: "") { restored, scalar in
            if let source = formulas.source(of: scalar) {
                restored += source
            } else if scalar != SourceKeeper.guardMark {
                restored.unicodeScalars.append(scalar)
            }
        }
    }

    /// Whether there may be marks of the source keeper in a text.
    private func hasMarks(_ text: String) -> Bool { formulas.isPossible && text.utf8.contains { $0 >= 0xF0 } }

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
