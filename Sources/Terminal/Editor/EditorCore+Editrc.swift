import Glibc

/// The person's own key bindings.
extension EditorCore {
    /// A larger file is none that a person wrote.
    private static let maximumEditrcBytes = 1 << 18

    /// Commands of libedit that have no place here, and what does their work instead.
    private static let replacements: [String: EditorCommand] = [
        "ed-newline": .accept, "ed-prev-history": .previousEntry, "ed-next-history": .nextEntry,
        "ed-search-prev-history": .previousEntry, "ed-search-next-history": .nextEntry,
        "em-inc-search-prev": .searchHistory, "em-inc-search-next": .searchHistory, "vi-search-prev": .searchHistory,
        "vi-search-next": .searchHistory, "vi-repeat-search-next": .searchHistory,
        "vi-repeat-search-prev": .searchHistory, "ed-prev-line": .up, "ed-next-line": .down, "vi-undo": .undo,
        "ed-prev-char": .left, "ed-next-char": .right, "ed-clear-screen": .clearScreen,
        "em-delete-prev-char": .backspace, "ed-delete-prev-char": .backspace, "ed-delete-next-char": .delete,
        "em-delete-or-list": .deleteOrEnd, "vi-list-or-eof": .deleteOrEnd, "rl_complete": .complete,
        "ed-tty-sigint": .interrupt, "ed-tty-sigtstp": .suspend,
    ]

    /// They read keys behind our back, crash, or start an editor on the terminal.
    private static let refused: Set<String> = ["ed-command", "vi-histedit", "vi-to-history-line"]

    /// Obeys the `bind` lines of `$EDITRC`, else `~/.editrc` (editrc(5)).
    ///
    /// The other commands concern the screen and the terminal's modes, which libedit doesn't have here. Lines that can't be
    /// obeyed are passed over, where libedit would stop at the first.
    func readEditrc() {
        guard let text = EditorCore.editrc() else { return }
        let lines = text.split(whereSeparator: \.isNewline).compactMap { EditorCore.bindLine($0) }
        // A change of the editor resets the key maps, so it comes before all bindings, ours too.
        for (line, words) in lines where words.contains("-v") || words.contains("-e") {
            engine.parse(line)
            bindKeys()
        }
        for (line, words) in lines where !words.contains("-v") && !words.contains("-e") { engine.parse(line) }
    }

    private static func editrc() -> String? {
        let path =
            getenv("EDITRC").map { String(cString: $0) } ?? getenv("HOME").map { String(cString: $0) + "/.editrc" }
        guard let path, let file = try? HistoryFile.contents(ofFile: path, limit: maximumEditrcBytes) else {
            return nil
        }
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// A line that may be obeyed, its command names replaced, and its words; nil for any other.
    static func bindLine(_ line: Substring) -> (line: String, words: [String])? {
        // libedit reads uninitialised memory after an unclosed quote.
        let isOpen = { (quote: Character) in line.filter { $0 == quote }.count % 2 == 1 }
        guard !isOpen("\""), !isOpen("'") else { return nil }
        var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first, first == "bind" || first.hasSuffix(":bind"), words.count > 1,
            let last = words.last, !refused.contains(last)
        else { return nil }
        guard let replacement = replacements[last] else { return (String(line), words) }
        words[words.count - 1] = replacement.rawValue
        return (line[..<(line.range(ofLastWord: last) ?? line.endIndex)] + replacement.rawValue, words)
    }
}

extension Substring {
    fileprivate func range(ofLastWord word: String) -> Index? {
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? endIndex
        return index(end, offsetBy: -word.count, limitedBy: startIndex)
    }
}
