import Terminal

/// Something that Tab may offer, and by what it is found.
struct CompletionOffer: Sendable {
    let candidate: Completion.Candidate
    /// The names that it is found by, in lower case; what is typed with the first is a part of the text.
    let names: [String]
    /// Whether it stands for itself; else it is found by one thing and taken by another, and no part of it is filled in.
    let goesOn: Bool

    /// Of a name so much is looked at.
    private static let longestName = 500
    /// What would fill more of the entry isn't offered.
    private static let longestText = 10_000

    /// An offer that is found by its text, and by other names.
    init(_ text: String, label: String? = nil, description: String = "", names: [String]? = nil, goesOn: Bool = true) {
        candidate = Completion.Candidate(text: text, label: label, description: description)
        self.goesOn = goesOn
        self.names = (names ?? [text]).map { String($0.unicodeScalars.prefix(Self.longestName)).lowercased() }
    }

    /// A title, and what is left of it from each of its later words on.
    static func endings(of title: String) -> [String] {
        title.split(separator: " ").prefix(20).map { String(title[$0.startIndex...]) }
    }

    /// Those that begin with what was typed, whatever the case; where none does, those that have its letters in their
    /// order, the best first.
    ///
    /// - Parameters:
    ///   - offers: What there is.
    ///   - typed: What is to be completed.
    /// - Returns: What fits, and whether all of it goes on from what was typed.
    static func fitting(
        _ offers: [CompletionOffer], typed: String
    ) -> (candidates: [Completion.Candidate], goesOn: Bool) {
        let typed = typed.lowercased()
        let offers = offers.filter { $0.candidate.text.utf8.count <= longestText }
        let limit = Completion.maximumCandidates
        if typed.isEmpty { return (offers.prefix(limit).map(\.candidate), offers.allSatisfy(\.goesOn)) }
        let beginning = offers.filter { offer in offer.names.contains { begins($0, with: typed) } }.prefix(limit)
        if !beginning.isEmpty {
            let goesOn = beginning.allSatisfy { $0.goesOn && begins($0.names.first ?? "", with: typed) }
            return (beginning.map(\.candidate), goesOn)
        }
        let pattern = Array(typed.unicodeScalars)
        let scored = offers.compactMap { offer in
            offer.names.compactMap { score(pattern, in: $0) }.max().map { (offer.candidate, score: $0) }
        }
        // Stable, so that of equals the one that was first stays first.
        let best = scored.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
            .prefix(limit).map(\.element.0)
        return (best, false)
    }

    private static func begins(_ name: String, with typed: String) -> Bool {
        // Beyond ASCII a letter may be spelled in several ways; the standard library's comparison knows them.
        typed.utf8.allSatisfy { $0 < 0x80 } ? name.utf8.starts(with: typed.utf8) : name.hasPrefix(typed)
    }

    /// How well letters are found in their order in a name: better at the starts of words and beside each other; nil if not all
    /// are.
    static func score(_ pattern: [Unicode.Scalar], in name: String) -> Int? {
        let scalars = Array(name.unicodeScalars)
        guard let first = pattern.first else { return 0 }
        // From each place where it may begin, but not from many.
        let starts = scalars.indices.lazy.filter { scalars[$0] == first }.prefix(8)
        return starts.compactMap { score(pattern, in: scalars, from: $0) }.max()
    }

    private static func score(_ pattern: [Unicode.Scalar], in name: [Unicode.Scalar], from start: Int) -> Int? {
        var (score, matched) = (0, 0)
        var previous = -2
        for index in start..<name.count where matched < pattern.count && name[index] == pattern[matched] {
            let isWordStart = index == 0 || !(name[index - 1].properties.isAlphabetic || isDigit(name[index - 1]))
            score += 1 + (isWordStart ? 4 : 0) + (previous == index - 1 ? 5 : 0)
            (previous, matched) = (index, matched + 1)
        }
        return matched == pattern.count ? score * 8 - min(start, 7) : nil
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

/// What a command's arguments can be completed to.
struct ArgumentOffers {
    /// Where the completed argument begins: an offset in Unicode scalars behind the command's name and the blanks after it.
    var offset = 0
    var offers: [CompletionOffer]

    init(_ offers: [CompletionOffer], offset: Int = 0) { (self.offers, self.offset) = (offers, offset) }
}
