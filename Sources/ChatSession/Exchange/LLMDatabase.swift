import ChatApi

/// The log of `llm` (`logs.db`), in both of its forms: `docs/logging.md` of `simonw/llm`.
///
/// Older versions wrote `conversations` and `responses`, later ones (2026) `threads`, `turns`, `messages` and `parts`. A log can hold both; a conversation
/// that is in both is taken from the later, which has all of it.
struct LLMDatabase {
    /// What every SQLite file begins with.
    static let magic = Array("SQLite format 3\0".utf8)
    /// Larger files that went along are only named.
    private static let maximumAttachment = AttachedFile.maximumImageBytes

    private let database: SQLiteProgram

    init(path: String, environment: [String: String]) {
        database = SQLiteProgram(path: path, environment: environment)
    }

    /// The conversations.
    /// - Throws: `ImportProblem`, or `CancellationError`.
    func read() async throws -> ImportedFile {
        var columns: [String: Set<String>] = [:]
        for row in try await database.rows(
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")
        {
            if let table = row.text("t"), let column = row.text("c") { columns[table, default: []].insert(column) }
        }
        guard
            columns["responses"]?.isSuperset(of: ["id", "prompt", "response", "conversation_id"]) == true
                || columns["threads"] != nil && columns["parts"] != nil
        else { throw ImportProblem.unknownFormat }
        var file = ImportedFile(.llm)
        var threads: Set<String> = []
        if columns["threads"] != nil, columns["parts"] != nil, columns["messages"] != nil, columns["turns"] != nil {
            threads = try await readThreads(into: &file)
        }
        if columns["responses"] != nil { try await readResponses(columns, besides: threads, into: &file) }
        return file
    }

    // MARK: Responses

    private func readResponses(
        _ columns: [String: Set<String>], besides threads: Set<String>, into file: inout ImportedFile
    ) async throws {
        var names: [String: String] = [:]
        if columns["conversations"] != nil {
            for row in try await rows("SELECT id, name FROM conversations") {
                if let id = row.text("id"), let name = row.text("name") { names[id] = name }
            }
        }
        let known = columns["responses"] ?? []
        let wanted = [
            "id", "conversation_id", "model", "prompt", "system", "response", "duration_ms", "datetime_utc",
            "input_tokens",
            "output_tokens", "resolved_model", "reasoning",
        ].filter(known.contains)
        let order = known.contains("datetime_utc") ? "datetime_utc, id" : "id"
        let responses = try await rows("SELECT \(wanted.joined(separator: ", ")) FROM responses ORDER BY \(order)")
        let prompts = try await texts(of: "prompt_fragments", columns)
        let systems = try await texts(of: "system_fragments", columns)
        let attachments = try await attachments("prompt_attachments", owner: "response_id", columns)
        var conversations: [String: LLMConversation] = [:]
        var ids: [String] = []
        for row in responses {
            guard let response = row.text("id") else { continue }
            let id = row.text("conversation_id") ?? response
            if threads.contains(id) { continue }
            if conversations[id] == nil {
                ids.append(id)
                conversations[id] = LLMConversation(id: id, name: names[id])
            }
            let prompt = (prompts[response] ?? []) + [row.text("prompt") ?? ""]
            let system = (systems[response] ?? []) + [row.text("system") ?? ""]
            conversations[id]?.add(
                row, system: LLMConversation.joined(system), prompt: LLMConversation.joined(prompt),
                attachments: attachments[response] ?? [])
        }
        try take(ids.compactMap { conversations[$0] }, into: &file)
    }

    private func texts(of table: String, _ columns: [String: Set<String>]) async throws -> [String: [String]] {
        guard columns[table] != nil, columns["fragments"] != nil else { return [:] }
        let rows = try await rows(
            """
            SELECT p.response_id AS owner, f.content AS content FROM \(table) p JOIN fragments f ON f.id = p.fragment_id \
            ORDER BY p.response_id, p."order"
            """)
        return Dictionary(
            rows.map { ($0.text("owner") ?? "", [$0.text("content") ?? ""]) }, uniquingKeysWith: { $0 + $1 })
    }

    /// The files that went along, by what they went along with.
    private func attachments(
        _ table: String, owner: String, _ columns: [String: Set<String>]
    ) async throws -> [String: [ChatCompletionContentPart]] {
        guard columns[table] != nil, columns["attachments"] != nil else { return [:] }
        let rows = try await rows(
            """
            SELECT p.\(owner) AS owner, a.type, a.path, a.url, \
            CASE WHEN length(a.content) <= \(Self.maximumAttachment) THEN hex(a.content) END AS content \
            FROM \(table) p JOIN attachments a ON a.id = p.attachment_id ORDER BY p.\(owner), p."order"
            """)
        return Dictionary(
            rows.map { ($0.text("owner") ?? "", [LLMConversation.part($0)]) }, uniquingKeysWith: { $0 + $1 })
    }

    // MARK: Threads

    private func readThreads(into file: inout ImportedFile) async throws -> Set<String> {
        let threads = try await rows("SELECT id, name, tip_message_hash, datetime_utc FROM threads ORDER BY id")
        var messages: [String: LLMMessage] = [:]
        for row in try await rows("SELECT hash, parent_hash, role FROM messages") {
            guard let hash = row.text("hash") else { continue }
            messages[hash] = LLMMessage(parent: row.text("parent_hash"), role: row.text("role") ?? "")
        }
        var fragments: [String: String] = [:]
        for row in try await rows(
            "SELECT id, content FROM fragments WHERE id IN (SELECT fragment_id FROM part_fragments)")
        {
            fragments[row.text("id") ?? ""] = row.text("content")
        }
        let files = try await attachments(
            "part_attachments", owner: "part_id", ["part_attachments": [], "attachments": []])
        for row in try await rows(
            "SELECT id, message_hash, type, tool_name, text, payload FROM parts ORDER BY message_hash, position")
        {
            messages[row.text("message_hash") ?? ""]?.add(
                row, fragments: fragments, attachments: files[row.text("id") ?? ""] ?? [])
        }
        var turns: [String: JSONValue] = [:]
        for row in try await rows(
            """
            SELECT thread_id, tip_message_hash, model, resolved_model, input_tokens, output_tokens, duration_ms, datetime_utc \
            FROM turns ORDER BY id
            """)
        {
            turns["\(row.text("thread_id") ?? "") \(row.text("tip_message_hash") ?? "")"] = row
        }
        // Threads share messages, so what they come to may be much more than the file.
        var remaining = ImportedFile.maximumValues / 8
        var conversations: [LLMConversation] = []
        for row in threads {
            guard let id = row.text("id") else { continue }
            var line: [(hash: String, message: LLMMessage)] = []
            var seen: Set<String> = []
            var next = row.text("tip_message_hash")
            while let hash = next, let message = messages[hash], seen.insert(hash).inserted {
                line.append((hash, message))
                next = message.parent
                remaining -= 1
                guard line.count <= ImportedFile.maximumMessages, remaining > 0 else {
                    throw ImportProblem.tooManyMessages(limit: ImportedFile.maximumMessages)
                }
            }
            var conversation = LLMConversation(id: id, name: row.text("name"))
            conversation.created = LLMConversation.time(row["datetime_utc"])
            for (hash, message) in line.reversed() { conversation.add(message, turn: turns["\(id) \(hash)"]) }
            conversations.append(conversation)
        }
        try take(conversations, into: &file)
        return Set(conversations.map(\.id))
    }

    // MARK: Rows

    private func rows(_ question: String) async throws -> [JSONValue] { try await database.rows(question) }

    private func take(_ conversations: [LLMConversation], into file: inout ImportedFile) throws {
        if conversations.count > ImportedFile.maximumConversations {
            throw ImportProblem.tooManyConversations(limit: ImportedFile.maximumConversations)
        }
        for conversation in conversations {
            file.add(conversation.id, title: conversation.name) { () throws(ImportProblem) in
                try conversation.imported
            }
        }
    }
}

extension JSONValue {
    /// The text of a column; a number as it is written.
    func text(_ column: String) -> String? {
        switch self[column] {
        case .string(let text)?: text
        case .number(let number)?: number.text
        default: nil
        }
    }
}
