import Terminal
import Testing

@testable import TerminalMarkdown

/// The lines of a Markdown text that comes in these parts.
func render(_ parts: [String], width: Int = 40, rendersSource: Bool = false) -> [StyledLine] {
    var markdown = StreamingMarkdown(width: width, rendersSource: rendersSource)
    var lines: [StyledLine] = []
    for part in parts {
        markdown.append(part)
        lines += markdown.takeFinished()
    }
    markdown.finish()
    return lines + markdown.takeFinished()
}

/// The lines' text, with marks for styles: `<b>`, `<i>`, `<s>`, `<u>`, `<d>` (dim), `<c>` and others by colour.
func marked(_ lines: [StyledLine]) -> [String] {
    lines.map { line in
        line.runs.map { run in
            var marks = ""
            if run.style.isBold { marks += "b" }
            if run.style.isItalic { marks += "i" }
            if run.style.isUnderlined { marks += "u" }
            if run.style.isStruckThrough { marks += "s" }
            if run.style.isDim { marks += "d" }
            if let color = run.style.foreground { marks += " \(color)" }
            return marks.isEmpty ? run.text : "<\(marks)|\(run.text)>"
        }.joined()
    }
}

func text(_ lines: [StyledLine]) -> String { lines.map(\.text).joined(separator: "\n") }

/// Expects what is shown of a text that isn't complete to be what it would be if it ended there, but for its last line, which
/// is what it will most likely be.
func expectOpen(_ lines: [StyledLine], of text: String, width: Int, location: SourceLocation = #_sourceLocation) {
    var cutter = LineCutter()
    var scanner = BlockScanner()
    let complete = cutter.cut(text)
    for line in complete { _ = scanner.consume(line) }
    let before = complete.map { $0 + "\n" }.joined()
    guard let last = cutter.finish().last else {
        #expect(lines == render([before], width: width), sourceLocation: location)
        return
    }
    let whole = render([before + last], width: width)
    switch scanner.leaf {
    case .indentedCode where lines == whole: break
    case .fence, .formula:
        // A delimiter that may be coming isn't shown.
        let isExpected = lines == whole || lines == render([before], width: width)
        #expect(isExpected, "\(text.debugDescription)", sourceLocation: location)
    case .table where lines != whole:
        let rows = render([before], width: width)
        #expect(Array(lines.prefix(rows.count)) == rows, "\(text.debugDescription)", sourceLocation: location)
        let row = lines.dropFirst(rows.count).map(\.text).joined().filter { !" >│".contains($0) }
        let expected = OpenLine.completed(last) == nil ? "" : last.filter { !" >│".contains($0) }
        #expect(row == expected, "\(text.debugDescription)", sourceLocation: location)
    case .nothing, .paragraph, .table, .indentedCode:
        let completed = OpenLine.completed(last) ?? ""
        #expect(
            lines == render([before + completed], width: width), "\(text.debugDescription)", sourceLocation: location)
    }
}

/// A small generator of random numbers, the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
