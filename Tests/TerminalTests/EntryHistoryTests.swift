import Testing

@testable import Terminal

@Suite("EntryHistory")
struct EntryHistoryTests {
    @Test("empty entries, those with a leading blank and a repetition of the last aren't stored")
    func notStored() {
        var history = EntryHistory(limit: 10)
        let added = ["one", "one", "", " \n\t", " secret", "two", "one"].map { history.add($0) }
        #expect(added == [true, false, false, false, false, true, true])
        #expect(history.entries == ["two", "one"])
    }

    @Test("of equal entries in a file the newest stays, and the limit holds")
    func load() {
        var history = EntryHistory(limit: 3)
        history.load(["a", "b", "a", "c", "d", "c"])
        #expect(history.entries == ["a", "d", "c"])
        _ = history.add("e")
        #expect(history.entries == ["d", "c", "e"])
    }

    @Test("so much is kept in memory and no more, but always the newest entry")
    func bytes() {
        var history = EntryHistory(limit: 1000)
        let large = { (number: Int) in "\(number) " + String(repeating: "x", count: EntryHistory.maximumBytes / 4) }
        history.load((1...3).map(large))
        #expect(history.entries.count == 3)
        for number in 4...6 { _ = history.add(large(number)) }
        #expect(history.entries.map { $0.prefix(1) } == ["4", "5", "6"])
        _ = history.add(String(repeating: "y", count: EntryHistory.maximumBytes + 1))
        #expect(history.entries.count == 1)
        _ = history.add("small")
        #expect(history.entries == ["small"])
    }

    @Test("the walk goes through entries that begin as the draft does, and ends with the draft and its cursor")
    func walk() {
        var history = EntryHistory(limit: 10)
        history.load(["git log", "make", "git diff", "gi"])
        let draft = Entry(Array("git!".unicodeScalars), cursor: 3)
        let steps: [(EntryHistory.Direction, Entry)] = [
            (.newer, draft), (.older, draft), (.older, Entry("git diff")), (.older, Entry("git log")),
            (.newer, Entry("git log")), (.newer, Entry("git diff")), (.newer, draft),
        ]
        let recalled = steps.map { history.recall($0.0, from: $0.1) }
        #expect(
            recalled == [nil, .entry("git diff"), .entry("git log"), nil, .entry("git diff"), .draft(draft), nil])
    }

    @Test("what was recalled and then changed begins a walk of its own, with that as its draft")
    func changed() {
        var history = EntryHistory(limit: 10)
        history.load(["git log", "make all", "git diff"])
        #expect(history.recall(.older, from: Entry("git")) == .entry("git diff"))
        history.noteShown(Entry("git diff"))
        #expect(history.draft == Entry("git"))
        #expect(history.recall(.older, from: Entry("make")) == .entry("make all"))
        history.noteShown(Entry("make all"))
        #expect(history.recall(.newer, from: Entry("make all")) == .draft(Entry("make")))
        #expect(history.draft == nil)
    }

    @Test("a draft of any length survives the walk")
    func longDraft() {
        var history = EntryHistory(limit: 10)
        history.load(["x"])
        let draft = Entry(Array(repeating: "x", count: 5000), cursor: 0)
        let recalled = [history.recall(.older, from: draft), history.recall(.newer, from: Entry("x"))]
        #expect(recalled == [.entry("x"), .draft(draft)])
    }
}
