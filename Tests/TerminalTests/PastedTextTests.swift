import Testing

@testable import Terminal

@Suite("What is pasted, as values")
struct PastedTextTests {
    private func fold(_ text: [Unicode.Scalar], in folds: inout FoldedPastes) throws -> [Unicode.Scalar] {
        let folded = folds.fold(text)
        return try #require(folded)
    }

    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    @Test("a large paste is one scalar, and whole when the entry is sent")
    func folding() throws {
        var folds = FoldedPastes()
        let long = scalars(String(repeating: "x", count: 3000))
        let one = try fold(long, in: &folds)
        #expect(one.count == 1 && folds.label(of: one[0]) == "[pasted 3000 characters]")
        #expect(folds.unfolded(["a"] + one + ["b"]) == ["a"] + long + ["b"])
        #expect(folds.fold(["x", "\n", "y"]) == ["x", "\n", "y"])
        let lines = try fold(scalars(String(repeating: "\n", count: 20)), in: &folds)
        #expect(lines.count == 1 && folds.label(of: lines[0]) == "[pasted 21 lines]")
        // The same once more is the same thing.
        #expect(folds.fold(long) == one)
        #expect(folds.label(of: "x") == nil)
    }

    @Test("a text that holds a scalar that stands for pastes is folded, whatever its size, and comes out as it was")
    func placeholders() throws {
        var folds = FoldedPastes()
        let first = try fold(scalars("\u{10FF00}\u{10FFFD}"), in: &folds)
        let second = try fold(scalars("b\u{10FF00}"), in: &folds)
        #expect(first.count == 1 && second.count == 1)
        #expect(folds.unfolded(first + second) == scalars("\u{10FF00}\u{10FFFD}b\u{10FF00}"))
    }

    @Test("what was killed in an entry is still there in the next, and no scalar ever stands for another paste")
    func survival() throws {
        var folds = FoldedPastes()
        let killed = try fold(scalars(String(repeating: "k", count: 3000)), in: &folds)
        folds.endEntry()
        #expect(folds.unfolded(killed).count == 3000)
        for number in 0..<600 {
            let text = scalars("\(number)" + String(repeating: "y", count: 2500))
            #expect(folds.fold(text).map { folds.unfolded($0) } == text)
            folds.endEntry()
        }
        // It had to go for the others, and says so rather than being one of them.
        #expect(folds.unfolded(killed) == [])
        #expect(folds.label(of: killed[0]) == "[pasted text that is gone]")
    }

    @Test("an entry takes so many pastes and no more")
    func room() throws {
        var folds = FoldedPastes()
        for number in 0..<FoldedPastes.maximumCount {
            #expect(folds.fold(scalars("\(number)" + String(repeating: "y", count: 2500))) != nil)
        }
        #expect(folds.fold(scalars(String(repeating: "z", count: 2500))) == nil)
        folds.endEntry()
        #expect(folds.fold(scalars(String(repeating: "z", count: 2500))) != nil)
    }

    @Test("what comes back from an editor is folded where it was, and where it is large")
    func refolding() throws {
        var folds = FoldedPastes()
        let long = String(repeating: "line\n", count: 30)
        let fold = try fold(scalars(long), in: &folds)
        let before = scalars("see ") + fold + scalars(" please")
        #expect(
            folds.refold(scalars("see \(long) please!"), as: before) == scalars("see ") + fold + scalars(" please!"))
        #expect(
            folds.refold(scalars("Look: \(long) please"), as: before) == scalars("Look: ") + fold + scalars(" please"))
        #expect(folds.refold(scalars("nothing"), as: before) == scalars("nothing"))
        #expect(folds.refold([], as: before) == [])
        let large = scalars(String(repeating: "z", count: EditorCore.longestUnfoldedEntry + 1))
        let refoldedLarge = folds.refold(large, as: before)
        let refolded = try #require(refoldedLarge)
        #expect(refolded.count == 1 && folds.unfolded(refolded) == large)
    }

    @Test(
        "characters that can't be seen are counted by kind; those that scripts and emoji need aren't",
        arguments: [
            ("plain é 世 👨‍👩‍👧 ❤️ น้ำ\t\n\u{1B}[31m\u{0}", 0, ""),
            ("\u{E0041}\u{E0042}\u{202E}", 3, "2 tags, 1 bidirectional control"),
            ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 0, ""), ("🏴\u{E0067}", 1, "1 tag"),
            ("a\u{200B}\u{FEFF}\u{E0100}\u{9B}", 4, "1 variation selector, 2 zero-width characters, 1 other"),
        ])
    func hidden(text: String, total: Int, kinds: String) {
        let hidden = HiddenCharacters(in: scalars(text))
        #expect(hidden.total == total && hidden.kinds == kinds)
    }
}
