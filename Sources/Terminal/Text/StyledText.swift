/// A run of text in one style, safe to show.
///
/// Making one is the only way to get text to the terminal, and making one sanitises it: whatever a model, server or file
/// sent, no byte of it can act on the terminal.
package struct StyledText: Hashable, Sendable {
    /// The sanitised text: printable characters and nothing else; line breaks and tabs are shown as symbols.
    package let text: String
    package var style: Style

    /// Sanitises a text that stands on one line.
    package init(_ text: String, _ style: Style = .plain) {
        self.text = Sanitizer.sanitizeLine(text)
        self.style = style
    }

    /// A part of a text that is sanitised already.
    init(sanitized text: String, _ style: Style) {
        self.text = text
        self.style = style
    }
}

/// One line of styled text.
///
/// It may be wider than the terminal; whoever draws it decides whether to wrap or cut it.
package struct StyledLine: Hashable, Sendable {
    package var runs: [StyledText]
    /// What it is to a terminal that knows about entries and what comes of them; nil for what comes of them.
    package var mark: LineMark?

    package init(_ runs: [StyledText] = []) { self.runs = runs }

    /// A line in one style.
    package init(_ text: String, _ style: Style = .plain) {
        runs = text.isEmpty ? [] : [StyledText(text, style)]
    }

    /// The lines of a text in one style, split at line feeds (LF, CRLF), with tabs expanded to every eighth column.
    package static func lines(of text: String, _ style: Style = .plain) -> [StyledLine] {
        Sanitizer.sanitize(text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let expanded = TextWidth.expandingTabs(String(line))
            return StyledLine(expanded.isEmpty ? [] : [StyledText(sanitized: expanded, style)])
        }
    }

    /// The text without its styles.
    package var text: String { runs.map(\.text).joined() }

    /// How many columns the line takes.
    package var width: Int { runs.reduce(0) { $0 + TextWidth.width(of: $1.text) } }
}

extension StyledLine: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
