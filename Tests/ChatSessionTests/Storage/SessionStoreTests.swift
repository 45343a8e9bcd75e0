import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("The session store", .timeLimit(.minutes(1)))
struct SessionStoreTests {
    let directory: TemporaryDirectory
    let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("home/sessions"))
    }

    @discardableResult
    private func save(_ id: String, title: String? = nil) throws -> SessionID {
        let id = try #require(SessionID(id))
        var session = Session(id: id, created: id.created, updated: id.created)
        session.title = title
        session.messages = [.user("hello")]
        try store.save(session)
        return id
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test("saves files of 0600 in directories of 0700, and leaves nothing else behind")
    func permissions() throws {
        let id = try save("20261122-165054-0001")
        #expect(mode(store.path(of: id)) == 0o600)
        #expect(mode(store.directory) == 0o700)
        #expect(mode(directory.file("home")) == 0o700)
        #expect(try DirectoryListing.names(in: store.directory) == [id.text + ".json"])
        #expect(try store.load(id).messages == [.user("hello")])
    }

    @Test("replaces a file rather than writing into it, so that a reader has the old or the new one")
    func atomic() throws {
        let id = try save("20261122-165054-0001", title: "old")
        let reader = try FileDescriptor(store.path(of: id), O_RDONLY)
        try save(id.text, title: "new")
        #expect(try SessionFile.decode(reader.readToEnd(limit: 1 << 20)).title == "old")
        #expect(try store.load(id).title == "new")
    }

    @Test("J08, J10: names files that it can't read, leaves them as they are and lists the others")
    func damaged() throws {
        let good = try save("20261122-165054-0001")
        let texts = ["", "   ", String(repeating: "\0", count: 64), "{\"format\":1", "{\"format\":7}"]
        for (index, text) in texts.enumerated() {
            try directory.write(text, to: "home/sessions/20261122-165054-100\(index).json")
        }
        let listing = try store.summaries()
        #expect(listing.sessions.map(\.id) == [good])
        #expect(listing.problems.count == texts.count)
        for (index, text) in texts.enumerated() {
            #expect(directory.text(of: "home/sessions/20261122-165054-100\(index).json") == text)
        }
        #expect(throws: SessionStoreError.newerFormat(path: "\(store.directory)/20261122-165054-1004.json", format: 7))
        {
            try store.load(store.find("20261122-165054-1004"))
        }
    }

    @Test("J13: isn't held up by pipes, directories and links that lead nowhere")
    func oddFiles() throws {
        let good = try save("20261122-165054-0001")
        #expect(mkfifo("\(store.directory)/20261122-165054-2001.json", 0o600) == 0)
        #expect(mkdir("\(store.directory)/20261122-165054-2002.json", 0o700) == 0)
        let loop = "\(store.directory)/20261122-165054-2003.json"
        #expect(symlink(loop, loop) == 0)
        let listing = try store.summaries()
        #expect(listing.sessions.map(\.id) == [good])
        #expect(listing.problems.count == 3)
        #expect(try store.newest() == good)
    }

    @Test("takes the id from a file's name, so that a copied file isn't saved over the original")
    func copiedFile() throws {
        let original = try save("20261122-165054-0001")
        let text = try #require(directory.text(of: "home/sessions/\(original).json"))
        try directory.write(text, to: "home/sessions/20261122-165054-0002.json")
        #expect(try store.load(store.find("20261122-165054-0002")).id.text == "20261122-165054-0002")
    }

    @Test("finds a session by id, by any part of it, by title and by a part of that")
    func find() throws {
        let greek = try save("20261122-165054-0001", title: "Greek letters")
        let letters = try save("20261123-165054-0001", title: "Letters")
        #expect(try store.find(greek.text) == greek)
        #expect(try store.find("20261123") == letters)
        #expect(try store.find("23-1650") == letters)
        #expect(try store.find("LETTERS") == letters)
        #expect(try store.find("greek") == greek)
        for query in ["202611", "etter"] {
            #expect {
                try store.find(query)
            } throws: { error in
                guard case SessionStoreError.ambiguous(_, let sessions) = error else { return false }
                return sessions.count == 2
            }
        }
        for query in ["", "../0001", "Hebrew"] {
            #expect(throws: SessionStoreError.notFound(query)) { try store.find(query) }
        }
    }

    @Test("knows which session was saved last")
    func newest() throws {
        #expect(try store.newest() == nil)
        let first = try save("20261122-165054-0001")
        let second = try save("20261122-165054-0002")
        func touch(_ id: SessionID, _ seconds: Int) {
            var times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
            #expect(utimes(store.path(of: id), &times) == 0)
        }
        touch(first, 2000)
        touch(second, 1000)
        #expect(try store.newest() == first)
        // Of two that were saved at once the one that began later.
        touch(second, 2000)
        #expect(try store.newest() == second)
    }

    @Test("D16: sweeps temporaries of dead processes, and nothing else")
    func sweep() throws {
        try save("20261122-165054-0001")
        // Above the highest process id that Linux gives out (proc_sys_kernel(5)).
        let dead = ".20261122-165054-0001.json.4194305.17.tmp"
        let others = [
            ".20261122-165054-0001.json.\(getpid()).17.tmp", ".notes.tmp", ".a.4194305.b.tmp", "x.json.4194305.1.tmp",
        ]
        for name in [dead] + others { try directory.write("", to: "home/sessions/\(name)") }
        store.sweep()
        #expect(
            Set(try DirectoryListing.names(in: store.directory)) == Set(others + ["20261122-165054-0001.json"]))
    }

    @Test("says which file can't be saved, and why")
    func cannotSave() throws {
        let file = try directory.write("", to: "file")
        let id = SessionID()
        let blocked = SessionStore(directory: file)
        #expect(throws: FileSystemError("open", blocked.path(of: id), ENOTDIR)) {
            try blocked.save(Session(id: id, created: id.created, updated: id.created))
        }
        #expect(FileSystemError("open", "/x", ENOTDIR).description == "open /x: Not a directory")
    }
}
