import Terminal

/// What stands to the left of a block: the bars of quotes, the markers of items and the blanks below them.
struct Margin: Sendable {
    private struct Level: Sendable {
        /// The marker of an item that has no line yet.
        var marker: StyledLine?
        var hanging: StyledLine
        /// A line behind it.
        var end: StyledLine?
    }

    private var levels: [Level] = []

    /// How many columns it takes.
    var width: Int { levels.reduce(0) { $0 + $1.hanging.width } }

    mutating func enterQuote(bar: StyledLine, end: StyledLine?) { levels.append(Level(hanging: bar, end: end)) }

    mutating func enterItem(marker: StyledLine) {
        let blanks = StyledLine(String(repeating: " ", count: marker.width))
        levels.append(Level(marker: marker, hanging: blanks))
    }

    /// Leaves the innermost quote or item.
    ///
    /// - Returns: The line of an item that has none; the one behind a quote.
    mutating func leave() -> [StyledLine] {
        guard let level = levels.last else { return [] }
        let lines = level.marker == nil ? [] : [line(StyledLine())]
        levels.removeLast()
        return lines + (level.end.map { [line($0)] } ?? [])
    }

    /// A line with the margin before it; blanks don't trail.
    mutating func line(_ line: StyledLine) -> StyledLine {
        if levels.isEmpty { return line }
        var runs: [StyledText] = []
        for index in levels.indices {
            runs += (levels[index].marker ?? levels[index].hanging).runs
            levels[index].marker = nil
        }
        if !line.runs.isEmpty { return StyledLine(runs + line.runs) }
        while let last = runs.popLast() {
            let text = last.text.trimmingTrailingBlanks()
            if !text.isEmpty { return StyledLine(runs + [StyledText(text, last.style)]) }
        }
        return StyledLine()
    }
}
