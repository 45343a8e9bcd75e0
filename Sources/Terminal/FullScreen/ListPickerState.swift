import Glibc

/// What is typed, found and selected in a ``ListPicker``: a value, changed by keys alone.
struct ListPickerState: Sendable {
    /// So many scalars can be typed to filter by.
    static let longestFilter = 200

    /// What a key led to, if that is the end of the list.
    enum Outcome: Hashable {
        /// The row with that number was chosen.
        case chosen(Int)
        case left
    }

    /// What was typed.
    private(set) var filter = ""
    /// The numbers of the rows that match, in their order.
    private(set) var matches: [Int]
    /// Which of the matches is selected; 0 if there are none.
    private(set) var selection = 0
    /// Which of the matches is the first one seen.
    private(set) var top = 0
    /// How many rows are seen.
    private(set) var height = 1

    /// The rows' texts in lower case, in UTF-8, each ended by a zero for strstr(3).
    private let searchTexts: [[CChar]]

    init(searchTexts: [String]) {
        self.searchTexts = searchTexts.map { ListPickerState.folded($0) }
        matches = Array(searchTexts.indices)
    }

    /// The number of the selected row.
    var selectedRow: Int? { matches.indices.contains(selection) ? matches[selection] : nil }

    /// Which of the matches are seen.
    var visible: Range<Int> { top..<min(top + height, matches.count) }

    /// The view shows so many rows now.
    mutating func setHeight(_ height: Int) {
        self.height = max(height, 1)
        select(selection)
    }

    mutating func step(_ key: FullScreenKey) -> Outcome? {
        switch key {
        case .text(let scalar): append(scalar)
        case .backspace: if !filter.isEmpty { setFilter(String(filter.dropLast())) }
        case .control("u"): setFilter("")
        case .control("w"): setFilter(ListPickerState.droppingLastWord(filter))
        case .up, .control("p"): select(selection - 1)
        case .down, .control("n"): select(selection + 1)
        case .pageUp: select(selection - height)
        case .pageDown: select(selection + height)
        case .home: select(0)
        case .end: select(matches.count - 1)
        case .enter: return selectedRow.map { .chosen($0) }
        case .escape, .control("c"), .control("g"): return .left
        case .left, .right, .delete, .tab, .backTab, .f2, .control, .unknown: break
        }
        return nil
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if filter.unicodeScalars.count >= ListPickerState.longestFilter { return }
        // A scalar that isn't shown as it is, such as a joiner, is more likely pasted than meant.
        if Sanitizer.sanitizeLine(String(scalar)) != String(scalar) { return }
        var scalars = filter.unicodeScalars
        scalars.append(scalar)
        setFilter(String(scalars))
    }

    private mutating func select(_ index: Int) {
        selection = max(min(index, matches.count - 1), 0)
        top = min(max(top, selection - height + 1), selection)
        // No empty rows at the end while there are some above.
        top = max(min(top, matches.count - height), 0)
    }

    // MARK: - Filtering

    private mutating func setFilter(_ text: String) {
        filter = text
        let words = text.split(separator: " ").map { ListPickerState.folded(String($0)) }
        matches = searchTexts.indices.filter { index in words.allSatisfy { strstr(searchTexts[index], $0) != nil } }
        (selection, top) = (0, 0)
    }

    private static func folded(_ text: String) -> [CChar] {
        // A zero inside would hide the rest.
        text.lowercased().utf8.map { CChar(bitPattern: $0 == 0 ? 0x20 : $0) } + [0]
    }

    private static func droppingLastWord(_ text: String) -> String {
        var rest = text.unicodeScalars
        while rest.last == " " { rest.removeLast() }
        while let last = rest.last, last != " " { rest.removeLast() }
        return String(rest)
    }
}
