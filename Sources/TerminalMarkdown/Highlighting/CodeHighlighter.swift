import CSourceHighlight
import Terminal

/// Colours code line by line, in the languages that GNU source-highlight knows.
///
/// A value: a copy goes its own way, so that a line can be tried before it is complete. Where the library, its files or the
/// language is missing, code stays plain.
struct CodeHighlighter: Sendable {
    /// Longer lines stay plain: the library's time grows with the square of a line's length.
    private static let maximumLineLength = 1000
    private static let directory = "/usr/share/source-highlight"

    private let styles: [String: Style]
    private var state: State?

    /// - Parameters:
    ///   - language: The first word of a fence's info string, as a model wrote it.
    ///   - styles: The styles by the element names of source-highlight.
    init(language: String, styles: [String: Style]) {
        self.styles = styles
        state = Self.sourceHighlightName(of: language).flatMap { name in
            csourcehighlight_start(Self.directory, name).map(State.init)
        }
    }

    /// The next line, sanitised and without its line break, in colours.
    mutating func highlight(_ line: String) -> StyledLine {
        guard let current = state, !line.isEmpty, line.utf8.count <= Self.maximumLineLength else {
            return StyledLine(line)
        }
        var line = line
        let (next, runs) = line.withUTF8 { current.after($0) }
        state = next
        return next == nil ? StyledLine(line) : styled(line, runs)
    }

    /// The line cut into runs; a cut within a character is moved to its end.
    private func styled(_ line: String, _ runs: [csourcehighlight_run]) -> StyledLine {
        var styled = StyledLine()
        var start = line.startIndex
        var end = 0
        for run in runs {
            end += run.length
            var index = line.utf8.index(line.startIndex, offsetBy: end)
            while String.Index(index, within: line) == nil { index = line.utf8.index(after: index) }
            guard index > start else { continue }
            styled.runs.append(StyledText(String(line[start..<index]), styles[String(cString: run.kind)] ?? .plain))
            start = index
        }
        return styled
    }

    /// The name in source-highlight's lang.map for a name that models use.
    private static func sourceHighlightName(of language: String) -> String? {
        let name = language.lowercased()
        guard !name.isEmpty, name.utf8.count <= 32 else { return nil }
        return switch name {
        case "c++": "cpp"
        case "c#": "csharp"
        case "golang": "go"
        case "console", "shell-session", "fish": "sh"
        case "jsx", "mjs": "javascript"
        case "jsonc", "json5", "jsonl": "json"
        case "make": "makefile"
        case "python3", "py3": "python"
        case "rust": "rs"
        case "ocaml": "caml"
        case "svg": "xml"
        default: name
        }
    }
}

/// What the highlighter knows between two lines.
///
/// It never changes, and the library behind it takes one caller at a time: so it is safe to share.
private final class State: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { csourcehighlight_free(handle) }

    /// The state after a line, and the line's runs; nil where the library gave up.
    func after(_ line: UnsafeBufferPointer<UInt8>) -> (State?, [csourcehighlight_run]) {
        var next: OpaquePointer?
        let runs = [csourcehighlight_run](unsafeUninitializedCapacity: line.count) { buffer, count in
            next = line.withMemoryRebound(to: CChar.self) {
                csourcehighlight_line(handle, $0.baseAddress, $0.count, buffer.baseAddress, &count)
            }
            if next == nil { count = 0 }
        }
        return (next.map(State.init), runs)
    }
}
