import Glibc

/// What text stands on.
package enum Background: Hashable, Sendable {
    case dark, light

    /// By its luminance, from 0 (black) to 1 (white); nil in between, where neither light nor dark colours can be read well.
    init?(luminance: Double) {
        switch luminance {
        case ..<0.1: self = .dark
        case 0.6...: self = .light
        default: return nil
        }
    }

    /// By the variable that rxvt and Konsole set: two or three of the sixteen colours, the background last.
    init?(colorFGBG: String) {
        guard let number = colorFGBG.split(separator: ";", omittingEmptySubsequences: false).last.flatMap({ Int($0) })
        else { return nil }
        switch number {
        case 0...6, 8: self = .dark
        case 7, 9...15: self = .light
        default: return nil
        }
    }

    /// The luminance of a colour as terminals tell it (XParseColor(3)); nil if it is anything else.
    ///
    /// That is `rgb:` and red, green and blue, each of one to four hexadecimal digits; or `rgba:` and one more for the opacity.
    static func luminance(ofAnswer answer: some Collection<UInt8>) -> Double? {
        let hasOpacity = answer.starts(with: "rgba:".utf8)
        guard hasOpacity || answer.starts(with: "rgb:".utf8) else { return nil }
        let fields = answer.dropFirst(hasOpacity ? 5 : 4).split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let values = fields.compactMap { fraction(ofHexadecimal: $0) }
        guard values.count == fields.count, values.count == (hasOpacity ? 4 : 3) else { return nil }
        return luminance(red: values[0], green: values[1], blue: values[2])
    }

    /// One to four digits as a part of the largest number that so many can be.
    private static func fraction(ofHexadecimal digits: some Collection<UInt8>) -> Double? {
        guard (1...4).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard let digit = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value * 16 + digit
        }
        return Double(value) / Double((1 << (4 * digits.count)) - 1)
    }

    /// The relative luminance of a colour of sRGB (WCAG 2.2), whose parts go from 0 to 1.
    static func luminance(red: Double, green: Double, blue: Double) -> Double {
        func linear(_ value: Double) -> Double { value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}
