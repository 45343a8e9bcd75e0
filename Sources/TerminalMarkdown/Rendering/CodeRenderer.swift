import Terminal

/// Renders a code block line by line: a quiet header, then the code and nothing else, so that copying it gives clean code.
///
/// Lines of code are as long as they are; wrapping them would put line breaks into what is copied.
struct CodeRenderer: Sendable {
    let header: StyledLine
    /// What stands behind the code, if anything.
    let footer: StyledLine?
    private var highlighter: CodeHighlighter

    /// - Parameters:
    ///   - number: The block's number in the answer, from 1.
    ///   - info: The text behind the opening fence.
    ///   - theme: How the header and the code look.
    init(number: Int, info: String, theme: MarkdownTheme) {
        if theme.isSpoken {
            header = StyledLine("Code block \(number)\(info.isEmpty ? "" : ", \(info)"):", theme.quiet)
            footer = StyledLine("End of code block \(number).", theme.quiet)
        } else {
            header = StyledLine(info.isEmpty ? "[\(number)]" : "[\(number)] \(info)", theme.quiet)
            footer = nil
        }
        highlighter = CodeHighlighter(language: CodeBlock.language(in: info), styles: theme.code)
    }

    mutating func line(_ line: String) -> StyledLine {
        let plain = StyledLine.lines(of: line).map(\.text).joined(separator: " ")
        return highlighter.highlight(plain.trimmingTrailingBlanks())
    }
}

extension String {
    func trimmingTrailingBlanks() -> String {
        guard let last = utf8.lastIndex(where: { $0 != .space && $0 != .tab }) else { return "" }
        return String(self[...last])
    }
}
