import Synchronization
import Testing

@testable import Terminal

/// Parts of given lines, which are wrapped hard; counts how many were laid out.
private final class Pages: PagerDocument {
    let partName = "turn"
    let firstNumber = 1
    let parts: [[String]]
    private let laidOut = Mutex<Set<Int>>([])

    init(_ parts: [[String]]) { self.parts = parts }

    /// Parts of three lines: `Turn 1`, `text 1`, and an empty one.
    convenience init(count: Int) { self.init((1...count).map { ["Turn \($0)", "text \($0)", ""] }) }

    var partsLaidOut: Set<Int> { laidOut.withLock { $0 } }
    var partCount: Int { parts.count }

    func size(ofPart part: Int) -> Int { parts[part].reduce(0) { $0 + $1.utf8.count } }

    func lines(ofPart part: Int, columns: Int) -> [StyledLine] {
        laidOut.withLock { _ = $0.insert(part) }
        return parts[part].map { StyledLine($0) }
    }

    func mayHold(_ search: FoldedText, inPart part: Int) -> Bool { search.hasWords(in: parts[part]) }
}

@Suite("PagerView", .timeLimit(.minutes(3)))
struct PagerViewTests {
    private static let size = TerminalSize(rows: 7, columns: 40)

    private static func keys(_ text: String) -> [FullScreenKey] {
        text.unicodeScalars.map { $0 == "\r" ? .enter : $0 == "\u{1B}" ? .escape : .text($0) }
    }

    /// A view that was given some keys, each after a frame, and has no search under way.
    private static func view(
        _ document: any PagerDocument, at start: PagerStart = .part(0), in size: TerminalSize = size,
        _ keys: [FullScreenKey] = []
    ) -> PagerView {
        var view = PagerView(document, at: start, isUTF8: true)
        _ = view.frame(in: size)
        for key in keys {
            _ = view.step(key)
            while view.isBusy { _ = view.advance() }
            _ = view.frame(in: size)
        }
        return view
    }

    /// The rows of the next frame as text.
    private static func rows(_ view: PagerView, in size: TerminalSize = size) -> [String] {
        var view = view
        var rows = [String](repeating: "", count: size.rows)
        for piece in view.frame(in: size).pieces where rows.indices.contains(piece.row) {
            rows[piece.row] += piece.content.text
        }
        return rows
    }

    /// The texts of the next frame that are in a style.
    private static func texts(_ view: PagerView, where isWanted: (Style) -> Bool) -> [String] {
        var view = view
        return view.frame(in: size).pieces.flatMap { $0.content.runs }.filter { isWanted($0.style) }.map(\.text)
    }

    @Test("it begins at the end, or at a part, over a row that says where that is")
    func beginning() {
        let rows = Self.rows(Self.view(Pages(count: 10), at: .end))
        #expect(rows.dropLast() == ["Turn 9", "text 9", "", "Turn 10", "text 10", ""])
        #expect(rows[6].hasPrefix("turn 9 of 10 · end · q leave"))
        let third = Self.rows(Self.view(Pages(count: 10), at: .part(2)))
        #expect(third[0] == "Turn 3" && third[6].hasPrefix("turn 3 of 10 · 19% · "))
        // What fits needs no scrolling.
        #expect(Self.rows(Self.view(Pages(count: 1), at: .end))[..<3] == ["Turn 1", "text 1", ""])
    }

    @Test(
        "keys scroll by rows, pages and parts, and never further than the text goes",
        arguments: [
            ("", "Turn 1"), ("j", "text 1"), ("jjj", "Turn 2"), ("jk", "Turn 1"), ("k", "Turn 1"), ("\r", "text 1"),
            (" ", ""), ("  ", "text 4"), ("  b", ""), ("f b", ""), ("d", "Turn 2"), ("du", "Turn 1"),
            ("G", "Turn 9"), ("Gj", "Turn 9"), ("G ", "Turn 9"), ("Gg", "Turn 1"), ("Gk", ""),
            ("]", "Turn 2"), ("]]", "Turn 3"), ("]j[", "Turn 2"), ("]j[[", "Turn 1"), ("[", "Turn 1"),
            ("5\r", "Turn 5"), ("5t", "Turn 5"), ("10g", "Turn 10"), ("10gk", ""), ("10gj", "Turn 10"),
            ("5x", "Turn 1"),
            ("11\r", "Turn 1"), ("0\r", "Turn 1"), ("5\u{1B}", "Turn 1"), ("99999999999999999999\r", "Turn 1"),
        ])
    func keys(keys: String, top: String) {
        #expect(Self.rows(Self.view(Pages(count: 10), Self.keys(keys)))[0] == top)
    }

