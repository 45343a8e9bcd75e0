/// What a ``Pager`` shows and does: a value, changed by keys alone.
struct PagerView: FullScreenView {
    typealias Outcome = Void

    /// What the keys mean now.
    enum Mode: Hashable {
        case reading
        /// What is looked for is being typed; the place is where that began.
        case searching(LineField, from: PagerPlace)
        /// The keys are shown.
        case keys
    }

    var pages: PagerPages
    /// The first row that is seen.
    private(set) var top: PagerPlace
    /// How many rows of text are seen.
    var height = 1
    private(set) var mode = Mode.reading
    /// The number of a part, as far as it is typed.
    private(set) var number = ""
    /// What has to be said, until the next key that isn't Enter.
    private(set) var notice = ""
    let isUTF8: Bool

    /// What was looked for last, and where it was found.
    private(set) var query = ""
    var found: FoldedText?
    private(set) var hit: PagerSearch.Hit?
    private var search: PagerSearch?

    /// How far into its part the first row is (``PagerPart/weights``), for as long as nobody has moved.
    private var anchor: Int?
    /// Whether the end may be further up than the window's last row, as somebody went to a place near it.
    private var isBeyondEnd = false
    /// Where the view begins, once the size of the window is known.
    private var start: PagerStart?

    init(_ document: any PagerDocument, at start: PagerStart, isUTF8: Bool) {
        pages = PagerPages(document)
        top = PagerPlace(part: 0)
        self.start = start
        self.isUTF8 = isUTF8
    }

    /// Takes the size of the window; what stood at its top stays there.
    mutating func fit(_ size: TerminalSize) {
        let columns = max(size.columns, 1)
        height = max(size.rows - 1, 1)
        if columns != pages.columns {
            let weight = start != nil ? 0 : anchor ?? pages.part(top.part).weights[top.row]
            pages.setColumns(columns)
            if start == nil {
                top.row = pages.part(top.part).row(ofWeight: weight)
                anchor = weight
            }
            if let old = hit { hit = repeated(old) }
        }
        if let start { begin(start) }
        if !isBeyondEnd { top = min(top, pages.end(height: height)) }
    }

    private mutating func begin(_ start: PagerStart) {
        self.start = nil
        switch start {
        case .end: top = pages.end(height: height)
        case .part(let part, let text):
            go(to: PagerPlace(part: max(min(part, pages.last), 0)))
            if let text { look(for: text, from: top, .init(row: 0, column: -1)) }
        }
    }

    /// What was found stands elsewhere in another width.
    private mutating func repeated(_ hit: PagerSearch.Hit) -> PagerSearch.Hit? {
        guard let found else { return nil }
        let match = pages.matches(of: found, inPart: hit.part).first { $0.start.row >= hit.match.start.row }
        return match.map { PagerSearch.Hit(part: hit.part, match: $0) } ?? hit
    }

    // MARK: - Keys

    mutating func step(_ key: FullScreenKey) -> FullScreenStep<Void> {
        // Who ends a search with Enter sees what came of it.
        if key != .enter { notice = "" }
        switch mode {
        case .keys: mode = .reading
        case .searching(let field, let from): type(key, into: field, from: from)
        case .reading: return read(key)
        }
        return .goesOn
    }

    private mutating func read(_ key: FullScreenKey) -> FullScreenStep<Void> {
        if case .text(let digit) = key, ("0"..."9").contains(digit) {
            if number.utf8.count < 9 { number.unicodeScalars.append(digit) }
            return .goesOn
        }
        let typed = Int(number)
        if typed != nil, key == .backspace {
            number.removeLast()
            return .goesOn
        }
        number = ""
        switch key {
        case .enter, .text("t"), .text("g"), .text("G"):
            if let typed { goToNumber(typed) } else { scroll(key) }
        case .escape, .control("c"), .control("g"):
            if typed == nil { return .ends(()) }
        case .text("q"), .text("Q"): return .ends(())
        case .text("]"), .tab: goToPart(top.part + 1)
        case .text("["), .backTab: goToPart(top.row > 0 ? top.part : top.part - 1)
        case .text("/"): mode = .searching(LineField(), from: top)
        case .text("n"): lookAgain(isForward: true)
        case .text("N"): lookAgain(isForward: false)
        case .text("?"), .text("h"): mode = .keys
        default: scroll(key)
        }
        return .goesOn
    }

