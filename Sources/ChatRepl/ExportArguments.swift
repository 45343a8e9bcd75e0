import ChatSession

/// The arguments of `/export`: `[-f] [FORMAT] [PATH] [N-M]`.
struct ExportArguments {
    /// Whether a file that is there is replaced.
    private(set) var isForced = false
    private(set) var format = ExportFormat.markdown
    /// Where to; empty for a name made of the title.
    private(set) var path = ""
    private(set) var turns: TurnSelection?

    /// Reads what a person wrote; nothing that was meant otherwise becomes the name of a file.
    /// - Throws: `Complaint`, or `ExportProblem`.
    init(_ text: String) throws {
        var words = text.split(whereSeparator: \.isWhitespace)
        if words.first == "-f" {
            isForced = true
            words.removeFirst()
        }
        let named = words.first.flatMap { ExportFormat(name: String($0)) }
        if named == .banter { throw Sentences.banterIsNoDocument }
        if let named {
            format = named
            words.removeFirst()
        }
        // A file that is called like turns can be named ./2-3.
        if let last = words.last, let turns = TurnSelection(String(last)) {
            self.turns = turns
            words.removeLast()
        }
        guard let first = words.first, let last = words.last else {
            if isForced { throw Sentences.nothingToReplace }
            return
        }
        // Blanks in a path stay as they are.
        let written = String(text[first.startIndex..<last.endIndex])
        path = written.unquoted
        if path.isEmpty || path.utf8.contains(0) { throw Sentences.noExport(written) }
        if path == written {
            for word in [first, last] where word.hasPrefix("-") || Self.looksLikeTurns(word) {
                throw TurnSelection(String(word)) == nil && !word.hasPrefix("-")
                    ? Sentences.noTurns(String(word)) : Sentences.misplaced(String(word))
            }
            let isBare = !path.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
            if isBare, named == nil || ExportFormat(name: path) != nil { throw Sentences.noExport(path) }
        }
        if named == nil { format = try ExportFormat(for: path) }
    }

    /// Whether a word is digits and a dash: `9-8`, `0`.
    private static func looksLikeTurns(_ word: Substring) -> Bool {
        word.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    }
}
