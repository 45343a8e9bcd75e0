/// How a prompt looks where there is little room, and in vi's command mode.
extension Prompt {
    /// The prompt in a terminal of some width: of one that would leave less than half of the row, the end.
    func fitted(columns: Int) -> Prompt {
        Prompt(main: Prompt.fitted(main, columns), continuation: Prompt.fitted(continuation, columns))
    }

    private static func fitted(_ line: StyledLine, _ columns: Int) -> StyledLine {
        let limit = columns / 2
        if line.width <= limit { return line }
        // Where there is room for one column, that isn't for the blank at the end.
        return (limit < 2 ? line.droppingLastBlanks() : line).suffix(columns: limit)
    }

    /// The prompt while vi takes commands: its last visible character reversed, and turned round if it is an angle.
    ///
    /// It is as wide as before, so that the entry doesn't jump, and is seen without colours too.
    var inCommandMode: Prompt {
        let mirrored: [Character: Character] = [">": "<", "›": "‹", "❯": "❮", "»": "«", "→": "←", ")": "(", "]": "["]
        let blanks = main.width - main.droppingLastBlanks().width
        var runs = main.droppingLastBlanks().runs
        guard var last = runs.popLast(), let mark = last.text.last else { return self }
        last = StyledText(sanitized: String(last.text.dropLast()), last.style)
        if !last.text.isEmpty { runs.append(last) }
        let style = last.style.merging(.reversed)
        runs.append(StyledText(sanitized: String(mirrored[mark] ?? mark), style))
        if blanks > 0 { runs.append(StyledText(sanitized: String(repeating: " ", count: blanks), .plain)) }
        return Prompt(main: StyledLine(runs), continuation: continuation)
    }
}

extension StyledLine {
    fileprivate func droppingLastBlanks() -> StyledLine {
        var runs = runs
        while let last = runs.popLast() {
            let end = last.text.lastIndex { $0 != " " }
            guard let end else { continue }
            runs.append(StyledText(sanitized: String(last.text[...end]), last.style))
            break
        }
        return StyledLine(runs)
    }
}
