import ChatApi

/// A conversation in the log of `llm`.
struct LLMConversation {
    let id: String
    let name: String?
    var created: Timestamp?
    private var updated: Timestamp?
    private var model: String?
    private var messages: [ChatCompletionRequestMessage] = []
    private var turns: [TurnRecord] = []
    private var system = ""

    init(id: String, name: String?) { (self.id, self.name) = (id, name) }

    /// A row of `responses`, a question with its answer, and what other tables have for it.
    struct Response {
        var row: JSONValue
        var system: String
        var prompt: String
        var attachments: [LLMAttachment]
        /// The calls of tools that the answer asks for.
        var calls: [ChatCompletionMessageToolCall]
        /// What came of those of the answer before, which is said with the prompt.
        var results: [ChatCompletionRequestMessage]
    }

    /// Adds a question with its answer.
    mutating func add(_ response: Response) {
        messages += response.results
        if !response.system.isEmpty, response.system != system {
            messages.append(.system(response.system))
            system = response.system
        }
        let text = response.row.text("response")
        let isAnswered = text != nil || !response.calls.isEmpty
        // Nobody says anything where only tools answered.
        if !response.prompt.isEmpty || !response.attachments.isEmpty || isAnswered && response.results.isEmpty {
            messages.append(.user(Self.content(response.prompt, response.attachments)))
        }
        note(response.row)
        guard isAnswered else { return }
        turns.append(Self.record(response.row, at: messages.count))
        let reasoning = response.row.text("reasoning") ?? ""
        messages.append(Self.answer(text ?? "", calls: response.calls, reasoning: reasoning))
    }

    /// Adds a message of a thread, with the row of `turns` that it ends.
    mutating func add(_ message: LLMMessage, turn: JSONValue?) {
        if let turn {
            note(turn)
            turns.append(Self.record(turn, at: messages.count))
        }
        messages += message.messages
    }

    private mutating func note(_ row: JSONValue) {
        model = row.text("resolved_model") ?? row.text("model") ?? model
        guard let time = Self.time(row["datetime_utc"]) else { return }
        created = created ?? time
        updated = time
    }

    private static func record(_ row: JSONValue, at index: Int) -> TurnRecord {
        var record = TurnRecord(message: index)
        record.model = row.text("resolved_model") ?? row.text("model")
        record.seconds = row["duration_ms"]?.doubleValue.map { $0 / 1000 }
        var usage: JSONObject = [:]
        for (name, column) in [("prompt_tokens", "input_tokens"), ("completion_tokens", "output_tokens")] {
            if let count = row[column]?.intValue { usage[name] = .number(JSONNumber(count)) }
        }
        if !usage.isEmpty { record.usage = CompletionUsage(fields: usage) }
        if let time = time(row["datetime_utc"]) { record.fields["created"] = .string(time.text) }
        return record
    }

    var imported: ImportedConversation {
        get throws(ImportProblem) {
            if messages.count > ImportedFile.maximumMessages {
                throw .tooManyMessages(limit: ImportedFile.maximumMessages)
            }
            let origin = ImportOrigin(.llm, id: id, version: "\(messages.count) \(updated?.text ?? "")")
            var session = Session(importedFrom: origin, created: created, updated: updated, title: name)
            session.model = model
            session.messages = messages.withToolCallsSettled
            session.turns = turns
            return ImportedConversation(session: session, origin: origin)
        }
    }

    // MARK: Values

    /// The number of a call of a tool that has none: its place in the message, as its result has.
    static func callID(_ index: Int) -> String { "call_\(index + 1)" }

    static func answer(
        _ text: String, calls: [ChatCompletionMessageToolCall], reasoning: String
    ) -> ChatCompletionRequestMessage {
        var message =
            calls.isEmpty
            ? ChatCompletionRequestMessage.assistant(text) : .assistant(text.isEmpty ? nil : text, toolCalls: calls)
        if !reasoning.isEmpty { message.fields["reasoning_content"] = .string(reasoning) }
        return message
    }

    static func content(_ text: String, _ attachments: [LLMAttachment]) -> MessageContent {
        if attachments.isEmpty { return .text(text) }
        return .parts((text.isEmpty ? [] : [.text(text)]) + attachments.map(\.sent))
    }

    /// A time as SQLite has it: `2026-08-17T20:53:58.618421`, with a blank or a zone or without; always UTC.
    static func time(_ value: JSONValue?) -> Timestamp? {
        guard let text = value?.stringValue?.utf8, text.count >= 19 else { return nil }
        let fraction = text.dropFirst(19)
        let digits =
            fraction.first == UInt8(ascii: ".")
            ? fraction.dropFirst().prefix { (0x30...0x39).contains($0) }.prefix(3) : fraction.prefix(0)
        let milliseconds = String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: 3 - digits.count)
        let day = String(decoding: text.prefix(10), as: UTF8.self)
        let clock = String(decoding: text.dropFirst(11).prefix(8), as: UTF8.self)
        return Timestamp("\(day)T\(clock).\(milliseconds)Z")
    }
}
