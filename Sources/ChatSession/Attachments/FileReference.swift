/// A file that a message names: `@path`, or `@"path with blanks"`, at the start of a word.
package struct FileReference: Hashable, Sendable {
    /// So many words that begin with `@` are looked at.
    static let maximumCount = 1000
    /// No path is longer.
    private static let maximumPathBytes = 4096
    /// So many punctuation marks at the end may be the sentence's.
    private static let maximumMarks = 8

    /// What may follow a path and belong to the sentence.
    private static let marks = ".,;:!?)]}>'\"*_`…。，、！？）」".unicodeScalars

    /// Where it stands in the message, from the `@` on: offsets in Unicode scalars.
    package let range: Range<Int>
    /// The path as it is meant, without quotes and escapes; `~` still stands for the home.
    package let path: String
    /// Whether it is written with quotes.
    package let isQuoted: Bool
    /// Whether the closing quote is there, too.
    package let isClosed: Bool

    /// All that a message may mean as files, in order; whether they exist is for others to find out.
    package static func all(in text: String) -> [FileReference] {
        let scalars = Array(text.unicodeScalars)
        var references: [FileReference] = []
        var index = 0
        while let start = scalars[index...].firstIndex(of: "@"), references.count < maximumCount {
            index = start + 1
            guard start == 0 || isBoundary(scalars[start - 1]), let reference = FileReference(scalars, at: start) else {
                continue
            }
            // A quote that is never closed is none.
            if reference.isQuoted, !reference.isClosed { continue }
            if reference.path.utf8.count <= maximumPathBytes { references.append(reference) }
            index = reference.range.upperBound
        }
        return references
    }

    /// The reference that begins at an `@`; nil if nothing follows it.
    package init?(_ scalars: [Unicode.Scalar], at start: Int) {
        var index = start + 1
        var path = String.UnicodeScalarView()
        isQuoted = index < scalars.count && scalars[index] == "\""
        if isQuoted {
            index += 1
            while index < scalars.count, scalars[index] != "\"", scalars[index] != "\n" {
                let escaped = FileReference.unescape(scalars, at: index)
                path.append(escaped.scalar)
                index = escaped.end
            }
            isClosed = index < scalars.count && scalars[index] == "\""
            if isClosed { index += 1 }
        } else {
            let end = scalars[index...].firstIndex { $0.properties.isWhitespace } ?? scalars.count
            path.append(contentsOf: scalars[index..<end])
            isClosed = false
            index = end
        }
        guard !path.isEmpty else { return nil }
        range = start..<index
        self.path = String(path)
    }

    /// The paths that may be meant, the longest first: what ends it may be the sentence's punctuation.
    package var candidates: [String] {
        var paths = [path]
        var scalars = path.unicodeScalars
        while !isQuoted, paths.count <= FileReference.maximumMarks, scalars.count > 1, let last = scalars.last,
            FileReference.marks.contains(last)
        {
            scalars.removeLast()
            paths.append(String(scalars))
        }
        return paths
    }

    /// Whether nothing but a path is written like this, so that a missing file is a mistake and not a name with an at sign.
    package var isSurelyPath: Bool { ["/", "./", "../", "~/"].contains { path.hasPrefix($0) } }

    /// Whether a word may begin behind a scalar.
    package static func isBoundary(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "(" || scalar == "["
    }

    // MARK: Spelling

    /// How a path is written in a message: in quotes if it needs them, what can't be seen by its number.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - isQuoted: Whether quotes are wanted anyway.
    ///   - isClosed: Whether the closing quote is written, too.
    /// - Returns: The reference with its `@`.
    package static func spelling(of path: String, isQuoted: Bool = false, isClosed: Bool = true) -> String {
        let scalars = path.unicodeScalars
        let isPlain = scalars.allSatisfy { !$0.properties.isWhitespace && $0 != "\"" && $0 != "\\" && !isHidden($0) }
        // Unquoted, a mark at the end would be taken for the sentence's.
        let endsPlain = !isClosed || scalars.last.map { !marks.contains($0) } ?? true
        guard isQuoted || !isPlain || !endsPlain else { return "@" + path }
        var text = "@\""
        for scalar in scalars {
            if isHidden(scalar) {
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
        }
        return text + (isClosed ? "\"" : "")
    }

    /// What doesn't show what it is, or would do something in the entry: controls, direction marks, private characters.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        case .format: scalar != "\u{200D}" && scalar != "\u{200C}"
        default: false
        }
    }

    /// The scalar that is written from an offset on: itself, or what a backslash stands for.
    private static func unescape(_ scalars: [Unicode.Scalar], at index: Int) -> (scalar: Unicode.Scalar, end: Int) {
        guard scalars[index] == "\\", index + 1 < scalars.count else { return (scalars[index], index + 1) }
        if scalars[index + 1] == "u", index + 2 < scalars.count, scalars[index + 2] == "{",
            let close = scalars[index...].prefix(12).firstIndex(of: "}")
        {
            var digits = String.UnicodeScalarView()
            digits.append(contentsOf: scalars[(index + 3)..<close])
            if let scalar = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) {
                return (scalar, close + 1)
            }
        }
        guard "\"\\".unicodeScalars.contains(scalars[index + 1]) else { return (scalars[index], index + 1) }
        return (scalars[index + 1], index + 2)
    }
}
