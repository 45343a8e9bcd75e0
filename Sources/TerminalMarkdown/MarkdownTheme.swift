package import Terminal

/// How the parts of Markdown look.
package struct MarkdownTheme: Sendable, Equatable {
    /// By level; those further down look like the last.
    package var headings = [Style.bold]
    package var codeSpan = Style(foreground: .cyan)
    package var linkText = Style(isUnderlined: true)
    package var tableHeader = Style.bold
    package var listMarker = Style.dim
    /// Formulas in LaTeX, which are shown as they were written.
    package var math = Style.plain
    /// What isn't content: quote bars, rules, link targets, the headers of code blocks.
    package var quiet = Style.dim

    /// Whether links can be clicked.
    package var showsHyperlinks = false

    /// The styles of code by the element names of GNU source-highlight; what isn't named is plain.
    package var code: [String: Style] = codeStyles(
        keyword: .magenta, type: .cyan, string: .green, number: .yellow, function: .blue, error: .red)

    /// What stands before the text of an image.
    package var imageLabel = "image: "
    package var bullet = "•"
    package var openTask = "☐"
    package var doneTask = "☑"
    package var quoteBar = "│"
    package var horizontalLine = "─"
    package var columnLine = "│"
    package var crossing = "┼"
    /// Whether words tell what is what, for somebody who listens instead of looking.
    package private(set) var isSpoken = false

    package init() {}

    /// In the terminal's own colours, which fit any background, for terminals that show UTF-8.
    package static let standard = MarkdownTheme()

    /// The same in symbols that every terminal shows.
    package var inASCII: MarkdownTheme {
        var theme = self
        theme.bullet = "*"
        theme.openTask = "[ ]"
        theme.doneTask = "[x]"
        theme.quoteBar = "|"
        theme.horizontalLine = "-"
        theme.columnLine = "|"
        theme.crossing = "+"
        return theme
    }

    /// The same in words: no bars, boxes and columns, which a screen reader reads out or leaves out.
    package var inWords: MarkdownTheme {
        var theme = inASCII
        theme.bullet = "-"
        theme.openTask = "open:"
        theme.doneTask = "done:"
        theme.isSpoken = true
        return theme
    }

    func heading(_ level: Int) -> Style { headings[min(max(level, 1), headings.count) - 1] }
}

// Every colour of text has a contrast of at least 4.5:1 to what it stands on: black and #1E1E1E, or white and #FDF6E3.
// (WCAG 2.2, 1.4.3; a test computes it.)
extension MarkdownTheme {
    /// For text on black or nearly black.
    package static let dark = MarkdownTheme(
        headings: [
            Color(rgb: 0x7CC7FF, palette: 117, sixteen: nil), Color(rgb: 0x82D9C8, palette: 116, sixteen: nil),
            Color(rgb: 0xC9B6FF, palette: 183, sixteen: nil),
        ],
        codeSpan: Color(rgb: 0x7FD1E8, palette: 116, sixteen: .cyan),
        link: Color(rgb: 0x6CB6FF, palette: 75, sixteen: nil),
        marker: Color(rgb: 0x9AB0C4, palette: 110, sixteen: nil),
        math: Color(rgb: 0xE3C879, palette: 186, sixteen: nil),
        code: codeStyles(
            keyword: Color(rgb: 0xD5A6F2, palette: 183, sixteen: .magenta),
            type: Color(rgb: 0x7FD1E8, palette: 116, sixteen: .cyan),
            string: Color(rgb: 0x9FD67B, palette: 150, sixteen: .green),
            number: Color(rgb: 0xF0B26B, palette: 215, sixteen: .yellow),
            function: Color(rgb: 0x7DB8FF, palette: 111, sixteen: .blue),
            error: Color(rgb: 0xFF8A80, palette: 210, sixteen: .red)))

    /// For text on white or nearly white.
    package static let light = MarkdownTheme(
        headings: [
            Color(rgb: 0x0B5CAD, palette: 25, sixteen: nil), Color(rgb: 0x00695C, palette: 23, sixteen: nil),
            Color(rgb: 0x6A3DB8, palette: 61, sixteen: nil),
        ],
        codeSpan: Color(rgb: 0x006A80, palette: 24, sixteen: .cyan),
        link: Color(rgb: 0x0B5CAD, palette: 25, sixteen: nil),
        marker: Color(rgb: 0x54677A, palette: 60, sixteen: nil),
        math: Color(rgb: 0x7A5A00, palette: 94, sixteen: nil),
        code: codeStyles(
            keyword: Color(rgb: 0x8A1F9B, palette: 90, sixteen: .magenta),
            type: Color(rgb: 0x006A80, palette: 24, sixteen: .cyan),
            string: Color(rgb: 0x2B6B1E, palette: 22, sixteen: .green),
            number: Color(rgb: 0x9A4F00, palette: 94, sixteen: .yellow),
            function: Color(rgb: 0x1756B8, palette: 25, sixteen: .blue),
            error: Color(rgb: 0xB3261E, palette: 124, sixteen: .red)))

    private init(
        headings: [Color], codeSpan: Color, link: Color, marker: Color, math: Color, code: [String: Style]
    ) {
        self.headings = headings.map { Style.bold.colored($0) } + [.bold]
        self.codeSpan = Style(foreground: codeSpan)
        linkText = Style(isUnderlined: true, foreground: link)
        listMarker = Style(foreground: marker)
        self.math = Style(foreground: math)
        self.code = code
    }

    private static func codeStyles(
        keyword: Color, type: Color, string: Color, number: Color, function: Color, error: Color
    ) -> [String: Style] {
        let groups: [(Style, [String])] = [
            (Style(foreground: keyword), ["keyword", "preproc", "selector", "label"]),
            (
                Style(foreground: type),
                ["type", "usertype", "classname", "variable", "argument", "property", "difflines"]
            ),
            (Style(foreground: string), ["string", "regexp", "newfile", "path", "file"]),
            (Style(foreground: number), ["number", "specialchar", "atom", "value", "math", "date", "time"]),
            (Style(foreground: function), ["function", "predef_func", "predef_var", "name"]),
            (Style(foreground: error), ["oldfile", "error"]),
            (Style(isDim: true, isItalic: true), ["comment"]),
            (Style(isUnderlined: true), ["url"]),
            (Style.bold, ["todo", "warning"]),
        ]
        var styles: [String: Style] = [:]
        for (style, kinds) in groups {
            for kind in kinds { styles[kind] = style }
        }
        return styles
    }
}
