import Testing

@testable import Terminal

extension KeyDecoder {
    /// The keys that are complete.
    mutating func all() -> [Key] {
        var keys: [Key] = []
        while let key = next() { keys.append(key) }
        return keys
    }

    /// The keys that are left when nothing more comes.
    mutating func rest() -> [Key] {
        var keys: [Key] = []
        while timeout != nil {
            let before = timeout
            if let key = next(timedOut: true) { keys.append(key) } else if timeout == before { break }
            keys += all()
        }
        return keys
    }

    /// The keys of some bytes that come at once, but for what only a time-out decides.
    static func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
        var decoder = KeyDecoder()
        decoder.feed(bytes)
        return decoder.all()
    }
}

@Suite("KeyDecoder")
struct KeyDecoderTests {
    /// What a terminal sends, and the keys that it is.
    static let sent: [(String, [Key])] = [
        ("a", [.character("a")]), ("é世🙂", [.character("é"), .character("世"), .character("🙂")]),
        (
            "\u{01}\t\r\n\u{7F}\u{08}\u{00}",
            ["\u{01}", "\t", "\r", "\n", "\u{7F}", "\u{08}", "\u{00}"].map { .character($0) }
        ),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.code(.up), .code(.down), .code(.right), .code(.left)]),
        ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.code(.up), .code(.down), .code(.right), .code(.left)]),
        ("\u{1B}[H\u{1B}[F\u{1B}OH\u{1B}OF", [.code(.home), .code(.end), .code(.home), .code(.end)]),
        ("\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~", [.code(.home), .code(.end), .code(.home), .code(.end)]),
        ("\u{1B}[3~\u{1B}[5~\u{1B}[6~\u{1B}[Z", [.code(.delete), .code(.pageUp), .code(.pageDown), .code(.backTab)]),
        (
            "\u{1B}[1;5C\u{1B}[1;3C\u{1B}[1;5D\u{1B}[1;3D",
            [.code(.wordRight), .code(.wordRight), .code(.wordLeft), .code(.wordLeft)]
        ),
        ("\u{1B}O5C\u{1B}O1;5D\u{1B}[1;2C\u{1B}[1;2A", [.code(.right), .code(.wordLeft), .code(.right), .code(.up)]),
        ("\u{1B}[3;5~", [.code(.wordDelete)]),
        ("\u{1B}\u{7F}\u{1B}\u{08}", [.code(.wordBackspace), .code(.wordBackspace)]),
        ("\u{1B}b\u{1B}F\u{1B}.", [.alt("b"), .alt("F"), .alt(".")]),
        ("\u{1B}\r\u{1B}\n", [.code(.newline), .code(.newline)]),
        ("\u{1B}OM", [.character("\r")]),
        // kitty's protocol and modifyOtherKeys
        (
            "\u{1B}[13;2u\u{1B}[13;5u\u{1B}[27;2;13~\u{1B}[57414;2u",
            [.code(.newline), .code(.newline), .code(.newline), .code(.newline)]
        ),
        (
            "\u{1B}[13u\u{1B}[9u\u{1B}[9;2u\u{1B}[27u",
            [.character("\r"), .character("\t"), .code(.backTab), .code(.escape)]
        ),
        (
            "\u{1B}[99;5u\u{1B}[99;6u\u{1B}[27;5;99~\u{1B}[32;5u",
            [.character("\u{03}"), .character("\u{03}"), .character("\u{03}"), .character("\u{00}")]
        ),
        ("\u{1B}[98;3u\u{1B}[97;2u\u{1B}[97:65;2u", [.alt("b"), .character("A"), .character("A")]),
        (
            "\u{1B}[127;5u\u{1B}[127;3u\u{1B}[127u",
            [.code(.wordBackspace), .code(.wordBackspace), .character("\u{7F}")]
        ),
        ("\u{1B}[91;5u\u{1B}[97;65u\u{1B}[233u", [.code(.escape), .character("a"), .character("é")]),
        // Of no use
        ("\u{1B}[59;5u\u{1B}[49;5u\u{1B}[97;9u\u{1B}[57376u", [.ignored, .ignored, .ignored, .ignored]),
        ("\u{1B}[?1;2c\u{1B}[24;80R\u{1B}[<0;3;4M\u{1B}[15~", [.ignored, .ignored, .ignored, .ignored]),
        ("\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}]11;x\u{07}\u{1B}P1$r\u{1B}\\", [.ignored, .ignored, .ignored]),
        ("\u{1B}[[Ax\u{1B}[M !!y", [.ignored, .character("x"), .ignored, .character("y")]),
        ("\u{1B}_G\u{1B}\\\u{1B}^p\u{1B}\\\u{1B}Xs\u{1B}\\", [.ignored, .ignored, .ignored]),
        // Broken off by something else
        ("\u{1B}[1;\u{1B}[A", [.ignored, .code(.up)]), ("\u{1B}[1\r", [.ignored, .character("\r")]),
        ("\u{1B}O\u{1B}[A", [.alt("O"), .code(.up)]), ("\u{1B}\u{1B}[A", [.code(.escape), .code(.up)]),
        ("\u{1B}]x\u{18}y", [.ignored, .character("y")]), ("\u{1B}]x\u{03}", [.ignored, .character("\u{03}")]),
        ("\u{1B}é", [.code(.escape), .character("é")]),
        // Pastes
        ("\u{1B}[200~a\rb\r\nc\n\td\u{1B}[201~!", [.paste(Array("a\nb\nc\n\td".unicodeScalars)), .character("!")]),
        ("\u{1B}[200~\u{1B}[201~", [.paste([])]),
        (
            "\u{1B}[200~\u{1B}[31mé\u{00}\u{03}\u{1B}[201~",
            [.paste(Array("\u{1B}[31mé\u{00}\u{03}".unicodeScalars))]
        ),
        ("\u{1B}[200~\u{1B}[20\u{1B}[201~", [.paste(Array("\u{1B}[20".unicodeScalars))]),
        ("\u{1B}[200~\u{9B}A\u{10FF00}\u{1B}[201~", [.paste(["\u{9B}", "A", "\u{10FF00}"])]),
        // Codes of our own don't come from text.
        ("\u{80}\u{9F}\u{10FF00}", [.character("\u{FFFD}"), .character("\u{FFFD}"), .character("\u{FFFD}")]),
    ]

    @Test("every key is told, wherever the bytes are cut", arguments: sent)
    func keys(text: String, keys: [Key]) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            decoder.feed(bytes[..<cut])
            var decoded = decoder.all()
            decoder.feed(bytes[cut...])
            decoded += decoder.all()
            #expect(decoded == keys, "cut at \(cut)")
            #expect(decoder.timeout == nil)
        }
    }

    @Test("every key is told byte by byte, after another key and before one", arguments: sent)
    func byteByByte(text: String, keys: [Key]) {
        var decoder = KeyDecoder()
        var decoded: [Key] = []
        for byte in [0x78] + Array(text.utf8) + [0x79] {
            decoder.feed(CollectionOfOne(byte))
            decoded += decoder.all()
        }
        #expect(decoded == [.character("x")] + keys + [.character("y")])
    }

    @Test(
        "what only a pause decides is waited for, and then told",
        arguments: [
            ("\u{1B}", 40, [.code(.escape)]), ("\u{1B}[", 120, [.alt("[")]), ("\u{1B}O", 120, [.alt("O")]),
            ("\u{1B}]", 120, [.alt("]")]), ("\u{1B}P", 120, [.alt("P")]), ("\u{1B}[1;5", 1000, [.ignored]),
            ("\u{1B}O5", 1000, [.ignored]), ("\u{1B}]11;rgb", 1000, [.ignored]), ("\u{1B}[M !", 1000, [.ignored]),
            ("\u{1B}[[", 1000, [.ignored]),
        ] as [(String, Int32, [Key])])
    func timeouts(text: String, milliseconds: Int32, keys: [Key]) {
        var decoder = KeyDecoder()
        decoder.feed(text.utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.timeout == milliseconds)
        #expect(decoder.rest() == keys)
        #expect(decoder.timeout == nil)
        decoder.feed("a".utf8)
        #expect(decoder.all() == [.character("a")])
    }

    @Test("nothing waits when nothing is pending")
    func idle() {
        var decoder = KeyDecoder()
        #expect(decoder.timeout == nil)
        #expect(decoder.next(timedOut: true) == nil)
        decoder.feed("ab".utf8)
        #expect(decoder.all().count == 2)
        #expect(decoder.timeout == nil)
    }

    @Test(
        "invalid UTF-8 becomes replacement characters, and what follows is read",
        arguments: [
            [0xFF], [0xC0], [0xC1], [0x80], [0xE4, 0xB8], [0xF0, 0x9F], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0x9B],
        ] as [[UInt8]])
    func invalid(bytes: [UInt8]) {
        let keys = KeyDecoder.keys(bytes + Array("a\u{1B}[A".utf8))
        #expect(keys.first == .character("\u{FFFD}"))
        #expect(keys.suffix(2) == [.character("a"), .code(.up)])
        #expect(keys.dropLast(2).allSatisfy { $0 == .character("\u{FFFD}") })
    }

    @Test("a scalar whose end never comes is one replacement character")
    func incomplete() {
        var decoder = KeyDecoder()
        decoder.feed([0xE4, 0xB8])
        #expect(decoder.next() == nil)
        #expect(decoder.rest() == [.character("\u{FFFD}")])
    }
}
