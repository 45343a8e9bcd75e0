import CSourceHighlight
import Terminal

/// Colours code line by line, in languages of our own and those that GNU source-highlight brings.
///
/// A value: a copy goes its own way, so that a line can be tried before it is complete. Where the library's files or the language
/// is missing, code stays plain.
struct CodeHighlighter: Sendable {
    private let styles: [String: Style]
    private let longestLine: Int
    private var state: HighlightingState?

    /// - Parameters:
    ///   - language: The first word of a fence's info string, as a model wrote it.
    ///   - styles: The styles by the element names of source-highlight.
    init(language: String, styles: [String: Style]) {
        self.styles = styles
        let language = CodeLanguage(named: language)
        longestLine = language?.longestLine ?? 0
        state = language.flatMap(HighlightingState.start)
    }

    /// The next line, sanitised and without its line break, in colours.
    mutating func highlight(_ line: String) -> StyledLine {
        guard let current = state, !line.isEmpty, line.utf8.count <= longestLine else { return StyledLine(line) }
        let step = current.after(line)
        state = step.state
        return step.state == nil ? StyledLine(line) : styled(line, step.runs)
    }

    /// The line cut into runs; a cut within a character is moved to its end.
    private func styled(_ line: String, _ runs: [HighlightedRun]) -> StyledLine {
        var styled = StyledLine()
        var start = line.startIndex
        var end = 0
        for run in runs {
            end += run.length
            var index = line.utf8.index(line.startIndex, offsetBy: end)
            while String.Index(index, within: line) == nil { index = line.utf8.index(after: index) }
            guard index > start else { continue }
            styled.runs.append(StyledText(String(line[start..<index]), styles[run.kind] ?? .plain))
            start = index
        }
        return styled
    }
}

extension CodeLanguage {
    /// Longer lines stay plain, in bytes: the library's own rules take time that grows with the cube of a line's length, seconds at
    /// a thousand bytes that are out to harm.
    fileprivate var longestLine: Int {
        switch self {
        case .own: 1000
        case .library: 400
        }
    }
}
