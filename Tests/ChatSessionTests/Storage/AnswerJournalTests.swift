import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("The journal of an answer", .timeLimit(.minutes(1)))
struct AnswerJournalTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("a.partial")
    }

    private var texts: [String] { ((try? AnswerJournal.remains(at: path)) ?? []).map(\.content) }

    @Test("has every piece before the next one comes")
    func pieces() {
        var journal = AnswerJournal(path: path, messageCount: 1, model: "m")
        var text = ""
        for number in 0..<200 {
            journal.append(.content("\(number) "))
            text += "\(number) "
            #expect(texts == [text])
        }
    }

    @Test("of one answer is removed without reading it, if the session has as much of that, and not otherwise")
    func tally() throws {
        var session = Session(model: "m")
        session.messages = [.user("?"), .assistant("one two")]
        var journal = AnswerJournal(path: path, messageCount: 1, model: nil)
        var tally = journal.tally
        #expect(tally == nil)
        for text in ["one ", "two"] { journal.append(.content(text)) }
        tally = journal.tally
        #expect(tally?.content == 7 && tally?.file == FileStamp(path)?.size)
        // Somebody else has written to it, or the session has less.
        try directory.write(
            "{\"after\":1}\n{\"content\":\"one two\"}\n{\"after\":5}\n{\"content\":\"xyz\"}\n", to: "a.partial")
        AnswerJournal.remove(path, ifHeldBy: session, tally: tally)
        #expect(texts == ["one two", "xyz"])
        unlink(path)
        journal = AnswerJournal(path: path, messageCount: 1, model: nil)
        for text in ["one ", "two"] { journal.append(.content(text)) }
        var less = session
        less.messages = [.user("?"), .assistant("one")]
        AnswerJournal.remove(path, ifHeldBy: less, tally: journal.tally)
        #expect(texts == ["one two"])
        // What an earlier answer left is read.
        var second = AnswerJournal(path: path, messageCount: 3, model: nil)
        second.append(.content("three"))
        tally = second.tally
        #expect(tally == nil && texts == ["one two", "three"])
        session.messages += [.user("?"), .assistant("three")]
        AnswerJournal.remove(path, ifHeldBy: session, tally: tally)
        #expect(access(path, F_OK) != 0)
    }

    @Test("goes on when the disk has room again, and nothing in between is missing")
    func full() throws {
        // A directory that isn't there yet is as good as a full disk.
        let path = directory.file("later/a.partial")
        var journal = AnswerJournal(path: path, messageCount: 1, model: nil)
        journal.append(.content("one "))
        journal.append(.reasoning("hm"))
        #expect(mkdir(directory.file("later"), 0o700) == 0)
        // It is left alone for a second.
        let limit = ContinuousClock.now + .seconds(20)
        while access(path, F_OK) != 0, ContinuousClock.now < limit {
            usleep(50_000)
            journal.append(.content(". "))
        }
        let remains = try AnswerJournal.remains(at: path)
        #expect(remains.count == 1 && remains[0].content.hasPrefix("one . ") && remains[0].reasoning == "hm")
    }

    @Test("that is no file is left alone", arguments: [true, false])
    func special(isPipe: Bool) throws {
        #expect((isPipe ? mkfifo(path, 0o600) : symlink("elsewhere", path)) == 0)
        var journal = AnswerJournal(path: path, messageCount: 1, model: nil)
        journal.append(.content("one"))
        #expect(access(directory.file("elsewhere"), F_OK) != 0)
        #expect(try DirectoryListing.names(in: directory.path) == ["a.partial"])
    }

    @Test(
        "with numbers that no session has is read, and recovered",
        arguments: ["-1", "1e18", "9223372036854775807", "-9223372036854775808", "1e400", "\"1\"", "null"])
    func numbers(number: String) throws {
        try directory.write("{\"after\":\(number)}\n{\"content\":\"xyz\"}\n", to: "a.partial")
        var session = Session(model: "m")
        session.recover(try AnswerJournal.remains(at: path))
        session.system = "Be brief."
        session.system = nil
        #expect(session.branches.count + session.messages.count == 1)
        #expect(try AnswerJournal.remains(at: path).allSatisfy(session.holds))
    }

    @Test("of any bytes is read without harm")
    func hostile() throws {
        for hostile in HostileSession.all {
            try Data(hostile.bytes + Array("\n{\"content\":\"after it\"}\n".utf8)).write(to: URL(filePath: path))
            #expect(try AnswerJournal.remains(at: path).last?.content.hasSuffix("after it") == true, "\(hostile)")
        }
    }
}
