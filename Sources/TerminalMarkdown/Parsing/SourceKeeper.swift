/// Keeps text on the screen that Markdown drops or takes for marks, by small changes to the source of a block.
///
/// - `[1]: https://…` defines a link for the whole document, which a stream doesn't see, as the definition mostly comes last.
///   It would vanish without any link leading there, so it is escaped and shows as the text that it is.
/// - Formulas in LaTeX go past the parser: a character stands for each of them (see ``Formulas``).
/// - `**重点：**内容` isn't strong by the letter (CommonMark §6.2), as the mark stands between punctuation and a letter, and no
///   blanks are there to help. A guard beside the mark does.
/// - Rows of tables are made ones that md4c understands (see ``TableSource``).
struct SourceKeeper {
    /// Stands beside marks: to the parser a character of punctuation, and taken out of what it gives.
    ///
    /// From a script that died out 1400 years ago (OLD SOUTH ARABIAN NUMERIC INDICATOR).
    static let guardMark: Unicode.Scalar = "\u{10A7F}"

    /// The longest label of a definition (CommonMark §4.7), in bytes here.
    private static let maximumLabelLength = 999

    /// The source for the parser.
    let source: String
    let formulas: Formulas
    let isTable: Bool

    init(_ source: String) {
        var formulas = Formulas()
        var source = source
        var isTable = false
        var has = (formula: false, marks: false, brackets: false)
        for byte in source.utf8 {
            switch byte {
            case UInt8(ascii: "$"), UInt8(ascii: "\\"): has.formula = true
            case UInt8(ascii: "*"): has.marks = true
            case UInt8(ascii: "]"), UInt8(ascii: "|"): has.brackets = true
            default: break
            }
        }
        if has.formula { source = formulas.replace(in: source) }
        if has.marks, formulas.isPossible { source = Self.guardingMarks(source) }
        if has.brackets {
            var lines = source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { Substring($0) }
            Self.escapeDefinitions(&lines, of: source)
            isTable = TableSource.prepare(&lines)
            source = lines.joined(separator: "\n")
        }
        self.source = source
        self.formulas = formulas
        self.isTable = isTable
    }

    private static func escapeDefinitions(_ lines: inout [Substring], of source: String) {
        for index in lines.indices {
            let content = lines[index].utf8.drop { $0 == .space || $0 == .tab }
            guard content.first == UInt8(ascii: "["), isDefinition(source.utf8[content.startIndex...]) else { continue }
            lines[index] = lines[index][..<content.startIndex] + "\\" + Substring(content)
        }
    }

    private static func isDefinition(_ source: Substring.UTF8View) -> Bool {
        var isEscaped = false
        var isClosed = false
        for byte in source.dropFirst().prefix(maximumLabelLength + 2) {
            if isClosed { return byte == UInt8(ascii: ":") }
            if byte == UInt8(ascii: "["), !isEscaped { return false }
            isClosed = byte == UInt8(ascii: "]") && !isEscaped
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return false
    }

    private static func guardingMarks(_ source: String) -> String {
        var guarded = ""
        var copied = source.startIndex
        var rest = source.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "*")) {
            let end = rest[start...].firstIndex { $0 != UInt8(ascii: "*") } ?? source.endIndex
            rest = rest[end...]
            let before = source.unicodeScalars[..<start].last ?? " "
            let after = source.unicodeScalars[end...].first ?? " "
            let place: String.Index
            if before.isUnspaced, after.isPunctuation {
                place = start
            } else if before.isPunctuation, after.isUnspaced {
                place = end
            } else {
                continue
            }
            guarded += source[copied..<place]
            guarded.unicodeScalars.append(guardMark)
            copied = place
        }
        return copied == source.startIndex ? source : guarded + source[copied...]
    }
}

extension Unicode.Scalar {
    /// Whether it is a letter of a script that sets no blanks between words, or joins particles to them.
    fileprivate var isUnspaced: Bool {
        switch value {
        case 0x1100..<0x1200, 0x3005..<0x3008, 0x3041..<0x30FB, 0x30FC..<0x3130, 0x3131..<0x318F, 0x3400..<0x4DC0,
            0x4E00..<0xA000, 0xAC00..<0xD7B0, 0xF900..<0xFB00, 0x20000..<0x40000:
            true
        default: false
        }
    }

    fileprivate var isPunctuation: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: value < 0x80 && value > 0x20 && !properties.isAlphabetic && !("0"..."9").contains(self)
        }
    }
}
