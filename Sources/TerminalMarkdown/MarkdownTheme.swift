package import Terminal

/// How the parts of Markdown look.
package struct MarkdownTheme: Sendable, Equatable {
    package var heading = Style.bold
    package var codeSpan = Style(foreground: .cyan)
    package var linkText = Style(isUnderlined: true)
    package var tableHeader = Style.bold
    /// Formulas in LaTeX, which are shown as they were written.
    package var math = Style.plain
    /// What isn't content: quote bars, list markers, rules, link targets, the headers of code blocks.
    package var quiet = Style.dim

    /// The styles of code by the element names of GNU source-highlight; what isn't named is plain.
    package var code: [String: Style] = standardCode

    /// What stands before the text of an image.
    package var imageLabel = "image: "
    package var bullet = "•"
    package var openTask = "☐"
    package var doneTask = "☑"
    package var quoteBar = "│"
    package var horizontalLine = "─"
    package var columnLine = "│"
    package var crossing = "┼"

    /// For terminals that show UTF-8.
    package static let standard = MarkdownTheme()

    /// For terminals that show ASCII only.
    package static let ascii = {
        var theme = MarkdownTheme()
        theme.bullet = "*"
        theme.openTask = "[ ]"
        theme.doneTask = "[x]"
        theme.quoteBar = "|"
        theme.horizontalLine = "-"
        theme.columnLine = "|"
        theme.crossing = "+"
        return theme
    }()

    package init() {}

    private static let standardCode: [String: Style] = {
        let groups: [(Style, [String])] = [
            (Style(foreground: .magenta), ["keyword", "preproc", "selector", "label"]),
            (
                Style(foreground: .cyan),
                ["type", "usertype", "classname", "variable", "argument", "property", "difflines"]
            ),
            (Style(foreground: .green), ["string", "regexp", "newfile", "path", "file"]),
            (Style(foreground: .yellow), ["number", "specialchar", "atom", "value", "math", "date", "time"]),
            (Style(foreground: .blue), ["function", "predef_func", "predef_var", "name"]),
            (Style(foreground: .red), ["oldfile", "error"]),
            (Style(isDim: true, isItalic: true), ["comment"]),
            (Style(isUnderlined: true), ["url"]),
            (Style.bold, ["todo", "warning"]),
        ]
        var styles: [String: Style] = [:]
        for (style, kinds) in groups {
            for kind in kinds { styles[kind] = style }
        }
        return styles
    }()
}
