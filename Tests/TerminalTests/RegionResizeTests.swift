import TestSupport
import Testing

@testable import Terminal

@Suite("RegionRenderer on a terminal that gets another size")
struct RegionResizeTests {
    /// The cursor is far to the right in its row, and there is a row below.
    private static let entry = Entry(
        Array("one two three four five six seven\nsecond line".unicodeScalars), cursor: 31)
    private static let output = ["first", "second", "third"].map { StyledLine($0) }

    private static func drawn(columns: Int, reflows: Bool) -> DrawnRegion {
        var region = DrawnRegion(rows: 16, columns: columns, reflows: reflows)
        region.draw(entry, finished: output, open: ["an open block"], status: "status")
        return region
    }

    private static func expected(columns: Int) -> [String] {
        let layout = EntryLayout(entry, prompt: DrawnRegion.prompt, folds: FoldedPastes(), columns: columns)
        let rows = layout.rows.map { $0.runs.map(\.text).joined() }.map { row in
            String(row.reversed().drop { $0 == " " }.reversed())
        }
        return output.map(\.text) + ["an open block", "status"] + rows
    }

    @Test(
        "narrower on a terminal that re-wraps: no copy is left, nothing above is lost", arguments: [39, 30, 25, 20, 14])
    func reflowing(columns: Int) {
        var region = Self.drawn(columns: 40, reflows: true)
        region.screen.narrow(toColumns: columns)
        region.screen.feed(region.renderer.resize(to: TerminalSize(rows: 16, columns: columns)))
        region.draw(Self.entry, open: ["an open block"], status: "status")
        #expect(region.screen.allLines == Self.expected(columns: columns))
    }

    @Test("narrower on a terminal that cuts: no copy is left, nothing above is lost", arguments: [39, 30, 25, 20, 14])
    func cutting(columns: Int) {
        var region = Self.drawn(columns: 40, reflows: false)
        region.resize(rows: 16, columns: columns)
        region.draw(Self.entry, open: ["an open block"], status: "status")
        #expect(region.screen.allLines == Self.expected(columns: columns))
    }

    @Test("wider, and of another height", arguments: [(16, 80), (20, 40), (10, 40), (9, 60), (16, 40)])
    func wider(rows: Int, columns: Int) {
        var region = Self.drawn(columns: 40, reflows: true)
        region.resize(rows: rows, columns: columns)
        region.draw(Self.entry, open: ["an open block"], status: "status")
        #expect(region.screen.allLines == Self.expected(columns: columns))
    }

    @Test("a storm of sizes leaves one region, and the output above it whole", arguments: 0..<10)
    func storm(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var region = Self.drawn(columns: 40, reflows: false)
        for _ in 0..<30 {
            let columns = Int.random(in: 20...60, using: &generator)
            region.resize(rows: 16, columns: columns)
            if Bool.random(using: &generator) { region.draw(Self.entry, open: ["an open block"], status: "status") }
        }
        region.draw(Self.entry, open: ["an open block"], status: "status")
        #expect(region.screen.allLines == Self.expected(columns: region.renderer.size.columns))
    }
}
