/// The completions of a word, of which one can be chosen under the entry.
struct CompletionMenu {
    /// No more rows than this at once.
    static let maximumRows = 10

    /// What a key did to it.
    enum Step: Equatable {
        case chose(Entry)
        /// The menu closes; the key is used up.
        case closed
        /// The menu closes, and the key does what it always does.
        case closedBefore
    }

    private let candidates: [Completion.Candidate]
    private let before: [Unicode.Scalar]
    private let after: [Unicode.Scalar]
    private var selected: Int?
    /// The entry after as much as all candidates have in common, or the only one, was put in.
    let completed: Entry

    /// Completes as far as it is certain; nil if there is nothing to complete to.
    init?(_ completion: Completion, entry: Entry) {
        guard let first = completion.candidates.first, (0...entry.cursor).contains(completion.from) else { return nil }
        candidates = completion.candidates
        before = Array(entry.scalars[..<completion.from])
        after = Array(entry.scalars[entry.cursor...])
        var common = Array(first.text.unicodeScalars)
        for candidate in candidates.dropFirst() {
            let agreed = zip(common, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
            common.removeSubrange(agreed...)
        }
        let typed = Array(entry.scalars[completion.from..<entry.cursor])
        let isLonger = common.count >= typed.count || candidates.count == 1
        completed = CompletionMenu.entry(before, isLonger ? common : typed, after)
    }

    /// Whether there is nothing left to choose.
    var isDecided: Bool { candidates.count == 1 }

    private static func entry(_ before: [Unicode.Scalar], _ word: [Unicode.Scalar], _ after: [Unicode.Scalar]) -> Entry
    {
        Entry(before + word + after, cursor: before.count + word.count)
    }

    mutating func step(_ key: Key) -> Step {
        switch key {
        case .character("\t"), .code(.down): return choose((selected ?? -1) + 1)
        case .code(.backTab), .code(.up): return choose((selected ?? candidates.count) - 1)
        case .character("\r") where selected != nil: return .closed
        case .code(.escape), .character("\u{07}"): return .closed
        default: return .closedBefore
        }
    }

    private mutating func choose(_ index: Int) -> Step {
        let index = (index + candidates.count) % candidates.count
        selected = index
        return .chose(CompletionMenu.entry(before, Array(candidates[index].text.unicodeScalars), after))
    }

    /// The rows under the entry: as many columns as fit, or one candidate a row beside its description.
    func rows(columns: Int) -> [Row] {
        let widths = candidates.map { StyledLine($0.text).width }
        let widest = max(widths.max() ?? 1, 1)
        let hasDescriptions = candidates.contains { !$0.description.isEmpty }
        let perRow = hasDescriptions ? 1 : max(columns / (widest + 2), 1)
        let count = (candidates.count + perRow - 1) / perRow
        let top = min(
            max((selected ?? 0) / perRow - CompletionMenu.maximumRows / 2, 0),
            max(count - CompletionMenu.maximumRows, 0))
        return (top..<min(top + CompletionMenu.maximumRows, count)).map { row in
            var line = StyledLine()
            for index in (row * perRow)..<min((row + 1) * perRow, candidates.count) {
                let candidate = candidates[index]
                line.runs.append(StyledText(candidate.text, index == selected ? .reversed : .plain))
                line.runs.append(StyledText(String(repeating: " ", count: widest + 2 - widths[index])))
                if !candidate.description.isEmpty { line.runs.append(StyledText(candidate.description, .dim)) }
            }
            return Row.cutting(line, columns: columns)
        }
    }
}
