import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite("HistoryFile", .timeLimit(.minutes(3)))
struct HistoryFileTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("history") }

    init() throws { directory = try TemporaryDirectory() }

    private func file(limit: Int = 1000) -> HistoryFile { HistoryFile(path: path, limit: limit) }

    private func permissions(of path: String) -> mode_t {
        var information = stat()
        return lstat(path, &information) == 0 ? information.st_mode & 0o777 : 0
    }

    @Test("there are no entries before there is a file")
    func missing() throws {
        #expect(try file().load() == [])
    }

    @Test(
        "every entry comes back as it was, on one line of the file",
        arguments: [
            "plain", "two words", " leading", "trailing ", "one\ntwo\n", "tab\there", "back\\slash\\040",
            "\u{1B}[31m\u{7F}\u{00}\u{01}",
            "世界 🙂 e\u{301} 👨‍👩‍👧", "\r\n", "^A", "\u{9B}\u{FFFD}", "_HiStOrY_V2_x", "\u{10FF00}",
        ])
    func roundTrip(entry: String) throws {
        try file().append(entry)
        #expect(try file().load() == [entry])
        #expect(directory.text(of: "history")?.split(separator: "\n").count == 2)
    }

    @Test("entries are written as libedit writes them")
    func format() throws {
        try file().append("a b\nc\t\\d\u{01}\u{7F}é")
        #expect(directory.text(of: "history") == "_HiStOrY_V2_\na\\040b\\012c\\011\\134d\\^A\\^?é\n")
    }

    @Test("an entry of megabytes is told to be too long in one pass")
    func huge() throws {
        // What copies the line at each blank doesn't get through this.
        let entry = String(repeating: "a b\n", count: 1 << 21)
        #expect(HistoryEncoding.encode(entry).utf8.count == 10 << 21)
        try file().append(entry)
        #expect(directory.text(of: "history") == nil)
    }

    @Test("two writers side by side lose nothing, and there is one first line")
    func twoWriters() async throws {
        let (first, second) = (file(), file())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, writer) in [("a", first), ("b", second)] {
                group.addTask { for number in 0..<200 { try writer.append("\(name) \(number)") } }
            }
            try await group.waitForAll()
        }
        let entries = try file().load()
        #expect(entries.filter { $0.hasPrefix("a") } == (0..<200).map { "a \($0)" })
        #expect(entries.filter { $0.hasPrefix("b") } == (0..<200).map { "b \($0)" })
        #expect(entries.count == 400)
        #expect(directory.text(of: "history")?.split(separator: "\n").filter { $0.hasPrefix("_HiS") }.count == 1)
    }

    @Test("a writer and one who cuts the file side by side lose nothing new")
    func writingWhileCutting() async throws {
        let path = path
        for number in 0..<100 { try file().append("old \(number)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 0..<40 { try HistoryFile(path: path, limit: 50).append("new \(number)") } }
            group.addTask { for _ in 0..<20 { _ = try HistoryFile(path: path, limit: 50).load() } }
            try await group.waitForAll()
        }
        #expect(try file().load().filter { $0.hasPrefix("new") } == (0..<40).map { "new \($0)" })
    }

    @Test("lines that are no entries are passed over, the others are there")
    func corruptLines() throws {
        var bytes = Array("_HiStOrY_V2_\ngood\\040one\nbad\\\nbad\\9zz\nbad\\04\n\\777\n\n".utf8)
        bytes += [0xFF, 0xFE, 0x0A, 0xE4, 0xB8, 0x0A, 0x61, 0x00, 0x62, 0x0A]
        bytes += Array("good two\\\\\n\\344\\270\\226\nno line feed".utf8)
        try Data(bytes).write(to: URL(filePath: path))
        #expect(try file().load() == ["good one", "a\u{0}b", "good two\\", "世", "no line feed"])
    }

    @Test("a file of another kind gives what it holds, a directory and a FIFO an error and no hang")
    func strangeFiles() throws {
        try directory.write("ls\nmake\n", to: "history")
        #expect(try file().load() == ["ls", "make"])
        #expect(throws: TerminalError.self) { try HistoryFile(path: directory.path, limit: 10).load() }
        #expect(mkfifo(directory.file("fifo"), 0o600) == 0)
        #expect(throws: TerminalError.self) { try HistoryFile(path: directory.file("fifo"), limit: 10).load() }
        #expect(throws: TerminalError.self) {
            try HistoryFile(path: directory.file("no/history"), limit: 10).append("x")
        }
    }

    @Test(
        "lines around 1024 bytes, where libedit overruns, and long ones are read",
        arguments: [1022, 1023, 1024, 1025, 65_000])
    func longLines(length: Int) throws {
        let entry = String(repeating: "x", count: length)
        try file().append(entry)
        try file().append("next")
        #expect(try file().load() == [entry, "next"])
    }

    @Test("an entry that is too long isn't kept")
    func tooLong() throws {
        try file().append(String(repeating: "x", count: HistoryFile.maximumEntryBytes))
        #expect(try file().load() == [])
    }

    @Test("a write that was cut short doesn't swallow the next entry")
    func torn() throws {
        try directory.write("_HiStOrY_V2_\nwhole\ntor", to: "history")
        try file().append("next")
        #expect(try file().load() == ["whole", "tor", "next"])
    }

    @Test("the file is private, whatever it was")
    func permissions() throws {
        try file().append("x")
        #expect(permissions(of: path) == 0o600)
        chmod(path, 0o644)
        _ = try file().load()
        #expect(permissions(of: path) == 0o600)
        for number in 0..<30 { try file().append("entry \(number)") }
        _ = try file(limit: 10).load()
        #expect(permissions(of: path) == 0o600)
    }

    @Test("a symbolic link is refused, and what it leads to is left as it is")
    func symbolicLink() throws {
        let target = try directory.write("mine\n", to: "target", permissions: 0o644)
        #expect(symlink(target, path) == 0)
        #expect(throws: TerminalError.self) { try file().append("x") }
        #expect(throws: TerminalError.self) { try file().load() }
        #expect(directory.text(of: "target") == "mine\n")
        #expect(permissions(of: target) == 0o644)
    }

    @Test("a file with more than twice the limit is cut to the newest entries")
    func limit() throws {
        for number in 1...20 { try file(limit: 10).append("entry \(number)") }
        #expect(try file(limit: 10).load().count == 20)
        try file(limit: 10).append("entry 21")
        #expect(try file(limit: 10).load() == (12...21).map { "entry \($0)" })
        #expect(try file().load() == (12...21).map { "entry \($0)" })
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["history"])
    }

    @Test("of a file larger than the cap the end is read, and the file is cut")
    func cap() throws {
        let entry = String(repeating: "x", count: 1000)
        let count = 120
        let text = "_HiStOrY_V2_\n" + (0..<count).map { "\($0)\(entry)\n" }.joined()
        try directory.write(text, to: "history")
        let entries = try HistoryFile(path: path, limit: 1000, maximumBytes: 100_000).load()
        #expect(entries.count == 99)
        #expect(entries.last == "\(count - 1)\(entry)")
        #expect(entries.allSatisfy { $0.hasSuffix(entry) })
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_size <= 100_000)
    }
}
