import Testing

@testable import Terminal

@Suite("ListPickerState")
struct ListPickerStateTests {
    /// A state with rows of these texts, their numbers as ids, and no more to come.
    private static func state(_ texts: [String], height: Int = 3, keys: [FullScreenKey] = []) -> ListPickerState {
        var state = ListPickerState()
        state.take(.rows(rows(texts)))
        state.take(.rowsEnd)
        state.setHeight(height)
        for key in keys { _ = state.step(key) }
        return state
    }

    private static func rows(_ texts: [String], from first: Int = 0) -> [ListPicker.Row] {
        texts.enumerated().map { ListPicker.Row(id: "\($0 + first)", title: $1) }
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
        #expect(state.selectedRow?.id == matches.first.map { "\($0)" })
    }

    @Test("a paste of several lines keeps its words apart")
    func paste() {
        let keys = Self.text("two") + [.enter] + Self.text("lines")
        #expect(Self.state(["one"], keys: keys).filter == "two lines")
    }

    @Test("letters are alike in the list that are in a search")
    func folding() {
        #expect(Self.state(["ΛΌΓΟΣ 5\u{B5}m"], keys: Self.text("λόγος\u{A0}5μ")).matches == [0])
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
        #expect(state.selectedRow?.id == "\(selected)")
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
        #expect(Self.state([], keys: keys).filter.count == LineField.longest)
    }