    @Test(
        "so do arrows and the like",
        arguments: [
            ([.down, .down, .up], "text 1"), ([.pageDown, .pageDown], "text 4"), ([.pageDown, .pageUp], "Turn 1"),
            ([.end], "Turn 9"), ([.end, .home], "Turn 1"), ([.tab, .tab, .backTab], "Turn 2"),
            ([.control("d")], "Turn 2"), ([.control("v"), .control("d"), .up], "text 3"),
            ([.f2, .left, .unknown], "Turn 1"),
        ] as [([FullScreenKey], String)])
    func otherKeys(keys: [FullScreenKey], top: String) {
        #expect(Self.rows(Self.view(Pages(count: 10), keys))[0] == top)
    }

    @Test("a number is shown while it is typed, and one that no part has is said")
    func numbers() {
        #expect(Self.rows(Self.view(Pages(count: 10), Self.keys("12")))[6].hasPrefix("turn 12  Enter goes there"))
        let none = Self.view(Pages(count: 10), Self.keys("12\r"))
        #expect(Self.rows(none)[6].hasPrefix("There is no turn 12."))
        #expect(Self.rows(Self.view(Pages(count: 10), Self.keys("12") + [.backspace, .enter]))[0] == "Turn 1")
    }

    @Test("q, Esc and Ctrl-C leave", arguments: [.text("q"), .escape, .control("c"), .control("g")] as [FullScreenKey])
    func leaving(key: FullScreenKey) {
        var view = Self.view(Pages(count: 3))
        guard case .ends = view.step(key) else { return #expect(Bool(false)) }
    }

    @Test("? shows the keys until the next one")
    func help() {
        let view = Self.view(Pages(count: 10), Self.keys("?"))
        #expect(Self.rows(view)[0].contains("leave") && Self.rows(view)[6] == "Any key goes back.")
        #expect(Self.rows(Self.view(Pages(count: 10), Self.keys("?q")))[0] == "Turn 1")
    }

    @Test("another width keeps the place, and the first one brings it back exactly")
    func resizing() {
        let text = (0..<60).map { "word\($0)" }.joined(separator: " ")
        let document = Pages((1...5).map { ["Turn \($0)", text, ""] })
        for moves in 1...40 {
            var view = Self.view(document, [FullScreenKey](repeating: .down, count: moves))
            let before = Self.rows(view)
            for columns in [11, 80, 25, 200, 40] {
                let size = TerminalSize(rows: 7, columns: columns)
                _ = view.frame(in: size)
                // The first character that was at the top is in the top row still.
                let top = Self.rows(view, in: size)[0].filter { $0 != " " }
                let first = before[0].filter { $0 != " " }.prefix(4)
                #expect(first.isEmpty || top.contains(first) || columns == 11, "\(before[0]) in \(top)")
            }
            #expect(Self.rows(view) == before, "after \(moves)")
        }
    }

    @Test("a higher window shows no rows behind the end, but where somebody went to a part near it")
    func height() {
        let high = TerminalSize(rows: 16, columns: 40)
        #expect(Self.rows(Self.view(Pages(count: 10), at: .end), in: high)[14] == "")
        #expect(Self.rows(Self.view(Pages(count: 10), at: .end), in: high)[13] == "text 10")
        #expect(Self.rows(Self.view(Pages(count: 10), Self.keys("10g")), in: high)[0] == "Turn 10")
    }

    // MARK: - Searching

    private static let prose = Pages([
        ["Turn 1", "An Ångström and a needle. Λόγος 5μm", ""],
        ["Turn 2", String(repeating: "x", count: 38) + " nee", "dle in hay", ""],
        ["Turn 3"] + (0..<20).map { "line \($0)" } + ["a Needle, a needle", ""],
    ])

    @Test(
        "what is typed behind / is found as it is typed, in either case",
        arguments: [
            ("/needle", "Turn 1", "needle"), ("/NEEDLE\r", "Turn 1", "needle"), ("/ångström", "Turn 1", "Ångström"),
            ("/line 1", "Turn 3", "line 1"), ("/line  19\r", "line 16", "line 19"),
            ("/λόγοσ\u{A0}5\u{B5}m", "Turn 1", "Λόγος 5μm"),
        ])
    func searching(keys: String, top: String, hit: String) {
        let view = Self.view(Self.prose, Self.keys(keys))
        #expect(Self.rows(view)[0] == top)
        #expect(Self.texts(view) { $0.isReversed } == [hit])
    }

    @Test("a text is found across the end of a wrapped line, and where one line follows another")
    func acrossRows() {
        #expect(Self.texts(Self.view(Self.prose, Self.keys("/x nee"))) { $0.isReversed } == ["x n", "ee"])
        #expect(
            Self.texts(Self.view(Self.prose, Self.keys("]/nee dle in"))) { $0.isReversed } == ["n", "ee", "dle in"])
    }

