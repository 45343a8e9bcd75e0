import FoundationEssentials
import TestSupport
import Testing

/// The cases of reliability.md that the prompt answers for, by the names of the tests.
@Suite("The catalogue")
struct CatalogueTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test("has a test for each case of escapes and of the process, and for the history of two prompts")
    func cases() throws {
        let tests = Self.root.appending(path: "Tests/EndToEndTests")
        var named: Set<String> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path) where path.hasSuffix(".swift") {
            let source = try String(contentsOf: tests.appending(path: path), encoding: .utf8)
            // At the start of the name of a test: "P01: …", "E05, E06: …".
            for match in source.matches(of: /"((?:[EPD][0-9]{2}(?:, )?)+):/) {
                named.formUnion(match.1.split(separator: ", ").map(String.init))
            }
        }
        let escapes = (1...23).map { $0 < 10 ? "E0\($0)" : "E\($0)" }
        #expect((escapes + ["P01", "P02", "P03", "P04", "P05", "P06", "D19"]).filter { !named.contains($0) } == [])
        #expect(HostilePayload.all.count >= 81 && Set(HostilePayload.all.map(\.name)).count == HostilePayload.all.count)
    }

    @Test("P03: what SIGKILL leaves of the terminal, and what mends it, is documented")
    func documented() throws {
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let limits = try #require(readme.components(separatedBy: "## Limits").last)
        #expect(limits.contains("`kill -9`") && limits.contains("`reset`"))
    }
}
