import TestSupport
import Testing

@testable import Terminal

@Suite("KeyDecoder under hostile input")
struct KeyDecoderFloodTests {
    @Test(
        "a huge sequence is swallowed whole, in any chunks, and what follows is read",
        arguments: [
            ("\u{1B}[", "1;", "~"), ("\u{1B}[", "9", "A"), ("\u{1B}]52;c;", "abcd", "\u{07}"),
            ("\u{1B}]", "x", "\u{1B}\\"),
            ("\u{1B}P", "q#", "\u{1B}\\"), ("\u{1B}_", "é", "\u{1B}\\"), ("\u{1B}[?", "1;", "$y"),
        ])
    func huge(start: String, middle: String, end: String) {
        let bytes = Array((start + String(repeating: middle, count: 3000) + end + "z").utf8)
        for size in [7, 4096, bytes.count] {
            var decoder = KeyDecoder()
            var keys: [Key] = []
            for from in stride(from: 0, to: bytes.count, by: size) {
                decoder.feed(bytes[from..<min(from + size, bytes.count)])
                keys += decoder.all()
            }
            #expect(keys.last == .character("z"))
            for case .character(let scalar) in keys.dropLast() { Issue.record("\(scalar) was read as text") }
        }
    }

    @Test("a sequence without an end swallows no more than what comes before a pause")
    func pause() {
        var decoder = KeyDecoder()
        decoder.feed("\u{1B}]".utf8)
        decoder.feed(String(repeating: "x", count: 5000).utf8)
        #expect(decoder.all() == [.ignored])
        #expect(decoder.timeout == 1000)
        decoder.feed("swallowed".utf8)
        #expect(decoder.all() == [.ignored])
        #expect(decoder.next(timedOut: true) == nil)
        #expect(decoder.timeout == nil)
        decoder.feed("a".utf8)
        #expect(decoder.all() == [.character("a")])
    }

    @Test("random bytes never become an unknown key, never hang, and never a control of our own")
    func random() {
        var generator = SeededGenerator(seed: 7)
        let alphabet: [UInt8] =
            Array("\u{1B}\u{1B}\u{1B}[[O]P;0129~ABmuM\\?<$\r\u{07}aé".utf8) + [0x9B, 0xC2, 0xFF, 0xF4]
        for _ in 0..<3000 {
            var decoder = KeyDecoder()
            var keys: [Key] = []
            for _ in 0..<Int.random(in: 1..<5, using: &generator) {
                decoder.feed(
                    (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
                        alphabet.randomElement(using: &generator) ?? 0
                    })
                keys += decoder.all()
            }
            keys += decoder.rest()
            decoder.feed("\u{03}\u{1B}[201~\u{1B}[A".utf8)
            keys += decoder.all()
            #expect(keys.last == .code(.up))
            for case .character(let scalar) in keys { #expect(!(0x80..<0xA0).contains(scalar.value)) }
        }
    }

    @Test("a paste that stops goes on being a paste; no scalar and no CRLF is cut in two")
    func pausedPaste() {
        let bytes = Array("\u{1B}[200~aé世🙂\r\nb\u{1B}[201~".utf8)
        for cut in 6..<(bytes.count - 6) {
            var decoder = KeyDecoder()
            decoder.feed(bytes[..<cut])
            var keys = decoder.all()
            if let part = decoder.next(timedOut: true) { keys.append(part) }
            decoder.feed(bytes[cut...] + Array("\r".utf8))
            keys += decoder.all()
            #expect(keys.last == .character("\r"))
            var text: [Unicode.Scalar] = []
            for case .paste(let part) in keys { text += part }
            #expect(text == Array("aé世🙂\nb".unicodeScalars), "cut at \(cut)")
        }
    }

    @Test("a paste larger than is kept comes in parts that add up")
    func largePaste() {
        var decoder = KeyDecoder()
        decoder.pasteLimit = 100_000
        let text = String(repeating: "世界\n", count: 50_000)
        var parts: [[Unicode.Scalar]] = []
        let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
        for from in stride(from: 0, to: bytes.count, by: 30_000) {
            decoder.feed(bytes[from..<min(from + 30_000, bytes.count)])
            for case .paste(let part) in decoder.all() { parts.append(part) }
        }
        #expect(parts.count > 1)
        #expect(parts.joined().elementsEqual(text.unicodeScalars))
    }

    @Test("Ctrl-C is the way out of a paste whose end got lost")
    func lostEnd() {
        var decoder = KeyDecoder()
        decoder.feed("\u{1B}[200~abc".utf8)
        #expect(decoder.all() == [])
        #expect(decoder.next(timedOut: true) == .paste(["a", "b", "c"]))
        decoder.feed("\u{03}".utf8)
        #expect(decoder.all() == [])
        #expect(decoder.next(timedOut: true) == .character("\u{03}"))
        decoder.feed("x".utf8)
        #expect(decoder.all() == [.character("x")])
    }
}
