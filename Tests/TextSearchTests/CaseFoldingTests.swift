import Testing
import TextSearch

@Suite("Text without its case")
struct CaseFoldingTests {
    private func fold(_ text: String) -> String { String(decoding: CaseFolding.fold(text), as: UTF8.self) }

    @Test(
        "letters lose their case, and every text keeps its length",
        arguments: [
            ("Grüße ÄÖÜ", "grüße äöü"), ("ΛΌΓΟΣ λόγος", "λόγοσ λόγοσ"), ("ПРИВЕТ Ё", "привет ё"), ("日本語", "日本語"),
            ("Ḁ Ａ 𐐀 Ꭰ", "ḁ ａ 𐐨 ꭰ"), ("İ ẞ ß ſ \u{212A} ϴ", "İ ẞ ß ſ \u{212A} θ"), ("\u{B5} ϐ ϑ ẛ ǅ", "μ β θ ṡ ǆ"),
            ("😀 é", "😀 é"),
        ])
    func folding(_ text: String, _ folded: String) {
        #expect(fold(text) == folded)
        #expect(CaseFolding.fold(text).count == text.utf8.count)
    }

    @Test("every scalar folds to one of the same length, which folds to itself and knows where it came from")
    func everyScalar() {
        for value in UInt32(0)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let folded = CaseFolding.fold(scalar)
            #expect(fold(String(scalar)) == String(folded))
            // No capital is left out that is as long as its small letter.
            let small = scalar.properties.lowercaseMapping
            if small.unicodeScalars.count == 1, small.utf8.count == String(scalar).utf8.count {
                #expect(fold(small) == String(folded), "\(scalar)")
            }
            if folded == scalar { continue }
            #expect(String(folded).utf8.count == String(scalar).utf8.count)
            #expect(CaseFolding.fold(folded) == folded)
            #expect(CaseFolding.variants(of: folded).contains(scalar), "\(scalar)")
            #expect(scalar.value < 0x80 || scalar.properties.isAlphabetic, "\(scalar)")
        }
    }

    @Test("blanks are what Unicode says, however many bytes they take")
    func blanks() {
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            let length = bytes.withUnsafeBufferPointer { ByteSearch.blankLength(in: $0, at: 0) }
            #expect(length == (scalar.properties.isWhitespace ? bytes.count : 0), "\(value)")
            let cut = Array(bytes.dropLast()).withUnsafeBufferPointer {
                $0.isEmpty ? 0 : ByteSearch.blankLength(in: $0, at: 0)
            }
            #expect(cut == 0)
        }
    }
}
