import TestSupport
import Testing

@testable import Terminal

@Suite("Sanitizer")
struct SanitizerTests {
    /// What arrives, and what is shown of it.
    static let payloads: [(String, String)] = [
        // Controls: C0 and DEL become pictures, C1 numbers.
        ("a\u{1B}[31mred", "a␛[31mred"), ("\u{1B}]0;title\u{07}x", "␛]0;title␇x"),
        ("\u{1B}]52;c;cm0gLXJm\u{07}", "␛]52;c;cm0gLXJm␇"),
        ("\u{1B}]8;;http://evil\u{1B}\\good\u{1B}]8;;\u{1B}\\", "␛]8;;http://evil␛\\good␛]8;;␛\\"),
        ("\u{1B}P$qm\u{1B}\\", "␛P$qm␛\\"), ("\u{1B}[c\u{1B}[6n\u{1B}[5n\u{1B}[>q", "␛[c␛[6n␛[5n␛[>q"),
        ("\u{1B}]11;?\u{1B}\\", "␛]11;?␛\\"), ("\u{1B}[21t", "␛[21t"), ("\u{1B}c", "␛c"),
        ("\u{1B}_G\u{1B}\\", "␛_G␛\\"),
        ("rm -rf ~\rls", "rm -rf ~␍ls"), ("abc\u{08}\u{08}\u{08}xyz", "abc␈␈␈xyz"), ("\u{0E}\u{0F}", "␎␏"),
        ("\u{00}\u{07}\u{0B}\u{0C}\u{7F}", "␀␇␋␌␡"), ("\u{9B}31m", "<U+009B>31m"),
        ("\u{9D}0;t\u{9C}", "<U+009D>0;t<U+009C>"),
        ("\u{85}\u{90}\u{80}\u{9F}", "<U+0085><U+0090><U+0080><U+009F>"),
        // Unterminated.
        ("\u{1B}", "␛"), ("\u{1B}]0;never", "␛]0;never"), ("\u{1B}[", "␛["),
        // An escape that Swift's Character search can't see.
        ("\u{1B}\u{301}]2;t\u{07}", "␛\u{301}]2;t␇"), ("\u{1B}\u{FE0F}]2;t\u{07}", "␛\u{FE0F}]2;t␇"),
        ("\u{08}\u{301}", "␈\u{301}"), ("\u{08}\u{FE0F}", "␈\u{FE0F}"), ("\r\u{301}", "␍\u{301}"),
        ("\r\u{FE0F}", "␍\u{FE0F}"),
        ("\u{07}\u{301}", "␇\u{301}"), ("\u{07}\u{FE0F}", "␇\u{FE0F}"),
        // Line ends.
        ("a\nb\tc", "a\nb\tc"), ("a\r\nb\r\n", "a\nb\n"), ("a\rb", "a␍b"), ("a\r\r\nb", "a␍\nb"), ("a\n\rb", "a\n␍b"),
        ("a\r", "a␍"),
        ("a\u{2028}b\u{2029}c", "a<U+2028>b<U+2029>c"),
        // What can't be seen, or moves other text about.
        ("\u{202E}gpj.exe", "<U+202E>gpj.exe"), ("\u{2066}a\u{2069}", "<U+2066>a<U+2069>"), ("\u{61C}", "<U+061C>"),
        ("\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}", "<U+200E><U+200F><U+202A><U+202B><U+202C><U+202D>"),
        ("\u{200B}\u{AD}\u{2060}\u{FEFF}", "<U+200B><U+00AD><U+2060><U+FEFF>"),
        ("\u{E0068}\u{E0069}", "<U+E0068><U+E0069>"), ("\u{E0001}", "<U+E0001>"), ("x\u{E0100}", "x<U+E0100>"),
        ("\u{3164}\u{115F}\u{1160}\u{FFA0}", "<U+3164><U+115F><U+1160><U+FFA0>"), ("\u{FFF9}a", "<U+FFF9>a"),
        ("\u{1D173}", "<U+1D173>"),
        // Flags made of tags, and what only looks like one.
        (scotland, scotland), ("\u{1F3F4}\u{E0067}\u{E007F}", "\u{1F3F4}<U+E0067><U+E007F>"),
        ("\u{1F3F4}\u{E0067}\u{E0062}", "\u{1F3F4}<U+E0067><U+E0062>"),
        (
            "\u{1F3F4}\u{E0061}\u{E0062}\u{E0063}\u{E0064}\u{E0065}\u{E0066}\u{E0067}\u{E007F}",
            "\u{1F3F4}<U+E0061><U+E0062><U+E0063><U+E0064><U+E0065><U+E0066><U+E0067><U+E007F>"
        ),
        ("\u{1F3F4}\u{E0041}\u{E0042}\u{E007F}", "\u{1F3F4}<U+E0041><U+E0042><U+E007F>"),
        // What people write stays byte for byte.
        ("👨‍👩‍👧‍👦 👍🏽 ❤️ 🇩🇪 1️⃣", "👨‍👩‍👧‍👦 👍🏽 ❤️ 🇩🇪 1️⃣"), ("می‌خواهم", "می‌خواهم"), ("漢字かな交じり文 한국어", "漢字かな交じり文 한국어"),
        ("e\u{301} Z\u{351}\u{36B}", "e\u{301} Z\u{351}\u{36B}"), ("हिन्दी ไทย น้ำ", "हिन्दी ไทย น้ำ"),
        ("שלום مرحبا", "שלום مرحبا"),
        ("\u{FFFD}\u{E000}", "\u{FFFD}\u{E000}"), ("", ""),
    ]

