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

    /// A text without breaks on one line, however wide.
    func line(of inlines: [MarkdownInline], base: Style) -> StyledLine {
        StyledLine(
            inlines.compactMap { inline in
                switch inline {
                case .text(let text, let marks): StyledText(text.withBlanksForBreaks(), style(of: marks, base))
                case .image: StyledText(theme.imageLabel, theme.quiet)
                case .target(let target): StyledText(" (\(target))".withBlanksForBreaks(), theme.quiet)
                case .lineBreak: nil
                }
            })
    }

    func add(_ inlines: [MarkdownInline], to wrapper: inout LineWrapper, base: Style) {
        // A break at the end would be an empty line.
        let end = inlines.lastIndex { $0 != .lineBreak }.map { $0 + 1 } ?? 0
        for inline in inlines[..<end] {
            switch inline {
            case .text(let text, let marks): wrapper.add(text, style(of: marks, base))
            case .image: wrapper.add(theme.imageLabel, theme.quiet)
            case .target(let target): wrapper.add(" (\(target))", theme.quiet)
            case .lineBreak: wrapper.breakLine()
            }
        }
    }

    private func style(of marks: MarkdownInline.Marks, _ base: Style) -> Style {
        var style = base
        if marks.contains(.strong) { style.isBold = true }
        if marks.contains(.emphasis) { style.isItalic = true }
        if marks.contains(.struckThrough) { style.isStruckThrough = true }
        if marks.contains(.link) { style = style.merging(theme.linkText) }
        if marks.contains(.code) { style = style.merging(theme.codeSpan) }
        if marks.contains(.formula) { style = style.merging(theme.math) }
        return style
    }
}
