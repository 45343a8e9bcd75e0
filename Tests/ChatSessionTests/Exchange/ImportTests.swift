import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("Conversations of others", .timeLimit(.minutes(2)))
struct ImportTests {
    let directory: TemporaryDirectory
    let store: SessionStore

    init() throws {
        directory = try TemporaryDirectory()
        store = SessionStore(directory: directory.file("sessions"))
    }

    @discardableResult
    private func take(_ text: String, name: String? = nil, isTrial: Bool = false) throws -> ImportReport {
        var report: ImportReport?
        try store.importSessions(
            from: try ImportedFile.read(Array(text.utf8), name: name), isTrial: isTrial, report: &report)
        return try #require(report)
    }

    private func problem(_ text: String) -> ImportProblem? {
        do throws(ImportProblem) {
            _ = try ImportedFile.read(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    private var files: [String] { ((try? DirectoryListing.names(in: store.directory)) ?? []).sorted() }

    // MARK: Our own

    static let own = """
        {
          "format": 1,
          "id": "20260101-120000-00aa",
          "title": "Mine",
          "mood": {"kept": [1.50, null]},
          "created": "2026-01-01T12:00:00.000Z",
          "updated": "2026-01-02T12:00:00.000Z",
          "model": "m",
          "messages": [{"role": "user", "content": "a\\u001b]0;x\\u0007"}, {"role": "assistant", "content": "A"}],
          "turns": [{"message": 1, "seconds": 1.0}],
          "branches": [{"at": 1, "reason": "retry", "messages": [{"role": "assistant", "content": "B"}]}, "odd"]
        }
        """

    @Test("a session of ours comes in exactly, under its own id, and again is nothing new")
    func own() throws {
        let report = try take(Self.own)
        #expect(report.imported.map(\.id.text) == ["20260101-120000-00aa"])
        let id = try #require(SessionID("20260101-120000-00aa"))
        let bytes = try store.bytes(of: id)
        #expect(bytes == SessionFile.encode(try SessionFile.decode(Array(Self.own.utf8))))
        // Out, in and out again.
        let exported = try store.load(id).exported(as: .banter)
        #expect(exported == bytes)
        let again = try take(String(decoding: exported, as: UTF8.self))
        #expect(again.imported.isEmpty && again.skipped.map(\.reason) == [.alreadyThere(id)])
        #expect(files == ["\(id).json"])
    }

    @Test("where the id is taken by another session, that stays and the new one gets its own id")
    func taken() throws {
        try take(Self.own)
        let id = try #require(SessionID("20260101-120000-00aa"))
        let before = try store.bytes(of: id)
        let changed = Self.own.replacing("\"A\"", with: "\"C\"")
        let report = try take(changed)
        #expect(report.imported.count == 1 && report.imported[0].earlier == id && report.imported[0].id != id)
        #expect(try store.bytes(of: id) == before)
        #expect(try store.load(report.imported[0].id).messages[1].content?.text == "C")
        #expect(try take(changed).skipped.map(\.reason) == [.alreadyThere(report.imported[0].id)])
        #expect(files.count == 2)
    }

    @Test("ids that are paths, later formats and damage are told, and nothing is written")
    func damaged() {
        func with(_ old: String, _ new: String) -> ImportProblem? {
            problem(Self.own.replacing(old, with: new))
        }
        #expect(with("20260101-120000-00aa", "../../../tmp/x") == .damaged("it has no session \"id\""))
        #expect(with("\"format\": 1", "\"format\": 7") == .newerFormat(7))
        #expect(with("\"role\": \"user\", ", "") == .damaged("message 0 has no \"role\""))
        #expect(files.isEmpty)
    }

    // MARK: Messages

    @Test("an array of messages and a request with one come in as they are; the title is the first words")
    func messages() throws {
        let array =
            #"[{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"Hi there"}],"x":1}]"#
        let report = try take(array)
        #expect(report.format == .messages && report.imported[0].title == "Hi there")
        let session = try store.load(report.imported[0].id)
        #expect(try JSONValue(parsing: session.exported(as: .json)) == JSONValue(parsing: array))
        #expect(session.title == "Hi there")
        let request = try take(#"{"model":"gpt-x","stream":true,"messages":[{"role":"user","content":"Q"}]}"#)
        #expect(try store.load(request.imported[0].id).model == "gpt-x")
        #expect(try take(array).skipped.count == 1)
    }

    /// The format is that of `sgpt/handlers/chat_handler.py` and `sgpt/role.py` of TheR1D/shell_gpt.
    @Test("a chat of shell_gpt is told by its role, and named as its file, dots and all")
    func shellGPT() throws {
        let chat = #"""
            [{"role": "system", "content": "You are ShellGPT\nYou are programming and system administration assistant."},
             {"role": "user", "content": "list files"}, {"role": "assistant", "content": "ls"}]
            """#
        let report = try take(chat, name: "my.project.v2")
        #expect(report.format == .shellGPT && report.imported[0].title == "my.project.v2")
    }

    @Test("a content that is null says nothing, whoever says it; a byte order mark before a file is no part of it")
    func nothing() throws {
        let chat =
            #"[{"role":"user","content":"Q"},{"role":"assistant","content":null},{"role":"tool","content":null}]"#
        let session = try store.load(try take("\u{FEFF}" + chat).imported[0].id)
        #expect(session.messages.map(\.content?.text) == ["Q", nil, ""])
        #expect(try take("\u{FEFF}" + Self.own).format == .banter)
        #expect(try ImportedFile.read(Array(("\u{FEFF}" + AichatImportTests.session).utf8)).format == .aichat)
    }

    @Test("what is no message of the API is refused, and named")
    func noMessages() {
        for text in [
            #"[{"role":"user","content":"a"},{"role":"king","content":"b"}]"#,
            #"[{"role":"user","content":"a"},{"role":"user"}]"#,
            #"[{"role":"user","content":"a"},{"role":"user","content":7}]"#,
            #"[{"role":"user","content":"a"},{"role":"user","content":["x"]}]"#, #"[{"role":"user","content":"a"},3]"#,
        ] {
            #expect(
                problem(text) == .damaged("message 2 has no role, or content that the API doesn't know"), "\(text)")
        }
        #expect(problem(#"{"messages":7}"#) == .unknownFormat)
        for text in ["", "  \n", "[]", "{}", "[1]", "hello", "\0\u{1}", "%PDF-1.7", #"[{"chat_messages":[]}]"#] {
            #expect(problem(text) == .unknownFormat, "\(text)")
        }
        #expect(problem("PK\u{3}\u{4}rest") == .archive)
        #expect(problem("SQLite format 3\0rest") == .databaseWithoutFile)
        guard case .syntax(let reason)? = problem("[{\"role\":\n \"user\",]") else { return #expect(Bool(false)) }
        #expect(reason.hasPrefix("2:"))
    }

    // MARK: Files

    @Test(
        "a file's name, without folders and its last ending, is the title of what has none; a byte order mark says nothing"
    )
    func fileNames() throws {
        for (name, title) in [("talks/my.chat.v2.yaml", "my.chat.v2"), ("talks/.yaml", ".yaml"), ("plain", "plain")] {
            let path = try directory.write(AichatImportTests.session, to: name)
            let file = try #require(try ImportedFile.readUnlessDatabase(path))
            #expect(file.format == .aichat && file.conversations.map(\.session.title) == [title], "\(file)")
        }
        let array = try ImportedFile.read(Array("\u{FEFF}[{\"role\":\"user\",\"content\":\"q\"}]".utf8))
        #expect(array.format == .messages && array.conversations.count == 1)
    }

    // MARK: Limits and times

    @Test("files, and conversations with more messages, than can be are refused with the limit")
    func tooLarge() throws {
        let path = try directory.write("[", to: "large.json")
        #expect(truncate(path, off_t(ImportedFile.maximumBytes) + 1) == 0)
        #expect(throws: ImportProblem.tooLarge(limit: ImportedFile.maximumBytes)) {
            try ImportedFile.readUnlessDatabase(path)
        }
        let count = ImportedFile.maximumMessages + 1
        let tooMany = ImportProblem.tooManyMessages(limit: ImportedFile.maximumMessages)
        let message = #"{"role":"user","content":"q"}"#
        #expect(problem("[" + Array(repeating: message, count: count).joined(separator: ",") + "]") == tooMany)
        let yaml = "messages:\n" + String(repeating: "- {role: user, content: q}\n", count: count)
        #expect(try ImportedFile.read(Array(yaml.utf8)).skipped.map(\.reason) == [.unusable(tooMany)])
    }

    @Test("hundreds of conversations of the same second have each an id, and a trial writes nothing")
    func sameSecond() throws {
        let one =
            #"{"id":"N","create_time":1700000000,"mapping":{"a":{"message":{"author":{"role":"user"},"content":{"parts":["N"]}}}}}"#
        let all = "[" + (0..<400).map { one.replacing("N", with: "\($0)") }.joined(separator: ",") + "]"
        #expect(try take(all, isTrial: true).imported.count == 400)
        #expect(files.isEmpty)
        #expect(Set(try take(all).imported.map(\.id)).count == 400)
        #expect(files.count == 400)
        #expect(try take(all).skipped.count == 400)
    }

    @Test("an imported session isn't the newest: its file is as old as it is")
    func age() throws {
        var newest = Session()
        newest.messages = [.user("now")]
        try store.save(newest)
        try take(Self.own)
        #expect(try store.newest() == newest.id)
    }

    @Test("a chat without times is as old as its file")
    func modified() throws {
        let path = try directory.write(#"[{"role":"user","content":"Q"}]"#, to: "chat.json")
        let time = timespec(tv_sec: 1_700_000_000, tv_nsec: 0)
        #expect([time, time].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) } == 0)
        let session = try #require(try ImportedFile.readUnlessDatabase(path)?.conversations.first).session
        #expect(session.created.text == "2023-11-14T22:13:20.000Z" && session.updated == session.created)
        #expect(session.id.text.hasPrefix("20231114-221320-"))
    }

    @Test("a pipe is read to its end where one is taken, and refused without waiting where not")
    func pipes() throws {
        let path = directory.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: ImportProblem.special) { try ImportedFile.readUnlessDatabase(path) }
        let chat = #"[{"role":"user","content":"Q"}]"#
        let writer = try #require(popen("printf %s '\(chat)' > '\(path)'", "w"))
        defer { pclose(writer) }
        let file = try ImportedFile.readUnlessDatabase(path, takesPipes: true)
        #expect(file?.conversations.first?.session.messages.count == 1)
        #expect(throws: ImportProblem.special) { try ImportedFile.readUnlessDatabase("/dev/null", takesPipes: true) }
    }

    @Test("every truncation of every format is refused or comes in whole, and nothing crashes")
    func truncations() throws {
        for text in [Self.own, OpenAIImportTests.conversations, AichatImportTests.session] {
            let bytes = Array(text.utf8)
            for count in 0..<bytes.count { _ = try? ImportedFile.read(Array(bytes[..<count])) }
        }
        for byte in [UInt8(0), 0x1B, 0x22, 0x7B, 0xFF] {
            for text in [OpenAIImportTests.conversations, AichatImportTests.session] {
                for index in stride(from: 0, to: text.utf8.count, by: 7) {
                    var bytes = Array(text.utf8)
                    bytes[index] = byte
                    _ = try? ImportedFile.read(bytes)
                }
            }
        }
        // Nested deeper than the parser goes.
        #expect(
            problem(String(repeating: "[", count: 100_000)).map { if case .syntax = $0 { true } else { false } } == true
        )
    }

    @Test("a conversation that hasn't changed isn't imported again, whichever of its versions comes", arguments: 0..<8)
    func versions(round: Int) throws {
        func conversation(_ time: Int) -> String {
            #"[{"id":"i","create_time":1700000000,"update_time":\#(time),"mapping":{"a":{"message":{"author":{"role":"user"},"content":{"parts":["q"]}}}}}]"#
        }
        for time in [1_700_000_001, 1_700_000_002] { #expect(try take(conversation(time)).imported.count == 1) }
        for time in [1_700_000_002, 1_700_000_001] { #expect(try take(conversation(time)).imported.isEmpty) }
    }
}
