import ChatApi

/// The tables of the latest versions: messages that name the one before them, shared by all threads that lead through them.
extension LLMDatabase {
    /// The threads.
    func threads() async throws -> [LLMConversation] {
        let threads = try await database.rows(
            "SELECT id, name, tip_message_hash, datetime_utc FROM threads ORDER BY id")
        let messages = try await messages()
        var turns: [String: JSONValue] = [:]
        for row in try await database.rows(
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
        return conversations
    }

    private func messages() async throws -> [String: LLMMessage] {
        var messages: [String: LLMMessage] = [:]
        for row in try await database.rows("SELECT hash, parent_hash, role FROM messages") {
            guard let hash = row.text("hash") else { continue }
            messages[hash] = LLMMessage(parent: row.text("parent_hash"), role: row.text("role") ?? "")
        }
        var fragments: [String: String] = [:]
        if has("fragments"), has("part_fragments") {
            for row in try await database.rows(
                "SELECT id, content FROM fragments WHERE id IN (SELECT fragment_id FROM part_fragments)")
            {
                fragments[row.text("id") ?? ""] = row.text("content")
            }
        }
        let files = try await attachments("part_attachments", owner: "part_id")
        for row in try await database.rows(
            "SELECT id, message_hash, type, tool_name, text, payload FROM parts ORDER BY message_hash, position")
        {
            messages[row.text("message_hash") ?? ""]?.add(
                row, fragments: fragments, attachments: files[row.text("id") ?? ""] ?? [])
        }
        return messages
    }
}

/// A row of `messages` in the log of `llm`, with its parts.
struct LLMMessage {
    let parent: String?
    private let role: String
    private var texts: [String] = []
    private var reasoning: [String] = []
    private var attachments: [LLMAttachment] = []
    private var calls: [ChatCompletionMessageToolCall] = []
    private var results: [ChatCompletionRequestMessage] = []

    init(parent: String?, role: String) { (self.parent, self.role) = (parent, role) }

    /// Adds a row of `parts`.
    mutating func add(_ row: JSONValue, fragments: [String: String], attachments: [LLMAttachment]) {
        let payload = row.text("payload").flatMap { try? JSONValue(parsing: $0) }
        let text =
            row.text("text")
            ?? (payload?["text_ref"]?.arrayValue ?? []).map { segment in
                segment.text("literal") ?? segment.text("fragment").flatMap { fragments[$0] } ?? ""
            }.joined()
        if role == "assistant" {
            // The API takes only words from an assistant.
            texts += attachments.map(\.named)
        } else {
            self.attachments += attachments
        }
        let tool = row.text("tool_name") ?? payload?.text("name") ?? "tool"
        // What the model's server did itself nobody answers.
        let isOfServer = payload?["server_executed"]?.boolValue == true
        switch row.text("type") {
        case "text"?: texts.append(text)
        case "reasoning"?: reasoning.append(text)
        case "tool_call"?:
            let arguments = payload?["arguments"] ?? .object([:])
            let words = arguments.stringValue ?? arguments.description
            if isOfServer { return texts.append(ImportedText.call(of: tool, words)) }
            let id = payload?.text("tool_call_id") ?? LLMConversation.callID(calls.count)
            calls.append(.function(id: id, name: tool, arguments: words))
        case "tool_result"?:
            let words = [payload?.text("output") ?? text, payload?.text("exception") ?? ""].inParagraphs
            if isOfServer { return texts.append(ImportedText.result(of: tool, words)) }
            let id = payload?.text("tool_call_id") ?? LLMConversation.callID(results.count)
            results.append(.tool(words, toolCallID: id))
        default: break
        }
    }

    /// What the API has for it: a message, and one for each result of a tool.
    var messages: [ChatCompletionRequestMessage] {
        let text = texts.inParagraphs
        switch role {
        case "system": return text.isEmpty ? [] : [.system(text)]
        case "assistant":
            let answer = LLMConversation.answer(text, calls: calls, reasoning: reasoning.inParagraphs)
            return [answer] + results
        default:
            let hasWords = !text.isEmpty || !attachments.isEmpty
            return results + (hasWords ? [.user(LLMConversation.content(text, attachments))] : [])
        }
    }
}
