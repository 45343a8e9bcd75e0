import TextSearch

/// What is typed, found and selected in a ``ListPicker``: a value, changed by keys and by what comes in.
struct ListPickerState: Sendable {
    /// What a key led to, if that is the end of the list.
    enum Outcome: Hashable {
        case chosen(String)
        case left
    }

    /// What the source is asked for.
    enum Request: Hashable {
        case preview(of: String, filter: String)
        case search(String)
        case rename(String, to: String)
        case delete(String)
        case restore(String)
    }

    /// What is kept beside the rows that were selected last.
    struct Preview: Hashable {
        var id: String
        var filter: String
        /// Nil until it has come.
        var lines: [StyledLine]?
    }

    private static let mostPreviews = 100

    /// What was typed.
    private(set) var field = LineField()
    /// The title that is being written for a row.
    private(set) var renaming: (id: String, field: LineField)?
    /// All rows, in their order; those that were deleted too.
    private(set) var rows: [ListPicker.Row] = []
    /// The numbers of the rows that match: by what they show, and behind those by what was found in them.
    private(set) var matches: [Int] = []
    /// Which of the matches is selected; 0 if there are none.
    private(set) var selection = 0
    /// Which of the matches is the first one seen.
    private(set) var top = 0
    /// How many rows are seen.
    private(set) var height = 1
    /// What has to be said, until the next key.
    private(set) var notice = ""
    let canDelete: Bool
    /// How many columns there are for previews, which are made anew for others; none if they aren't seen.
    var previewColumns = 40 {
        didSet { if previewColumns != oldValue { previews = [] } }
    }

    private var searchTexts: [[UInt8]] = []
    private var numbers: [String: Int] = [:]
    private var isReading = true
    /// What was searched for last, and whether that is still going on.
    private var search = (text: "", isGoingOn: false)
    private var hits: [String] = []
    private var previews: [Preview] = []
    private var deleted: Set<String> = []
    /// What can be undone, the last one last.
    private var undo: [String] = []
    private var requests: [Request] = []

    init(canDelete: Bool = true) { self.canDelete = canDelete }

    var filter: String { field.text }
    /// How many rows there are.
    var count: Int { rows.count - deleted.count }
    var selectedRow: ListPicker.Row? { matches.indices.contains(selection) ? rows[matches[selection]] : nil }
    /// Which of the matches are seen.
    var visible: Range<Int> { top..<min(top + height, matches.count) }
    var isSearching: Bool { search.isGoingOn }
    var isEmpty: Bool { count == 0 && !isReading }
    /// Whether something is still to come.
    var isWaiting: Bool { isReading || search.isGoingOn || previews.contains { $0.lines == nil } }

    /// What is beside the list; nil if it hasn't come yet.
    var preview: [StyledLine]? {
        guard let selectedRow else { return [] }
        return previews.first { $0.id == selectedRow.id && $0.filter == filter }?.lines
    }

    mutating func takeRequests() -> [Request] {
        defer { requests = [] }
        return requests
    }

    /// The view shows so many rows now.
    mutating func setHeight(_ height: Int) {
        self.height = max(height, 1)
        select(selection)
    }

    /// No key has come for a moment: what is selected and typed is looked into.
    mutating func rest() {
        if search.text != filter {
            search = (filter, !filter.isEmpty)
            requests.append(.search(filter))
        }
        guard previewColumns > 0, let row = selectedRow,
            !previews.contains(where: { $0.id == row.id && $0.filter == filter })
        else { return }
        // The source makes the one that was asked for last.
        previews.removeAll { $0.lines == nil }
        if previews.count >= Self.mostPreviews { previews.removeFirst() }
        previews.append(Preview(id: row.id, filter: filter))
        requests.append(.preview(of: row.id, filter: filter))
    }

    // MARK: - Keys

    mutating func step(_ key: FullScreenKey) -> Outcome? {
        notice = ""
        if let renaming {
            rename(renaming.id, key, renaming.field)
            return nil
        }
        switch key {
        case .up, .control("p"): select(selection - 1)
        case .down, .control("n"): select(selection + 1)
        case .pageUp: select(selection - height)
        case .pageDown: select(selection + height)
        case .home: select(0)
        case .end: select(matches.count - 1)
        case .enter: return choose()
        case .escape, .control("c"), .control("g"): return .left
        // Who types / to search is searching already.
        case .text("/") where field.isEmpty: break
        case .text, .paste, .backspace, .control("u"), .control("w"):
            _ = field.step(key)
            filterRows()
            (selection, top) = (0, 0)
        case .delete, .control("x"): delete()
        case .control("_"): takeBack()
        case .f2, .control("r"): beginRenaming()
        default: break
        }
        return nil
    }

