import Testing

@testable import Terminal

@Suite("ListPickerState")
struct ListPickerStateTests {
    private static func state(_ texts: [String], height: Int = 3, keys: [FullScreenKey] = []) -> ListPickerState {
        var state = ListPickerState(searchTexts: texts)
        state.setHeight(height)
        for key in keys { _ = state.step(key) }
        return state
    }

    private static func text(_ text: String) -> [FullScreenKey] { text.unicodeScalars.map { .text($0) } }

    @Test(
        "every word that is typed must be in a row's text, in any case and order",
        arguments: [
            ("", [0, 1, 2]), ("a", [0, 1, 2]), ("AL", [0, 1]), ("b al", [0]), ("  al   b ", [0]), ("beta alpha", [0]),
            ("å", [2]), ("Å", [2]), ("zz", []), ("al zz", []),
        ])
    func filtering(filter: String, matches: [Int]) {
        let state = Self.state(["Alpha Beta", "alien", "Ångström a"], keys: Self.text(filter))
        #expect(state.matches == matches)
        #expect(state.selectedRow == matches.first)
    }

    @Test("a zero or a line feed in a row's text hides nothing")
    func zero() {
        #expect(Self.state(["a\0b\nc"], keys: Self.text("c")).matches == [0])
    }

    @Test(
        "keys move the selection, and what is seen follows it",
        arguments: [
            ([], 0, 0..<3), ([.up], 0, 0..<3), ([.down], 1, 0..<3), ([.down, .down, .down], 3, 1..<4),
            ([.down, .down, .down, .up, .up], 1, 1..<4), ([.end], 9, 7..<10), ([.end, .down], 9, 7..<10),
            ([.end, .home], 0, 0..<3), ([.pageDown], 3, 1..<4), ([.pageDown, .pageUp], 0, 0..<3),
            ([.control("n"), .control("n"), .control("p")], 1, 0..<3), ([.unknown, .left, .right], 0, 0..<3),
        ] as [([FullScreenKey], Int, Range<Int>)])
    func moving(keys: [FullScreenKey], selected: Int, visible: Range<Int>) {
        let state = Self.state((0..<10).map { "row \($0)" }, keys: keys)
        #expect(state.selectedRow == selected)
        #expect(state.visible == visible)
    }

    @Test("a window of another height keeps the selection in sight, and no row empty that needn't be")
    func height() {
        var state = Self.state((0..<10).map { "row \($0)" }, keys: [.end])
        state.setHeight(5)
        #expect(state.visible == 5..<10)
        state.setHeight(1)
        #expect(state.visible == 9..<10)
        state.setHeight(20)
        #expect(state.visible == 0..<10)
    }

    @Test(
        "the filter is edited at its end",
        arguments: [
            ([.backspace], "ab c"), ([.backspace, .backspace, .backspace], "ab"), ([.control("u")], ""),
            ([.control("w")], "ab "), ([.control("w"), .control("w")], ""),
            ([.control("w"), .control("w"), .control("w"), .backspace], ""), ([.text("\u{200B}")], "ab cd"),
            ([.text("e"), .text("\u{301}"), .backspace], "ab cd"),
        ] as [([FullScreenKey], String)])
    func editing(keys: [FullScreenKey], filter: String) {
        #expect(Self.state([], keys: Self.text("ab cd") + keys).filter == filter)
    }

    @Test("the filter doesn't grow without end")
    func limit() {
        let keys = [FullScreenKey](repeating: .text("x"), count: 1000)
        #expect(Self.state([], keys: keys).filter.count == ListPickerState.longestFilter)
    }

    @Test(
        "keys that end the list say how",
        arguments: [
            (.enter, .chosen(1)), (.escape, .left), (.control("c"), .left), (.control("g"), .left),
            (.delete, nil),
        ] as [(FullScreenKey, ListPickerState.Outcome?)])
    func ending(key: FullScreenKey, outcome: ListPickerState.Outcome?) {
        var state = Self.state(["a", "b"], keys: [.text("b")])
        #expect(state.step(key) == outcome)
    }

    @Test("where nothing matches, nothing can be chosen")
    func nothing() {
        var state = Self.state(["a"], keys: Self.text("zz") + [.down, .end, .pageUp])
        #expect(state.selectedRow == nil)
        #expect(state.visible.isEmpty)
        #expect(state.step(.enter) == nil)
    }
}
