package import Terminal

/// A value that takes an answer in any chunking and gives lines for the terminal.
///
/// Lines are final as soon as nothing that follows can change them: a paragraph when it ends, an item of a list when the next
/// one begins, code line by line. What is still open can be shown as if the text ended there. How the text was cut on its way
/// makes no difference, and each chunk costs no more than parsing the open block again, whose size is capped.
///
/// Text is wrapped to the width, but lines of code are as long as they are, so that copying them gives clean code.
/// A line break in a paragraph is kept, as models don't wrap their prose. Link reference definitions are shown as text.
package struct StreamingMarkdown: Sendable {
    /// The columns of the terminal.
    ///
    /// A change affects the open block and those that follow.
    package var width: Int

    private let rendersSource: Bool
    private var cutter = LineCutter()
    private var scanner = BlockScanner()
    private var renderer: BlockRenderer
    /// The code block whose lines arrive.
    private var code: CodeRenderer?
    private var finished: [StyledLine] = []
    private var isAtStart = true

    /// - Parameters:
    ///   - width: The columns of the terminal.
    ///   - theme: How the parts of Markdown look.
    ///   - rendersSource: Shows the source as it is, line by line.
    ///   - codeBlockCount: How many code blocks of the same answer came before.
    package init(width: Int, theme: MarkdownTheme = .standard, rendersSource: Bool = false, codeBlockCount: Int = 0) {
        self.width = width
        self.rendersSource = rendersSource
        renderer = BlockRenderer(theme: theme, codeBlockCount: codeBlockCount)
    }

    /// How many code blocks there have been, with those that came before.
    package var codeBlockCount: Int { renderer.codeBlockCount }

    /// Takes the next part of the text.
    package mutating func append(_ text: String) {
        for line in cutter.cut(text) { consume(line) }
    }

    /// Ends the text: all lines are finished.
    package mutating func finish() {
        for line in cutter.finish() { consume(line) }
        render(scanner.finish())
    }

    /// The lines that are final since the last call, with a blank line between blocks.
    package mutating func takeFinished() -> [StyledLine] {
        defer { finished = [] }
        return finished
    }

    /// The lines of what is still open, as if the text ended here.
    package func openLines() -> [StyledLine] {
        var rest = self
        rest.finished = []
        rest.finish()
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
            switch piece {
            case .source(let source):
                add(renderer.lines(of: MarkdownParser.blocks(of: source), width: width))
            case .item(let source, let number, let isTight):
                var blocks = MarkdownParser.blocks(of: source)
                if case .list(var list)? = blocks.first, list.firstNumber != nil {
                    list.firstNumber = number
                    blocks[0] = .list(list)
                }
                add(renderer.lines(of: blocks, width: width), joins: isTight)
            case .codeStart(let info):
                let code = renderer.beginCode(info: info)
                add([code.header])
                self.code = code
            case .codeLine(let line):
                if let line = code?.line(line) { finished.append(line) }
            }
        }
    }

    /// Adds a block's lines, behind a blank line but where it joins the block before.
    private mutating func add(_ lines: [StyledLine], joins: Bool = false) {
        guard !lines.isEmpty else { return }
        if !isAtStart, !joins { finished.append(StyledLine()) }
        finished += lines
        isAtStart = false
    }
}