    private mutating func choose() -> Outcome? {
        guard let row = selectedRow else {
            // Where there is nothing to choose it is the end of a line that was pasted.
            if !field.isEmpty { _ = field.step(.text(" ")) }
            return nil
        }
        if let problem = row.problem { notice = problem }
        return row.problem == nil ? .chosen(row.id) : nil
    }

    private mutating func select(_ index: Int) {
        selection = max(min(index, matches.count - 1), 0)
        top = min(max(top, selection - height + 1), selection)
        // No empty rows at the end while there are some above.
        top = max(min(top, matches.count - height), 0)
    }

    // MARK: - Changes

    private mutating func beginRenaming() {
        guard let row = selectedRow, row.problem == nil else { return }
        renaming = (row.id, LineField(row.title))
    }

    private mutating func rename(_ id: String, _ key: FullScreenKey, _ field: LineField) {
        switch key {
        case .escape, .control("c"), .control("g"): renaming = nil
        case .enter:
            renaming = nil
            guard !field.text.allSatisfy({ $0 == " " }), let number = numbers[id], field.text != rows[number].title
            else { return }
            rows[number].title = field.text
            requests.append(.rename(id, to: field.text))
        default:
            var field = field
            _ = field.step(key)
            renaming = (id, field)
        }
    }

    private mutating func delete() {
        guard canDelete, let row = selectedRow else { return }
        requests.append(.delete(row.id))
        undo.append(row.id)
        setDeleted(true, of: row.id)
    }

    private mutating func takeBack() {
        guard canDelete else { return }
        guard let id = undo.popLast() else {
            notice = "There is nothing to undo."
            return
        }
        requests.append(.restore(id))
        setDeleted(false, of: id)
    }

    private mutating func setDeleted(_ isDeleted: Bool, of id: String) {
        if isDeleted { deleted.insert(id) } else { deleted.remove(id) }
        filterRows()
        if !isDeleted, let number = numbers[id], let index = matches.firstIndex(of: number) { selection = index }
        select(selection)
    }

    // MARK: - What comes in

    mutating func take(_ news: ListPickerFeed.News) {
        switch news {
        case .rows(let rows):
            for row in rows where numbers[row.id] == nil {
                numbers[row.id] = self.rows.count
                self.rows.append(row)
                searchTexts.append(CaseFolding.fold(row.searchText))
            }
            filterRows()
        case .rowsEnd: isReading = false
        case .preview(let id, let filter, let lines):
            guard let index = previews.firstIndex(where: { $0.id == id && $0.filter == filter }) else { return }
            previews[index].lines = lines
        case .hits(let text, let ids):
            guard text == search.text else { return }
            hits += ids
            filterRows()
        case .searchEnd(let text): if text == search.text { search.isGoingOn = false }
        case .change(let row):
            guard let number = numbers[row.id] else { return }
            rows[number] = row
            searchTexts[number] = CaseFolding.fold(row.searchText)
            filterRows()
        case .deletion(let id, let isDone):
            if isDone { undo.append(id) } else { undo.removeAll { $0 == id } }
            setDeleted(isDone, of: id)
        case .notice(let sentence): notice = sentence
        }
        select(selection)
    }

    /// The rows that match now; what is selected stays so if it is among them.
    private mutating func filterRows() {
        let selected = selectedRow?.id
        let text = filter
        if text != search.text { hits = [] }
        let words = FoldedText(text).words
        matches = rows.indices.filter { index in
            words.allSatisfy { ByteSearch.firstIndex(of: $0, in: searchTexts[index]) != nil }
                && !deleted.contains(rows[index].id)
        }
        if !hits.isEmpty {
            var known = Set(matches)
            for id in hits where !deleted.contains(id) {
                if let number = numbers[id], known.insert(number).inserted { matches.append(number) }
            }
        }
        if let selected, let index = matches.firstIndex(where: { rows[$0].id == selected }) { selection = index }
    }
}
