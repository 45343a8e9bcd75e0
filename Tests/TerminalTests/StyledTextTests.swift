import Testing

@testable import Terminal

@Suite("StyledText")
struct StyledTextTests {
    @Test("a styled text or line holds no raw control, whatever it is made from", arguments: SanitizerTests.payloads)
    func noControls(raw: String, clean: String) {
        let lines = [StyledLine(raw, .bold), StyledLine(stringLiteral: raw), StyledLine([StyledText(raw)])]
        for text in (lines + StyledLine.lines(of: raw)).map(\.text) {
            #expect(text.unicodeScalars.allSatisfy { SanitizerTests.isHarmless($0, onOneLine: true) })
        }
    }

    @Test("a text is cut into lines at LF and CRLF, with tabs up to every eighth column")
    func lines() {
        #expect(StyledLine.lines(of: "a\r\nb\n\nc").map(\.text) == ["a", "b", "", "c"])
        #expect(StyledLine.lines(of: "a\tb\t世\t.").map(\.text) == ["a       b       世      ."])
        #expect(StyledLine.lines(of: "").map(\.runs) == [[]])
        #expect(StyledLine.lines(of: "x", .bold)[0].runs[0].style == .bold)
        #expect(StyledLine("世界 a").width == 6)
    }

    private static let orange = Color(rgb: 0xFF8700, palette: 208, sixteen: .yellow)

    @Test(
        "a style is one SGR sequence, in the best colours that the terminal has",
        arguments: [
            (.plain, ["", "", "", ""]), (.bold, ["1", "1", "1", "1"]),
            (Style.bold.colored(.green), ["1", "1;32", "1;32", "1;32"]),
            (Style.plain.colored(.brightBlack), ["", "90", "90", "90"]),
            (
                Style(
                    isBold: true, isDim: true, isItalic: true, isUnderlined: true, isStruckThrough: true,
                    isReversed: true),
                Array(repeating: "1;2;3;4;7;9", count: 4)
            ),
            (Style.plain.colored(orange), ["", "33", "38;5;208", "38;2;255;135;0"]),
            (Style.italic.colored(orange), ["3", "3;33", "3;38;5;208", "3;38;2;255;135;0"]),
            (
                Style.plain.colored(Color(rgb: 0x000A64, palette: 16, sixteen: nil)),
                ["", "", "38;5;16", "38;2;0;10;100"]
            ),
        ] as [(Style, [String])])
    func styles(style: Style, parameters: [String]) {
        let depths = [ColorDepth.none, .sixteen, .palette, .trueColor]
        #expect(depths.map { Self.sequence(style, ColorSupport(depth: $0)) } == parameters)
    }

    @Test("dim text is a grey where the background is known, and what the terminal makes of it elsewhere")
    func dim() {
        let dark = ColorSupport(depth: .trueColor, background: .dark)
        #expect(Self.sequence(.dim, dark) == "38;2;148;148;148")
        #expect(Self.sequence(.dim, ColorSupport(depth: .palette, background: .light)) == "38;5;242")
        #expect(Self.sequence(.dim, ColorSupport(depth: .sixteen, background: .dark)) == "2")
        #expect(Self.sequence(.dim, ColorSupport(depth: .trueColor)) == "2")
        #expect(Self.sequence(Style.dim.colored(.red), dark) == "2;31")
    }

    /// The parameters of a style's sequence; empty if there is none.
    private static func sequence(_ style: Style, _ colors: ColorSupport) -> String {
        var encoder = EscapeEncoder(colors: colors)
        encoder.append(StyledText("x", style))
        let text = String(decoding: encoder.bytes, as: UTF8.self)
        return text == "x" ? "" : String(text.dropFirst(2).dropLast("mx\u{1B}[0m".count))
    }

    @Test("merging keeps both styles' attributes and the other's colour")
    func merging() {
        let merged = Style.bold.colored(.red).merging(Style.italic.colored(.blue))
        #expect(merged == Style(isBold: true, isItalic: true, foreground: .blue))
        #expect(Style.bold.colored(.red).merging(.dim).foreground == .red)
    }
}

@Suite("TextWidth")
struct TextWidthTests {
    @Test(
        "a character takes as many columns as terminals give it",
        arguments: [
            ("a", 1), (" ", 1), ("é", 1), ("e\u{301}", 1), ("Z\u{351}\u{36B}\u{343}", 1), ("\u{301}", 0), ("ß", 1),
            ("世", 2), ("あ", 2), ("ｱ", 1), ("Ａ", 2), ("　", 2), ("〈", 2), ("\u{2329}", 2), ("한", 2), ("𠀀", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{1112}", 2), ("…", 1), ("—", 1), ("␛", 1), ("│", 1),
            ("🙂", 2), ("👍🏽", 2), ("☝🏽", 2), ("❤", 1), ("❤️", 2), ("👨‍👩‍👧‍👦", 2), ("🏳️‍🌈", 2), ("👩🏽‍💻", 2), ("🇩🇪", 2),
            (SanitizerTests.scotland, 2), ("1️⃣", 2), ("#\u{20E3}", 2), ("⌚", 2), ("⏰", 2), ("✂", 1), ("🪿", 2),
            // As terminals without clusters draw them, so that nothing is overwritten.
            ("น้ำ", 2), ("कि", 2), ("क्ष", 2), ("ไ", 1), ("שׁ", 1), ("\u{200D}", 0), ("\u{200C}", 0),
        ])
    func character(text: String, width: Int) {
        #expect(text.count == 1)
        #expect(TextWidth.width(of: text) == width)
    }

    @Test("a text takes the columns of its characters")
    func text() {
        #expect(TextWidth.width(of: "") == 0)
        #expect(TextWidth.width(of: "plain") == 5)
        #expect(TextWidth.width(of: "a世🙂e\u{301}") == 6)
        #expect(TextWidth.width(of: String(repeating: "\u{301}", count: 10_000)) == 0)
    }

    @Test(
        "where terminals disagree, the column is set anew",
        arguments: [
            ("a", false), ("世", false), ("🙂", false), ("e\u{301}", false), ("❤️", true), ("👍🏽", true), ("👨‍👩‍👧", true),
            ("🇩🇪", true),
            ("1️⃣", true), ("🪿", true), ("น้ำ", true), ("कि", true), ("𠀀", false),
        ])
    func uncertain(text: Character, isUncertain: Bool) {
        #expect(TextWidth.isUncertain(text) == isUncertain)
    }
}
