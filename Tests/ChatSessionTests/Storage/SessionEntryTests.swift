import ChatApi
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("The heads of sessions")
struct SessionEntryTests {
    let directory: TemporaryDirectory
    let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.path)
    }

    /// Saves a session as if that had been some seconds after the epoch.
    @discardableResult
    private func save(_ title: String?, at seconds: Int, _ text: String = "Hello there") throws -> SessionID {
        var session = Session()
        // Not at random: of seventy that begin in one second two may be the same.
        session.id = SessionID(date: Timestamp(secondsSinceEpoch: Double(seconds)), suffix: 1)
        session.updated = Timestamp(secondsSinceEpoch: Double(seconds))
        session.title = title
        session.messages = [.user(text)]
        try store.save(session)
        let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, store.path(of: session.id), times, 0) == 0)
        return session.id
    }

    private func heads() throws -> [SessionEntry] {
        var heads: [SessionEntry] = []
        try store.readEntries { page in
            heads += page
            return true
        }
        return heads
    }

    @Test("the session that was saved last comes first, with its title or its first words")
    func order() throws {
        #expect(try store.isEmpty && heads().isEmpty)
        try save("second", at: 200)
        try save("third", at: 100, String(repeating: "long ", count: 10_000))
        try save(nil, at: 300)
        #expect(try heads().map(\.title) == ["Hello there", "second", "third"])
        #expect(try heads().allSatisfy { $0.problem == nil } && !store.isEmpty)
    }

    @Test("a file of another program's writing is read, too")
    func compact() throws {
        try directory.write(
            #"{"format":1,"title":"by hand","updated":"2026-01-01T12:00:00Z","messages":[]}"#,
            to: "20260101-120000-0001.json")
        #expect(try heads().map(\.title) == ["by hand"])
        #expect(try heads()[0].updated == Timestamp("2026-01-01T12:00:00Z"))
    }

    @Test("J08: what is no session is among them, with what is wrong")
    func damaged() throws {
        try save("good", at: 100)
        try directory.write("{", to: "20260101-120000-0001.json")
        try directory.write(#"{"format":99}"#, to: "20260101-120000-0002.json")
        #expect(mkfifo(directory.file("20260101-120000-0003.json"), 0o600) == 0)
        let heads = try heads()
        #expect(heads.count { $0.problem == nil } == 1 && heads.count == 4)
        #expect(heads.contains { if case .newerFormat(_, 99) = $0.problem { true } else { false } })
    }

    @Test("they come in pages, a small one first, until nobody wants more")
    func pages() throws {
        for number in 0..<70 { try save("\(number)", at: number) }
        var sizes: [Int] = []
        try store.readEntries { page in
            sizes.append(page.count)
            return true
        }
        #expect(sizes == [64, 6])
        sizes = []
        try store.readEntries { page in
            sizes.append(page.count)
            return false
        }
        #expect(sizes == [64])
    }
}
