import Testing

@testable import Terminal

@Suite("What a terminal answers, among the keys")
struct TerminalAnswerTests {
    private static let dark: [Key] = [.answer(.background(.dark)), .answer(.end)]
    private static let light: [Key] = [.answer(.background(.light)), .answer(.end)]
    private static let end: [Key] = [.answer(.end)]

    /// What comes, and what it is while an answer is awaited.
    static let said: [(String, [Key])] = [
        ("\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\\u{1B}[?62;22c", dark),
        ("\u{1B}]11;rgb:ffff/ffff/ffff\u{07}\u{1B}[?1;2c", light),
        ("\u{1B}]11;rgba:fd/f6/e3/ff\u{1B}\\\u{1B}[?62c", light), ("\u{1B}]11;rgb:0/0/0\u{07}\u{1B}[?6c", dark),
        ("\u{1B}]11;rgb:FFF/FFF/FFF\u{07}\u{1B}[?6c", light),
        ("\u{1B}]11;rgb:80/80/80\u{07}\u{1B}[?6c", [.answer(.background(nil)), .answer(.end)]),
        // The fence alone, and what no colour is.
        ("\u{1B}[?62;22c", end), ("\u{1B}]11;\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        ("\u{1B}]11;rgb:1/2\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        ("\u{1B}]11;rgb:00000/0/0\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        ("\u{1B}]11;rgb:-1/0/0\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        ("\u{1B}]11;rgb:é/0/0\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        ("\u{1B}]11;black\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        // Controls in it are part of it, and break nothing off.
        ("\u{1B}]11;\r\u{03}\u{04}\u{18}rm -rf ~\r\u{1B}\\\u{1B}[?62c", [.ignored] + end),
        // Without an end of its own, another sequence is that.
        ("\u{1B}]11;rgb:0/0/0\u{1B}[?62c", dark),
        // Typed before, between and behind.
        (
            "ab\u{1B}]11;rgb:0/0/0\u{1B}\\c\u{1B}[A\u{1B}[?62cd",
            [.character("a"), .character("b"), dark[0], .character("c"), .code(.up), dark[1], .character("d")]
        ),
        ("\u{1B}\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[?62c", [.code(.escape)] + dark),
        ("\u{1B}[200~x\u{1B}[201~\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[?62c", [.paste(["x"])] + dark),
        // Another answer than the one that is awaited.
        ("\u{1B}]10;rgb:0/0/0\u{1B}\\\u{1B}[?62c", [.ignored] + end),
    ]

    private static func awaiting() -> KeyDecoder {
        var decoder = KeyDecoder()
        decoder.awaitsAnswer = true
        return decoder
    }

    @Test("it is told, wherever it is cut, and never a key", arguments: said)
    func answers(text: String, keys: [Key]) {
        let bytes = Array(text.utf8) + [0x79]
        for cut in 0...bytes.count {
            var decoder = Self.awaiting()
            decoder.feed(bytes[..<cut])
            var decoded = decoder.all()
            decoder.feed(bytes[cut...])
            decoded += decoder.all()
            #expect(decoded == keys + [.character("y")], "cut at \(cut)")
            #expect(!decoder.awaitsAnswer)
        }
        var decoder = Self.awaiting()
        var decoded: [Key] = []
        for byte in bytes {
            decoder.feed(CollectionOfOne(byte))
            decoded += decoder.all()
        }
        #expect(decoded == keys + [.character("y")])
    }

