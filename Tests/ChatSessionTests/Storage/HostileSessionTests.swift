import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("A file that is no session, or an odd one", .timeLimit(.minutes(2)))
struct HostileSessionTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore
    private let id: SessionID
    private let name: String

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
        id = try #require(SessionID("20261122-165054-7f3a"))
        name = "sessions/\(id).json"
        try directory.write("", to: name)
    }

    private func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: store.path(of: id))) }

    private var bytes: [UInt8]? { try? AtomicFile.read(store.path(of: id)) }

    /// Opens the file, and does with the session what Banter does.
    /// - Returns: Whether it opened.
    private func use(_ hostile: [UInt8], _ name: String) throws -> Bool {
        try put(hostile)
        var conversation: Conversation
        do { conversation = try Conversation(opening: id, in: store) } catch {
            switch error {
            case .damaged(let path, _), .newerFormat(let path, _): #expect(path == store.path(of: id), "\(name)")
            default: Issue.record("\(name): \(error)")
            }
            #expect(bytes == hostile, "\(name)")
            return false
        }
        #expect(bytes == hostile, "\(name)")
        let session = conversation.session
        _ = (session.displayTitle, session.system, session.request(streams: true), session.copy())
        // What is written is read as what it was, and is written the same again.
        let text = SessionFile.encode(session)
        let again = try SessionFile.decode(text, name: id)
        #expect(SessionFile.encode(again) == text, "\(name)")
        try conversation.update { $0.system = "Be brief." }
        try conversation.say("Go on.")
        try conversation.update { $0.system = nil }
        #expect(try store.load(id).messages == conversation.session.messages, "\(name)")
        // As it was it is still there, unless Banter itself would have written it so.
        if let kept = conversation.keptOriginal {
            #expect(try AtomicFile.read(kept) == hostile, "\(name)")
            unlink(kept)
        } else {
            #expect(try SessionFile.encode(SessionFile.decode(hostile, name: id)) == hostile, "\(name)")
        }
        return true
    }

    @Test(
        "J01, J02, J03, J04, J05, J06, J07, J10: opens or is named, crashes and hangs nothing, and is never lost: 350 of them"
    )
    func all() throws {
        #expect(HostileSession.all.count >= 350)
        var opened: Set<String> = []
        for hostile in HostileSession.all where try use(hostile.bytes, hostile.name) { opened.insert(hostile.name) }
        // A few for which either answer would not do.
        for name in [
            "400 objects", "511 arrays", "usage of 1e400", "usage of 0e1", "usage of 1e-400",
            "usage of 12345678901234567890", "turn of 9223372036854775807", "string 0", "string 5", "byte order mark",
            "shape 31", "title is null", "CR LF",
        ] {
            #expect(opened.contains(name), "\(name)")
        }
        for name in [
            "512 arrays", "100000 objects", "100000 arrays as the file", "string 14", "string 15", "UTF-16LE",
            "UTF-16BE without mark", "bytes that are no UTF-8: FF", "shape 0", "shape 3", "format 2", "format 99",
            "messages is {}",
        ] {
            #expect(!opened.contains(name), "\(name)")
        }
    }

    @Test("J05: of a key that is there twice the first counts, and the file is kept as it was")
    func duplicates() throws {
        let text = #"{"format":1,"messages":[{"role":"user","content":"first","content":"second"}],"messages":[]}"#
        try put(Array(text.utf8))
        var conversation = try Conversation(opening: id, in: store)
        #expect(conversation.session.messages == [.user("first")])
        try conversation.say("more")
        let kept = try #require(conversation.keptOriginal)
        #expect(kept == "\(store.directory)/\(id).bak" && directory.text(of: "sessions/\(id).bak") == text)
    }

    @Test("J08: cut off at every byte it is named as damaged, listed as that, and left as it is")
    func truncated() throws {
        let whole = Array(HostileSession.session(["turns": "[]"]).utf8)
        for count in 0..<whole.count {
            try put(Array(whole[..<count]))
            #expect(throws: SessionStoreError.self, "cut after \(count) bytes") { try store.load(id) }
            #expect(bytes?.count == count)
        }
        let listing = try store.summaries()
        #expect(listing.sessions.isEmpty && listing.problems.count == 1)
        try put(whole)
        #expect(try store.load(id).messages.count == 2)
    }

    @Test("J09: of a gigabyte is refused by its size, without reading it")
    func huge() throws {
        #expect(truncate(store.path(of: id), 1 << 30) == 0)
        #expect(throws: SessionStoreError.unreadable(FileSystemError("read", store.path(of: id), EFBIG))) {
            try store.load(id)
        }
    }

    @Test("J18: changed at random in 3000 ways it opens or is named")
    func mutated() throws {
        let seeds = try Fixture.all.map { try Fixture.bytes($0) } + [Array(HostileSession.session().utf8)]
        var random = SystemRandomNumberGenerator()
        let signs = Array("\"{}[],:\\0-1e.tnu \u{0}\u{FF}".utf8)
        for round in 0..<3000 {
            var text = seeds[round % seeds.count]
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text[place] = signs[Int.random(in: 0..<signs.count, using: &random)]
                case 1: text.remove(at: place)
                case 2: text.insert(signs[Int.random(in: 0..<signs.count, using: &random)], at: place)
                default: text.replaceSubrange(place..<min(place + 20, text.count), with: text.prefix(place % 30))
                }
                if text.isEmpty { text = [0x7B] }
            }
            do throws(SessionFile.Problem) {
                var session = try SessionFile.decode(text, name: id)
                session.system = "x"
                session.system = nil
                _ = try SessionFile.decode(SessionFile.encode(session), name: id)
            } catch {
                // Named, then: a crash would be the end of the test.
                #expect(error != .damaged(""))
            }
        }
    }

    @Test(
        "J11: no name of a session leads out of the directory",
        arguments: [
            "../../x", "/x", "a/../../b", "..", ".", "", "x\u{0}y", "20261122-165054-7f3a\n", "~", "%2f", "e\u{301}",
            "20261122-165054-7f3a.", "20261122-165054-7f3a/", "../sessions/20261122-165054-7f3a",
            String(repeating: "2", count: 300),
        ])
    func names(name: String) throws {
        try put(Array(HostileSession.session().utf8))
        try directory.write(HostileSession.session(), to: "20261122-165054-7f3b.json")
        #expect(SessionID(name) == nil)
        #expect(throws: SessionStoreError.notFound(name)) { try store.find(name) }
        #expect(throws: SessionStoreError.notFound(name)) { try store.trash.find(name) }
    }
}

/// The committed session files.
enum Fixture {
    static let all = ["format-1-plain.json", "format-1-odd.json"]

    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/sessions/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] { try AtomicFile.read(path(name)) }
}
