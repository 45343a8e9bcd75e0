/// A search through the parts of a document, one part after the other, around its end.
struct PagerSearch {
    /// So many bytes of text are looked through before keys are looked at again.
    private static let bytesAtOnce = 1 << 20

    struct Hit: Hashable {
        var part: Int
        var match: PagerPart.Match
    }

    let text: FoldedText
    private let isForward: Bool
    /// Where it began: what is found first must be behind that, or before it.
    private let origin: (part: Int, cell: PagerPart.Cell)
    private var next: Int
    private var left: Int
    /// Whether it has gone around the end.
    private(set) var hasTurned = false

    /// - Parameters:
    ///   - text: What is looked for.
    ///   - part: Where it begins.
    ///   - cell: What is found must begin behind this cell, or before it.
    ///   - isForward: Whether it goes down.
    ///   - count: How many parts there are.
    init(_ text: FoldedText, from part: Int, _ cell: PagerPart.Cell, isForward: Bool, count: Int) {
        (self.text, origin, self.isForward, next) = (text, (part, cell), isForward, part)
        // The part that it begins in is looked at twice: what lies behind in it comes last.
        left = count + 1
    }

    enum Step {
        case found(Hit)
        case goesOn
        case ended
    }

    /// Looks through some more parts.
    mutating func step(in pages: inout PagerPages) -> Step {
        var budget = Self.bytesAtOnce
        let count = pages.document.partCount
        while left > 0 {
            let part = next
            let isFirst = left == count + 1
            left -= 1
            next = (part + (isForward ? 1 : count - 1)) % count
            if !isFirst, part == (isForward ? 0 : count - 1) { hasTurned = true }
            if pages.document.mayHold(text, inPart: part),
                let match = best(of: pages.matches(of: text, inPart: part), isFirst: isFirst)
            {
                return .found(Hit(part: part, match: match))
            }
            budget -= pages.document.size(ofPart: part) + 64
            if budget < 0 { return .goesOn }
        }
        return .ended
    }

    private func best(of matches: [PagerPart.Match], isFirst: Bool) -> PagerPart.Match? {
        if !isFirst { return isForward ? matches.first : matches.last }
        return isForward
            ? matches.first { $0.start > origin.cell } : matches.last { $0.start < origin.cell }
    }
}
