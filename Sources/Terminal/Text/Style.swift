/// How a run of text looks.
///
/// Said as intent and turned into escape sequences (SGR, ECMA-48 §8.3.117) in one place,
/// as far as the terminal can show it.
package struct Style: Hashable, Sendable {
    private var attributes: Attributes = []
    /// The colour of the text; nil is the terminal's own.
    package var foreground: Color?
    /// Where a click leads, if anywhere.
    package var link: Hyperlink?

    /// In the order of their parameters.
    private struct Attributes: OptionSet, Hashable {
        var rawValue: UInt8
        static let bold = Attributes(rawValue: 1)
        static let dim = Attributes(rawValue: 2)
        static let italic = Attributes(rawValue: 4)
        static let underlined = Attributes(rawValue: 8)
        static let reversed = Attributes(rawValue: 16)
        static let struckThrough = Attributes(rawValue: 32)

        /// The parameter of SGR for each bit.
        static let parameters: [UInt8] = [1, 2, 3, 4, 7, 9]
    }

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
        self.foreground = foreground
        self.isBold = isBold
        self.isDim = isDim
        self.isItalic = isItalic
        self.isUnderlined = isUnderlined
        self.isStruckThrough = isStruckThrough
        self.isReversed = isReversed
    }

    package var isBold: Bool {
        get { attributes.contains(.bold) }
        set { set(.bold, newValue) }
    }
    package var isDim: Bool {
        get { attributes.contains(.dim) }
        set { set(.dim, newValue) }
    }
    package var isItalic: Bool {
        get { attributes.contains(.italic) }
        set { set(.italic, newValue) }
    }
    package var isUnderlined: Bool {
        get { attributes.contains(.underlined) }
        set { set(.underlined, newValue) }
    }
    package var isStruckThrough: Bool {
        get { attributes.contains(.struckThrough) }
        set { set(.struckThrough, newValue) }
    }
    package var isReversed: Bool {
        get { attributes.contains(.reversed) }
        set { set(.reversed, newValue) }
    }

    private mutating func set(_ attribute: Attributes, _ isSet: Bool) {
        if isSet { attributes.insert(attribute) } else { attributes.remove(attribute) }
    }

    /// This style in another colour.
    package func colored(_ color: Color) -> Style {
        var style = self
        style.foreground = color
        return style
    }

    /// Both styles at once; the other one's colour and link win where it has them.
    package func merging(_ other: Style) -> Style {
        var style = self
        style.attributes.formUnion(other.attributes)
        style.foreground = other.foreground ?? foreground
        style.link = other.link ?? link
        return style
    }
}

extension Style {
    /// Appends the SGR sequence that sets this style after a reset, as far as the terminal can show it; false, and nothing,
    /// where that looks plain.
    ///
    /// Without colours, attributes such as bold are kept.
    func appendSelectGraphicRendition(to bytes: inout [UInt8], _ colors: ColorSupport) -> Bool {
        var attributes = attributes
        var color = foreground
        if color == nil, attributes.contains(.dim), let dim = colors.dim {
            attributes.remove(.dim)
            color = dim
        }
        let start = bytes.count
        while !attributes.isEmpty {
            let bit = attributes.rawValue.trailingZeroBitCount
            bytes.append(parameter: Attributes.parameters[bit], first: start)
            attributes.rawValue &= attributes.rawValue - 1
        }
        if let color { bytes.append(color, colors.depth, first: start) }
        if bytes.count == start { return false }
        bytes.append(UInt8(ascii: "m"))
        return true
    }
}

extension [UInt8] {
    /// Appends a parameter of the sequence that begins at an index; the first brings the introducer with it.
    fileprivate mutating func append(parameter: UInt8, first start: Int) {
        if count == start {
            append(0x1B)
            append(UInt8(ascii: "["))
        } else {
            append(UInt8(ascii: ";"))
        }
        if parameter >= 100 { append(0x30 + parameter / 100) }
        if parameter >= 10 { append(0x30 + parameter / 10 % 10) }
        append(0x30 + parameter % 10)
    }

    /// Appends a colour: with semicolons (xterm), as not all terminals know the colons of ITU T.416.
    fileprivate mutating func append(_ color: Color, _ depth: ColorDepth, first start: Int) {
        if depth == .none { return }
        if depth == .trueColor, let rgb = color.rgb {
            append(parameter: 38, first: start)
            append(parameter: 2, first: start)
            for shift in [16, 8, 0] as [UInt32] { append(parameter: UInt8(rgb >> shift & 0xFF), first: start) }
        } else if depth >= .palette, color.palette > 0 {
            append(parameter: 38, first: start)
            append(parameter: 5, first: start)
            append(parameter: color.palette, first: start)
        } else if color.sixteen > 0 {
            append(parameter: color.sixteen, first: start)
        }
    }
}
