extension StyledLine {
    /// The beginning of the line, in no more than some columns; if anything is missing, with an ellipsis behind it.
    package func prefix(columns: Int) -> StyledLine { StyledLine(Row.cutting(self, columns: max(columns, 1)).runs) }

    /// The end of the line, in no more than some columns; if anything is missing, after an ellipsis where that fits.
    func suffix(columns: Int) -> StyledLine {
        if width <= columns { return self }
        let ellipsis = columns >= 3 && TerminalEnvironment.localeIsUTF8 ? "…" : ""
        var room = columns - TextWidth.width(of: ellipsis)
        var kept: [StyledText] = []
        outer: for run in runs.reversed() {
            var text: [Character] = []
            defer { if !text.isEmpty { kept.append(StyledText(sanitized: String(text.reversed()), run.style)) } }
            for character in run.text.reversed() {
                room -= TextWidth.width(of: character)
                if room < 0 { break outer }
                text.append(character)
            }
        }
        if !ellipsis.isEmpty { kept.append(StyledText(sanitized: ellipsis, .dim)) }
        return StyledLine(kept.reversed())
    }
}
