/// HTML character references (CommonMark §2.5).
enum MarkdownEntity {
    /// The text of a reference such as `&amp;` or `&#169;`; a name that isn't known stays as it is.
    static func text(of reference: String) -> String {
        let name = reference.dropFirst().dropLast()
        if name.hasPrefix("#") { return String(character(of: name.dropFirst())) }
        return names[String(name)] ?? reference
    }

    private static func character(of number: Substring) -> Character {
        let isHexadecimal = number.hasPrefix("x") || number.hasPrefix("X")
        let value = isHexadecimal ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
        guard let value, value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return Character(scalar)
    }

    /// The names that prose uses, of the two thousand that HTML has.
    private static let names: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
        "copy": "©", "reg": "®", "trade": "™", "deg": "°", "para": "¶", "sect": "§", "micro": "µ",
        "hellip": "…", "mdash": "—", "ndash": "–", "bull": "•", "middot": "·", "dagger": "†",
        "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
        "times": "×", "divide": "÷", "plusmn": "±", "minus": "−", "ne": "≠", "le": "≤", "ge": "≥", "asymp": "≈",
        "infin": "∞", "radic": "√", "sum": "∑", "prod": "∏", "int": "∫", "pi": "π", "sup2": "²", "sup3": "³",
        "frac12": "½", "frac14": "¼", "frac34": "¾",
        "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "harr": "↔", "rArr": "⇒", "lArr": "⇐", "hArr": "⇔",
        "euro": "€", "pound": "£", "yen": "¥", "cent": "¢",
        "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
        "eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à", "ccedil": "ç", "ntilde": "ñ",
        "check": "✓", "cross": "✗", "star": "☆", "hearts": "♥",
        "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "lpar": "(", "rpar": ")", "num": "#", "ast": "*",
        "lowbar": "_", "vert": "|", "verbar": "|", "bsol": "\\", "sol": "/", "grave": "`", "Hat": "^", "dollar": "$",
    ]
}
