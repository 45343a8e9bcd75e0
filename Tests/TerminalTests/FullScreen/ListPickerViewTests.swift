import Testing

@testable import Terminal

@Suite("ListPickerView")
struct ListPickerViewTests {
    private static let hostile = String(repeating: "世\u{1B}[2J\u{202E}👩‍👩‍👧\u{301}\n\t", count: 500)

    @Test(
        "nothing is drawn outside of a window of any size, whatever the rows hold",
        arguments: [1, 2, 3, 5, 6, 24], [1, 2, 3, 10, 19, 40, 79, 80, 200])
    func bounds(rows: Int, columns: Int) {
        let row = ListPicker.Row(
            title: Self.hostile, detail: "long detail 世", preview: [StyledLine(Self.hostile), "", "short"])
        let view = ListPickerView(title: Self.hostile, rows: [row, row], isUTF8: true)
        var state = ListPickerState(searchTexts: ["a", "b"])
        state.setHeight(ListPickerView.listHeight(in: TerminalSize(rows: rows, columns: columns)))
        for _ in 0..<60 { _ = state.step(.text("世")) }
        for key in [FullScreenKey.unknown, .control("u"), .down] {
            _ = state.step(key)
            let frame = view.frame(of: state, in: TerminalSize(rows: rows, columns: columns))
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
        let rows = [ListPicker.Row(title: "a", preview: ["b"])]
        let view = ListPickerView(title: "t", rows: rows, isUTF8: false)
        let frame = view.frame(of: ListPickerState(searchTexts: ["a"]), in: .standard)
        #expect(frame.pieces.allSatisfy { $0.content.runs.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x80 } } })
    }
}
