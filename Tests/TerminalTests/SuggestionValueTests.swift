import Testing

@testable import Terminal

@Suite("Suggestions from the history, as values")
struct SuggestionValueTests {
    private func suggestion(for typed: String, _ entries: [String]) -> String? {
        var history = EntryHistory(limit: 5000)
        history.load(entries)
        return history.suggestion(for: Array(typed.unicodeScalars)).map { Entry.text($0[...]) }
    }

    @Test("the rest of the newest entry that begins with what is typed")
    func newest() {
        let entries = ["git log", "make", "git diff", "git"]
        #expect(suggestion(for: "git", entries) == " diff")
        #expect(suggestion(for: "git l", entries) == "og")
        #expect(suggestion(for: "git diff", entries) == nil)
        #expect(suggestion(for: "", entries) == nil)
        #expect(suggestion(for: "世", ["世界\nzwei"]) == "界\nzwei")
    }

    @Test("never a part of a character, and never what would have to be folded")
    func unsuitable() {
        #expect(suggestion(for: "cafe", ["cafe\u{301} au lait"]) == nil)
        #expect(suggestion(for: "👨", ["👨\u{200D}👩\u{200D}👧 x"]) == nil)
        #expect(suggestion(for: "🇩", ["🇩🇪"]) == nil)
        #expect(suggestion(for: "a", ["a\u{10FF00}"]) == nil && suggestion(for: "a", ["a\u{80}"]) == nil)
        #expect(suggestion(for: "a", ["ab", "a" + String(repeating: "x", count: 30_000)]) == "b")
        #expect(suggestion(for: String(repeating: "x", count: 1001), [String(repeating: "x", count: 1002)]) == nil)
    }
}
