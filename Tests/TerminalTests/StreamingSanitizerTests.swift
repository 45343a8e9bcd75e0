import TestSupport
import Testing

@testable import Terminal

/// Everything of the catalogue's E rows that the sanitiser decides: each payload, at each split point.
@Suite("StreamingSanitizer")
struct StreamingSanitizerTests {
    private static let texts =
        HostilePayload.all.map(\.text) + HostilePayload.welcome.map(\.text) + SanitizerTests.payloads.map(\.0)

    /// What comes out of parts, scalar for scalar; the pieces that are asked for never hold back more than seven scalars.
    private func sanitized(_ parts: [ArraySlice<Unicode.Scalar>]) -> [Unicode.Scalar] {
        var sanitizer = StreamingSanitizer()
        var output: [Unicode.Scalar] = []
        for part in parts { output += Array(sanitizer.append(Entry.text(part)).unicodeScalars) }
        let rest = sanitizer.finish().unicodeScalars
        #expect(rest.count <= 7 * "<U+E0041>".count)
        return output + Array(rest)
    }

    @Test("E02: a text in parts comes to what the whole does, wherever it is cut", arguments: texts)
    func cuts(text: String) {
        let scalars = Array(text.unicodeScalars)
        let whole = Array(Sanitizer.sanitize(text).unicodeScalars)
        let step = max(scalars.count / 300, 1)
        for cut in stride(from: 0, through: scalars.count, by: step) {
            #expect(sanitized([scalars[..<cut], scalars[cut...]]) == whole, "cut at \(cut)")
        }
        #expect(sanitized(scalars.indices.map { scalars[$0...$0] }) == whole)
        #expect(sanitized([[], scalars[...], []]) == whole)
    }

    @Test("E02: so does one text behind the other, at random cuts")
    func randomCuts() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let scalars = (0..<8).flatMap { _ in
                Array((Self.texts.randomElement(using: &generator) ?? "").unicodeScalars)
            }
            var (rest, parts) = (scalars[...], [ArraySlice<Unicode.Scalar>]())
            while !rest.isEmpty {
                let size = Int.random(in: 1...12, using: &generator)
                parts.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            let whole = String(String.UnicodeScalarView(scalars))
            #expect(sanitized(parts) == Array(Sanitizer.sanitize(whole).unicodeScalars))
        }
    }

    @Test("E01: no payload moves anything on a screen, or hides a part of itself", arguments: HostilePayload.all)
    func harmless(payload: HostilePayload) {
        for text in [Sanitizer.sanitizeLine(payload.text), StyledLine.lines(of: payload.text).map(\.text).joined()] {
            var screen = TerminalScreen(rows: 200, columns: 100)
            screen.feed(text.utf8)
            #expect(screen.foreignSequences == [] && screen.bells == 0 && screen.title == "the old title")
            let before = payload.text.unicodeScalars.filter {
                TerminalScreen.isHarmless($0) && $0 != " " && $0.properties.generalCategory != .format
            }
            let shown = screen.allLines.joined().unicodeScalars.filter { $0 != " " }
            // Of marks in a row only the first ones are left.
            if payload.name != "zalgo", payload.name != "joiners without end" {
                #expect(shown.filter { before.contains($0) }.count >= before.count)
            }
        }
    }

    @Test("E13: what people write is the same byte for byte, also scalar by scalar", arguments: HostilePayload.welcome)
    func welcome(payload: HostilePayload) {
        let scalars = Array(payload.text.unicodeScalars)
        #expect(sanitized(scalars.indices.map { scalars[$0...$0] }) == scalars)
        #expect(Array(StyledText(payload.text).text.utf8) == Array(payload.text.utf8))
    }

    @Test("E14: of marks that arrive one by one eight stay")
    func marks() {
        var sanitizer = StreamingSanitizer()
        var output = sanitizer.append("a")
        for _ in 0..<10_000 { output += sanitizer.append("\u{301}") }
        output += sanitizer.append("b\u{301}")
        #expect(output.unicodeScalars.count == 11)
        _ = sanitizer.finish()
        // Another text begins.
        #expect(sanitizer.append(String(repeating: "\u{301}", count: 9)).unicodeScalars.count == 8)
    }

    @Test("only what the next part decides is held back")
    func holding() {
        var sanitizer = StreamingSanitizer()
        #expect(sanitizer.append("line\r") == "line")
        #expect(sanitizer.append("\nnext\r").unicodeScalars.elementsEqual("\nnext".unicodeScalars))
        #expect(sanitizer.append("x") == "␍x")
        #expect(sanitizer.append("\u{1F3F4}\u{E0067}") == "")
        #expect(sanitizer.append("y") == "\u{1F3F4}<U+E0067>y")
        #expect(sanitizer.append("\u{1B}") == "␛")
        #expect(sanitizer.append("\r") == "")
        #expect(sanitizer.finish() == "␍")
        #expect(sanitizer.finish() == "")
    }

    @Test("of scalars that nothing is looked up for, none is a mark or hidden")
    func verdicts() {
        for value in 0x80...0x10FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value), Sanitizer.verdict(on: scalar) == .shown else { continue }
            let category = scalar.properties.generalCategory
            if Sanitizer.isHidden(scalar)
                || [.nonspacingMark, .enclosingMark, .spacingMark, .format].contains(category)
            {
                Issue.record("U+\(String(value, radix: 16))")
                return
            }
        }
    }
}
