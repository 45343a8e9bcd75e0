import Terminal
import TerminalMarkdown

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
