/// A line of `.editrc` (editrc(5)), cut into words as libedit does, and what of it may be obeyed.
///
/// libedit reads uninitialised memory after an unclosed quote, stops at the first line that it doesn't know, and has commands that
/// crash, read keys behind our back, or start programs on the terminal.
struct EditrcLine: Equatable {
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
        "ed-tty-sigint": .interrupt, "ed-tty-sigtstp": .suspend, "ed-end-of-file": .deleteOrEnd,
        "ed-move-to-beg": .lineStart, "ed-move-to-end": .lineEnd, "vi-histedit": .editExternally,
    ]

    /// They read keys behind our back, crash, or end a line that then is lost.
    private static let refused: Set<String> = ["ed-command", "vi-to-history-line", "vi-comment-out", "vi-alias"]

    /// The keys of `bind -k`.
    private static let arrows: [String: KeyCode] = [
        "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end, "delete": .delete,
    ]

    /// What libedit gets to run.
    let words: [String]
    /// Whether it changes between emacs and vi, which resets the key maps.
    let changesEditor: Bool

    /// Nil for a line that isn't obeyed.
    init?(_ line: some StringProtocol, isVi: Bool) {
        guard var words = EditrcLine.words(of: line), words.count > 1, let first = words.first,
            first == "bind" || first.hasSuffix(":bind")
        else { return nil }
        let options = words.dropFirst().prefix { $0.hasPrefix("-") && $0.count > 1 }
        let flags = Set(options.compactMap { $0.dropFirst().first })
        changesEditor = !flags.isDisjoint(with: ["v", "e"])
        if changesEditor {
            self.words = words
            return
        }
        // What is only printed, nobody sees.
        if flags.contains("l") { return nil }
        let key = 1 + options.count
        guard words.count > key + (flags.contains("r") ? 0 : 1) else { return nil }
        if flags.contains("k") {
            guard let code = EditrcLine.arrows[words[key]] else { return nil }
            words[key] = EditrcLine.notation(of: code)
            words.removeAll { $0 == "-k" }
        } else {
            guard let decoded = EditrcLine.key(words[key], isVi: isVi) else { return nil }
            words[key] = decoded
        }
        if let last = words.last, !flags.contains("s"), !flags.contains("r") {
            if EditrcLine.refused.contains(last) { return nil }
            if let replacement = EditrcLine.replacements[last] { words[words.count - 1] = replacement.rawValue }
        }
        self.words = words
    }

    private static func notation(of code: KeyCode) -> String {
        Unicode.Scalar(code.rawValue).map { String($0) } ?? ""
    }

    /// The key as libedit will see it: a sequence that a key sends is one code here.
    ///
    /// Nil for other sequences: they'd never be seen, and in vi mode any of them would make Esc wait for more.
    private static func key(_ notation: String, isVi: Bool) -> String? {
        var rest = notation[...]
        guard let start = ["\\e", "\\E", "^[", "\\033"].first(where: { rest.hasPrefix($0) }) else { return notation }
        rest = rest.dropFirst(start.count)
        if rest.isEmpty { return isVi ? nil : notation }
        var decoder = KeyDecoder()
        decoder.feed([0x1B] + Array(rest.utf8))
        switch decoder.next() ?? decoder.next(timedOut: true) {
        case .code(let code):
            // With modifiers the same code stands for the plain key too, unless it is one of its own.
            let isItsOwn = [.wordLeft, .wordRight, .wordDelete, .wordBackspace, .newline, .backTab].contains(code)
            return decoder.next() == nil && (isItsOwn || !rest.contains(";")) ? self.notation(of: code) : nil
        // Alt with one key, which may be in a notation of its own: `\e^H`.
        default: return isVi || rest.hasPrefix("[") || rest.hasPrefix("O") ? nil : notation
        }
    }

    // MARK: - Words

    /// The words of a line, with the quotes taken away; nil for a comment, and where a quote or the line itself is left open.
    ///
    /// As tok_wline(3) does it: between double quotes a backslash is kept before anything but a quote, a backslash, `$` and
    /// a backquote.
    static func words(of line: some StringProtocol) -> [String]? {
        var words: [String] = []
        var word: String.UnicodeScalarView?
        var quote: Unicode.Scalar?
        var scalars = line.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch (scalar, quote) {
            case ("\\", "\""), ("\\", nil):
                guard let next = scalars.next() else { return nil }
                if quote != nil, !"\"\\$`".unicodeScalars.contains(next) { word?.append("\\") }
                word = (word ?? .init())
                word?.append(next)
            case ("'", nil), ("\"", nil):
                quote = scalar
                word = word ?? .init()
            case (_, .some(scalar)): quote = nil
            case (" ", nil), ("\t", nil), ("\r", nil):
                if let word { words.append(String(word)) }
                word = nil
            case ("#", nil) where words.isEmpty && word == nil: return nil
            default:
                word = word ?? .init()
                word?.append(scalar)
            }
        }
        if let word { words.append(String(word)) }
        return quote == nil && !words.isEmpty ? words : nil
    }
}
