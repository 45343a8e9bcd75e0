/// The completions of a word, of which one can be chosen under the entry.
///
/// A value: keys in, steps out. Nothing is selected at first, so that typing on narrows the list.
struct CompletionMenu {
    /// What a key did to it.
    enum Step: Equatable {
        case chose(Entry)
        /// The menu closes with what is chosen; the key is used up.
        case taken
        /// The menu closes, and what was typed is back.
        case restored(Entry)
        /// The key does what it always does, and what completes the entry then is listed.
        case narrows
        /// The menu closes, and the key does what it always does.
        case takenBefore
    }

    private let candidates: [Completion.Candidate]
    private let before: [Unicode.Scalar]
    private let after: [Unicode.Scalar]
    private let typed: Entry
    private var layout: CompletionMenuLayout
    private var selected: Int?
    /// The entry after as much as all candidates have in common, or the only one, was put in.
    let completed: Entry

    /// Completes as far as it is certain; nil if there is nothing to complete to.
    init?(_ completion: Completion, entry: Entry) {
        guard let first = completion.candidates.first, (0...entry.cursor).contains(completion.from) else { return nil }
        candidates = Array(completion.candidates.prefix(Completion.maximumCandidates))
        before = Array(entry.scalars[..<completion.from])
        after = Array(entry.scalars[entry.cursor...])
        typed = entry
        layout = CompletionMenuLayout(candidates)
        let word = Array(entry.scalars[completion.from..<entry.cursor])
        var common = CompletionMenu.scalars(first.text)
        for candidate in candidates.dropFirst() {
            let agreed = zip(common, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
            common.removeSubrange(agreed...)
        }
        let isSure = candidates.count == 1 || completion.goesOn && common.count >= word.count
        completed = CompletionMenu.entry(before, isSure ? common : word, after)
    }

    /// Whether there is nothing left to choose.
    var isDecided: Bool { candidates.count == 1 }

    var hasSelection: Bool { selected != nil }

    private static func entry(_ before: [Unicode.Scalar], _ word: [Unicode.Scalar], _ after: [Unicode.Scalar]) -> Entry
    {
        Entry(before + word + after, cursor: before.count + word.count)
    }

    /// A text as it may stand in the entry.
    private static func scalars(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.map { KeyDecoder.allowed($0) }
    }

    // MARK: - Keys

    /// What a key does; what stands to the left and right of the selection depends on what was drawn last.
    mutating func step(_ key: Key) -> Step {
        switch key {
        case .character("\t"), .code(.down), .character("\u{0E}"): return choose((selected ?? -1) + 1)
        case .code(.backTab), .code(.up), .character("\u{10}"): return choose((selected ?? candidates.count) - 1)
        case .code(.right) where layout.columnCount > 1: return choose(beside: 1)
        case .code(.left) where layout.columnCount > 1: return choose(beside: -1)
        case .character("\r") where selected != nil: return .taken
        case .code(.escape), .character("\u{07}"): return .restored(typed)
        case .character("\u{08}"), .character("\u{7F}"): return selected == nil ? .narrows : .takenBefore
        case .character(let scalar) where scalar.value >= 0x20: return selected == nil ? .narrows : .takenBefore
        default: return .takenBefore
        }
    }

    private mutating func choose(_ index: Int) -> Step {
        let index = (index + candidates.count) % candidates.count
        selected = index
        return .chose(CompletionMenu.entry(before, CompletionMenu.scalars(candidates[index].text), after))
    }

    /// Goes to the next column, and from the last one to the next row of the first.
    private mutating func choose(beside offset: Int) -> Step {
        guard let selected else { return choose(offset > 0 ? 0 : candidates.count - 1) }
        return choose(layout.index(beside: selected, offset: offset))
    }

    // MARK: - Drawing

    /// The rows under the entry, no more than there is room for.
    mutating func rows(columns: Int, height: Int) -> [Row] {
        layout.rows(columns: columns, height: height, selected: selected)
    }
}
