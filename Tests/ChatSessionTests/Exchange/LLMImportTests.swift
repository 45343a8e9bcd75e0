import ChatApi
import Glibc
import TestSupport
import Testing

@testable import ChatSession

private enum SQLite {
    static let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
    static let isThere = ChildEnvironment.find("sqlite3", in: environment) != nil
}

/// The tables are those of `docs/logging.md` of simonw/llm: of 2023, of 2025 (0.26) and of 2026, with messages by their hashes.
@Suite("The log of llm", .timeLimit(.minutes(1)), .enabled(if: SQLite.isThere, "sqlite3 isn't installed"))
struct LLMImportTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static let old = """
        CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
        CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, prompt_json TEXT, options_json TEXT,
          response TEXT, response_json TEXT, conversation_id TEXT REFERENCES conversations(id), duration_ms INTEGER, datetime_utc TEXT);
        INSERT INTO conversations VALUES ('c1', 'Pelicans' || char(27) || '[2J', 'gpt-4'), ('c2', NULL, 'm');
        INSERT INTO responses VALUES
          ('r2', 'gpt-4', 'Another', 'Be a bird', NULL, '{}', 'Wal', NULL, 'c1', 900, '2024-05-01T10:01:00.5'),
          ('r1', 'gpt-4', 'Name ''one''', 'Be a bird', NULL, '{}', 'Percy', NULL, 'c1', 1200, '2024-05-01T10:00:00.123456'),
          ('r3', 'm', 'Alone', NULL, NULL, NULL, NULL, NULL, 'c2', NULL, NULL);
        """

    private static let later = """
        ALTER TABLE responses ADD COLUMN input_tokens INTEGER; ALTER TABLE responses ADD COLUMN output_tokens INTEGER;
        ALTER TABLE responses ADD COLUMN resolved_model TEXT; ALTER TABLE responses ADD COLUMN reasoning TEXT;
        CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);
        CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, "order" INTEGER);
        CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT, datetime_utc TEXT, source TEXT);
        CREATE TABLE prompt_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
        CREATE TABLE system_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
        UPDATE responses SET input_tokens = 7, output_tokens = 3, resolved_model = 'gpt-4-0613', reasoning = 'hm' WHERE id = 'r1';
        INSERT INTO attachments VALUES ('a1', 'image/png', '/x/cat.png', NULL, x'89504E470D0A1A0A'), ('a2', 'text/css', '/x/a.css', NULL, x'61'),
          ('a3', 'image/jpeg', NULL, 'https://e.example/b.jpg', NULL), ('a4', 'image/jpeg', NULL, 'file:///etc/c.jpg', NULL);
        INSERT INTO prompt_attachments VALUES ('r1', 'a1', 0), ('r1', 'a2', 1), ('r1', 'a3', 2), ('r1', 'a4', 3);
        INSERT INTO fragments VALUES (1, 'h', 'Long text', NULL, NULL), (2, 'i', 'Rules', NULL, NULL);
        INSERT INTO prompt_fragments VALUES ('r2', 1, 0);
        INSERT INTO system_fragments VALUES ('r2', 2, 0);
        """

    private static let newest = """
        CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT, role TEXT, provider_metadata TEXT);
        CREATE TABLE parts (id INTEGER PRIMARY KEY, message_hash TEXT, position INTEGER, type TEXT, tool_name TEXT, text TEXT, payload TEXT);
        CREATE TABLE part_attachments (part_id INTEGER, attachment_id TEXT, "order" INTEGER);
        CREATE TABLE part_fragments (part_id INTEGER, fragment_id INTEGER, "order" INTEGER);
        CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, tip_message_hash TEXT, forked_from TEXT, datetime_utc TEXT);
        CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, parent_message_hash TEXT, tip_message_hash TEXT, model TEXT, resolved_model TEXT,
          options_json TEXT, schema_id TEXT, input_tokens INTEGER, output_tokens INTEGER, token_details TEXT, duration_ms INTEGER,
          datetime_utc TEXT, response_json TEXT);
        INSERT INTO messages VALUES ('b2:0', NULL, 'system', NULL), ('b2:1', 'b2:0', 'user', NULL), ('b2:2', 'b2:1', 'assistant', NULL),
          ('b2:3', 'b2:2', 'user', NULL), ('b2:4', 'b2:3', 'assistant', NULL), ('b2:x', 'b2:y', 'user', NULL), ('b2:y', 'b2:x', 'assistant', NULL);
        INSERT INTO parts VALUES (1, 'b2:0', 0, 'text', NULL, 'Be brief.', NULL),
          (2, 'b2:1', 0, 'text', NULL, NULL, '{"text_ref": [{"fragment": 1}, {"literal": "\\nWhat time?"}]}'),
          (3, 'b2:1', 1, 'attachment', NULL, NULL, '{"attachment": "a1"}'), (4, 'b2:2', 0, 'reasoning', NULL, 'hm', NULL),
          (5, 'b2:2', 1, 'tool_call', 'now', NULL, '{"name": "now", "arguments": {"z": 1}, "tool_call_id": "t1"}'),
          (6, 'b2:3', 0, 'tool_result', 'now', NULL, '{"name": "now", "output": "noon", "tool_call_id": "t1"}'),
          (7, 'b2:4', 0, 'text', NULL, 'Noon.', NULL), (8, 'b2:x', 0, 'text', NULL, 'round', NULL), (9, 'b2:y', 0, 'text', NULL, 'and round', NULL);
        INSERT INTO part_attachments VALUES (3, 'a1', 0);
        INSERT INTO part_fragments VALUES (2, 1, 0);
        INSERT INTO threads VALUES ('c1', 'Later', 'b2:4', NULL, '2026-08-01T00:00:00'), ('c9', 'Circle', 'b2:y', NULL, NULL),
          ('c8', 'Nowhere', 'b2:none', NULL, NULL);
        INSERT INTO turns VALUES ('t', 'c1', 'b2:3', 'b2:4', 'gpt-6', NULL, NULL, NULL, 20, 4, NULL, 1500, '2026-08-01T00:00:05', NULL);
        """

    /// The tables of `llm/migrations.py`, m017 to m021: a call of a tool is a row with calls, then a row without a prompt and with results.
    private static let tools = """
        CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, response TEXT, conversation_id TEXT, datetime_utc TEXT);
        CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER, name TEXT, arguments TEXT, tool_call_id TEXT);
        CREATE TABLE tool_results (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER, name TEXT, output TEXT, tool_call_id TEXT,
          instance_id INTEGER, exception TEXT);
        INSERT INTO responses VALUES ('r1', 'm', 'Which version?', NULL, '', 'c1', '2025-06-01T10:00:00'),
          ('r2', 'm', '', NULL, '', 'c1', '2025-06-01T10:00:01'), ('r3', 'm', '', NULL, 'It is 0.26.', 'c1', '2025-06-01T10:00:02'),
          ('r4', 'm', NULL, NULL, NULL, 'c1', '2025-06-01T10:00:03'), ('r5', 'm', 'Again', NULL, '', 'c1', '2025-06-01T10:00:04'),
          ('r6', 'm', 'Stray', NULL, 'x', 'c1', '2025-06-01T10:00:05');
        INSERT INTO tool_calls VALUES (1, 'r1', 1, 'version', '{"all": true}', 'call_a'), (2, 'r1', 1, 'broken', '{}', 'call_b'),
          (3, 'r2', 1, 'plain', '{}', NULL), (4, 'r5', 1, 'lost', '{}', 'call_c');
        INSERT INTO tool_results VALUES (1, 'r2', 1, 'version', '0.26', 'call_a', NULL, NULL),
          (2, 'r2', 1, 'broken', 'Error: no', 'call_b', NULL, 'ValueError: no'), (3, 'r3', 1, 'plain', 'P', NULL, NULL, NULL),
          (4, 'r6', 1, 'stray', 'S', 'call_z', NULL, NULL);
        """

    /// The table of the first versions, which m009 leaves where it is.
    private static let logs = """
        CREATE TABLE logs (id INTEGER PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, response TEXT, chat_id INTEGER, datetime_utc TEXT);
        INSERT INTO logs VALUES (1, 'gpt-3.5', 'First', 'Be old', 'One', NULL, '2023-06-01 10:00:00.123456'),
          (2, 'gpt-3.5', 'Alone', NULL, 'Two', NULL, '2023-06-01 10:00:30'), (3, 'gpt-3.5', 'More', NULL, 'Three', 1, '2023-06-01 10:01:00');
        """

    private func database(_ sql: String, _ name: String = "logs.db") throws -> String {
        let path = directory.file(name)
        let program = try #require(popen("sqlite3 -batch -bail -init /dev/null '\(path)'", "w"))
        fputs(sql, program)
        #expect(pclose(program) == 0)
        return path
    }

    private func read(_ path: String) async throws -> ImportedFile {
        try await ImportedFile.read(path, environment: SQLite.environment)
    }

    @Test("conversations with their names, times, models and system prompts, in order")
    func oldest() async throws {
        let file = try await read(try database(Self.old))
        #expect(file.format == .llm && file.conversations.count == 2 && file.skipped.isEmpty)
        let alone = file.conversations[0].session
        #expect(alone.messages.map(\.content?.text) == ["Alone"] && alone.turns.isEmpty)
        let session = file.conversations[1].session
        #expect(session.title == "Pelicans [2J" && session.model == "gpt-4")
        #expect(
            session.created.text == "2024-05-01T10:00:00.123Z" && session.updated.text == "2024-05-01T10:01:00.500Z")
        let texts = ["Be a bird", "Name 'one'", "Percy", "Another", "Wal"]
        #expect(session.messages.map(\.content?.text) == texts && session.messages[0].role == .system)
        #expect(session.turns.map(\.message) == [2, 4] && session.turns[0].seconds == 1.2)
    }

    @Test("tokens, reasoning, fragments and attachments of later versions come along")
    func later() async throws {
        let session = try await read(try database(Self.old + Self.later)).conversations[1].session
        #expect(session.turns[0].model == "gpt-4-0613" && session.turns[0].usage?.promptTokens == 7)
        #expect(session.messages[2].fields["reasoning_content"] == "hm")
        guard case .parts(let parts) = session.messages[1].content else { return #expect(Bool(false)) }
        #expect(parts.map(\.text) == ["Name 'one'", nil, "\n\n[file: /x/a.css]", nil, "\n\n[file: file:///etc/c.jpg]"])
        #expect(parts[1].imageURL?.url == "data:image/png;base64,iVBORw0KGgo=")
        #expect(parts[3].imageURL?.url == "https://e.example/b.jpg")
        #expect(session.messages[3].content?.text == "Rules\n\nBe a bird" && session.messages[3].role == .system)
        #expect(session.messages[4].content?.text == "Long text\n\nAnother")
    }

    @Test(
        "threads of the newest version: chains by hash with tools, circles and missing ends; what is in both forms counts once"
    )
    func newest() async throws {
        let file = try await read(try database(Self.old + Self.later + Self.newest))
        #expect(file.conversations.map { $0.session.title } == ["Later", "Circle", nil].map { $0 ?? "Alone" })
        #expect(file.skipped == [SkippedConversation(title: "Nowhere", reason: .empty)])
        let session = file.conversations[0].session
        #expect(session.messages.map { $0.role?.rawValue } == ["system", "user", "assistant", "tool", "assistant"])
        #expect(session.messages[1].content?.text == "Long text\nWhat time?")
        #expect(session.messages[2].toolCalls?.first?.arguments == #"{"z":1}"#)
        #expect(session.messages[3].toolCallID == "t1" && session.messages[3].content?.text == "noon")
        #expect(session.turns.map(\.message) == [4] && session.turns[0].usage?.completionTokens == 4)
        #expect(file.conversations[1].session.messages.count == 2)
    }

    @Test(
        "calls of tools stand at the answer and results before the next one; what nothing answers, or asked for, becomes words"
    )
    func tools() async throws {
        let session = try #require(try await read(try database(Self.tools)).conversations.first).session
        let roles = ["user", "assistant", "tool", "tool", "assistant", "tool", "assistant", "user", "assistant"]
        #expect(session.messages.map { $0.role?.rawValue } == roles + ["assistant", "user", "assistant"])
        let calls = session.messages.map { $0.toolCalls?.compactMap(\.id) ?? [] }
        #expect(calls[1] == ["call_a", "call_b"] && calls[4] == ["call_1"] && calls.joined().count == 3)
        #expect(session.messages[1].toolCalls?.first?.arguments == #"{"all": true}"#)
        #expect(session.messages.map(\.toolCallID).compactMap { $0 } == ["call_a", "call_b", "call_1"])
        #expect(session.messages[3].content?.text == "Error: no\n\nValueError: no")
        #expect(session.messages[6].content?.text == "It is 0.26.")
        #expect(session.messages[8].content?.text == "[to lost]\n\n{}")
        #expect(session.messages[9].content?.text == "[tool]\n\nS")
        #expect(session.turns.map(\.message) == [1, 4, 6, 8, 11])
    }

    @Test("the table of the first versions is read, alone or beside the others")
    func logs() async throws {
        let file = try await read(try database(Self.logs))
        #expect(file.conversations.map { $0.session.messages.count } == [5, 2])
        let session = file.conversations[0].session
        #expect(session.messages.map(\.content?.text) == ["Be old", "First", "One", "More", "Three"])
        #expect(
            session.created.text == "2023-06-01T10:00:00.123Z" && session.updated.text == "2023-06-01T10:01:00.000Z")
        #expect(session.model == "gpt-3.5" && session.turns.count == 2)
        #expect(try await read(try database(Self.logs + Self.old, "both.db")).conversations.count == 4)
        let first =
            "CREATE TABLE log (provider TEXT, system TEXT, prompt TEXT, chat_id TEXT, response TEXT, model TEXT, timestamp TEXT);"
        let row = "INSERT INTO log VALUES ('OpenAI', NULL, 'Q', NULL, 'A', 'm', '2023-04-01 09:00:00');"
        let oldest = try await read(try database(first + row, "first.db")).conversations
        #expect(oldest.map { $0.session.created.text } == ["2023-04-01T09:00:00.000Z"])
    }

    @Test("what the model's server did, and files of an answer, are its words; an exception is told")
    func serverTools() async throws {
        let more = """
            INSERT INTO messages VALUES ('b2:5', 'b2:4', 'assistant', NULL), ('b2:6', 'b2:5', 'user', NULL);
            INSERT INTO parts VALUES (20, 'b2:5', 0, 'tool_call', 'web', NULL, '{"arguments": {"q": "x"}, "server_executed": true}'),
              (21, 'b2:5', 1, 'tool_result', 'web', NULL, '{"output": "FOUND", "exception": "late", "server_executed": true}'),
              (22, 'b2:5', 2, 'attachment', NULL, NULL, '{"attachment": "a1"}'), (23, 'b2:5', 3, 'tool_call', 'f', NULL, '{"arguments": {}}'),
              (24, 'b2:5', 4, 'tool_result', 'f', NULL, '{"output": "done"}'), (25, 'b2:6', 0, 'text', NULL, 'So', NULL);
            INSERT INTO part_attachments VALUES (22, 'a1', 0);
            INSERT INTO threads VALUES ('c7', 'Server', 'b2:6', NULL, NULL);
            """
        let file = try await read(try database(Self.old + Self.later + Self.newest + more))
        let messages = try #require(file.conversations.first { $0.session.title == "Server" }).session.messages.suffix(
            3)
        #expect(messages.map { $0.role?.rawValue } == ["assistant", "tool", "user"])
        let words = "[to web]\n\n{\"q\":\"x\"}\n\n[web]\n\nFOUND\n\nlate\n\n[file: /x/cat.png]"
        #expect(messages.first?.content?.text == words && messages.first?.toolCalls?.map(\.name) == ["f"])
        #expect(messages.dropFirst().first?.content?.text == "done")
    }

    @Test("files that went along are read in portions, and named when they come to too much")
    func manyAttachments() async throws {
        // Fourteen of the large ones fit, and the small one behind the fifteenth.
        let many = """
            CREATE TABLE responses (id TEXT PRIMARY KEY, prompt TEXT, response TEXT, conversation_id TEXT);
            CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);
            CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, "order" INTEGER);
            INSERT INTO responses VALUES ('r', 'Look', 'Yes', 'c');
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16)
            INSERT INTO attachments SELECT 'a' || i, 'image/png', '/x/' || i || '.png', NULL,
              CAST(x'89504E470D0A1A0A' || zeroblob(CASE WHEN i < 16 THEN 9000 ELSE 1 END) AS BLOB) FROM n;
            INSERT INTO prompt_attachments SELECT 'r', id, substr(id, 2) FROM attachments;
            """
        let file = try await LLMDatabase.read(
            try database(many), environment: SQLite.environment, maximumAttachments: 128_000)
        let session = try #require(file.conversations.first).session
        guard case .parts(let parts) = session.messages[0].content else { return #expect(Bool(false)) }
        #expect(parts.count == 17 && parts.count { $0.imageURL != nil } == 15)
        #expect(parts.compactMap(\.text) == ["Look", "\n\n[file: /x/15.png]"])
        #expect((parts[1].imageURL?.url?.utf8.count ?? 0) > 12_000)
    }

    @Test("a database of something else, a damaged one and one that never ends are told; no sqlite3 is, too")
    func others() async throws {
        let other = try database("CREATE TABLE x (a);", "other.db")
        await #expect(throws: ImportProblem.unknownFormat) { try await read(other) }
        await #expect(throws: ImportProblem.noSQLite) {
            try await ImportedFile.read(other, environment: ["PATH": "/nonexistent"])
        }
        try directory.write("SQLite format 3\0" + String(repeating: "x", count: 5000), to: "broken.db")
        await #expect {
            try await read(directory.file("broken.db"))
        } throws: {
            if case ImportProblem.database(let words)? = $0 as? ImportProblem {
                words.contains("not a database")
            } else {
                false
            }
        }
        // The program can only read, only this file, without anybody's settings, and learns no key.
        try directory.write(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$0.arguments\"\nenv >\"$0.environment\"\n", to: "bin/sqlite3",
            permissions: 0o755)
        let path = directory.file("bin") + ":/usr/bin:/bin"
        await #expect(throws: ImportProblem.unknownFormat) {
            try await ImportedFile.read(other, environment: ["PATH": path, "MY_API_KEY": "sk-canary", "MINE": "1"])
        }
        let arguments = "-batch\n-safe\n-readonly\n-init\n/dev/null\n-json\n\(other)\nSELECT "
        #expect(directory.text(of: "bin/sqlite3.arguments")?.hasPrefix(arguments) == true)
        let environment = try #require(directory.text(of: "bin/sqlite3.environment"))
        #expect(environment.contains("MINE=1") && !environment.contains("sk-canary"))
        // A name that looks like an option, or like a URI, is a file's.
        let odd = try database(Self.old, "file:x?mode=rwc")
        #expect(try await read(odd).conversations.count == 2)
    }
}
