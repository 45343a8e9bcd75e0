/// An entry that begins with `"""`, behind blanks: all up to the closing `"""` is one text, however many lines it has.
struct TextFence {
    private static let fence = Array("\"\"\"".unicodeScalars)

    /// What follows the opening fence, without blanks at its end.
    private var text: Substring.UnicodeScalarView
    /// Whether it ends with a closing fence.
    let isClosed: Bool

    /// Looks for a fence; nil if the entry doesn't begin with one.
    ///
    /// Only the ends of the entry are looked at, as this is asked with every line.
    init?(_ entry: String) {
        let start = entry.unicodeScalars.drop(while: \.properties.isWhitespace)
        guard start.prefix(3).elementsEqual(Self.fence) else { return nil }
        text = start.dropFirst(3)
        while text.last?.properties.isWhitespace == true { text.removeLast() }
        isClosed = text.suffix(3).elementsEqual(Self.fence)
    }

    /// What stands between the fences, without the line end after the one and before the other; nil while it is open.
    var content: String? {
        guard isClosed else { return nil }
        var content = text.dropLast(3)
        if content.first == "\n" { content.removeFirst() }
        if content.last == "\n" { content.removeLast() }
        return String(content)
    }
}
