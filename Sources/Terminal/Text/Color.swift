/// A colour of text, said for terminals of every depth: each takes the best that it can show.
package struct Color: Hashable, Sendable {
    /// The parameter of SGR for one of the sixteen, 30…37 or 90…97; 0 for the terminal's own.
    let sixteen: UInt8
    /// The number in xterm's palette of 256, which begins with the sixteen; 0 if there is none.
    let palette: UInt8
    /// Red, green and blue, a byte each; nil if there is none.
    let rgb: UInt32?

    private init(_ sixteen: UInt8) { (self.sixteen, palette, rgb) = (sixteen, 0, nil) }

    /// An exact colour, and what stands for it where that can't be shown.
    ///
    /// - Parameters:
    ///   - rgb: Red, green and blue, a byte each: `0xRRGGBB`.
    ///   - palette: The nearest of xterm's palette, 16…255.
    ///   - sixteen: One of the sixteen; nil is the terminal's own.
    package init(rgb: UInt32, palette: UInt8, sixteen: Color?) {
        (self.sixteen, self.palette, self.rgb) = (sixteen?.sixteen ?? 0, palette, rgb)
    }

    // The sixteen colours that every colour terminal has, in the theme that its owner chose.
    package static let black = Color(30)
    package static let red = Color(31)
    package static let green = Color(32)
    package static let yellow = Color(33)
    package static let blue = Color(34)
    package static let magenta = Color(35)
    package static let cyan = Color(36)
    package static let white = Color(37)
    package static let brightBlack = Color(90)
    package static let brightRed = Color(91)
    package static let brightGreen = Color(92)
    package static let brightYellow = Color(93)
    package static let brightBlue = Color(94)
    package static let brightMagenta = Color(95)
    package static let brightCyan = Color(96)
    package static let brightWhite = Color(97)
}

extension Color: CustomStringConvertible {
    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    package var description: String {
        if let rgb { return "#" + String(rgb | 1 << 24, radix: 16).dropFirst() }
        if sixteen == 0 { return "none" }
        let name = Color.names[Int(sixteen % 10)]
        return sixteen < 90 ? name : "bright \(name)"
    }
}

/// How many colours a terminal shows.
package enum ColorDepth: Int, Comparable, Sendable {
    case none
    /// Those of its owner's choice.
    case sixteen
    /// xterm's palette of 256.
    case palette
    /// A byte each for red, green and blue.
    case trueColor

    package static func < (one: ColorDepth, other: ColorDepth) -> Bool { one.rawValue < other.rawValue }
}

/// What a terminal makes of colours.
package struct ColorSupport: Hashable, Sendable {
    package var depth: ColorDepth
    /// What the text stands on, where that is known.
    ///
    /// Dim text is then a grey that can be read on it; else it is what the terminal makes of SGR 2.
    package var background: Background?

    package init(depth: ColorDepth, background: Background? = nil) {
        (self.depth, self.background) = (depth, background)
    }

    /// No colours; attributes such as bold are shown all the same.
    package static let none = ColorSupport(depth: .none)
    package static let sixteen = ColorSupport(depth: .sixteen)

    /// What stands for dim text.
    var dim: Color? {
        guard depth >= .palette, let background else { return nil }
        return background == .dark ? ColorSupport.dimOnDark : ColorSupport.dimOnLight
    }

    static let dimOnDark = Color(rgb: 0x949494, palette: 246, sixteen: nil)
    static let dimOnLight = Color(rgb: 0x6C6C6C, palette: 242, sixteen: nil)
}
