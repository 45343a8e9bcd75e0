/// Links that can be clicked (OSC 8): the product's own lead to the web or to mail, and end with their run of text.
extension TerminalScreen {
    /// Obeys the beginning and the end of a link; false for any other token.
    mutating func applyHyperlink(_ token: TerminalScreenParser.Token) -> Bool {
        guard case .string(let text) = token, text.hasPrefix("]8;") else {
            if link != nil, !Self.mayBeInLink(token) { foreign("\(token) within a link") }
            return false
        }
        if text == "]8;;", link != nil {
            link = nil
        } else if link == nil, let target = Self.target(of: text) {
            link = target
        } else {
            foreign("string \(text.prefix(80))")
        }
        return true
    }

    /// Text, its look, and the column of a character of uncertain width.
    private static func mayBeInLink(_ token: TerminalScreenParser.Token) -> Bool {
        switch token {
        case .scalar, .controlSequence(_, "m"), .controlSequence(_, "G"): true
        default: false
        }
    }

    /// The address of `]8;id=xxxxxxxx;ADDRESS`; nil if it is none that the product may have made.
    private static func target(of text: String) -> String? {
        let parts = text.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].wholeMatch(of: /id=[0-9a-f]{8}/) != nil, parts[2].utf8.count <= 2000,
            parts[2].utf8.allSatisfy({ (0x21..<0x7F).contains($0) && !#""<>\^`{|}"#.utf8.contains($0) }),
            parts[2].wholeMatch(of: #/(?i:https?)://[^/?#@]+([/?#].*)?|(?i:mailto):.+/#) != nil
        else { return nil }
        return String(parts[2])
    }

    /// Every link on the screen and in the scrollback, by row: its address and the text that can be clicked.
    public var links: [(target: String, text: String)] {
        var links: [(target: String, text: String)] = []
        for row in scrollback + cells {
            var before: String?
            for cell in row {
                defer { before = cell.link }
                guard let target = cell.link else { continue }
                if target == before {
                    links[links.count - 1].text += cell.text
                } else {
                    links.append((target, cell.text))
                }
            }
        }
        return links
    }
}
