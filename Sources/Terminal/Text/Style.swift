/// How a run of text looks.
///
/// Said as intent and turned into escape sequences (SGR, ECMA-48 §8.3.117) in one place,
/// as far as the terminal can show it.
package struct Style: Hashable, Sendable {
    package var isBold = false
    package var isDim = false
    package var isItalic = false
    package var isUnderlined = false
    package var isStruckThrough = false
    package var isReversed = false
    /// The colour of the text; nil is the terminal's own.
    package var foreground: Color?

    /// The terminal's own look.
    package static let plain = Style()
    package static let bold = Style(isBold: true)
    package static let dim = Style(isDim: true)
    package static let italic = Style(isItalic: true)
    package static let reversed = Style(isReversed: true)

    package init(
        isBold: Bool = false, isDim: Bool = false, isItalic: Bool = false, isUnderlined: Bool = false,
        isStruckThrough: Bool = false, isReversed: Bool = false, foreground: Color? = nil
    ) {
        self.isBold = isBold
        self.isDim = isDim
        self.isItalic = isItalic
        self.isUnderlined = isUnderlined
        self.isStruckThrough = isStruckThrough
        self.isReversed = isReversed
        self.foreground = foreground
    }

    /// This style in another colour.
    package func colored(_ color: Color) -> Style {
        var style = self
        style.foreground = color
        return style
    }

    /// Both styles at once; the other one's colour wins where it has one.
    package func merging(_ other: Style) -> Style {
        Style(
            isBold: isBold || other.isBold, isDim: isDim || other.isDim, isItalic: isItalic || other.isItalic,
            isUnderlined: isUnderlined || other.isUnderlined,
            isStruckThrough: isStruckThrough || other.isStruckThrough,
            isReversed: isReversed || other.isReversed, foreground: other.foreground ?? foreground)
    }
}

/// The sixteen colours that every colour terminal has, in the theme that its owner chose.
package enum Color: Int, Hashable, Sendable {
    case black = 30
    case red, green, yellow, blue, magenta, cyan, white
    case brightBlack = 90
    case brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
}

extension Style {
    /// The parameters of the SGR sequence that sets this style after a reset: `"1;32"`; empty for the plain style.
    ///
    /// Without `colors`, attributes such as bold are kept.
    func selectGraphicRendition(colors: Bool) -> String {
        var parameters: [Int] = []
        if isBold { parameters.append(1) }
        if isDim { parameters.append(2) }
        if isItalic { parameters.append(3) }
        if isUnderlined { parameters.append(4) }
        if isReversed { parameters.append(7) }
        if isStruckThrough { parameters.append(9) }
        if colors, let foreground { parameters.append(foreground.rawValue) }
        return parameters.map(String.init).joined(separator: ";")
    }
}
