import TestSupport
import Testing

@testable import Terminal

/// A renderer and the screen that it draws on.
struct DrawnRegion {
    var renderer: RegionRenderer
    var screen: TerminalScreen
    var scroll = 0
    static let prompt = Prompt(main: StyledLine("> ", .bold), continuation: ". ")

    init(rows: Int, columns: Int, reflows: Bool = false) {
        renderer = RegionRenderer(size: TerminalSize(rows: rows, columns: columns), colors: .sixteen, reflows: reflows)
        screen = TerminalScreen(rows: rows, columns: columns)
    }

    /// Draws an entry with what is around it, and returns how many bytes that took.
    @discardableResult
    mutating func draw(
        _ entry: Entry, finished: [StyledLine] = [], open: [StyledLine] = [], status: StyledLine? = nil,
        below: [Row] = []
    ) -> Int {
        let layout = EntryLayout(
            entry, prompt: Self.prompt, folds: FoldedPastes(), columns: renderer.size.columns)
        let content = RegionContent(open: open, status: status, entry: layout, below: below)
        let bytes = renderer.draw(content.frame(size: renderer.size, scroll: &scroll), finished: finished)
        screen.feed(bytes)
        return bytes.count
    }

    mutating func resize(rows: Int, columns: Int) {
        screen.resize(rows: rows, columns: columns)
        screen.feed(renderer.resize(to: TerminalSize(rows: rows, columns: columns)))
    }
}

@Suite("RegionRenderer")
struct RegionRendererTests {
    @Test("what is drawn bit by bit looks like what is drawn at once", arguments: 0..<40)
    func incremental(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let (rows, columns) = (Int.random(in: 3...12, using: &generator), 21 + seed % 20)
        var region = DrawnRegion(rows: rows, columns: columns)
        var entry = Entry()
        for step in 0..<60 {
            switch Int.random(in: 0..<8, using: &generator) {
            case 0..<4: entry.insert(RandomText.pieces.randomElement(using: &generator) ?? [])
            case 4: entry.cursor = Int.random(in: 0...entry.scalars.count, using: &generator)
            case 5: if entry.cursor > 0 { entry.delete(to: entry.previousCharacter) }
            case 6: if entry.cursor < entry.scalars.count { entry.delete(to: entry.nextCharacter) }
            default: entry = Entry(RandomText.scalars(count: 30, &generator))
            }
            let open = (0..<Int.random(in: 0...3, using: &generator)).map { StyledLine("open 世 \(step) \($0)", .dim) }
            let status: StyledLine? = step % 5 == 0 ? "status" : nil
            let scroll = region.scroll
            region.draw(entry, open: open, status: status)
            var anew = DrawnRegion(rows: rows, columns: columns)
            anew.scroll = scroll
            anew.draw(entry, open: open, status: status)
            let picture = region.screen.lines.filter { !$0.isEmpty }
            #expect(picture == anew.screen.lines.filter { !$0.isEmpty }, "step \(step)")
            #expect(region.screen.cursor.column == anew.screen.cursor.column, "step \(step)")
            #expect(region.screen.lines[region.screen.cursor.row] == anew.screen.lines[anew.screen.cursor.row])
            #expect(region.screen.foreignSequences.isEmpty)
            #expect(region.screen.modes == [7, 25])
            if picture != anew.screen.lines.filter({ !$0.isEmpty }) { return }
        }
    }

    @Test(
        "finished lines go above the region in order, and the region leaves nothing of itself behind", arguments: 0..<20
    )
    func scrollback(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var region = DrawnRegion(rows: 6, columns: 30)
        var expected: [String] = []
        var entry = Entry()
        for step in 0..<60 {
            entry = Entry(
                Array(String(repeating: "entry ", count: Int.random(in: 0..<20, using: &generator)).unicodeScalars))
            let finished = (0..<Int.random(in: 0..<4, using: &generator)).map { "line \(step).\($0)" }
            expected += finished
            region.draw(entry, finished: finished.map { StyledLine($0) }, open: step % 3 == 0 ? ["open"] : [])
        }
        region.screen.feed(region.renderer.erase())
        #expect(region.screen.allLines == expected)
    }

    @Test("an entry higher than the screen shows the rows around the cursor, with marks of what is hidden")
    func tall() {
        let lines = (1...20).map { "line \($0)" }
        var region = DrawnRegion(rows: 6, columns: 30)
        var entry = Entry(lines.joined(separator: "\n"))
        region.draw(entry)
        #expect(region.screen.lines[0].hasPrefix(". line 15"))
        #expect(region.screen.lines[0].hasSuffix("↑14"))
        #expect(region.screen.lines[5] == ". line 20")
        #expect(region.screen.scrollback.isEmpty)
        entry.cursor = 0
        region.draw(entry)
        #expect(region.screen.lines[0] == "> line 1")
        #expect(region.screen.lines[5].hasSuffix("↓14"))
        #expect(region.screen.cursor == (0, 2))
        // The answer, the status and the menu leave room for the entry.
        let below = (1...8).map { Row.cutting(StyledLine("menu \($0)"), columns: 30) }
        region.draw(entry, open: lines.map { StyledLine($0) }, status: "status", below: below)
        #expect(region.screen.lines.contains("> line 1"))
        #expect(region.screen.lines.contains("status"))
        #expect(region.screen.scrollback.isEmpty)
    }

    @Test("an open block higher than the screen shows its end, and nothing of it gets into the scrollback")
    func tallOpenBlock() {
        var region = DrawnRegion(rows: 5, columns: 20)
        for count in 1...30 { region.draw(Entry("draft"), open: (1...count).map { StyledLine("open \($0)") }) }
        #expect(region.screen.lines == ["open 27", "open 28", "open 29", "open 30", "> draft"])
        #expect(region.screen.scrollback.isEmpty)
        region.draw(Entry("draft"), finished: (1...30).map { StyledLine("open \($0)") })
        #expect(region.screen.allLines == (1...30).map { "open \($0)" } + ["> draft"])
    }

    @Test("a typed key costs few bytes, and nothing changed costs none")
    func economy() {
        var region = DrawnRegion(rows: 24, columns: 80)
        var entry = Entry("some words that are typed already")
        region.draw(entry, open: [StyledLine("open")], status: "status")
        entry.insert(["x"])
        #expect(region.draw(entry, open: [StyledLine("open")], status: "status") < 120)
        #expect(region.draw(entry, open: [StyledLine("open")], status: "status") == 0)
        entry.cursor -= 1
        #expect(region.draw(entry, open: [StyledLine("open")], status: "status") < 60)
    }

    @Test("sizes from 1 by 1 up take any content", arguments: [(1, 1), (1, 80), (2, 2), (2, 10), (5, 1), (3, 3)])
    func tiny(rows: Int, columns: Int) {
        var region = DrawnRegion(rows: rows, columns: columns)
        let below = [Row.cutting("menu", columns: columns)]
        for text in ["", "世界", "a\nb\nc\nd", "\t\u{3}", "👨‍👩‍👧"] {
            region.draw(Entry(text), open: ["open"], status: "status", below: below)
            #expect(region.screen.scrollback.isEmpty)
            #expect(region.screen.modes == [7, 25])
        }
    }
}
