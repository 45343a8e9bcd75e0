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
        var line = StyledLine()
        forEachRun(of: inlines, base: base) { text, style in
            line.runs.append(StyledText(text.withBlanksForBreaks(), style))
        } lineBreak: {
        }
        return line
    }

    func add(_ inlines: [MarkdownInline], to wrapper: inout LineWrapper, base: Style) {
        // A break at the end would be an empty line.
        let end = inlines.lastIndex { $0 != .lineBreak }.map { $0 + 1 } ?? 0
        forEachRun(of: inlines[..<end], base: base) { text, style in
            wrapper.add(text, style)
        } lineBreak: {
            wrapper.breakLine()
        }
    }

    private func forEachRun(
        of inlines: some Sequence<MarkdownInline>, base: Style, run: (String, Style) -> Void, lineBreak: () -> Void
    ) {
        var links: [Hyperlink?] = []
        func linked(_ style: Style) -> Style {
            var style = style
            style.link = links.last ?? nil
            return style
        }
        for inline in inlines {
            switch inline {
            case .text(let text, let marks): run(text, linked(style(of: marks, base)))
            case .image: run(theme.imageLabel, theme.quiet)
            case .target(let target):
                run(" (", theme.quiet)
                run(target, linked(theme.quiet))
                run(")", theme.quiet)
            case .linkStart(let target): links.append(theme.showsHyperlinks ? Hyperlink(target) : nil)
            case .linkEnd: _ = links.popLast()
            case .lineBreak: lineBreak()
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
