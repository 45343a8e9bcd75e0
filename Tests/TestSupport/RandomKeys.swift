/// A random generator that gives the same numbers for the same seed (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator whose numbers follow from the seed.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// What a keyboard, a mouse, a clipboard, a slow line and a broken terminal send, at random: the same for the same seed.
///
/// Never Ctrl-Z, which would stop whoever runs the tests.
public struct RandomKeys: Sendable {
    /// Ends whatever may have begun: a paste, an answer of the terminal, a sequence, a letter.
    public static let terminator = Array("\u{1B}[201~\u{07}\u{1B}[201~".utf8)

    private var generator: SeededGenerator
    private let excluded: Set<UInt8>

    /// Keys that follow from the seed.
    ///
    /// - Parameters:
    ///   - seed: What they follow from.
    ///   - excluded: Bytes that are never sent, beside Ctrl-Z.
    public init(seed: UInt64, excluding excluded: Set<UInt8> = []) {
        generator = SeededGenerator(seed: seed)
        self.excluded = excluded.union([0x1A])
    }

    /// The next key sequence, in the parts that arrive apart.
    public mutating func next() -> [[UInt8]] {
        let bytes = sequence().filter { !excluded.contains($0) }
        guard bytes.count > 1, number(below: 4) == 0 else { return [bytes] }
        let cut = number(below: bytes.count - 1) + 1
        return [Array(bytes[..<cut]), Array(bytes[cut...])]
    }

    private mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(below: elements.count)]
    }

    private mutating func sequence() -> [UInt8] {
        switch number(below: 20) {
        case 0..<4: [UInt8(0x20 + number(below: 0x5F))]
        case 4: Array(pick(Self.words).utf8)
        case 5..<8: [UInt8(number(below: 0x20))]
        case 8, 9: [0x1B, UInt8(0x20 + number(below: 0x60))]
        case 10..<13: Array("\u{1B}\(pick(Self.functionKeys))".utf8)
        case 13, 14: Array(pick(Self.text).utf8)
        case 15: paste()
        case 16: Array(pick(Self.reports).utf8)
        case 17: pick(Self.invalid)
        case 18: (0..<(1 + number(below: 8))).map { _ in UInt8(number(below: 256)) }
        default: [pick([0x7F, 0x08, 0x0D, 0x0A, 0x09, 0x1B, 0x19, 0x17, 0x15, 0x0B])]
        }
    }

    private mutating func paste() -> [UInt8] {
        var text = ""
        for _ in 0..<number(below: 12) {
            text += pick(Self.text + Self.words + ["\n", "\r\n", "\t", "\u{1B}[31m", "\r"])
        }
        if number(below: 8) == 0 { text += String(repeating: "long paste\n", count: 30) }
        let end = pick(["\u{1B}[201~", "\u{1B}[201~", "\u{1B}[201~", "", "\u{1B}[201", "\u{1B}[200~", "\u{1B}["])
        return Array("\u{1B}[200~\(text)\(end)".utf8)
    }

    // MARK: - What there is

    private static let words = ["word ", "two words", "/help", "x = 1; ", "--flag=", "\"quoted\" ", "  ", "a/b.c "]

    /// Letters of all kinds, and what is joined from several.
    public static let text = [
        "世", "界", "世界世界", "é", "e\u{301}", "🙂", "👍🏽", "👨‍👩‍👧", "❤️", "🇩🇪", "1️⃣", "한", "\u{1112}\u{1161}\u{11AB}", "น้ำ",
        "कि", "مرحبا", "שלום", "\u{301}", "\u{200D}", "\u{202E}", "\u{FEFF}", "ﷺ", "\u{10FF00}", "\u{E000}", "ｶﾞ", "ß",
    ]

    private static let functionKeys = [
        "[A", "[B", "[C", "[D", "OA", "OB", "OC", "OD", "[H", "[F", "OH", "OF", "[1~", "[4~", "[3~", "[5~", "[6~",
        "[2~",
        "[1;5C", "[1;5D", "[1;3C", "[1;2A", "[3;5~", "[Z", "OP", "OQ", "[15~", "[24~", "[[A", "\r", "\u{7F}", "b", "f",
        "d",
        "[13;2u", "[13;5u", "[27;2;13~", "[27u", "[9;2u", "[97;5u", "[101;5u", "[99;5u", "[127;5u", "[98;3u", "[57399u",
        "[114;5u", "[27;5;114~", "[97:65;2u", "OM",
    ]

    private static let reports = [
        "\u{1B}[<0;3;4M", "\u{1B}[<0;3;4m", "\u{1B}[<64;10;10M", "\u{1B}[M !!", "\u{1B}[32;5;5M", "\u{1B}[I",
        "\u{1B}[O",
        "\u{1B}[?1;2c", "\u{1B}[>41;0;0c", "\u{1B}[24;80R", "\u{1B}[?2026;2$y", "\u{1B}]11;rgb:0/0/0\u{1B}\\",
        "\u{1B}]52;c;QQ==\u{07}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}P>|tmux 3.3a\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
        "\u{1B}[?1u",
        "\u{1B}[999999999999;1~", "\u{1B}[;;;;u", "\u{1B}[1;2;3;4;5;6;7;8m",
    ]

    private static let invalid: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xE4, 0xB8], [0xF0, 0x9F, 0x99], [0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xC2, 0x9B], [0x9B, 0x41], [0xC2], [0xFE, 0xFE], [0xE2, 0x80, 0xAE],
    ]
}
