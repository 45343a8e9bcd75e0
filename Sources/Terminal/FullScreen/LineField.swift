/// A line that is typed in a full-screen view, with its cursor: a value, changed by keys alone.
struct LineField: Hashable, Sendable {
    /// So many scalars can be typed.
    static let longest = 200

    private var before: String
    private var behind = ""

    /// With the cursor behind the text.
    init(_ text: String = "") { before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.longest))) }

    var text: String { before + behind }
    var isEmpty: Bool { before.isEmpty && behind.isEmpty }

    /// Takes a key; false if that is none for a line of text.
    mutating func step(_ key: FullScreenKey) -> Bool {
        switch key {
        case .text(let scalar): append(scalar)
        case .paste(let text): for scalar in text.unicodeScalars { append(scalar) }
        case .backspace: if !before.isEmpty { before.removeLast() }
        case .delete, .control("d"): if !behind.isEmpty { behind.removeFirst() }
        case .control("u"): before = ""
        case .control("k"): behind = ""
        case .control("w"): dropWord()
        case .left, .control("b"): if let last = before.popLast() { behind = String(last) + behind }
        case .right, .control("f"): if !behind.isEmpty { before.append(behind.removeFirst()) }
        case .home, .control("a"): (before, behind) = ("", text)
        case .end, .control("e"): (before, behind) = (text, "")
        default: return false
        }
        return true
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if before.unicodeScalars.count + behind.unicodeScalars.count >= Self.longest { return }
        // A scalar that isn't shown as it is, such as a joiner, is more likely pasted than meant.
        if Sanitizer.sanitizeLine(String(scalar)) != String(scalar) { return }
        before.unicodeScalars.append(scalar)
    }

    private mutating func dropWord() {
        while before.unicodeScalars.last == " " { before.unicodeScalars.removeLast() }
        while let last = before.unicodeScalars.last, last != " " { before.unicodeScalars.removeLast() }
    }

    /// As much of the text as there is room for, so that the cursor is in it.
    ///
    /// - Parameter columns: The room, the cursor's own column included.
    /// - Returns: The text and the cursor's column in it.
    func visible(columns: Int) -> (text: String, cursor: Int) {
        var room = columns - 1
        var start = before.endIndex
        for index in before.indices.reversed() {
            room -= TextWidth.width(of: before[index])
            if room < 0 { break }
            start = index
        }
        let shown = String(before[start...])
        let cursor = TextWidth.width(of: shown)
        return (Row.cutting(StyledLine(shown + behind), columns: max(columns - 1, 0)).text, cursor)
    }
}

extension Row {
    /// The text without its styles.
    var text: String { runs.map(\.text).joined() }
}
