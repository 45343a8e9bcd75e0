import Testing

@testable import Terminal

@Suite("LineField")
struct LineFieldTests {
    @Test(
        "it is edited at its cursor",
        arguments: [
            ([.left, .text("x")], "ab cxd"), ([.home, .text("x")], "xab cd"), ([.home, .end, .text("x")], "ab cdx"),
            ([.left, .backspace], "ab d"), ([.left, .left, .delete], "ab d"), ([.control("a"), .control("k")], ""),
            ([.left, .control("u")], "d"), ([.left, .control("w")], "ab d"), ([.home, .left, .backspace], "ab cd"),
            ([.right, .delete], "ab cd"), ([.control("b"), .control("d"), .control("e"), .text("!")], "ab c!"),
            ([.text("\u{200B}"), .text("\u{202E}")], "ab cd"), ([.left, .paste("e \u{202E}f")], "ab ce fd"),
        ] as [([FullScreenKey], String)])
    func editing(keys: [FullScreenKey], text: String) {
        var field = LineField("ab cd")
        for key in keys {
            let isTaken = field.step(key)
            #expect(isTaken)
        }
        #expect(field.text == text)
    }

    @Test(
        "keys that aren't for a line are left to others",
        arguments: [.enter, .up, .escape, .tab, .f2, .control("c")] as [FullScreenKey])
    func others(key: FullScreenKey) {
        var field = LineField("a")
        let isTaken = field.step(key)
        #expect(!isTaken && field.text == "a")
    }

    @Test("what is seen holds the cursor and no more columns than there are", arguments: 1...12)
    func visible(columns: Int) {
        var field = LineField("abc 世界 def")
        for _ in 0..<12 {
            let (text, cursor) = field.visible(columns: columns)
            #expect(TextWidth.width(of: text) <= max(columns - 1, 1) && cursor < columns)
            _ = field.step(.left)
        }
        #expect(LineField("abc").visible(columns: 10) == ("abc", 3))
        #expect(LineField("abcdef").visible(columns: 4) == ("def", 3))
    }

    @Test("what is pasted becomes one line of characters, no longer than a line can be, and ends in silence, too")
    func pasted() {
        var keys = PastedKeys()
        for key in [.text("a"), .enter, .up, .escape, .tab, .control("c"), .delete, .text("é")] as [FullScreenKey] {
            keys.append(key)
        }
        #expect(keys.text == "a  é")
        #expect(!keys.isOver(at: .now) && keys.isOver(at: .now + .seconds(2)))
        for _ in 0..<1000 { keys.append(.text("x")) }
        #expect(keys.text.unicodeScalars.count == LineField.longest)
    }
}
