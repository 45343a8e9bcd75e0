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
