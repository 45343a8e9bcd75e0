import ChatApi

/// The marks that ChatGPT sets into its texts for links and pictures, in characters of private use that no terminal shows:
/// U+E200, a kind, what it is about, each behind U+E202, and U+E201.
enum CitationMarks {
    private static let (open, close, separator): (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) =
        ("\u{E200}", "\u{E201}", "\u{E202}")
    private static let all: ClosedRange<Unicode.Scalar> = "\u{E200}"..."\u{E2FF}"
    /// Longer ones are none.
    private static let maximumLength = 4096

    /// A text with the marks in words, or without them where they have none.
    ///
    /// `metadata.content_references` has words for some marks: `matched_text` and `alt`.
    static func readable(_ text: String, _ references: [JSONValue]) -> String {
        guard text.unicodeScalars.contains(where: all.contains) else { return text }
        var words: [String: String] = [:]
        for reference in references {
            if let mark = reference["matched_text"]?.stringValue, let alternative = reference["alt"]?.stringValue {
                words[mark] = alternative
            }
        }
        var readable = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard all.contains(scalar) else {
                readable.append(scalar)
                continue
            }
            // Up to the next mark, so that no part of a text is looked at twice.
            guard scalar == open,
                let end = rest.prefix(maximumLength).firstIndex(where: { $0 == close || $0 == open }),
                rest[end] == close
            else { continue }
            let mark = rest[..<end]
            rest = rest[rest.index(after: end)...]
            let known = words[String(String.UnicodeScalarView([open] + mark + [close]))]
            readable.append(contentsOf: (known ?? self.words(of: mark)).unicodeScalars)
        }
        return String(readable)
    }

    /// What a mark that nothing else explains says: the name of a thing, or a link.
    private static func words(of mark: Substring.UnicodeScalarView) -> String {
        let fields = mark.split(separator: separator).map { String($0) }
        switch fields.first {
        case "entity"? where fields.count > 1:
            return (try? JSONValue(parsing: fields[1]))?.arrayValue?.dropFirst().first?.stringValue ?? ""
        case "url"?: return fields.dropFirst().joined(separator: " ")
        default: return ""
        }
    }
}