    static let scotland = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}"

    @Test("controls and hidden characters become visible, and what people write stays as it is", arguments: payloads)
    func payload(raw: String, clean: String) {
        #expect(Sanitizer.sanitize(raw).unicodeScalars.elementsEqual(clean.unicodeScalars))
    }

    @Test("sanitising twice changes nothing", arguments: payloads)
    func idempotence(raw: String, clean: String) {
        #expect(Sanitizer.sanitize(clean).unicodeScalars.elementsEqual(clean.unicodeScalars))
    }

    @Test("on one line, line feeds and tabs become pictures too")
    func line() {
        #expect(Sanitizer.sanitizeLine("a\tb\nc\r\nd\u{1B}") == "a␉b␊c␍␊d␛")
        #expect(Sanitizer.sanitizeLine("plain text") == "plain text")
    }

    /// Whether a scalar may reach a terminal; said once more, so that the rules aren't tested against themselves.
    static func isHarmless(_ scalar: Unicode.Scalar, onOneLine: Bool) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: !onOneLine
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
        default: true
        }
    }

    @Test("of every scalar that there is, nothing that acts on a terminal comes through")
    func everyScalar() {
        for value in 0...0x10FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let line = Sanitizer.sanitizeLine(String(scalar)).unicodeScalars
            let text = Sanitizer.sanitize(String(scalar)).unicodeScalars
            guard line.allSatisfy({ SanitizerTests.isHarmless($0, onOneLine: true) }), !line.isEmpty,
                text.allSatisfy({ SanitizerTests.isHarmless($0, onOneLine: false) }), !text.isEmpty
            else {
                Issue.record("U+\(String(value, radix: 16))")
                return
            }
        }
    }

    @Test("a terminal that is shown what came through sees no sequence, and no cursor moves", arguments: payloads)
    func onScreen(raw: String, clean: String) {
        var screen = TerminalScreen(rows: 4, columns: 200)
        screen.feed(StyledText(raw + "end").text.utf8)
        #expect(screen.foreignSequences.isEmpty)
        #expect(screen.bells == 0)
        #expect(screen.modes == [7, 25])
        #expect(screen.lines[0].hasSuffix("end"))
    }

    @Test("hidden characters of JSON text are escaped, and only they")
    func json() {
        let text = "\"a\u{202E}é\u{E0041}👨‍👩‍👧\u{9B}\""
        #expect(Sanitizer.escapeHidden(inJSON: text) == #""a\u202Eé\uDB40\uDC41👨‍👩‍👧\u009B""#)
        #expect(Sanitizer.escapeHidden(inJSON: "{}") == "{}")
        let marks = String(repeating: "\u{301}", count: 8)
        #expect(Sanitizer.escapeHidden(inJSON: "a\(marks)\u{301}b\u{301}") == "a\(marks)\\u0301b\u{301}")
    }

    @Test("bad UTF-8 decodes to replacement characters, and no byte of it acts", arguments: badBytes)
    func badUTF8(bytes: [UInt8]) {
        let text = StyledText(String(decoding: bytes, as: UTF8.self)).text
        #expect(text.unicodeScalars.contains("\u{FFFD}"))
        #expect(!text.utf8.contains { $0 < 0x20 || $0 == 0x7F })
        #expect(text.unicodeScalars.allSatisfy { SanitizerTests.isHarmless($0, onOneLine: true) })
    }

    static let badBytes: [[UInt8]] = [
        [0x9B, 0x33, 0x31, 0x6D], [0xC0, 0x9B], [0xC1, 0x9B], [0xE0, 0x80, 0x9B], [0xF0, 0x80, 0x80, 0x9B],
        [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xE4, 0xB8], [0xC2],
    ]

    @Test(
        "of many marks eight stay, however they are strung together, and nothing hangs",
        arguments: ["\u{301}", "\u{301}\u{200D}", "\u{200D}", "\u{FE0F}", "\u{903}", "\u{20DD}", "\u{301}\u{903}"])
    func marks(mark: String) {
        let clean = Sanitizer.sanitize("a" + String(repeating: mark, count: 10_000) + "b")
        #expect(clean.unicodeScalars.count == 10)
        #expect(clean.unicodeScalars.first == "a")
        #expect(clean.unicodeScalars.last == "b")
    }

    @Test("each base, also one that is shown by a symbol, has eight marks of its own")
    func marksPerBase() {
        let marks = String(repeating: "\u{301}", count: 8)
        for base in ["a", "世", "\n", "\u{1B}", "\u{7F}", "\u{202E}"] {
            let clean = Sanitizer.sanitize("x" + marks + base + marks)
            #expect(clean.unicodeScalars.filter { $0 == "\u{301}" }.count == 16, "\(base.debugDescription)")
        }
    }
}
