import FoundationEssentials
import TestSupport
import Testing

/// The bytes are looked at by people before they are committed.
///
/// `cat` shows one in a terminal of its size; `BANTER_GOLDEN=write` writes them anew.
@Suite("Golden screens")
struct GoldenScreenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/golden")
    private static let writes = ProcessInfo.processInfo.environment["BANTER_GOLDEN"] == "write"

    @Test(
        "an answer is written to the terminal byte for byte as it was when people looked at it",
        arguments: GoldenScreen.all.map(\.name))
    func unchanged(_ name: String) throws {
        let screen = try #require(GoldenScreen.all.first { $0.name == name })
        let file = Self.folder.appending(path: name + ".ansi")
        let bytes = screen.bytes
        if Self.writes {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        let golden = try Data(contentsOf: file)
        #expect(Data(bytes) == golden, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        var terminal = TerminalScreen(rows: screen.setting.rows, columns: screen.setting.columns)
        terminal.feed(bytes)
        #expect(terminal.foreignSequences == [] && terminal.modes == [7, 25] && terminal.bells == 0)
    }

    @Test("every file is a screen that is still there")
    func files() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names) == Set(GoldenScreen.all.map { $0.name + ".ansi" }))
    }
}
