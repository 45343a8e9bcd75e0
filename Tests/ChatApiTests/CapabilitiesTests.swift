import Foundation
import Testing

/// The article `Capabilities.md`, which must not promise what no test shows.
@Suite("The table of capabilities")
struct CapabilitiesTests {
    private let rows: [[String]]
    private let tests: Set<String>

    init() throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let root = here.deletingLastPathComponent().deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/ChatApi/ChatApi.docc/Capabilities.md"), encoding: .utf8)
        rows = article.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| #") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        var tests: Set<String> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: here.path) where path.hasSuffix(".swift") {
            let source = try String(contentsOf: here.appending(path: path), encoding: .utf8)
            var suite = ""
            var isTest = false
            for line in source.split(separator: "\n") {
                if let match = line.firstMatch(of: /^(?:struct|extension) (\w+)/) { suite = String(match.1) }
                if line.hasPrefix("    @Test") { isTest = true }
                if isTest, let match = line.firstMatch(of: /^    (?:static )?func (\w+)/) {
                    tests.insert("\(suite).\(match.1)")
                    isTest = false
                }
            }
        }
        self.tests = tests
    }

    @Test("has all 32 rows, ticked")
    func complete() {
        #expect(rows.map { $0.first } == (1...32).map(String.init))
        #expect(rows.allSatisfy { $0.count == 5 && $0[3] == "✓" })
    }

    @Test("names tests that exist")
    func names() {
        for row in rows {
            let names = (row.last ?? "").matches(of: /`(\w+\.\w+)`/).map { String($0.1) }
            #expect(!names.isEmpty, "row \(row.first ?? "")")
            #expect(names.filter { !tests.contains($0) } == [], "row \(row.first ?? "")")
        }
    }
}

/// The cases of reliability.md that ChatApi answers for, by the names of the tests.
@Suite("The catalogue of faults")
struct CatalogueTests {
    @Test("has a test for each case of the network and of the key")
    func cases() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var named: Set<String> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path) where path.hasSuffix(".swift") {
            let source = try String(contentsOf: tests.appending(path: path), encoding: .utf8)
            // At the start of the name of a test, or of a row of one: "N15, N16: …".
            for match in source.matches(of: /"((?:[NK][0-9]{2}(?:, )?)+)[: ]/) {
                named.formUnion(match.1.split(separator: ", ").map(String.init))
            }
        }
        let network = (1...30).map { $0 < 10 ? "N0\($0)" : "N\($0)" }
        #expect((network + ["K06", "K08", "K10", "K11", "K12", "K13", "K14"]).filter { !named.contains($0) } == [])
    }
}
