import ChatApi
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("Files that go along with a message")
struct AttachedFileTests {
    private let directory: TemporaryDirectory
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0xFF]

    init() throws { directory = try TemporaryDirectory() }

    private func files(_ text: String) throws -> [AttachedFile] {
        try AttachedFile.files(namedIn: text, home: directory.path)
    }

    private func problem(_ text: String) -> AttachmentError.Problem? {
        do { _ = try AttachedFile.files(namedIn: text, home: directory.path) } catch { return error.problem }
        return nil
    }

    private func write(_ bytes: [UInt8], to name: String) {
        let descriptor = open(directory.file(name), O_WRONLY | O_CREAT, 0o600)
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
    }

    @Test("are read each once, with the punctuation behind them left to the sentence")
    func texts() throws {
        try directory.write("one\n", to: "a.txt")
        try directory.write("two", to: "b c.txt")
        let read = try files("See @~/a.txt, @\"~/b c.txt\" (and @~/a.txt).")
        #expect(read.map(\.name) == ["~/a.txt", "~/b c.txt"])
        #expect(read.map(\.content) == [.text("one\n"), .text("two")])
    }

    @Test("that don't exist are words, unless nothing but a path is written so")
    func missing() throws {
        #expect(try files("@alice, write to bob@~/a.txt @angular/core @\"no such\"") == [])
        #expect(try files("well @... or @.. or @.") == [])
        #expect(problem("@~/nosuch.txt") == .missing)
        #expect(problem("@./nosuch.txt") == .missing)
        #expect(problem("@/nosuch/x") == .missing)
    }

    @Test("aren't found by a part of what they are called")
    func nul() throws {
        try directory.write("x", to: "a.txt")
        #expect(problem("@\"~/a.txt\\u{0}.png\"") == .missing)
    }

    @Test("are images by their first bytes, whatever they are called")
    func images() throws {
        write(Self.png, to: "a.txt")
        #expect(try files("@~/a.txt").map(\.content) == [.image(Self.png, mediaType: "image/png")])
        #expect(AttachedFile.imageType(of: [0xFF, 0xD8, 0xFF, 0xE0]) == "image/jpeg")
        #expect(AttachedFile.imageType(of: Array("GIF89a…".utf8)) == "image/gif")
        #expect(AttachedFile.imageType(of: Array("RIFF????WEBPVP8".utf8)) == "image/webp")
        #expect(AttachedFile.imageType(of: Array("RIFF????WAVE".utf8)) == nil)
    }

    @Test("J09: are refused if they are no files, no text, or too large; nothing is waited for")
    func refused() throws {
        mkfifo(directory.file("fifo"), 0o600)
        write([0xC3, 0x28], to: "invalid")
        write([0x41, 0, 0x42], to: "binary")
        write(Array(repeating: 0x41, count: AttachedFile.maximumTextBytes + 1), to: "long.txt")
        write(Self.png + Array(repeating: 0, count: AttachedFile.maximumImageBytes), to: "huge.png")
        #expect(problem("@~/") == .directory)
        #expect(problem("@~/fifo") == .special)
        #expect(problem("@/dev/zero") == .special)
        #expect(problem("@~/invalid") == .unknownKind)
        #expect(problem("@~/binary") == .unknownKind)
        #expect(problem("@~/long.txt") == .tooLarge(limit: AttachedFile.maximumTextBytes))
        #expect(problem("@~/huge.png") == .tooLarge(limit: AttachedFile.maximumImageBytes))
        for name in ["a", "b", "c", "d"] {
            write(Self.png + Array(repeating: 0, count: 9 << 20), to: "\(name).png")
        }
        #expect(problem("@~/a.png @~/b.png @~/c.png @~/d.png") == .tooLargeTogether)
        // A word that happens to be a directory's name is a word.
        #expect(try files("ask @tmp and @etc").isEmpty && problem("@/tmp") == .directory)
        write(Array(repeating: 0x41, count: AttachedFile.maximumTextBytes), to: "just.txt")
        #expect(try files("@~/just.txt").map(\.byteCount) == [AttachedFile.maximumTextBytes])
    }

    @Test("are at most twenty")
    func limit() throws {
        for number in 0...20 { try directory.write("x", to: "f\(number)") }
        #expect(try files((0..<20).map { "@~/f\($0)" }.joined(separator: " ")).count == 20)
        #expect(problem((0...20).map { "@~/f\($0)" }.joined(separator: " ")) == .tooMany)
    }

    // MARK: The message

    @Test("are parts of the message, named, in a fence that they can't close")
    func message() throws {
        let files = [
            AttachedFile(name: "a.md", content: .text("```swift\nx\n```")),
            AttachedFile(name: "b\nc.png", content: .image([1, 2, 3], mediaType: "image/png")),
        ]
        let content = MessageContent("look at @a.md", with: files)
        guard case .parts(let parts) = content else { throw AttachmentError(name: "", problem: .missing) }
        #expect(parts.map(\.type) == [.text, .text, .text, .imageURL])
        #expect(parts[0].text == "look at @a.md")
        #expect(parts[1].text == "\n\nFile: a.md\n````\n```swift\nx\n```\n````\n")
        #expect(parts[2].text == "\n\nImage: \"b\\u{A}c.png\"\n")
        #expect(parts[3].imageURL?.url == "data:image/png;base64,AQID")
        #expect(content.typed == "look at @a.md" && content.fileNames == ["a.md", "\"b\\u{A}c.png\""])
        #expect(MessageContent("hi", with: []) == .text("hi"))
    }

    @Test("don't show in the title, which is made of the words that were typed, and survive a save")
    func title() throws {
        let store = SessionStore(directory: directory.file("sessions"))
        var conversation = Conversation(Session(), store: store)
        let files = [AttachedFile(name: "a", content: .text("CONTENT"))]
        try conversation.say(MessageContent("see @a", with: files))
        #expect(conversation.session.displayTitle == "see @a")
        let saved = try store.load(conversation.session.id)
        #expect(saved.messages == conversation.session.messages && saved.title == "see @a")
        #expect(saved.request(streams: false).messages == saved.messages)
    }

    @Test("words that look like a file's part, typed by a person, are the person's")
    func typed() {
        let content = MessageContent.parts([.text("\n\nFile: x\n"), .text("more"), .refusal("no")])
        #expect(content.typed == "\n\nFile: x\nmore" && content.fileNames == [])
    }
}
