import FoundationEssentials
import Testing

/// The arrows of ARCHITECTURE.md.
///
/// The build checks them too, but lets modules through that come with a dependency's own.
@Suite("The house")
struct HouseTests {
    /// What each target may import, beside the C library and `Synchronization`.
    private static let arrows: [(target: String, imports: Set<String>)] = [
        (
            "ChatApi",
            [
                "AsyncHTTPClient", "Logging", "NIOConcurrencyHelpers", "NIOCore", "NIOHTTP1", "NIOHTTPCompression",
                "NIOPosix", "NIOSSL",
            ]
        ),
        ("TextSearch", []),
        (
            "ChatSession",
            ["ChatApi", "TextSearch", "CWriteback", "CYAML", "FoundationEssentials", "Logging", "Subprocess"]
        ),
        ("Terminal", ["TextSearch", "CLibEdit", "CNcurses"]),
        ("TerminalMarkdown", ["Terminal", "CMD4C", "CSourceHighlight"]),
        (
            "ChatRepl",
            [
                "ChatApi", "ChatSession", "Terminal", "TerminalMarkdown", "TextSearch", "Logging", "Dispatch",
                "FoundationEssentials",
            ]
        ),
        ("banter", ["ChatRepl", "ArgumentParser"]),
    ]

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    @Test("every import is an arrow of ARCHITECTURE.md", arguments: arrows)
    func imports(target: String, allowed: Set<String>) throws {
        let directory = "\(Self.root)/Sources/\(target)"
        let files = try FileManager.default.subpathsOfDirectory(atPath: directory).filter { $0.hasSuffix(".swift") }
        #expect(!files.isEmpty)
        for file in files {
            let source = String(
                decoding: try #require(FileManager.default.contents(atPath: "\(directory)/\(file)")), as: UTF8.self)
            // What is indented is the script of the local model's server, in a string.
            for line in source.split(separator: "\n") where !line.hasPrefix(" ") {
                let words = line.split(separator: " ")
                let prefix = words.prefix { $0 != "import" }
                guard prefix.count < words.count - 1,
                    prefix.allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal"].contains($0) })
                else { continue }
                let module = String(words[prefix.count + 1])
                #expect(
                    allowed.union(["Glibc", "Synchronization"]).contains(module), "\(target)/\(file) imports \(module)")
            }
        }
    }

    @Test("no source file has more than 300 lines")
    func lengths() throws {
        for directory in ["Sources", "Tests"] {
            let files = try FileManager.default.subpathsOfDirectory(atPath: "\(Self.root)/\(directory)")
            for file in files where file.hasSuffix(".swift") {
                let source = try #require(FileManager.default.contents(atPath: "\(Self.root)/\(directory)/\(file)"))
                #expect(source.count { $0 == UInt8(ascii: "\n") } <= 300, "\(directory)/\(file)")
            }
        }
    }
}
