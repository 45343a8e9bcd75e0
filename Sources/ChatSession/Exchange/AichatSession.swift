import ChatApi

/// A session of aichat (`sessions/NAME.yaml`), as `sigoden/aichat` writes it in `src/config/session.rs` and `src/client/message.rs` (version 0.30).
///
/// Both its lists of messages are taken: those that it has put into a summary, and those that it sends.
struct AichatSession {
    private let fields: JSONObject

    init(_ bytes: [UInt8]) throws(ImportProblem) {
        if bytes.count > Self.maximumBytes { throw .tooLarge(limit: Self.maximumBytes) }
        guard let fields = try YAMLReader.read(bytes).objectValue, fields["messages"]?.arrayValue != nil else {
            throw .unknownFormat
        }
        self.fields = fields
    }

    /// Images lie in the file, so it may be large.
    private static let maximumBytes = 64 << 20

    /// Whether a text that isn't JSON may be a session: one of its keys begins a line.
    static func isLikely(_ text: ArraySlice<UInt8>) -> Bool {
        let head = text.prefix(1 << 12)
        return head.starts(with: "model:".utf8) || head.starts(with: "messages:".utf8)
            || text.firstRange(of: Array("\nmessages:".utf8)) != nil
    }

    func conversation(name: String?, digest: String) throws(ImportProblem) -> ImportedConversation {
        let origin = ImportOrigin(.aichat, id: digest)
        var session = Session(importedFrom: origin, created: nil, updated: nil, title: name)
        session.model = fields["model"]?.stringValue
        for key in ["temperature", "top_p"] where fields[key]?.doubleValue != nil {
            session.parameters[key] = fields[key]
        }
        let messages = ["compressed_messages", "messages"].flatMap { fields[$0]?.arrayValue ?? [] }
        if messages.count > ImportedFile.maximumMessages {
            throw .tooManyMessages(limit: ImportedFile.maximumMessages)
        }
        for (index, message) in messages.enumerated() {
            guard let converted = Self.messages(message) else {
                throw .damaged("message \(index + 1) has no role, or content that can't be read")
            }
            session.messages += converted
        }
        return ImportedConversation(session: session, origin: origin)
    }

    /// A message as the API has it: several for a call of tools, which aichat keeps together with their results.
    private static func messages(_ value: JSONValue) -> [ChatCompletionRequestMessage]? {
        guard let role = value["role"]?.stringValue, let content = value["content"] else { return nil }
        switch content {
        // What a person edited may look like something else than text.
        case .number(let number): return message(role, .string(number.text))
        case .bool, .null: return message(role, .string(content.isNull ? "" : content.description))
        case .string, .array: return message(role, content)
        case .object(let call): return toolCalls(call)
        }
    }

    private static func message(_ role: String, _ content: JSONValue) -> [ChatCompletionRequestMessage]? {
        ChatCompletionRequestMessage(imported: .object(["role": .string(role), "content": content])).map { [$0] }
    }

    private static func toolCalls(_ content: JSONObject) -> [ChatCompletionRequestMessage]? {
        guard let results = content["tool_results"]?.arrayValue else { return nil }
        var calls: [ChatCompletionMessageToolCall] = []
        var answers: [ChatCompletionRequestMessage] = []
        for (index, result) in results.enumerated() {
            guard let name = result["call"]?["name"]?.stringValue else { return nil }
            let id = result["call"]?["id"]?.stringValue ?? "call_\(index + 1)"
            let arguments = result["call"]?["arguments"] ?? .object([:])
            calls.append(
                ChatCompletionMessageToolCall(fields: [
                    "id": .string(id), "type": "function",
                    "function": ["name": .string(name), "arguments": .string(text(arguments))],
                ]))
            answers.append(.tool(text(result["output"] ?? .null), toolCallID: id))
        }
        let text = content["text"]?.stringValue ?? ""
        if calls.isEmpty { return [.assistant(text)] }
        return [.assistant(text.isEmpty ? nil : text, toolCalls: calls)] + answers
    }

    private static func text(_ value: JSONValue) -> String { value.stringValue ?? value.description }
}
