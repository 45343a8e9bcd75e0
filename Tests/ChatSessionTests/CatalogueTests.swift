import FoundationEssentials
import Testing

/// The cases of reliability.md on files, by the names of the tests, or by the rows of `make torture`.
@Suite("The catalogue of files")
struct CatalogueTests {
    @Test("has each case of durability and of bad input in a test's name, or in a row of make torture")
    func cases() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var places: [String: Set<String>] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path) {
            guard path.hasSuffix(".swift") || path.hasSuffix(".py") else { continue }
            let source = try String(contentsOf: tests.appending(path: path), encoding: .utf8)
            // At the start of a name: "D10: …", "J05, J06: …", "P01, D21: …".
            for match in source.matches(of: /"((?:[A-Z][0-9]{2}(?:, )?)+):/) {
                for id in match.1.split(separator: ", ") { places[String(id), default: []].insert(path) }
            }
        }
        let durability = (1...22).map { $0 < 10 ? "D0\($0)" : "D\($0)" }
        let input = (1...18).map { $0 < 10 ? "J0\($0)" : "J\($0)" }
        #expect((durability + input).filter { places[$0] == nil } == [])
        // What no test can do within a process is the script's.
        for id in ["D01", "D02", "D03", "D04", "D06", "D18", "D22", "J12"] {
            #expect(places[id]?.contains("Torture/torture.py") == true, "\(id)")
        }
    }
}
