import Terminal

/// Renders the text within a block.
struct InlineRenderer {
    let theme: MarkdownTheme

    /// The lines of a text at a width; at least one.
    func lines(of inlines: [MarkdownInline], width: Int, base: Style = .plain) -> [StyledLine] {
        var wrapper = LineWrapper(width: width)
        add(inlines, to: &wrapper, base: base)
        return wrapper.finish()
    }

    func add(_ inlines: [MarkdownInline], to wrapper: inout LineWrapper, base: Style) {
        // A break at the end would be an empty line.
        let end = inlines.lastIndex { $0 != .lineBreak }.map { $0 + 1 } ?? 0
        var links: [Hyperlink?] = []
        for inline in inlines[..<end] {
            switch inline {
            case .text(let text, let marks): wrapper.add(text, linked(style(of: marks, base), links.last))
            case .target(let target):
                wrapper.add(" (", theme.quiet)
                wrapper.add(target, linked(theme.quiet, links.last))
                wrapper.add(")", theme.quiet)
            case .linkStart(let target): links.append(theme.showsHyperlinks ? Hyperlink(target) : nil)
            case .linkEnd: _ = links.popLast()
            case .lineBreak: wrapper.breakLine()
            }
        }
    }

    private func linked(_ style: Style, _ link: Hyperlink??) -> Style {
        var style = style
        style.link = link ?? nil
        return style
    }

    private func style(of marks: MarkdownInline.Marks, _ base: Style) -> Style {
        var style = base
        if marks.contains(.strong) { style.isBold = true }
        if marks.contains(.emphasis) { style.isItalic = true }
        if marks.contains(.struckThrough) { style.isStruckThrough = true }
        if marks.contains(.link) { style = style.merging(theme.linkText) }
        if marks.contains(.code) { style = style.merging(theme.codeSpan) }
        return style
    }
}
