import ChatSession

/// The arguments of `/export`: `[-f] [FORMAT] [PATH] [N-M]`.
struct ExportArguments: Equatable {
    /// Whether a file that is there is replaced.
    private(set) var isForced = false
    private(set) var format: ExportFormat?
    /// Where to; empty for a name made of the title.
    private(set) var path = ""
    private(set) var turns: TurnSelection?

    init(_ text: String) {
        var words = text.split(whereSeparator: \.isWhitespace)
        if words.first == "-f" {
            isForced = true
            words.removeFirst()
        }
        if let first = words.first, let format = ExportFormat(name: String(first)), format != .banter {
            self.format = format
            words.removeFirst()
        }
        // A file that is called like turns can be named ./2-3.
        if let last = words.last, let turns = TurnSelection(String(last)) {
            self.turns = turns
            words.removeLast()
        }
        guard let first = words.first, let last = words.last else { return }
        // Blanks in a path stay as they are.
        path = String(text[first.startIndex..<last.endIndex]).unquoted
        format = format ?? ExportFormat(endingOf: path)
    }
}