    @Test(
        "keys that end the list say how",
        arguments: [
            (.enter, .chosen("1")), (.escape, .left), (.control("c"), .left), (.control("g"), .left),
            (.delete, nil), (.control("d"), nil), (.tab, nil),
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

    @Test("a slash that begins what is typed is what some type to search: it is left out, and no other")
    func slash() {
        #expect(Self.state([], keys: Self.text("//a/b")).filter == "a/b")
    }

    // MARK: - What comes in

    @Test("rows that come later are behind the others, filtered as they are, and what is selected stays so")
    func pages() {
        var state = ListPickerState()
        #expect(state.isWaiting && !state.isEmpty)
        state.take(.rows(Self.rows(["apple", "pear"])))
        for key in Self.text("p") { _ = state.step(key) }
        _ = state.step(.down)
        state.take(.rows(Self.rows(["plum", "cherry", "apple"], from: 2)))
        state.take(.rowsEnd)
        #expect(state.matches == [0, 1, 2, 4] && state.selectedRow?.id == "1" && state.count == 5)
        #expect(!state.isWaiting)
        // One that is there already doesn't come twice.
        state.take(.rows(Self.rows(["again"])))
        #expect(state.count == 5)
    }

    @Test(
        "a search begins once no key comes, and what it finds is behind what rows show, for as long as it is what is typed"
    )
    func searching() {
        var state = Self.state(["apple", "pear", "plum"], keys: Self.text("pl"))
        #expect(state.takeRequests().isEmpty)
        state.rest()
        #expect(state.takeRequests() == [.search("pl"), .preview(of: "0", filter: "pl")] && state.isSearching)
        state.take(.hits(for: "pl", ["1", "9", "0"]))
        #expect(state.matches == [0, 2, 1])
        // Its row comes later.
        state.take(.rows(Self.rows((3..<10).map { "row \($0)" }, from: 3)))
        #expect(state.matches == [0, 2, 1, 9])
        state.take(.searchEnd(for: "pl"))
        #expect(!state.isSearching)
        _ = state.step(.text("u"))
        #expect(state.matches == [2])
        state.take(.hits(for: "pl", ["1"]))
        #expect(state.matches == [2])
        _ = state.step(.control("u"))
        state.rest()
        #expect(state.takeRequests().contains(.search("")) && !state.isSearching)
    }

    @Test("a preview is asked for once no key comes, and once for each row and filter")
    func previews() {
        var state = Self.state(["a", "b"])
        state.rest()
        state.rest()
        #expect(state.takeRequests() == [.preview(of: "0", filter: "")] && state.preview == nil && state.isWaiting)
        state.take(.preview(of: "0", filter: "", ["shown"]))
        #expect(state.preview == ["shown"])
        _ = state.step(.down)
        #expect(state.preview == nil)
        state.rest()
        _ = state.step(.up)
        state.rest()
        #expect(state.takeRequests() == [.preview(of: "1", filter: "")] && state.preview == ["shown"])
        // Nobody sees it.
        state.previewColumns = 0
        _ = state.step(.end)
        state.rest()
        #expect(state.takeRequests().isEmpty)
    }

    @Test("previews that were overtaken are asked for again, and no more than some are kept")
    func manyPreviews() {
        var state = Self.state((0..<300).map { "\($0)" })
        for _ in 0..<300 {
            state.rest()
            _ = state.step(.down)
        }
        _ = state.takeRequests()
        _ = state.step(.home)
        state.rest()
        #expect(state.takeRequests() == [.preview(of: "0", filter: "")])
    }

    // MARK: - Changes

    @Test("Del and Ctrl-X delete the selected row, Ctrl-_ brings the last one back and selects it")
    func deleting() {
        var state = Self.state(["a", "b", "c", "d"], keys: [.down, .delete, .control("x")])
        #expect(state.matches == [0, 3] && state.selectedRow?.id == "3" && state.count == 2)
        #expect(state.takeRequests() == [.delete("1"), .delete("2")])
        _ = state.step(.control("_"))
        #expect(state.matches == [0, 2, 3] && state.selectedRow?.id == "2")
        _ = state.step(.control("_"))
        #expect(state.matches == [0, 1, 2, 3] && state.selectedRow?.id == "1")
        #expect(state.takeRequests() == [.restore("2"), .restore("1")])
        _ = state.step(.control("_"))
        #expect(state.notice == "There is nothing to undo." && state.takeRequests().isEmpty)
    }

    @Test("what couldn't be deleted is there again, and isn't undone")
    func notDeleted() {
        var state = Self.state(["a", "b"], keys: [.delete])
        state.take(.deletion(of: "0", isDone: false))
        state.take(.notice("It can't be."))
        #expect(state.matches == [0, 1] && state.notice == "It can't be.")
        _ = state.step(.control("_"))
        #expect(state.takeRequests() == [.delete("0")])
    }

    @Test("where nothing can be deleted, the keys do nothing")
    func cannotDelete() {
        var state = ListPickerState(canDelete: false)
        state.take(.rows(Self.rows(["a"])))
        for key in [FullScreenKey.delete, .control("x"), .control("_")] { _ = state.step(key) }
        #expect(state.matches == [0] && state.takeRequests().isEmpty)
    }

    @Test("F2 and Ctrl-R write the title anew, in place", arguments: [.f2, .control("r")] as [FullScreenKey])
    func renaming(key: FullScreenKey) {
        var state = Self.state(["Apple", "Pear"], keys: [.down, key])
        #expect(state.renaming?.field.text == "Pear")
        for key in [.home, .delete, .text("B"), .end] + Self.text("s/") { _ = state.step(key) }
        #expect(state.renaming?.field.text == "Bears/" && state.filter.isEmpty)
        let outcome = state.step(.enter)
        #expect(outcome == nil && state.renaming == nil && state.selectedRow?.title == "Bears/")
        #expect(state.takeRequests() == [.rename("1", to: "Bears/")])
        // The source has the last word.
        state.take(.change(ListPicker.Row(id: "1", title: "Pear")))
        #expect(state.selectedRow?.title == "Pear")
    }

    @Test("Esc gives a new title up; an empty one and the old one are none")
    func notRenamed() {
        for keys in [[.text("x"), .escape], [.control("u"), .enter], [.enter], [.control("u"), .text(" "), .enter]]
            as [[FullScreenKey]]
        {
            var state = Self.state(["Apple"], keys: [.f2] + keys)
            #expect(state.selectedRow?.title == "Apple" && state.renaming == nil && state.takeRequests().isEmpty)
            let outcome = state.step(.escape)
            #expect(outcome == .left)
        }
    }

    @Test("a row with a problem says it instead of being chosen or renamed, and can be deleted")
    func problem() {
        var state = ListPickerState()
        state.take(.rows([ListPicker.Row(id: "a", title: "a", problem: "It is damaged.")]))
        let outcome = state.step(.enter)
        #expect(outcome == nil && state.notice == "It is damaged.")
        _ = state.step(.f2)
        #expect(state.renaming == nil && state.notice.isEmpty)
        _ = state.step(.delete)
        #expect(state.takeRequests() == [.delete("a")])
    }
}
