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

    /// Adds a row of `responses`: a question with its answer.
    mutating func add(_ row: JSONValue, system: String, prompt: String, attachments: [ChatCompletionContentPart]) {
        if !system.isEmpty, system != self.system {
            messages.append(.system(system))
            self.system = system
        }
        messages.append(.user(Self.content(prompt, attachments)))
        note(row)
        guard let text = row.text("response") else { return }
        var answer = ChatCompletionRequestMessage.assistant(text)
        if let reasoning = row.text("reasoning"), !reasoning.isEmpty {
            answer.fields["reasoning_content"] = .string(reasoning)
        }
        turns.append(Self.record(row, at: messages.count))
        messages.append(answer)
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
            session.messages = messages
            session.turns = turns
            return ImportedConversation(session: session, origin: origin)
        }
    }

    // MARK: Values

    static func joined(_ texts: [String]) -> String { texts.filter { !$0.isEmpty }.joined(separator: "\n\n") }

    static func content(_ text: String, _ attachments: [ChatCompletionContentPart]) -> MessageContent {
        if attachments.isEmpty { return .text(text) }
        return .parts((text.isEmpty ? [] : [.text(text)]) + attachments)
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

    /// A file that went along, in the form that the API has for it; else named in a text.
    static func part(_ row: JSONValue) -> ChatCompletionContentPart {
        let type = row.text("type") ?? ""
        let name = row.text("path") ?? row.text("url") ?? type
        if let bytes = row.text("content").flatMap(bytes(hex:)), !bytes.isEmpty {
            if let image = AttachedFile.imageType(of: bytes) { return .image(bytes, mediaType: image) }
            if type == "audio/wav" || type == "audio/mpeg" {
                return .inputAudio(bytes, format: type == "audio/wav" ? "wav" : "mp3")
            }
            if type == "application/pdf" { return .file(bytes, filename: SessionDocument.line(name), mediaType: type) }
        } else if let url = row.text("url"), url.utf8.starts(with: "https://".utf8),
            type.utf8.starts(with: "image/".utf8)
        {
            return .imageURL(url)
        }
        return .text("\n\n[file: \(SessionDocument.line(name))]")
    }

    private static func bytes(hex: String) -> [UInt8]? {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x41 + 10
            case 0x61...0x66: byte - 0x61 + 10
            default: nil
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hex.utf8.count / 2)
        var high: UInt8?
        for byte in hex.utf8 {
            guard let digit = digit(byte) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}

/// A row of `messages` in the log of `llm`, with its parts.
struct LLMMessage {
    let parent: String?
    let role: String
    private var texts: [String] = []
    private var reasoning: [String] = []
    private var attachments: [ChatCompletionContentPart] = []
    private var calls: [ChatCompletionMessageToolCall] = []
    private var results: [ChatCompletionRequestMessage] = []

    init(parent: String?, role: String) { (self.parent, self.role) = (parent, role) }

    /// Adds a row of `parts`.
    mutating func add(_ row: JSONValue, fragments: [String: String], attachments: [ChatCompletionContentPart]) {
        let payload = row.text("payload").flatMap { try? JSONValue(parsing: $0) }
        let text =
            row.text("text")
            ?? (payload?["text_ref"]?.arrayValue ?? []).map { segment in
                segment.text("literal") ?? segment.text("fragment").flatMap { fragments[$0] } ?? ""
            }.joined()
        self.attachments += attachments
        switch row.text("type") {
        case "text"?: texts.append(text)
        case "reasoning"?: reasoning.append(text)
        case "tool_call"?:
            calls.append(
                ChatCompletionMessageToolCall(fields: [
                    "id": .string(payload?.text("tool_call_id") ?? "call_\(calls.count + 1)"), "type": "function",
                    "function": [
                        "name": .string(row.text("tool_name") ?? ""),
                        "arguments": .string((payload?["arguments"] ?? .object([:])).description),
                    ],
                ]))
        case "tool_result"?:
            let output = payload?.text("output") ?? text
            results.append(.tool(output, toolCallID: payload?.text("tool_call_id") ?? "call_\(results.count + 1)"))
        default: break
        }
    }

    /// What the API has for it: a message, or one for each result of a tool.
    var messages: [ChatCompletionRequestMessage] {
        let text = LLMConversation.joined(texts)
        switch role {
        case "system": return text.isEmpty ? [] : [.system(text)]
        case "assistant":
            var message =
                calls.isEmpty
                ? ChatCompletionRequestMessage.assistant(text) : .assistant(text.isEmpty ? nil : text, toolCalls: calls)
            if !reasoning.isEmpty { message.fields["reasoning_content"] = .string(LLMConversation.joined(reasoning)) }
            return [message]
        default:
            let hasWords = !text.isEmpty || !attachments.isEmpty
            return results + (hasWords ? [.user(LLMConversation.content(text, attachments))] : [])
        }
    }
}
