import Testing

@testable import Terminal
@testable import TerminalMarkdown

@Suite("Themes")
struct MarkdownThemeTests {
    private static let themes: [(Background, MarkdownTheme, [UInt32])] = [
        (.dark, .dark, [0x000000, 0x1E1E1E]), (.light, .light, [0xFFFFFF, 0xFDF6E3]),
    ]

    @Test("text can be read: its contrast is 4.5:1 at least, exact or of the palette", arguments: themes)
    func contrast(background: Background, theme: MarkdownTheme, backdrops: [UInt32]) {
        let colors = theme.styles.compactMap(\.foreground)
        #expect(colors.count > 10)
        let dim = ColorSupport(depth: .palette, background: background).dim
        for color in colors + [dim].compactMap({ $0 }) {
            for backdrop in backdrops {
                #expect(Self.contrast(color.rgb ?? 0x808080, backdrop) >= 4.5, "\(color)")
                #expect(Self.contrast(Self.rgb(ofPalette: color.palette), backdrop) >= 4.5, "\(color.palette)")
            }
        }
    }

    @Test("a colour of the palette looks like the exact one that it stands for", arguments: themes)
    func palette(background: Background, theme: MarkdownTheme, backdrops: [UInt32]) {
        for color in theme.styles.compactMap(\.foreground) {
            let (exact, near) = (color.rgb ?? 0, Self.rgb(ofPalette: color.palette))
            for shift in [16, 8, 0] as [UInt32] {
                #expect(abs(Int(exact >> shift & 0xFF) - Int(near >> shift & 0xFF)) <= 64, "\(color) \(color.palette)")
            }
        }
    }

    @Test("what isn't known to fit is left to the terminal: the sixteen colours, and attributes")
    func terminal() {
        for style in MarkdownTheme.standard.styles { #expect(style.foreground?.rgb == nil) }
    }

    @Test("headings differ by level, and those further down look like the last")
    func headings() {
        let looks = (1...6).map { MarkdownTheme.dark.heading($0) }
        #expect(Set(looks).count == 4 && looks[3] == looks[5] && looks.allSatisfy(\.isBold))
        #expect(Set((1...6).map { MarkdownTheme.standard.heading($0) }) == [.bold])
    }

    /// WCAG 2.2.
    private static func contrast(_ one: UInt32, _ other: UInt32) -> Double {
        let luminances = [one, other].map { color in
            let parts = [16, 8, 0].map { Double(color >> $0 & 0xFF) / 255 }
            return Background.luminance(red: parts[0], green: parts[1], blue: parts[2])
        }
        return ((luminances.max() ?? 0) + 0.05) / ((luminances.min() ?? 0) + 0.05)
    }

    /// xterm's palette: a cube of six levels, and greys.
    private static func rgb(ofPalette number: UInt8) -> UInt32 {
        let number = UInt32(number)
        if number >= 232 { return (8 + 10 * (number - 232)) * 0x10101 }
        let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
        let parts = [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6].map { levels[Int($0)] }
        return parts[0] << 16 | parts[1] << 8 | parts[2]
    }
}

extension MarkdownTheme {
    fileprivate var styles: [Style] {
        headings + [codeSpan, linkText, tableHeader, listMarker, math, quiet] + Array(code.values)
    }
}
