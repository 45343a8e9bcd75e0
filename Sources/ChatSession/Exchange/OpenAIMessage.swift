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
                [thought["summary"], thought["content"]].compactMap { $0?.stringValue }.inParagraphs
            }.inParagraphs
        case "reasoning_recap": ""
        default: nil
        }
    }

    /// The message as the API has it, with what the model thought before it or, where no answer came of that, in it; nil if it says nothing.
    func prepared(after thoughts: String) -> Prepared? {
        let text = self.thoughts == nil ? [self.text, attachments].inParagraphs : ""
        guard !text.isEmpty || !thoughts.isEmpty else { return nil }
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
        if words.isEmpty || role != "tool" && role != "assistant" { return words }
        let readable = CitationMarks.readable(words, metadata["content_references"]?.arrayValue ?? [])
        if role == "tool" { return ImportedText.result(of: author ?? "tool", readable) }
        return recipient == "all" ? readable : ImportedText.call(of: recipient, readable)
    }

    private var words: String {
        func field(_ key: String) -> String { content[key]?.stringValue ?? "" }
        switch kind {
        case "text", "multimodal_text":
            // What a person set for all conversations stands beside an empty text.
            if metadata["is_user_system_message"]?.boolValue == true {
                let context = metadata["user_context_message_data"]
                return [context?["about_user_message"], context?["about_model_message"]].map { $0?.stringValue ?? "" }
                    .inParagraphs
            }
            return (content["parts"]?.arrayValue ?? []).map(part).inParagraphs
        case "user_editable_context": return [field("user_profile"), field("user_instructions")].inParagraphs
        case "code":
            let language = field("language")
            return Self.fenced(field("text"), language == "unknown" ? "" : language)
        case "execution_output": return Self.fenced(field("text"), "")
        case "tether_quote": return [field("title"), field("url"), field("text")].inParagraphs
        case "tether_browsing_display": return [field("summary"), field("result")].inParagraphs
        default:
            // OpenAI adds kinds without telling: whatever is text in them is taken.
            let fields = content.filter { !Self.isName($0.0) }.compactMap { $0.1.stringValue }
            let words = (fields + (content["parts"]?.arrayValue ?? []).map(part)).inParagraphs
            return words.isEmpty ? ImportedText.named(kind, nil) : words
        }
    }

    /// Whether a field of a content says what it is, and not what it says.
    private static func isName(_ field: String) -> Bool {
        ["content_type", "language", "response_format_name", "id"].contains(field) || field.hasSuffix("_id")
    }

    private func part(_ part: JSONValue) -> String {
        if let text = part.stringValue ?? part["text"]?.stringValue { return text }
        let kind = part["content_type"]?.stringValue ?? part.kind
        if kind.utf8.starts(with: "image".utf8) {
            let pointer = part["asset_pointer"]?.stringValue
            return ImportedText.named("image", pointer.flatMap { files[Self.id(ofPointer: $0)] } ?? pointer)
        }
        // What was said stands beside it as a text; the numbers of recordings say nothing.
        for medium in ["audio", "video"] where kind.utf8.firstRange(of: medium.utf8) != nil {
            return ImportedText.named(medium, nil)
        }
        return ImportedText.named(kind, part["asset_pointer"]?.stringValue)
    }

    /// The file that a pointer names: `file-service://file-abc`, `sediment://file_1#more`.
    private static func id(ofPointer pointer: String) -> String {
        let name = pointer.utf8.split(separator: UInt8(ascii: "/")).last ?? Substring(pointer).utf8
        return String(decoding: name.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
    }

    /// The names of the files that went along, by their ids.
    private var files: [String: String] {
        let named = (metadata["attachments"]?.arrayValue ?? []).compactMap { file in
            file["id"]?.stringValue.flatMap { id in file["name"]?.stringValue.map { (id, $0) } }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    /// The files that went along, which aren't in the export as the API could have them, but for images in their places.
    private var attachments: String {
        let shown = (content["parts"]?.arrayValue ?? []).compactMap { $0["asset_pointer"]?.stringValue }
        let images = Set(shown.map(Self.id(ofPointer:)))
        return (metadata["attachments"]?.arrayValue ?? []).filter { file in
            file["id"]?.stringValue.map { !images.contains($0) } ?? true
        }.map { ImportedText.named("file", $0["name"]?.stringValue ?? $0["id"]?.stringValue) }.joined(separator: "\n")
    }

    private static func fenced(_ text: String, _ language: String) -> String {
        if text.isEmpty { return "" }
        let fence = SessionDocument.fence(around: text)
        return "\(fence)\(SessionDocument.line(language))\n\(text)\n\(fence)"
    }
}