    @Test("what is so late that its start was taken for a key is no text")
    func late() {
        let bytes = Array("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?62;22cz".utf8)
        for cut in 1..<(bytes.count - 1) {
            var decoder = Self.awaiting()
            decoder.feed(bytes[..<cut])
            var keys = decoder.all()
            // One time-out, however long that is.
            if decoder.timeout != nil, let key = decoder.next(timedOut: true) { keys.append(key) }
            decoder.feed(bytes[cut...])
            keys += decoder.all()
            #expect(keys.last == .character("z") && keys.contains(.answer(.end)), "cut at \(cut): \(keys)")
            #expect(
                !keys.dropLast().contains { if case .character = $0 { true } else { false } }, "cut at \(cut): \(keys)")
        }
    }

    @Test("keys that look like the start of an answer are keys", arguments: ["]", "]1", "]11", "[", "]2", "x"])
    func keys(text: String) {
        var decoder = Self.awaiting()
        decoder.feed([0x1B])
        #expect(decoder.next() == nil && decoder.timeout == 40)
        #expect(decoder.next(timedOut: true) == .code(.escape))
        decoder.feed(text.utf8)
        #expect(decoder.all() + decoder.rest() == text.unicodeScalars.map { .character($0) })
        #expect(decoder.timeout == nil)
    }

    @Test(
        "Alt with the letters that begin an answer is Alt after a pause, while one is awaited too",
        arguments: ["]", "["])
    func alt(text: String) {
        var decoder = Self.awaiting()
        decoder.feed("\u{1B}\(text)".utf8)
        #expect(decoder.next() == nil && decoder.timeout == 120)
        #expect(decoder.rest() == [.alt(text.unicodeScalars.first ?? " ")])
        decoder.feed("1".utf8)
        #expect(decoder.all() + decoder.rest() == [.character("1")])
    }

    @Test("an answer of a megabyte is swallowed, in any chunks, and what follows is read")
    func huge() {
        let bytes = Array("\u{1B}]11;\(String(repeating: "rgb:\r\u{03}", count: 170_000))\u{1B}\\\u{1B}[?62cz".utf8)
        for size in [4096, 65_536, bytes.count] {
            var decoder = Self.awaiting()
            var keys: [Key] = []
            for from in stride(from: 0, to: bytes.count, by: size) {
                decoder.feed(bytes[from..<min(from + size, bytes.count)])
                keys += decoder.all()
            }
            #expect(keys.suffix(2) == [.answer(.end), .character("z")])
            #expect(keys.dropLast(2).allSatisfy { $0 == .ignored })
        }
    }

    @Test("when no answer is awaited, none is told, and Ctrl-C is the way out of what looks like one")
    func notAwaited() {
        #expect(KeyDecoder.keys("\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[?62c".utf8) == [.ignored, .ignored])
        #expect(KeyDecoder.keys("\u{1B}]11;\u{03}".utf8) == [.ignored, .character("\u{03}")])
        var decoder = Self.awaiting()
        decoder.feed("\u{1B}[?62c\u{1B}]11;rgb:0/0/0\u{1B}\\".utf8)
        #expect(decoder.all() == [.answer(.end), .ignored])
    }

    @Test(
        "a hint of the environment is the last of two or three colours",
        arguments: [
            ("15;0", .dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark), ("0;7", .light),
            ("15;default", nil), ("", nil), ("x", nil), ("0;16", nil), ("0;-1", nil), ("0;15;", nil),
        ] as [(String, Background?)])
    func colorFGBG(value: String, background: Background?) {
        #expect(Background(colorFGBG: value) == background)
    }

    @Test(
        "only terminals are asked that are known to take it quietly",
        arguments: [
            (["TERM": "xterm-256color"], true), (["TERM": "xterm-kitty"], true), (["TERM": "foot"], true),
            (["TERM": "tmux-256color", "TMUX": "x"], true), (["TERM": "screen-256color", "TMUX": "x"], true),
            (["TERM": "screen-256color"], false), (["TERM": "xterm-256color", "STY": "1.x"], false),
            (["TERM": "linux"], false), (["TERM": "vt220"], false), (["TERM": "eterm-color"], false),
            (["TERM": ""], false),
        ] as [([String: String], Bool)])
    func support(environment: [String: String], isKnown: Bool) {
        #expect(BackgroundSupport.isKnown { environment[$0] } == isKnown)
    }
}
