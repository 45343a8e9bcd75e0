import ChatApi

/// A message of ChatGPT's data export.
///
/// It knows kinds of content that the API doesn't: what can be said in text is, and what can't is named in the text.
struct OpenAIMessage {
    /// When it was written, in seconds since 1970.
    let created: Double?
    private let role: String
    private let author: String?
    private let recipient: String
    private let content: JSONObject
    private let metadata: JSONObject

    /// A message that can be sent, with what is known of it.
    struct Prepared {
        let message: ChatCompletionRequestMessage
        private let turn: JSONObject?

        fileprivate init(_ message: ChatCompletionRequestMessage, turn: JSONObject?) {
            (self.message, self.turn) = (message, turn)
        }

        /// The record of an answer, in its place; nil for what is no answer.
        func record(at index: Int) -> TurnRecord? { turn.map { TurnRecord(message: index, fields: $0) } }
    }

    /// Reads a node's message; nil if it has none.
    init?(_ value: JSONValue?) {
        guard let message = value?.objectValue, let content = message["content"]?.objectValue else { return nil }
        created = message["create_time"]?.doubleValue
        role = message["author"]?["role"]?.stringValue ?? "assistant"
        author = message["author"]?["name"]?.stringValue
        recipient = message["recipient"]?.stringValue ?? "all"
        self.content = content
        metadata = message["metadata"]?.objectValue ?? [:]
    }

    private var kind: String { content["content_type"]?.stringValue ?? "text" }

    /// Whether thoughts that stand before it belong to it.
    var isAnswer: Bool { role == "assistant" && thoughts == nil }

    /// What the model thought, where the message is nothing else; empty where it only says that it did.
    var thoughts: String? {
        switch kind {
        case "thoughts":
            (content["thoughts"]?.arrayValue ?? []).map { thought in
                [thought["summary"], thought["content"]].compactMap { $0?.stringValue }.filter { !$0.isEmpty }
                    .joined(separator: "\n\n")
            }.joined(separator: "\n\n")
        case "reasoning_recap": ""
        default: nil
        }
    }

    /// The message as the API has it; nil if it says nothing.
    func prepared(after thoughts: String) -> Prepared? {
        if self.thoughts != nil { return nil }
        let text = [self.text, attachments].filter { !$0.isEmpty }.joined(separator: "\n\n")
        guard !text.isEmpty else { return nil }
        switch role {
        case "user" where kind != "user_editable_context": return Prepared(.user(text), turn: nil)
        case "user", "system": return Prepared(.system(text), turn: nil)
        default:
            // A tool's result, in the API, answers a call by its number, which the export doesn't have.
            var message = ChatCompletionRequestMessage.assistant(text)
            if !thoughts.isEmpty { message.fields["reasoning_content"] = .string(thoughts) }
            return Prepared(message, turn: role == "assistant" ? turn : nil)
        }
    }

    private var turn: JSONObject? {
        var turn: JSONObject = [:]
        if let model = metadata["model_slug"]?.stringValue { turn["model"] = .string(model) }
        switch metadata["finish_details"]?["type"]?.stringValue {
        case "stop"?: turn["finishReason"] = "stop"
        case "max_tokens"?: turn["finishReason"] = "length"
        case "interrupted"?: turn["finishReason"] = .string(TurnRecord.interrupted)
        default: break
        }
        if let created = Timestamp(imported: created) { turn["created"] = .string(created.text) }
        return turn
    }

    // MARK: Text

    private var text: String {
        let words = self.words
        if role == "tool", !words.isEmpty { return "[\(author ?? "tool")]\n\n\(words)" }
        if role == "assistant", recipient != "all", !words.isEmpty { return "[to \(recipient)]\n\n\(words)" }
        return words
    }

    private var words: String {
        func field(_ key: String) -> String { content[key]?.stringValue ?? "" }
        switch kind {
        case "text", "multimodal_text":
            // What a person set for all conversations stands beside an empty text.
            if metadata["is_user_system_message"]?.boolValue == true {
                let context = metadata["user_context_message_data"]
                return Self.joined(
                    [context?["about_user_message"], context?["about_model_message"]].map { $0?.stringValue ?? "" })
            }
            return Self.joined((content["parts"]?.arrayValue ?? []).map(Self.part))
        case "user_editable_context": return Self.joined([field("user_profile"), field("user_instructions")])
        case "code":
            let language = field("language")
            return Self.fenced(field("text"), language == "unknown" ? "" : language)
        case "execution_output": return Self.fenced(field("text"), "")
        case "tether_quote": return Self.joined([field("title"), field("url"), field("text")])
        case "tether_browsing_display": return Self.joined([field("summary"), field("result")])
        default:
            let words = Self.joined(
                [field("text"), field("result")] + (content["parts"]?.arrayValue ?? []).map(Self.part))
            return words.isEmpty ? "[\(SessionDocument.line(kind))]" : words
        }
    }

    private static func part(_ part: JSONValue) -> String {
        if let text = part.stringValue { return text }
        let kind = part["content_type"]?.stringValue ?? part.kind
        if let text = part["text"]?.stringValue { return text }
        let name = part["asset_pointer"]?.stringValue ?? part["audio_asset_pointer"]?["asset_pointer"]?.stringValue
        return named(kind.utf8.starts(with: "image".utf8) ? "image" : kind, name)
    }

    /// The files that went along, which aren't in the export as the API could have them.
    private var attachments: String {
        (metadata["attachments"]?.arrayValue ?? []).map { file in
            Self.named("file", file["name"]?.stringValue ?? file["id"]?.stringValue)
        }.joined(separator: "\n")
    }

    private static func named(_ kind: String, _ name: String?) -> String {
        "[\(SessionDocument.line(kind))\(name.map { ": \(SessionDocument.line($0))" } ?? "")]"
    }

    private static func joined(_ texts: [String]) -> String {
        texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func fenced(_ text: String, _ language: String) -> String {
        if text.isEmpty { return "" }
        let fence = SessionDocument.fence(around: text)
        return "\(fence)\(SessionDocument.line(language))\n\(text)\n\(fence)"
    }
}
