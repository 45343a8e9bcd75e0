import ChatApi
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("The list of sessions")
struct SessionSummaryTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
    }

    private func save(_ title: String) throws -> Conversation {
        var conversation = Conversation(Session(provider: "p", model: "m"), store: store)
        try conversation.say(title)
        return conversation
    }

    /// Files with the same text, each written a second after the one before.
    private func write(_ text: [UInt8], count: Int) throws -> [SessionID] {
        try (0..<count).map { number in
            let digits = String(number + 10000).dropFirst()
            let id = try #require(SessionID("20260101-0000\(digits.prefix(2))-00\(digits.suffix(2))"))
            let path = try directory.write(String(decoding: text, as: UTF8.self), to: "sessions/\(id).json")
            var times = [timeval(tv_sec: 1000 + number, tv_usec: 0), timeval(tv_sec: 1000 + number, tv_usec: 0)]
            #expect(utimes(path, &times) == 0)
            return id
        }
    }

    @Test("is empty where there is nothing, and tells what each session is called")
    func titles() throws {
        #expect(try store.summaries().sessions == [])
        var first = try save("one")
        let second = try save("two \"quoted\"\n  \"messages\": [")
        #expect(try Set(store.summaries().sessions.map(\.title)) == ["one", second.session.displayTitle])
        try first.update { $0.title = "another" }
        let size = try #require(directory.text(of: "sessions/\(first.session.id).json")).utf8.count
        #expect(
            try store.summaries().sessions.first
                == SessionSummary(
                    id: first.session.id, title: "another", created: first.session.created,
                    updated: first.session.updated, provider: "p", model: "m", byteCount: size))
    }

    @Test("names damaged files, and takes the title from the whole file where its head doesn't tell")
    func odd() throws {
        let id = SessionID()
        let damaged = try directory.write("{ damaged", to: "sessions/20260101-000000-0001.json")
        try directory.write(
            #"{"format":1,"messages":[{"role":"user","content":"Compact words"}]}"#, to: "sessions/\(id).json")
        let listing = try store.summaries()
        #expect(listing.sessions.map(\.title) == ["Compact words"])
        #expect(listing.fileCount == 2)
        guard case .damaged(damaged, _)? = listing.problems.first else {
            Issue.record("\(listing.problems)")
            return
        }
    }

    @Test("says what the whole file says, wherever the first look at it ends and whatever stands in its parameters")
    func heads() throws {
        var session = Session(provider: "p", model: "m")
        let id = session.id
        session.messages = [.user("Hello")]
        session.parameters = ["title": "no", "x": ["a": [1, ["model": "no"]], "b": [], "c": [:]], "format": [2]]
        for count in 0..<600 {
            let odd = String(repeating: "\"é\n  \"messages\": [\\", count: count % 7)
            session.title = odd + String(repeating: "x", count: count)
            let text = SessionFile.encode(session)
            let path = try directory.write(String(decoding: text, as: UTF8.self), to: "sessions/\(id).json")
            let whole = SessionSummary(try store.load(id), byteCount: text.count)
            #expect(try SessionHead(path)?.summary(id: id) == whole, "a title of \(count)")
        }
    }

    @Test(
        "isn't misled by lines that somebody wrote",
        arguments: [
            ("  \"x\": {\n  \"title\": \"other\"\n  },\n", false),
            ("  \"x\": [\n  {\n  \"title\": \"other\"}\n  ],\n", false),
            ("  \"x\": {\n    \"title\": \"other\"\n  },\n", true),
            ("  \"x\": [\n    \"title\",\n    {\n    \"title\": \"other\"\n    }\n  ],\n", true),
            ("\n", false), ("\"title2\": \"other\",\n", false), ("  \"title2\": \"other\",\n", true),
            ("  \"x\": {\n  \"messages\": []\n  },\n", false),
        ])
    func heads(edit: String, isRead: Bool) throws {
        var session = Session(provider: "p", model: "m")
        let id = session.id
        (session.title, session.messages) = ("real", [.user("Hello")])
        let text = String(decoding: SessionFile.encode(session), as: UTF8.self)
        let edited = text.replacing("  \"title\"", with: edit + "  \"title\"")
        try #require(edited != text)
        let path = try directory.write(edited, to: "sessions/\(id).json")
        #expect((try SessionHead(path) != nil) == isRead)
        #expect(try store.summaries().sessions.map(\.title) == ["real"])
    }

    @Test("J08: shows a file as damaged wherever it ends too early, and one that is filled with nothing")
    func truncated() throws {
        let text = Array(SessionFileTests.golden.utf8)
        let id = "20260101-000000-0001"
        // Without the line break behind it, it is still whole.
        for count in 0..<text.count - 1 {
            try directory.write(String(decoding: text[..<count], as: UTF8.self), to: "sessions/\(id).json")
            let listing = try store.summaries()
            #expect(listing.sessions.isEmpty && listing.problems.count == 1, "cut after \(count) bytes")
        }
        let filled = text[..<300] + [UInt8](repeating: 0, count: text.count - 300)
        try directory.write(String(decoding: filled, as: UTF8.self), to: "sessions/\(id).json")
        #expect(try store.summaries().problems.count == 1)
    }

    @Test("J13: isn't held up by pipes, directories and links that lead nowhere, and names them")
    func oddFiles() throws {
        let good = try save("good").session.id
        #expect(mkfifo("\(store.directory)/20261122-165054-2001.json", 0o600) == 0)
        #expect(mkdir("\(store.directory)/20261122-165054-2002.json", 0o700) == 0)
        let loop = "\(store.directory)/20261122-165054-2003.json"
        #expect(symlink(loop, loop) == 0)
        let listing = try store.summaries()
        #expect(listing.sessions.map(\.id) == [good])
        #expect(listing.problems.count == 3)
    }

    @Test("and the newest session go by what sessions say, where files were copied and are all new")
    func copied() throws {
        let ids = try write(SessionFile.encode(try save("x").session), count: 3)
        for (id, day) in zip(ids, ["2026-01-02", "2026-01-03", "2026-01-01"]) {
            let text = try #require(directory.text(of: "sessions/\(id).json"))
            let dated = text.replacing(/"updated": "[^"]*"/, with: "\"updated\": \"\(day)T00:00:00.000Z\"")
            try directory.write(dated, to: "sessions/\(id).json")
        }
        let listed = try store.summaries().sessions.map(\.id)
        #expect(listed.suffix(3) == [ids[1], ids[0], ids[2]])
        #expect(try store.newest() == listed[0])
        var entries: [SessionID] = []
        try store.readEntries { page in
            entries += page.map(\.id)
            return true
        }
        #expect(entries == listed)
    }

    @Test("D16: follows no link out of the directory, and a search doesn't either")
    func linkOut() throws {
        let inside = try save("inside").session.id
        var secret = Session()
        (secret.title, secret.messages) = ("secret", [.user("A secret.")])
        try directory.write(String(decoding: SessionFile.encode(secret), as: UTF8.self), to: "elsewhere.json")
        let link = "\(store.directory)/20261122-165054-2003.json"
        #expect(symlink("../elsewhere.json", link) == 0)
        let listing = try store.summaries()
        #expect(listing.sessions.map(\.id) == [inside] && listing.problems.count == 1)
        let query = try #require(SearchQuery("secret"))
        let result = try SessionSearch(query, in: store).run()
        #expect(result.hits.isEmpty && result.problems.count == 1)
    }

    @Test("has at most so many as are asked for, those that changed last, and the rest when that is asked for")
    func limit() throws {
        let ids = try write(SessionFile.encode(try save("x").session), count: 1100)
        let page = try store.summaries(limit: 3)
        #expect(page.fileCount == 1101)
        #expect(page.sessions.dropFirst().map(\.id) == ids.suffix(2).reversed())
        let all = try store.summaries()
        #expect(all.sessions.dropFirst().map(\.id) == ids.reversed())
    }
}
