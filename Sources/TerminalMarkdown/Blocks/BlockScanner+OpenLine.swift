extension BlockScanner {
    /// Gives what is open, with a line that has arrived in part, as it is to be shown until the line is complete.
    ///
    /// - What may still become a marker, such as a dash or a fence at the start of a line, isn't shown.
    /// - A row of a table is shown as its source, so that the columns' widths change at the end of a row only.
    /// - Marks around text are closed as ``OpenLine`` says.
    mutating func finish(with line: String) -> [Piece] {
        var rest = LineCursor(line)
        var matched = containers
        let depth = matched.match(&rest)
        let isInside = depth == containers.depth
        let shape = LineShape(rest)
        switch leaf {
        case .fence(let fence) where isInside || containers.keepsCode(leaf, below: depth, at: rest):
            if shape.content.allSatisfy({ $0 == fence.character }) { return finish() }
        case .formula(let formula) where isInside || containers.keepsCode(leaf, below: depth, at: rest):
            if shape.content.count < formula.closing.utf8.count, formula.closing.utf8.starts(with: shape.content) {
                return finish()
            }
        case .indentedCode where isInside && shape.kind == .indented: break
        case .table where isInside && [.text, .underline, .indented].contains(shape.kind):
            if OpenLine.completed(line) == nil { return finish() }
            var pieces: [Piece] = []
            closeLeaf(&pieces)
            pieces.append(.unfinishedRow(String(Substring(shape.content.trimmingBlanks()))))
            return pieces + finish()
        default:
            guard let line = OpenLine.completed(line) else { return finish() }
            return consume(line) + finish()
        }
        return consume(line) + finish()
    }
}