    @Test("n and N go from place to place, around the ends")
    func next() {
        func hit(_ keys: String) -> PagerSearch.Hit? { Self.view(Self.prose, Self.keys("/needle\r" + keys)).hit }
        let places = [hit(""), hit("n"), hit("nn"), hit("nnn")]
        #expect(places.map { $0?.part } == [0, 2, 2, 0])
        #expect(places[1]?.match.start.column == 2 && places[2]?.match.start.column == 12)
        #expect([hit("N"), hit("NN"), hit("nN")] == [places[2], places[1], places[0]])
        #expect(Self.rows(Self.view(Self.prose, Self.keys("/needle\rN")))[6].hasPrefix("Around the end."))
        #expect(Self.texts(Self.view(Self.prose, Self.keys("/needle\rn"))) { $0.isUnderlined } == ["needle"])
    }

    @Test("Esc goes back to where the search began; what isn't found is said, and moves nothing")
    func givenUp() {
        let back = Self.view(Self.prose, Self.keys("jj/line 19\u{1B}"))
        #expect(Self.rows(back)[0] == "" && Self.texts(back) { $0.isReversed }.isEmpty)
        let typing = Self.view(Self.prose, Self.keys("j/nothing"))
        #expect(Self.rows(typing)[6] == "/nothing  not found" && Self.rows(typing)[0].hasPrefix("An "))
        #expect(Self.rows(Self.view(Self.prose, Self.keys("n")))[6].hasPrefix("Nothing was looked for yet"))
        #expect(Self.rows(Self.view(Self.prose, Self.keys("/nothing\rn")))[6].hasPrefix("Not found: nothing"))
        // It stays while Enter scrolls.
        let left = Self.keys("/nothing\r")
        #expect(Self.rows(Self.view(Self.prose, left))[6].hasPrefix("Not found: nothing"))
        #expect(Self.rows(Self.view(Self.prose, left + [.enter]))[6].hasPrefix("Not found: nothing"))
        #expect(Self.rows(Self.view(Self.prose, left + [.down]))[6].hasPrefix("turn 1"))
        // Deleted to the last letter, / is over.
        #expect(Self.rows(Self.view(Self.prose, Self.keys("/a") + [.backspace, .backspace]))[6].hasPrefix("turn 1"))
    }

    @Test("it can begin at what was found elsewhere")
    func beginningAtHit() {
        let view = Self.view(Self.prose, at: .part(1, search: "Needle"))
        #expect(view.hit?.part == 2 && Self.texts(view) { $0.isReversed } == ["Needle"])
    }

    // MARK: - Size

    @Test("of a long text only what is seen is laid out, and a search lays out only where it may find something")
    func lazy() {
        let document = Pages((0..<10_000).map { ["Turn", $0 == 4321 ? "needle" : "hay \($0)", ""] })
        let view = Self.view(document, at: .end)
        #expect(document.partsLaidOut == [9998, 9999])
        #expect(Self.rows(Self.view(document, at: .end, Self.keys("/needle\r")))[1...2].contains("needle"))
        #expect(document.partsLaidOut.subtracting([9998, 9999]) == [4320, 4321, 4322])
        _ = view
    }

    @Test("while something is found, keys don't look through the part again")
    func lookedThroughOnce() {
        let document = Pages([(0..<20_000).map { "a line with a needle and a number, \($0)" }])
        var view = Self.view(document, at: .part(0, search: "needle"))
        for _ in 0..<500 {
            _ = view.step(.down)
            _ = view.frame(in: Self.size)
        }
        #expect(view.top.row == 500 && Self.texts(view) { $0.isUnderlined }.count == 6)
        // Another text has other places.
        #expect(view.pages.matches(of: FoldedText("number"), inPart: 0).count == 1000)
    }

    @Test("no more than some rows are kept")
    func cap() {
        var pages = PagerPages(Pages((0..<200).map { _ in [String](repeating: "x", count: 1000) }))
        for part in 0..<200 { #expect(pages.part(part).rows.count == 1000) }
        #expect(pages.rowCount <= PagerPages.mostRows + 1000)
    }

    @Test(
        "nothing is drawn outside of a window of any size, whatever the text holds",
        arguments: [0, 1, 2, 3, 6, 24], [1, 2, 3, 10, 20, 40, 200])
    func bounds(rows: Int, columns: Int) {
        let hostile = String(repeating: "世\u{1B}[2J\u{202E}👩‍👩‍👧\u{301}\n\t", count: 50)
        let size = TerminalSize(rows: rows, columns: columns)
        let keys = Self.keys("jG k/世\rn?x12\r") + [.pageUp, .text("/")] + Self.keys(String(repeating: "世", count: 50))
        var view = PagerView(Pages([[hostile], [], [hostile, hostile]]), at: .end, isUTF8: true)
        for key in keys {
            for piece in view.frame(in: size).pieces {
                #expect((0..<max(rows, 1)).contains(piece.row))
                #expect(piece.column + piece.content.width <= columns || columns < 3)
                #expect(!piece.content.runs.contains { $0.text.unicodeScalars.contains("\u{1B}") })
            }
            _ = view.step(key)
            while view.isBusy { _ = view.advance() }
        }
    }
}
