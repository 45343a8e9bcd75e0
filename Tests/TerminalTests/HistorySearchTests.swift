import Testing

@testable import Terminal

@Suite("The incremental search through the history")
struct HistorySearchTests {
    private let entries = ["git log", "Make it", "世界 über", "git diff\nmake", "e\u{301}te"]

    /// Types keys into a search and tells what the last one did.
    private func search(_ keys: String, last: String = "") -> (HistorySearch, HistorySearch.Step) {
        var search = HistorySearch(
            start: Entry("draft"), entries: entries, lastPattern: Array(last.unicodeScalars))
        var step = HistorySearch.Step.shows(nil)
        for scalar in keys.unicodeScalars {
            step = search.step(scalar == "\u{1B}" ? .code(.escape) : .character(scalar))
        }
        return (search, step)
    }

    @Test(
        "finds the newest entry with a text in any script, Ctrl-R the next older, Ctrl-S the next newer",
        arguments: [
            ("git", "git diff\nmake"), ("git\u{12}", "git log"), ("git\u{12}\u{13}", "git diff\nmake"),
            ("界", "世界 über"), ("make", "git diff\nmake"), ("make\u{12}", "Make it"), ("Make", "Make it"),
            ("ff\nm", nil), ("\u{301}", "e\u{301}te"), ("gitx\u{7F}", "git diff\nmake"),
            ("git\u{12}l\u{8}", "git diff\nmake"),
        ] as [(String, String?)])
    func finds(keys: String, entry: String?) {
        let (_, step) = search(keys)
        if let entry { #expect(step == .shows(entry)) } else { #expect(step == .endedBefore || step == .shows(nil)) }
    }

    @Test("knows where what it found stands, in scalars")
    func match() {
        #expect(search("über").0.match == 3..<7)
        #expect(search("make").0.match == 9..<13)
        #expect(search("git\u{7F}\u{7F}\u{7F}").0.match == nil)
    }

    @Test("what isn't there is said, and the last that was found stays; Backspace goes back to it")
    func fails() {
        let (failed, step) = search("gitz")
        #expect(failed.hasFailed && step == .shows(nil))
        #expect(failed.line(columns: 80).text == "not in the history: gitz")
        #expect(!search("gitz\u{7F}").0.hasFailed)
        // Nothing older, nothing newer.
        #expect(search("git\u{12}\u{12}").0.hasFailed)
        #expect(search("git\u{13}").0.hasFailed)
    }

    @Test("Ctrl-G gives the draft back, Esc and Enter keep what was found; Ctrl-R alone searches the last once more")
    func ends() {
        #expect(search("git\u{07}").1 == .cancelled(Entry("draft")))
        #expect(search("git\u{1B}").1 == .ended)
        #expect(search("git\r").1 == .endedBefore)
        #expect(search("\u{12}", last: "log").1 == .shows("git log"))
        #expect(search("\u{12}").1 == .shows(nil))
    }

    @Test("the line under the entry shows the end of the pattern in any window", arguments: [1, 2, 5, 20, 80])
    func line(columns: Int) {
        let line = search("a longer pattern 世界").0.line(columns: columns)
        #expect(line.width <= max(columns, 2))
        if columns >= 20 { #expect(line.text.hasSuffix("世界")) }
        if columns == 80 { #expect(line.text == "not in the history: a longer pattern 世界") }
    }
}
