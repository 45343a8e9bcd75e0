import Testing

@testable import Terminal

@Suite("The menu of completions")
struct CompletionMenuTests {
    private func menu(
        _ texts: [String], typed: String = "", descriptions: [String] = [], goesOn: Bool = true
    ) throws -> CompletionMenu {
        let candidates = texts.enumerated().map { index, text in
            Completion.Candidate(
                text: text, description: descriptions.indices.contains(index) ? descriptions[index] : "")
        }
        return try #require(
            CompletionMenu(Completion(from: 0, candidates: candidates, goesOn: goesOn), entry: Entry(typed)))
    }

    private func lines(_ menu: inout CompletionMenu, columns: Int, height: Int = 20) -> [String] {
        menu.rows(columns: columns, height: height).map { row in
            #expect(row.width <= columns)
            let text = row.runs.map(\.text).joined()
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func press(_ keys: [Key], _ menu: inout CompletionMenu) -> [String] {
        keys.map { key in
            if case .chose(let entry) = menu.step(key) { entry.text } else { "-" }
        }
    }

    // MARK: Filling in

    @Test("what all have in common is filled in, if they go on from what was typed")
    func common() throws {
        #expect(try menu(["/model", "/models"], typed: "/m").completed == Entry("/model"))
        #expect(try menu(["gpt-a", "GPT-b"], typed: "gp").completed == Entry("gp"))
        #expect(try menu(["GPT-a", "GPT-b"], typed: "gp").completed == Entry("GPT-"))
        #expect(try menu(["2026-1", "2026-2"], typed: "tea", goesOn: false).completed == Entry("tea"))
        #expect(try menu(["/quit"], typed: "/ex", goesOn: false).completed == Entry("/quit"))
        let entry = Entry(Array("see @f now".unicodeScalars), cursor: 6)
        let file = CompletionMenu(Completion(from: 4, candidates: [.init(text: "@file ")]), entry: entry)
        #expect(file?.completed == Entry(Array("see @file  now".unicodeScalars), cursor: 10))
    }

    @Test("what is filled in can't be taken for a key or for a folded paste")
    func hostile() throws {
        #expect(try menu(["a\u{8B}\u{10FF00}b"]).completed.text == "a\u{FFFD}\u{FFFD}b")
        var hostile = try menu(["\u{1B}[31mred\n", "b"])
        #expect(lines(&hostile, columns: 80)[0].hasPrefix("␛[31mred␊"))
        #expect(CompletionMenu(Completion(from: 5, candidates: [.init(text: "x")]), entry: Entry("ab")) == nil)
        #expect(CompletionMenu(Completion(from: 0, candidates: []), entry: Entry("ab")) == nil)
    }

    // MARK: Layout

    @Test("candidates stand down the columns, as many as fit")
    func columns() throws {
        var menu = try menu(["a", "bb", "ccc", "d", "e"])
        #expect(lines(&menu, columns: 13) == ["a    ccc  e", "bb   d"])
        #expect(lines(&menu, columns: 80) == ["a    bb   ccc  d    e"])
        #expect(lines(&menu, columns: 2) == ["a", "bb", "c…", "d", "e"])
        #expect(lines(&menu, columns: 1) == ["a", "…", "…", "d", "e"])
    }

    @Test("descriptions stand beside them where there is room, else that of the chosen one below")
    func descriptions() throws {
        var menu = try menu(["one", "three"], descriptions: ["first", "a description that is long"])
        #expect(lines(&menu, columns: 40) == ["one    first", "three  a description that is long"])
        #expect(lines(&menu, columns: 20) == ["one    three", ""])
        _ = menu.step(.character("\t"))
        _ = menu.step(.character("\t"))
        #expect(lines(&menu, columns: 20) == ["one    three", "a description that …"])
    }

    @Test("a long candidate leaves room to the descriptions, and wide characters count double")
    func widths() throws {
        var menu = try menu([String(repeating: "x", count: 100), "世界"], descriptions: ["12345", "67890"])
        let rows = lines(&menu, columns: 40)
        #expect(
            rows == [
                String(repeating: "x", count: 32) + "…  12345", "世界" + String(repeating: " ", count: 31) + "67890",
            ])
    }

    @Test("of more than fit a window is shown that follows the choice, and how many more there are")
    func scrolling() throws {
        var menu = try menu((1...9).map { "candidate-\($0)" })
        #expect(lines(&menu, columns: 20, height: 4) == ["candidate-1", "candidate-2", "candidate-3", "+6 more"])
        _ = press(Array(repeating: .code(.down), count: 4), &menu)
        #expect(lines(&menu, columns: 20, height: 4) == ["candidate-2", "candidate-3", "candidate-4", "4/9"])
        _ = press([.code(.up), .code(.up), .code(.up), .code(.up)], &menu)
        #expect(lines(&menu, columns: 20, height: 4) == ["candidate-7", "candidate-8", "candidate-9", "9/9"])
        #expect(lines(&menu, columns: 20, height: 1) == ["candidate-9"])
        #expect(lines(&menu, columns: 20, height: 0) == [])
        #expect(lines(&menu, columns: 20, height: 100).count == 9)
    }

    @Test("the chosen one is reversed")
    func reversed() throws {
        var menu = try menu(["a", "b"])
        _ = menu.step(.character("\t"))
        let row = menu.rows(columns: 80, height: 5)[0]
        #expect(row.runs.filter { $0.style.isReversed }.map(\.text) == ["a"])
    }

    // MARK: Keys

    @Test("Tab and the arrows go through them, around the ends, and sideways over the columns")
    func motion() throws {
        var menu = try menu(["a", "b", "c", "d", "e"])
        _ = lines(&menu, columns: 5)  // a d / b e / c
        #expect(press([.character("\t"), .code(.down), .code(.down), .code(.down)], &menu) == ["a", "b", "c", "d"])
        #expect(press([.code(.left), .code(.right), .code(.right), .code(.right)], &menu) == ["a", "d", "b", "e"])
        #expect(press([.code(.right), .code(.right), .code(.left), .code(.left)], &menu) == ["c", "a", "c", "e"])
        #expect(press([.character("\u{0E}"), .character("\u{10}"), .code(.backTab)], &menu) == ["a", "e", "d"])
        var backwards = try self.menu(["a", "b"])
        #expect(press([.code(.backTab), .code(.up), .code(.up)], &backwards) == ["b", "a", "b"])
    }

    @Test("Enter takes what is chosen; Esc and Ctrl-G bring back what was typed; other keys take and do their work")
    func ends() throws {
        var menu = try menu(["/model", "/models"], typed: "/m")
        #expect(menu.step(.character("\r")) == .takenBefore)
        #expect(menu.step(.character("s")) == .narrows)
        #expect(menu.step(.character("\u{7F}")) == .narrows)
        #expect(menu.step(.code(.escape)) == .restored(Entry("/m")))
        _ = menu.step(.character("\t"))
        #expect(menu.step(.character("\r")) == .taken)
        #expect(menu.step(.character("s")) == .takenBefore)
        #expect(menu.step(.character("\u{7F}")) == .takenBefore)
        #expect(menu.step(.character("\u{07}")) == .restored(Entry("/m")))
        #expect(menu.step(.code(.home)) == .takenBefore)
        #expect(menu.step(.code(.left)) == .takenBefore)
        #expect(menu.step(.paste(["x"])) == .takenBefore)
    }

    @Test("whatever is pressed in whatever window, the rows fit, and what is chosen is seen", arguments: 0..<20)
    func anything(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let texts = (0..<Int.random(in: 1...90, using: &random)).map { number in
            String(
                repeating: ["a", "世", "e\u{301}", "👩‍👩‍👧", "\u{1B}"].randomElement(using: &random) ?? "",
                count: number % 13 + 1)
                + "\(number)"
        }
        var menu = try menu(texts, descriptions: seed % 2 == 0 ? [] : texts)
        let keys: [Key] = [
            .character("\t"), .code(.backTab), .code(.up), .code(.down), .code(.left), .code(.right),
            .character("\u{0E}"),
        ]
        for _ in 0..<200 {
            let columns = Int.random(in: 1...100, using: &random)
            let height = Int.random(in: 0...14, using: &random)
            let rows = menu.rows(columns: columns, height: height)
            #expect(rows.count <= height && rows.allSatisfy { $0.width <= columns })
            let isSeen = rows.contains { $0.runs.contains { $0.style.isReversed } }
            #expect(isSeen == (menu.hasSelection && height > 0))
            _ = menu.step(keys.randomElement(using: &random) ?? .ignored)
        }
    }
}

/// Numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
