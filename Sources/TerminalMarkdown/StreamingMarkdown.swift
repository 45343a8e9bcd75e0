package import Terminal

/// A value that takes an answer in any chunking and gives lines for the terminal.
///
/// Lines are final as soon as nothing that follows can change them: a paragraph and a table when they end, code and displayed
/// formulas line by line, within lists and quotes, too. What is still open can be shown as it stands. How the text was cut on its
/// way makes no difference. A chunk costs the same however long the text is; showing what is open costs laying out that block
/// again, whose size is capped.
///
/// Text is wrapped to the width, but lines of code are as long as they are, so that copying them gives clean code.
/// A line break in a paragraph is kept, as models don't wrap their prose. Link reference definitions are shown as text.
package struct StreamingMarkdown: Sendable {
    /// The columns of the terminal.
    ///
    /// A change affects the open block and those that follow.
    package var width: Int

    /// However deep text is nested, so many columns are left to it.
    private static let minimumWidth = 8

    private let rendersSource: Bool
    private var cutter = LineCutter()
    private var scanner = BlockScanner()
    private var renderer: BlockRenderer
    /// The code block whose lines arrive.
    private var code: CodeRenderer?
    /// The quotes and items that are open.
    private var margin = Margin()
    /// The block that was laid out last for the time being: a table need not be until its next row is complete.
    private var openBlock = (source: "", width: 0, lines: [StyledLine]())
    private var finished: [StyledLine] = []

    /// - Parameters:
    ///   - width: The columns of the terminal.
    ///   - theme: How the parts of Markdown look.
    ///   - rendersSource: Shows the source as it is, line by line.
    package init(width: Int, theme: MarkdownTheme = .standard, rendersSource: Bool = false) {
        self.width = width
        self.rendersSource = rendersSource
        renderer = BlockRenderer(theme: theme)
    }

    /// Takes the next part of the text.
    package mutating func append(_ text: String) {
        for line in cutter.cut(text) { consume(line) }
    }

    /// Ends the text: all lines are finished.
    package mutating func finish() {
        for line in cutter.finish() { consume(line) }
        render(scanner.finish())
        endCode()
    }

    /// The lines that are final since the last call, with a blank line between blocks.
    package mutating func takeFinished() -> [StyledLine] {
        defer { finished = [] }
        return finished
    }

    /// The lines of what is still open, as if the text ended here, but calmer.
    ///
    /// They are shown again and again while the text arrives; so the line that has arrived in part is taken for what it will
    /// most likely be, until its line break comes:
    ///
    /// - what may still become a block's marker, such as `-` or a fence, isn't shown;
    /// - emphasis, code, `\\( … \\)` and the target of a link that are open at its end look as if they ended there, and marks
    ///   without anything behind them aren't shown (``OpenLine``);
    /// - a row of a table is shown as its source below those that are laid out, so that columns move at its end only.
    ///
    /// What is finished never depends on it.
    package mutating func openLines() -> [StyledLine] {
        var rest = self
        rest.finished = []
        if !rendersSource, let line = rest.cutter.finish().last {
            rest.render(rest.scanner.finish(with: line))
        } else {
            rest.finish()
        }
        openBlock = rest.openBlock
        return rest.finished
    }

    private mutating func consume(_ line: String) {
        if rendersSource {
            finished += StyledLine.lines(of: line)
        } else {
            render(scanner.consume(line))
        }
    }

    private mutating func render(_ pieces: [BlockScanner.Piece]) {
        for piece in pieces {
            if case .codeLine = piece {} else { endCode() }
            switch piece {
            case .gap: add([StyledLine()])
            case .quoteStart:
                let marks = renderer.quoteMarks
                add(marks.start.map { [$0] } ?? [])
                margin.enterQuote(bar: marks.bar, end: marks.end)
            case .itemStart(let number, let isDone):
                margin.enterItem(marker: renderer.marker(number: number, isDone: isDone))
            case .end: finished += margin.leave()
            case .source(let source):
                if openBlock.source != source || openBlock.width != contentWidth {
                    openBlock = (source, contentWidth, renderer.lines(of: source, width: contentWidth))
                }
                add(openBlock.lines)
            case .codeStart(let info):
                let code = renderer.beginCode(info: info)
                add([code.header])
                self.code = code
            case .codeLine(let line):
                if let line = code?.line(line) { add([line]) }
            case .formulaLine(let line):
                add(renderer.lines(ofSource: line, renderer.theme.math, width: contentWidth))
            case .unfinishedRow(let row): add(renderer.lines(ofSource: row, width: contentWidth))
            }
        }
    }

    private mutating func endCode() {
        add(code?.footer.map { [$0] } ?? [])
        code = nil
    }

    private var contentWidth: Int { max(width - margin.width, Self.minimumWidth) }

    private mutating func add(_ lines: [StyledLine]) {
        for line in lines { finished.append(margin.line(line)) }
    }
}
