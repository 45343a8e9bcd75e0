import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("The trash", .timeLimit(.minutes(1)))
struct TrashTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("home/sessions"))
    }

    /// Saves a session that nobody has open, with a journal and an original.
    private func saved() throws -> SessionID {
        var conversation = Conversation(store: store)
        try conversation.say("one?")
        let id = conversation.session.id
        try directory.write("{\"after\":1}\n{\"content\":\"par\"}\n", to: "home/sessions/\(id).partial")
        try directory.write("original", to: "home/sessions/\(id).bak")
        return id
    }

    private func names(_ store: SessionStore) throws -> [String] {
        try DirectoryListing.names(in: store.directory).sorted()
    }

    @Test("takes a session with all that belongs to it, and gives it back as it was")
    func roundTrip() throws {
        let id = try saved()
        let other = try saved()
        let text = directory.text(of: "home/sessions/\(id).json")
        let all = ["\(id).bak", "\(id).json", "\(id).partial"]
        let time = store.savedTime(of: id)
        try store.delete(id)
        #expect(try names(store.trash) == all && names(store).allSatisfy { $0.hasPrefix(other.text) })
        #expect(throws: SessionStoreError.notFound(id.text)) { try store.load(id) }
        #expect(throws: SessionStoreError.notFound(id.text)) { try store.delete(id) }
        var status = stat()
        #expect(stat(store.trash.directory, &status) == 0 && status.st_mode & 0o777 == 0o700)
        #expect(try store.trash.find("one") == id && store.trash.load(id).messages.first == .user("one?"))
        try store.restore(id)
        #expect(try names(store.trash) == [] && names(store).count == 6)
        #expect(directory.text(of: "home/sessions/\(id).json") == text && store.savedTime(of: id) == time)
        #expect(try Conversation(opening: id, in: store).isRecovered)
        #expect(throws: SessionStoreError.notFound(id.text)) { try store.restore(id) }
    }

    @Test("takes a link in a session's place, and gives it back, though it leads nowhere meanwhile")
    func link() throws {
        let id = try saved()
        let path = store.path(of: id)
        #expect(rename(path, store.directory + "/real.json") == 0 && symlink("real.json", path) == 0)
        try store.delete(id)
        #expect(try store.ids() == [])
        try store.restore(id)
        #expect(try store.load(id).messages.first == .user("one?"))
    }

    @Test("takes what was said, and leaves what somebody else has put into the file meanwhile")
    func changedElsewhere() throws {
        let id = try saved()
        var conversation = try Conversation(opening: id, in: store)
        try directory.write("theirs", to: "home/sessions/\(id).json")
        #expect(try conversation.moveToTrash())
        #expect(directory.text(of: "home/sessions/\(id).json") == "theirs")
        #expect(try store.trash.load(conversation.session.id).messages.first == .user("one?"))
    }

    @Test("doesn't take a session that somebody has open, and says who")
    func held() throws {
        let id = try saved()
        let conversation = try Conversation(opening: id, in: store)
        #expect(throws: SessionStoreError.inUse(id, process: getpid())) { try store.delete(id) }
        #expect(try store.read(id).session.messages.count == 1)
        withExtendedLifetime(conversation) {}
    }

    @Test("takes the session that is open from the one who has it open; what is said then is saved anew")
    func own() throws {
        let id = try saved()
        var conversation = try Conversation(opening: id, in: store)
        #expect(try conversation.moveToTrash())
        #expect(try conversation.moveToTrash() == false)
        #expect(try store.ids() == [])
        var unsaid = Conversation(store: store)
        #expect(try unsaid.moveToTrash() == false)
        // It has the name still: nothing comes back under it from another window meanwhile.
        #expect(throws: SessionStoreError.inUse(id, process: getpid())) { try store.restore(id) }
        try conversation.say("two?")
        #expect(try store.load(id).messages.last == .user("two?"))
        #expect(try store.trash.read(id).session.messages.count == 1)
    }

    @Test("has what couldn't be saved before, too")
    func unsaved() throws {
        let id = try saved()
        var conversation = try Conversation(opening: id, in: store)
        #expect(rename(store.directory, directory.file("home/aside")) == 0)
        try directory.write("in the way", to: "home/sessions")
        #expect(throws: FileSystemError.self) { try conversation.say("two?") }
        unlink(store.directory)
        #expect(rename(directory.file("home/aside"), store.directory) == 0)
        #expect(try conversation.moveToTrash())
        #expect(try store.trash.load(id).messages.last == .user("two?"))
    }

    @Test("gives the session back last: while the rest of it can't come, it stays")
    func order() throws {
        let id = try saved()
        try store.delete(id)
        // A name that is no text can be listed, but not moved.
        let odd = "\(store.trash.directory)/\(id).".utf8.map { CChar(bitPattern: $0) } + [-1, 0]
        close(creat(odd, 0o600))
        defer { unlink(odd) }
        #expect(throws: SessionStoreError.self) { try store.restore(id) }
        #expect(try store.ids() == [] && store.trash.ids() == [id])
        unlink(odd)
        try store.restore(id)
        #expect(try store.ids() == [id])
    }

    @Test("overwrites nothing, in neither direction")
    func occupied() throws {
        let id = try saved()
        try directory.write("older", to: "home/trash/\(id).json")
        let inTheWay = FileSystemError("move to", store.trash.path(of: id), EEXIST)
        #expect(throws: SessionStoreError.unreadable(inTheWay)) { try store.delete(id) }
        #expect(try names(store).count == 3 && directory.text(of: "home/trash/\(id).json") == "older")
        #expect(throws: SessionStoreError.self) { try store.restore(id) }
        #expect(try names(store).count == 3 && directory.text(of: "home/trash/\(id).json") == "older")
    }

    @Test("is emptied of what was deleted more than thirty days ago, however old that was, and of nothing else")
    func purge() throws {
        let id = try saved()
        var long = [timeval(tv_sec: 1000, tv_usec: 0), timeval(tv_sec: 1000, tv_usec: 0)]
        #expect(utimes(store.path(of: id), &long) == 0)
        try store.delete(id)
        try directory.write("a note of the user's own", to: "home/trash/README")
        let now = Timestamp()
        let deleted = try #require(store.trash.deletionTime(of: id))
        #expect(abs(deleted.date.timeIntervalSince(now.date)) < 60)
        store.sweep()
        store.purgeTrash(now: Timestamp(now.date.addingTimeInterval(29.9 * 86400)))
        #expect(try names(store.trash).count == 4)
        store.purgeTrash(now: Timestamp(now.date.addingTimeInterval(30.1 * 86400)))
        #expect(try names(store.trash) == ["README"])
    }
}
