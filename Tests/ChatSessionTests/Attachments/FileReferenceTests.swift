import Testing

@testable import ChatSession

@Suite("Files that a message names")
struct FileReferenceTests {
    private func paths(_ text: String) -> [String] { FileReference.all(in: text).map(\.path) }

    @Test("begin at the start of a word, and end at a blank, or at the closing quote")
    func places() throws {
        #expect(paths("@a.txt and (@b/c.md) [@~/d\n@/e") == ["a.txt", "b/c.md)", "~/d", "/e"])
        #expect(paths("me@example.com @ x@y '@z' \"@z") == [])
        #expect(paths("@\"my file.txt\" @\"a\" b") == ["my file.txt", "a"])
        #expect(paths("@世界.txt @\"un closed") == ["世界.txt"])
        #expect(paths("@\"never closed\n@b \" @\"c @d") == ["b", "d"])
        let reference = try #require(FileReference.all(in: "see @\"a b\" now").first)
        #expect(reference.range == 4..<10 && reference.isQuoted && reference.isClosed)
    }

    @Test("lose punctuation at their end a mark at a time, and quoted ones never")
    func punctuation() {
        #expect(FileReference.all(in: "(see @a.b.).").first?.candidates == ["a.b.).", "a.b.)", "a.b.", "a.b"])
        #expect(FileReference.all(in: "@\"a.\"").first?.candidates == ["a."])
        #expect(FileReference.all(in: "@.").first?.candidates == ["."])
        #expect(FileReference.all(in: "@a" + String(repeating: ".", count: 4000)).first?.candidates.count == 9)
    }

    @Test(
        "are written so that they are read as the same path",
        arguments: [
            "a.txt", "my file.txt", "a\"b", "a\\b", "a\nb", "a\u{1B}[31mb", "\u{202E}txt", "\u{10FF00}", "e\u{301}",
            "世界 1", "👩‍👩‍👧.png",
            "a.", "a,", "\\u{41}", "~/x y",
        ])
    func spelling(path: String) throws {
        let text = FileReference.spelling(of: path)
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
        let read = FileReference.all(in: "see \(text) now")
        #expect(read.map { Array($0.path.unicodeScalars) } == [Array(path.unicodeScalars)], "\(text)")
    }

    @Test("are spelled plainly where that will do")
    func plain() {
        #expect(FileReference.spelling(of: "src/main.swift") == "@src/main.swift")
        #expect(FileReference.spelling(of: "my dir/", isClosed: false) == "@\"my dir/")
        #expect(FileReference.spelling(of: "a b") == "@\"a b\"")
        #expect(FileReference.spelling(of: "a\u{7}") == "@\"a\\u{7}\"")
    }

    @Test("are no more than a thousand")
    func limit() {
        #expect(paths(String(repeating: "@a ", count: 5000)).count == 1000)
        #expect(paths("@" + String(repeating: "a", count: 5000)) == [])
    }
}