    private mutating func scroll(_ key: FullScreenKey) {
        // A row of the page before stays in sight.
        let page = max(height - 1, 1)
        switch key {
        case .down, .enter, .text("j"), .control("n"), .control("e"): scroll(by: 1)
        case .up, .text("k"), .control("p"), .control("y"): scroll(by: -1)
        case .pageDown, .text(" "), .text("f"), .control("f"), .control("v"): scroll(by: page)
        case .pageUp, .text("b"), .control("b"), .backspace: scroll(by: -page)
        case .text("d"), .control("d"): scroll(by: max(height / 2, 1))
        case .text("u"), .control("u"): scroll(by: -max(height / 2, 1))
        case .home, .text("g"), .text("<"): go(to: PagerPlace(part: 0))
        case .end, .text("G"), .text(">"):
            go(to: pages.end(height: height))
        default: break
        }
    }

    private mutating func scroll(by rows: Int) {
        let end = pages.end(height: height)
        if rows < 0 {
            go(to: pages.place(top, movedBy: rows))
        } else if top < end {
            go(to: min(pages.place(top, movedBy: rows), end))
        }
    }

    private mutating func go(to place: PagerPlace) {
        (top, anchor) = (place, nil)
        isBeyondEnd = place > pages.end(height: height)
    }

    private mutating func goToPart(_ part: Int) {
        if (0...pages.last).contains(part) { go(to: PagerPlace(part: part)) }
    }

    private mutating func goToNumber(_ number: Int) {
        let first = pages.document.firstNumber
        guard (first...first + pages.last).contains(number) else {
            notice = "There is no \(pages.document.partName) \(number)."
            return
        }
        go(to: PagerPlace(part: number - first))
    }

    // MARK: - Looking for something

    private mutating func type(_ key: FullScreenKey, into field: LineField, from: PagerPlace) {
        var field = field
        switch key {
        case .enter:
            mode = .reading
            if field.isEmpty {
                lookAgain(isForward: true)
            } else if hit == nil, !isBusy {
                notice = notFound
            }
        case .backspace where field.isEmpty, .escape, .control("c"), .control("g"):
            mode = .reading
            (search, found, hit) = (nil, nil, nil)
            go(to: from)
        default:
            guard field.step(key) else { return }
            mode = .searching(field, from: from)
            go(to: from)
            look(for: field.text, from: from, .init(row: from.row, column: -1))
        }
    }

    private mutating func look(for text: String, from place: PagerPlace, _ cell: PagerPart.Cell) {
        hit = nil
        found = FoldedText(text)
        guard !text.isEmpty, let found else {
            (search, self.found) = (nil, nil)
            return
        }
        query = text
        search = PagerSearch(found, from: place.part, cell, isForward: true, count: pages.document.partCount)
        _ = advance()
    }

    private mutating func lookAgain(isForward: Bool) {
        guard !query.isEmpty else {
            notice = "Nothing was looked for yet: / begins that."
            return
        }
        let text = found ?? FoldedText(query)
        found = text
        // From what was found as long as that is in sight, else from what is.
        var (part, cell) = (top.part, PagerPart.Cell(row: top.row, column: isForward ? -1 : 0))
        if let hit, isInSight(hit) { (part, cell) = (hit.part, hit.match.start) }
        search = PagerSearch(text, from: part, cell, isForward: isForward, count: pages.document.partCount)
        _ = advance()
    }

    private var notFound: String { "Not found: \(query)" }
    var isBusy: Bool { search != nil }
    var patience: Int32 { isBusy ? 0 : 100 }

    mutating func advance() -> Bool {
        guard var search else { return false }
        switch search.step(in: &pages) {
        case .goesOn: self.search = search
        case .found(let hit):
            self.search = nil
            self.hit = hit
            if search.hasTurned, mode == .reading { notice = "Around the end." }
            if !isInSight(hit) {
                let place = PagerPlace(part: hit.part, row: hit.match.start.row)
                go(to: min(pages.place(place, movedBy: -(height / 3)), pages.end(height: height)))
            }
        case .ended:
            self.search = nil
            hit = nil
            if mode == .reading { notice = notFound }
        }
        return true
    }

    private mutating func isInSight(_ hit: PagerSearch.Hit) -> Bool {
        let place = PagerPlace(part: hit.part, row: hit.match.start.row)
        return place >= top && place <= pages.place(top, movedBy: height - 1)
    }
}

/// Where a ``Pager`` begins.
package enum PagerStart: Hashable, Sendable {
    case end
    /// With the first row of a part at the top; or, where a text is given, at what is found of it from there on.
    case part(Int, search: String? = nil)
}
