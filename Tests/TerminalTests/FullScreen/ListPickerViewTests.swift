import Testing

@testable import Terminal

@Suite("ListPickerView")
struct ListPickerViewTests {
    private static let hostile = String(repeating: "世\u{1B}[2J\u{202E}👩‍👩‍👧\u{301}\n\t", count: 500)

    @Test(
        "nothing is drawn outside of a window of any size, whatever the rows hold",
        arguments: [1, 2, 3, 5, 6, 24], [1, 2, 3, 10, 19, 40, 79, 80, 200])
    func bounds(rows: Int, columns: Int) {
        let size = TerminalSize(rows: rows, columns: columns)
        let view = ListPickerView(title: Self.hostile, isUTF8: true)
        var state = ListPickerState()
        let row = ListPicker.Row(id: "a", title: Self.hostile, detail: "long detail 世", searchText: "a", isMarked: true)
        let damaged = ListPicker.Row(id: "b", title: Self.hostile, searchText: "b", problem: Self.hostile)
        state.take(.rows([row, damaged]))
        state.setHeight(view.listHeight(in: size))
        state.rest()
        state.take(.preview(of: "a", filter: "", [StyledLine(Self.hostile), "", "short"]))
        for _ in 0..<60 { _ = state.step(.text("世")) }
        for key in [FullScreenKey.unknown, .control("u"), .down, .enter, .up, .f2, .text("世"), .home] {
            _ = state.step(key)
            let frame = view.frame(of: state, in: size)
            for piece in frame.pieces {
                #expect((0..<rows).contains(piece.row))
                // A window of one column has no room for a wide letter: that one piece is cut when it's drawn.
                #expect(piece.column + piece.content.width <= columns || columns < 5)
                #expect(!piece.content.runs.contains { $0.text.unicodeScalars.contains("\u{1B}") })
            }
        }
    }

    @Test("where the locale isn't UTF-8, the view's own signs are ASCII")
    func ascii() {
        let view = ListPickerView(title: "t", isUTF8: false)
        var state = ListPickerState()
        state.take(.rows([ListPicker.Row(id: "a", title: "a")]))
        state.rest()
        let frame = view.frame(of: state, in: .standard)
        #expect(frame.pieces.allSatisfy { $0.content.runs.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x80 } } })
    }
}
