import ChatApi
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import ChatSession

@Suite("The file of a session", .timeLimit(.minutes(1)))
struct DurabilityTests {
    private let directory: TemporaryDirectory
    private let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
    }

    private func saved(_ text: String = "one?") throws -> Conversation {
        var conversation = Conversation(store: store)
        try conversation.say(text)
        return conversation
    }

    private func inode(_ path: String) -> ino_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_ino : 0
    }

    @Test("D10: that is a link within the directory is updated where that leads, and the link stays")
    func link() throws {
        let id = try saved().session.id
        let path = store.path(of: id)
        #expect(rename(path, directory.file("sessions/real.json")) == 0)
        #expect(
            symlink(directory.file("sessions/middle"), path) == 0
                && symlink("real.json", directory.file("sessions/middle")) == 0)
        let link = inode(path)
        var conversation = try Conversation(opening: id, in: store)
        try conversation.say("two?")
        try conversation.say("three?")
        #expect(conversation.session.id == id && inode(path) == link)
        #expect(directory.text(of: "sessions/real.json")?.contains("three?") == true)
        #expect(try store.load(id).messages.count == 3)
    }

    @Test(
        "D10: that is a link out of the directory is neither read nor written",
        arguments: ["../secret", "sub/x", "/etc/hostname"])
    func linkOut(target: String) throws {
        var conversation = try saved()
        let path = store.path(of: conversation.session.id)
        let text = try #require(directory.text(of: "sessions/\(conversation.session.id).json"))
        try directory.write(text, to: "secret")
        try directory.write(text, to: "sessions/sub/x")
        unlink(path)
        #expect(symlink(target, path) == 0)
        let refusal = FileSystemError(AtomicFile.followLink, path, EXDEV)
        #expect(throws: SessionStoreError.unreadable(refusal)) { try store.load(conversation.session.id) }
        #expect(throws: refusal) { try store.save(conversation.session) }
        // What was open goes on as a session of its own.
        try conversation.say("two?")
        #expect(conversation.divergedFrom != nil && conversation.unsaved == nil)
        #expect(directory.text(of: "secret") == text && directory.text(of: "sessions/sub/x") == text)
    }

    @Test("D10: that is a link in a circle is named")
    func linkLoop() throws {
        let id = try saved().session.id
        unlink(store.path(of: id))
        symlink("\(id).json", store.path(of: id))
        #expect(throws: SessionStoreError.unreadable(FileSystemError(AtomicFile.followLink, store.path(of: id), ELOOP)))
        {
            try store.load(id)
        }
    }

    @Test("D11, J13: that is a pipe, a socket, a device or a directory is refused at once, and never replaced")
    func special() throws {
        var conversation = try saved()
        let original = conversation.session.id
        let path = store.path(of: original)
        let ways: [() -> Int32] = [
            { mkfifo(path, 0o600) }, { mknod(path, S_IFSOCK | 0o600, 0) }, { mkdir(path, 0o700) },
            { mknod(path, S_IFCHR | 0o600, 0x103) },
        ]
        for make in ways {
            remove(path)
            guard make() == 0 else { continue }
            let special = inode(path)
            #expect(throws: SessionStoreError.self) { try store.load(original) }
            #expect(try store.summaries().sessions.allSatisfy { $0.id != original })
            #expect(inode(path) == special)
        }
        remove(path)
        mkfifo(path, 0o600)
        let pipe = inode(path)
        try conversation.say("two?")
        #expect(inode(path) == pipe && conversation.divergedFrom == original)
    }

    @Test("D14: that can't be locked is used without a lock, and isn't waited for longer than a second")
    func slowLock() throws {
        let path = directory.file("lock")
        let late = TimedFlag()
        let attempt = SessionLock.acquire(path) { path in
            late.wait()
            return SessionLock.acquire(path)
        }
        guard case .unavailable = attempt else { throw DurabilityTestError("a lock that nobody has") }
        // Coming too late, it is let go of again.
        late.raise()
        for _ in 0..<1000 where access(path, F_OK) != 0 { usleep(1000) }
        var isFree = false
        for _ in 0..<1000 where !isFree {
            if case .acquired = SessionLock.acquire(path) { isFree = true } else { usleep(1000) }
        }
        #expect(isFree)
        mkfifo(directory.file("pipe"), 0o600)
        guard case .unavailable = SessionLock.acquire(directory.file("pipe")) else {
            throw DurabilityTestError("a pipe is no lock")
        }
        #expect(access(directory.file("pipe"), F_OK) == 0)
    }

    @Test("D16: is found among five hundred temporaries, of which those of living processes stay")
    func sweep() throws {
        let id = try saved().session.id
        for number in 0..<499 { try directory.write("{", to: "sessions/.\(id).json.4194305.\(number).tmp") }
        try directory.write("{", to: "sessions/.\(id).json.\(getpid()).1.tmp")
        store.sweep()
        #expect(
            Set(try DirectoryListing.names(in: store.directory)) == ["\(id).json", ".\(id).json.\(getpid()).1.tmp"])
    }

    @Test("D17: that couldn't be saved is written whole again by the next save, which says so")
    func savedAgain() throws {
        var conversation = try saved()
        let id = conversation.session.id
        // As good as a disk that fails: the name of no file can be made in what isn't a directory.
        #expect(rename(store.directory, directory.file("aside")) == 0)
        try directory.write("in the way", to: "sessions")
        #expect(throws: FileSystemError.self) { try conversation.say("two?") }
        #expect(conversation.unsaved?.errorNumber == ENOTDIR)
        #expect(throws: FileSystemError.self) { try conversation.update { _ in } }
        unlink(store.directory)
        #expect(rename(directory.file("aside"), store.directory) == 0)
        // A turn that brought nothing is as good a time for it as any.
        try conversation.take(TurnOutcome(failedBeforeSending: CancellationError()))
        #expect(conversation.unsaved == nil && conversation.session.id == id)
        #expect(try store.load(id).messages == [.user("one?"), .user("two?")])
    }

    @Test(
        "D20: made twice in a second, or after the clock went back, gets a name of its own and never looks older than it was"
    )
    func clock() throws {
        var ids: Set<SessionID> = []
        for _ in 0..<50 { ids.insert(try saved().session.id) }
        #expect(try ids.count == 50 && store.ids().count == 50)
        let future = Timestamp(Date(timeIntervalSinceNow: 10 * 365 * 86400))
        var conversation = try saved()
        try conversation.update { $0.updated = future }
        try conversation.say("two?")
        #expect(try store.load(conversation.session.id).updated == future)
    }

    @Test("J17: that another program wrote is kept as it was before the first save, and only then")
    func original() throws {
        var first: Conversation? = try saved()
        let id = try #require(first?.session.id)
        first = nil
        // Banter's own hand is known.
        var own: Conversation? = try Conversation(opening: id, in: store)
        try own?.say("two?")
        #expect(own?.keptOriginal == nil)
        own = nil
        for round in 1...3 {
            let text = try #require(directory.text(of: "sessions/\(id).json")).replacing("\n  ", with: "\n\t")
            try directory.write(text, to: "sessions/\(id).json", permissions: 0o640)
            var conversation: Conversation? = try Conversation(opening: id, in: store)
            try conversation?.say("more")
            let kept = try #require(conversation?.keptOriginal)
            #expect(kept == "\(store.directory)/\(id)\(round == 1 ? "" : ".\(round)").bak")
            #expect(String(decoding: try AtomicFile.read(kept), as: UTF8.self) == text)
            try conversation?.say("and more")
            #expect(conversation?.keptOriginal == kept)
            conversation = nil
        }
        #expect(try store.ids() == [id])
    }

    @Test(
        "J05, J17: what says more than a session can hold, within a message too, is kept as it was before the first save",
        arguments: [#""role": "user","role": "tool""#, #""role": "user","x": "\ud800""#])
    func lossy(fields: String) throws {
        var first: Conversation? = try saved()
        let id = try #require(first?.session.id)
        first = nil
        let text = try #require(directory.text(of: "sessions/\(id).json")).replacing(#""role": "user""#, with: fields)
        try directory.write(text, to: "sessions/\(id).json")
        var conversation = try Conversation(opening: id, in: store)
        try conversation.say("more")
        let kept = try #require(conversation.keptOriginal)
        #expect(String(decoding: try AtomicFile.read(kept), as: UTF8.self) == text)
    }

    @Test("J17: that another program wrote is kept once, however often the save behind that fails")
    func originalOfFailedSaves() throws {
        var first: Conversation? = try saved()
        let id = try #require(first?.session.id)
        first = nil
        let text = try #require(directory.text(of: "sessions/\(id).json")).replacing("\n  ", with: "\n\t")
        try directory.write(text, to: "sessions/\(id).json")
        for _ in 0..<3 {
            let (session, text) = try store.read(id)
            _ = try store.keepOriginal(of: session, text: text)
        }
        #expect(try DirectoryListing.names(in: store.directory).count { $0.hasSuffix(".bak") } == 1)
    }

    @Test("J17: that another program wrote is kept, too, where its directory was away at the first save")
    func originalOfLostDirectory() throws {
        let id = SessionID()
        let text = #"{"format":1,"a":1,"a":2,"messages":[{"role":"user","content":"q"}]}"#
        try directory.write(text, to: "sessions/\(id).json")
        var conversation = try Conversation(opening: id, in: store)
        #expect(rename(store.directory, directory.file("aside")) == 0)
        try directory.write("in the way", to: "sessions")
        #expect(throws: FileSystemError.self) { try conversation.say("two?") }
        unlink(store.directory)
        #expect(rename(directory.file("aside"), store.directory) == 0)
        try conversation.say("three?")
        #expect(conversation.session.id == id)
        #expect(directory.text(of: "sessions/\(id).bak") == text)
    }

    @Test(
        "J02: with a message that nests so deep that it couldn't be read from a branch isn't opened",
        arguments: [500, 508])
    func deep(depth: Int) throws {
        let id = SessionID()
        let arrays = depth - 1
        let content = String(repeating: "[", count: arrays) + String(repeating: "]", count: arrays)
        try directory.write(
            "{\"format\":1,\"messages\":[{\"role\":\"user\",\"content\":\(content)}]}", to: "sessions/\(id).json")
        guard depth == 500 else {
            #expect(throws: SessionStoreError.self) { try store.load(id) }
            return
        }
        var conversation = try Conversation(opening: id, in: store)
        try conversation.update { $0.cut(at: 0, reason: .undo) }
        #expect(try store.load(id).branches.count == 1)
    }

    @Test("that isn't to be saved is read, and nothing at all is written")
    func readOnly() throws {
        let id = try saved().session.id
        try directory.write("{\"after\":1}\n{\"content\":\"par\"}\n", to: "sessions/\(id).partial")
        let before = try DirectoryListing.names(in: store.directory).sorted()
        var conversation = try Conversation(opening: id, in: store, isSaved: false)
        #expect(conversation.isRecovered && conversation.session.id == id)
        try conversation.say("two?")
        #expect(conversation.journal == nil && conversation.store == nil)
        #expect(try DirectoryListing.names(in: store.directory).sorted() == before)
        #expect(try store.read(id).session.messages.count == 1)
    }
}

struct DurabilityTestError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
