/// A displayed formula in LaTeX that begins on a line of its own: `$$ … $$`, `\[ … \]`, `\begin{…} … \end{…}`.
///
/// Markdown doesn't know formulas, and would take `+ b` in one for a list and `\\` for a backslash. So their lines are kept as
/// they are, as those of code. A blank line ends a formula, which LaTeX doesn't allow in one: what looks like the beginning of a
/// formula and isn't any costs no more than its paragraph.
struct FormulaBlock: Equatable {
    /// What ends it.
    let closing: String
    let indentation: Int
    /// Whether the line with its beginning has its end, too.
    let isComplete: Bool

    /// - Parameters:
    ///   - content: The line from its first character that isn't white space.
    ///   - indentation: The columns before it.
    init?(_ content: Substring.UTF8View, _ indentation: Int) {
        let line = Substring(content.trimmingBlanks())
        let opening: String
        if line.hasPrefix("$$") {
            (opening, closing) = ("$$", "$$")
        } else if line.hasPrefix("\\[") {
            (opening, closing) = ("\\[", "\\]")
        } else if line.hasPrefix("\\begin{"), let end = line.utf8.firstIndex(of: UInt8(ascii: "}")) {
            opening = String(line[...end])
            closing = "\\end" + opening.dropFirst("\\begin".utf8.count)
        } else {
            return nil
        }
        let rest = line.utf8.dropFirst(opening.utf8.count)
        self.indentation = indentation
        isComplete = rest.contains(closing)
        if isComplete {
            // With words behind it, it is a part of a paragraph.
            let body = rest.dropLast(closing.utf8.count)
            guard line.hasSuffix(closing), !body.contains(closing) else { return nil }
        } else if opening == "\\[" {
            // `\[x]` is a bracket that begins no link.
            let isFormula = rest.first.map { $0 == .space || $0 == .tab || $0 == UInt8(ascii: "\\") } ?? true
            guard isFormula || !rest.contains(UInt8(ascii: "]")) else { return nil }
        } else if opening == "$$", rest.first == UInt8(ascii: "$") {
            return nil
        }
    }

    /// Whether a line is the last one.
    func ends(with line: LineShape) -> Bool { line.content.contains(closing) }
}

extension Substring.UTF8View {
    /// Whether a text occurs in it.
    func contains(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        var rest = self
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) { return true }
            rest.removeFirst()
        }
        return false
    }
}
