extension StyledLine {
    /// The line with each word of a text in a style.
    package func marking(_ text: FoldedText, _ style: Style) -> StyledLine {
        let part = PagerPart([self], columns: max(width, 1))
        let matches = text.words.flatMap { part.matches(of: FoldedText(word: $0)) }
        if matches.isEmpty { return self }
        var line = self
        line.runs =
            part.rows[0].marked { column in
                matches.contains { ($0.start.column...$0.end.column).contains(column) } ? style : .plain
            }.runs
        return line
    }
}

extension Row {
    /// The row with a style added to each column.
    func marked(_ style: (_ column: Int) -> Style) -> Row {
        var builder = RowBuilder(columns: max(width, 1))
        for run in runs {
            for character in run.text {
                builder.append(
                    character, width: TextWidth.width(of: character), run.style.merging(style(builder.column)))
            }
        }
        builder.endRow()
        return builder.rows[0]
    }
}
