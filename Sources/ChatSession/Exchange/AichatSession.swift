import ChatApi
import Glibc

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
    static func isLikely(_ text: [UInt8]) -> Bool {
        let head = text.prefix(1 << 12)
        return head.starts(with: "model:".utf8) || head.starts(with: "messages:".utf8)
            || text.firstRange(of: Array("\nmessages:".utf8)) != nil
    }

    func conversation(
        fileName: String?, modified: Timestamp?, digest: String
    ) throws(ImportProblem) -> ImportedConversation {
        let origin = ImportOrigin(.aichat, id: digest)
        let (began, name) = Self.parts(of: fileName ?? "")
        var session = Session(
            importedFrom: origin, created: began ?? modified, updated: modified, title: name.isEmpty ? nil : name)
        // "client:model", where a model may have colons, too (src/client/model.rs).
        let model = fields["model"]?.stringValue ?? ""
        let names = model.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        if names.count == 2, !names[0].isEmpty, !names[1].isEmpty {
            (session.provider, session.model) = (String(Substring(names[0])), String(Substring(names[1])))
        } else if !model.isEmpty {
            session.model = model
        }
        // What the API doesn't take would fail every answer.
        for (key, range) in [("temperature", 0.0...2.0), ("top_p", 0.0...1.0)] {
            if let value = fields[key]?.doubleValue, range.contains(value) { session.parameters[key] = fields[key] }
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

    /// When a session that aichat named itself was saved, by the clock of this machine, and what a session is called: `20250101T101010-name.yaml`.
    private static func parts(of fileName: String) -> (saved: Timestamp?, name: String) {
        var name = Array(fileName.utf8)
        for ending in [".yaml", ".yml"] where name.count > ending.utf8.count && fileName.hasSuffix(ending) {
            name.removeLast(ending.utf8.count)
        }
        let digits = name.prefix(15).filter { (0x30...0x39).contains($0) }.map { Int32($0 - 0x30) }
        guard name.count >= 15, name[8] == UInt8(ascii: "T"), digits.count == 14,
            name.count == 15 || name[15] == UInt8(ascii: "-")
        else { return (nil, String(decoding: name, as: UTF8.self)) }
        func number(_ range: Range<Int>) -> Int32 { digits[range].reduce(0) { $0 * 10 + $1 } }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (number(0..<4) - 1900, number(4..<6) - 1, number(6..<8))
        (time.tm_hour, time.tm_min, time.tm_sec) = (number(8..<10), number(10..<12), number(12..<14))
        time.tm_isdst = -1
        let seconds = mktime(&time)
        return (Timestamp(imported: Double(seconds)), String(decoding: name.dropFirst(16), as: UTF8.self))
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
            calls.append(.function(id: id, name: name, arguments: text(arguments)))
            answers.append(.tool(text(result["output"] ?? .null), toolCallID: id))
        }
        let text = content["text"]?.stringValue ?? ""
        if calls.isEmpty { return [.assistant(text)] }
        return [.assistant(text.isEmpty ? nil : text, toolCalls: calls)] + answers
    }

    private static func text(_ value: JSONValue) -> String {
        value.isNull ? "" : value.stringValue ?? value.description
    }
}
