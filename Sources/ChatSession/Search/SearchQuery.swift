import TextSearch

/// What is searched for: words and "phrases in quotes", all of which a session must have, in whatever case.
package struct SearchQuery: Hashable, Sendable {
    private static let maximumTerms = 16
    private static let maximumScalars = 1000

    /// What each session must have.
    package let terms: [SearchTerm]

    /// Reads what somebody typed; nil if there is no word in it.
    ///
    /// A quote that isn't closed reaches to the end. Of what is longer than any question a beginning counts.
    package init?(_ text: String) {
        var terms: [SearchTerm] = []
        let parts = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.maximumScalars)))
            .unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let words = part.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
            if words.isEmpty { continue }
            terms += index.isMultiple(of: 2) ? words.map { SearchTerm(words: [$0]) } : [SearchTerm(words: words)]
        }
        terms = terms.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        if terms.isEmpty { return nil }
        self.terms = Array(terms.prefix(Self.maximumTerms))
    }
}

/// A word, or words that follow each other with blanks or line breaks between them.
package struct SearchTerm: Hashable, Sendable {
    /// The words, folded.
    private let words: [[UInt8]]

    init(words: [String]) { self.words = words.map(CaseFolding.fold) }

    /// The word by which a file is looked through for the term: the longest.
    var longestWord: [UInt8] { words.max { $0.count < $1.count } ?? [] }

    /// Where the term stands in a folded text, from an index on.
    func firstRange(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
        var start = start
        while let first = ByteSearch.firstIndex(of: words[0], in: text, from: start) {
            if let end = end(in: text, behind: first + words[0].count) { return first..<end }
            start = first + 1
        }
        return nil
    }

    /// Where the other words end that must follow.
    private func end(in text: UnsafeBufferPointer<UInt8>, behind start: Int) -> Int? {
        var end = start
        for word in words.dropFirst() {
            let gap = end
            while end < text.count, case let length = ByteSearch.blankLength(in: text, at: end), length > 0 {
                end += length
            }
            guard end > gap, end + word.count <= text.count,
                text[end..<end + word.count].elementsEqual(word)
            else { return nil }
            end += word.count
        }
        return end
    }
}
