import ChatApi

/// The log of `llm` (`logs.db`), in each of its forms: `docs/logging.md` and `llm/migrations.py` of `simonw/llm`.
///
/// The first versions (2023) wrote `log` or `logs`, later ones `conversations` and `responses`, the latest (2026) `threads`, `turns`, `messages` and
/// `parts`. A log can hold all of them; a conversation that is in the two later ones is taken from the latest, which has all of it.
struct LLMDatabase {
    /// What every SQLite file begins with.
    static let magic = Array("SQLite format 3\0".utf8)

    let database: SQLiteProgram
    /// When the files that went along come to more bytes than this, those that come later are only named.
    let maximumAttachments: Int
    private let columns: [String: Set<String>]

    /// Reads the conversations.
    /// - Throws: `ImportProblem`, or `CancellationError`.
    static func read(
        _ path: String, environment: [String: String], maximumAttachments: Int = 128 << 20
    ) async throws -> ImportedFile {
        let database = SQLiteProgram(path: path, environment: environment)
        var columns: [String: Set<String>] = [:]
        for row in try await database.rows(
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")
        {
            if let table = row.text("t"), let column = row.text("c") { columns[table, default: []].insert(column) }
        }
        return try await LLMDatabase(database: database, maximumAttachments: maximumAttachments, columns: columns)
            .file()
    }

    private func file() async throws -> ImportedFile {
        let hasThreads = ["threads", "turns", "messages", "parts"].allSatisfy { has($0) }
        let hasResponses = has("responses", ["id", "prompt", "response", "conversation_id"])
        let logs = ["log", "logs"].filter { has($0, ["model", "prompt", "response"]) }
        guard hasThreads || hasResponses || !logs.isEmpty else { throw ImportProblem.unknownFormat }
        var file = ImportedFile(.llm)
        for log in logs { try take(conversations(try await rows(ofLog: log)), into: &file) }
        let threads = hasThreads ? try await self.threads() : []
        try take(threads, into: &file)
        if hasResponses {
            try take(try await conversations(besides: Set(threads.map(\.id))), into: &file)
        }
        return file
    }

    /// Whether there is such a table, with these columns.
    func has(_ table: String, _ wanted: [String] = []) -> Bool { columns[table]?.isSuperset(of: wanted) == true }

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

    // MARK: Responses

    /// The rows of a table of the first versions, as those of `responses` are.
    private func rows(ofLog table: String) async throws -> [JSONValue] {
        var wanted = ["model", "prompt", "response"] + ["system", "duration_ms"].filter { has(table, [$0]) }
        for time in ["datetime_utc", "timestamp_utc", "timestamp"] where has(table, [time]) {
            wanted.append("\(time) AS datetime_utc")
            break
        }
        let chat = has(table, ["chat_id"]) ? "coalesce(chat_id, rowid)" : "rowid"
        return try await database.rows(
            """
            SELECT rowid AS id, '\(table)-' || \(chat) AS conversation_id, \(wanted.joined(separator: ", ")) \
            FROM \(table) ORDER BY rowid
            """)
    }

    private func conversations(besides threads: Set<String>) async throws -> [LLMConversation] {
        var names: [String: String] = [:]
        if has("conversations", ["id", "name"]) {
            for row in try await database.rows("SELECT id, name FROM conversations") {
                if let id = row.text("id"), let name = row.text("name") { names[id] = name }
            }
        }
        let wanted = [
            "id", "conversation_id", "model", "prompt", "system", "response", "duration_ms", "datetime_utc",
            "input_tokens", "output_tokens", "resolved_model", "reasoning",
        ].filter { has("responses", [$0]) }
        let order = wanted.contains("datetime_utc") ? "datetime_utc, id" : "id"
        let rows = try await database.rows("SELECT \(wanted.joined(separator: ", ")) FROM responses ORDER BY \(order)")
        let parts = ResponseParts(
            prompts: try await fragments("prompt_fragments"), systems: try await fragments("system_fragments"),
            attachments: try await attachments("prompt_attachments", owner: "response_id"),
            calls: try await calls(), results: try await results())
        let others = rows.filter { row in
            guard let id = row.text("conversation_id") ?? row.text("id") else { return false }
            return !threads.contains(id)
        }
        return conversations(others, names: names, parts)
    }

    /// What other tables have for the rows of `responses`, by their ids.
    private struct ResponseParts {
        var prompts: [String: [String]] = [:]
        var systems: [String: [String]] = [:]
        var attachments: [String: [LLMAttachment]] = [:]
        var calls: [String: [ChatCompletionMessageToolCall]] = [:]
        var results: [String: [ChatCompletionRequestMessage]] = [:]
    }

    private func conversations(
        _ rows: [JSONValue], names: [String: String] = [:], _ parts: ResponseParts = ResponseParts()
    ) -> [LLMConversation] {
        var conversations: [String: LLMConversation] = [:]
        var ids: [String] = []
        for row in rows {
            guard let response = row.text("id") else { continue }
            let id = row.text("conversation_id") ?? response
            if conversations[id] == nil {
                ids.append(id)
                conversations[id] = LLMConversation(id: id, name: names[id])
            }
            conversations[id]?.add(
                LLMConversation.Response(
                    row: row,
                    system: ((parts.systems[response] ?? []) + [row.text("system") ?? ""]).inParagraphs,
                    prompt: ((parts.prompts[response] ?? []) + [row.text("prompt") ?? ""]).inParagraphs,
                    attachments: parts.attachments[response] ?? [], calls: parts.calls[response] ?? [],
                    results: parts.results[response] ?? []))
        }
        return ids.compactMap { conversations[$0] }
    }

    private func fragments(_ table: String) async throws -> [String: [String]] {
        guard has(table), has("fragments") else { return [:] }
        let rows = try await database.rows(
            """
            SELECT p.response_id AS owner, f.content AS content FROM \(table) p JOIN fragments f ON f.id = p.fragment_id \
            ORDER BY p.response_id, p."order"
            """)
        return Dictionary(grouping: rows) { $0.text("owner") ?? "" }.mapValues { $0.map { $0.text("content") ?? "" } }
    }

    /// The calls of tools that a response asked for (since 0.26).
    private func calls() async throws -> [String: [ChatCompletionMessageToolCall]] {
        guard has("tool_calls", ["response_id", "name", "arguments", "tool_call_id"]) else { return [:] }
        let rows = try await database.rows(
            "SELECT response_id AS owner, name, arguments, tool_call_id FROM tool_calls ORDER BY id")
        return Dictionary(grouping: rows) { $0.text("owner") ?? "" }.mapValues { rows in
            rows.enumerated().map { index, row in
                .function(
                    id: row.text("tool_call_id") ?? LLMConversation.callID(index), name: row.text("name") ?? "",
                    arguments: row.text("arguments") ?? "{}")
            }
        }
    }

    /// What the tools said, which is told to the model with the next prompt: by that one's response.
    private func results() async throws -> [String: [ChatCompletionRequestMessage]] {
        guard has("tool_results", ["response_id", "output", "tool_call_id"]) else { return [:] }
        let exception = has("tool_results", ["exception"]) ? ", exception" : ""
        let rows = try await database.rows(
            "SELECT response_id AS owner, output, tool_call_id\(exception) FROM tool_results ORDER BY id")
        return Dictionary(grouping: rows) { $0.text("owner") ?? "" }.mapValues { rows in
            rows.enumerated().map { index, row in
                let words = [row.text("output") ?? "", row.text("exception") ?? ""].inParagraphs
                return .tool(words, toolCallID: row.text("tool_call_id") ?? LLMConversation.callID(index))
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
