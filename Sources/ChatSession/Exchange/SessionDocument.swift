import ChatApi

/// A conversation as people read it in a document.
///
/// Reasoning isn't in it; `json` and our own format have that.
struct SessionDocument {
    /// Something that goes along with a message.
    struct Attachment: Equatable {
        var kind: String
        var name: String
        /// An image in the message: what kind, and its bytes in base64.
        var image: (mediaType: String, base64: String)?

        static func == (left: Attachment, right: Attachment) -> Bool {
            left.kind == right.kind && left.name == right.name && left.image?.base64 == right.image?.base64
        }
    }

    struct Entry {
        var speaker: String
        /// As it was written: Markdown, most often.
        var text = ""
        var attachments: [Attachment] = []
        /// The tools that the model called, with their arguments.
        var calls: [(name: String, arguments: String)] = []
        /// What is to be said of the answer's end.
        var ending: String?
    }

    let title: String
    /// What stands at the head: names and values.
    let facts: [(name: String, value: String)]
    let entries: [Entry]

    init(_ session: Session, _ range: Range<Int>, _ selection: TurnSelection?) {
        let name = session.displayTitle
        title = name.isEmpty ? session.id.text : Self.line(name)
        var facts = [(name: "Date", value: Self.minute(session.created))]
        if let model = session.model {
            facts.append(("Model", Self.line(session.provider.map { "\($0)/\(model)" } ?? model)))
        }
        if let selection { facts.append(("Turns", "\(selection) of \(session.exchanges.count)")) }
        facts.append(("Session", session.id.text))
        self.facts = facts
        let endings = Dictionary(
            session.turns.map { ($0.message, Self.ending($0.finishReason)) }, uniquingKeysWith: { $1 })
        entries = range.map { Self.entry(session.messages[$0], ending: endings[$0] ?? nil) }
    }

    private static func entry(_ message: ChatCompletionRequestMessage, ending: String?) -> Entry {
        var entry = Entry(speaker: speaker(message))
        if message.role == .assistant {
            let parts = AnswerParts(message)
            entry.text = [parts.content, parts.refusal].inParagraphs
            entry.ending = ending
        } else {
            entry.text = message.content?.typed ?? ""
        }
        entry.attachments = attachments(message.content)
        entry.calls = (message.toolCalls ?? []).map { call in
            (call.name ?? call.type?.rawValue ?? "?", call.arguments ?? "")
        }
        return entry
    }

    private static func speaker(_ message: ChatCompletionRequestMessage) -> String {
        let role = line(message.role?.rawValue ?? "?")
        let speaker = role.prefix(1).uppercased() + role.dropFirst()
        return message.name.map { "\(speaker) (\(line($0)))" } ?? speaker
    }

    private static func ending(_ reason: String?) -> String? {
        switch reason {
        case TurnRecord.interrupted: "The answer was stopped here."
        case TurnRecord.cut: "The answer was cut off here."
        case "length": "The answer reached its limit here."
        default: nil
        }
    }

    private static func attachments(_ content: MessageContent?) -> [Attachment] {
        guard case .parts(let parts) = content else { return [] }
        var attachments: [Attachment] = []
        // Our own messages name an image in the part before it.
        var imageName: String?
        for (index, part) in parts.enumerated() {
            let file = index > 0 ? MessageContent.file(in: part) : nil
            if let file, !file.isImage { attachments.append(Attachment(kind: "File", name: line(file.name))) }
            attachments += attachment(part, imageName: imageName.map(line))
            imageName = file?.isImage == true ? file?.name : nil
        }
        return attachments
    }

    private static func attachment(_ part: ChatCompletionContentPart, imageName: String?) -> [Attachment] {
        switch part.type {
        case .imageURL?:
            let url = part.imageURL?.url ?? ""
            guard let image = DataURI(url) else { return [Attachment(kind: "Image", name: imageName ?? line(url))] }
            return [Attachment(kind: "Image", name: imageName ?? image.mediaType, image: image.image)]
        case .inputAudio?:
            return [Attachment(kind: "Audio", name: line(part.inputAudio?.format?.rawValue ?? "audio"))]
        case .file?:
            return [Attachment(kind: "File", name: line(part.file?.filename ?? part.file?.fileID ?? "file"))]
        default: return []
        }
    }

    /// A text on one line.
    static func line(_ text: String) -> String {
        text.unicodeScalars.prefix(500).split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }.map { String($0) }.joined(separator: " ")
    }

    /// A time as `2026-11-22 16:50 UTC`.
    private static func minute(_ time: Timestamp) -> String {
        let text = time.text
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}

/// A `data:` URI in base64.
struct DataURI {
    let mediaType: String
    let base64: String

    private static let images: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    /// Reads one; nil if it is none, or is written in another way.
    init?(_ text: String) {
        guard text.utf8.starts(with: "data:".utf8), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
            return nil
        }
        let head = text[..<comma].utf8.dropFirst(5).split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard head.last.map({ Array($0) }) == Array("base64".utf8) else { return nil }
        mediaType = SessionDocument.line(String(Substring(head[0]))).lowercased()
        base64 = String(text[text.utf8.index(after: comma)...])
    }

    /// The image, if it is of a kind that browsers show, and nothing but base64 stands in it.
    var image: (mediaType: String, base64: String)? {
        func isDigit(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
        }
        guard Self.images.contains(mediaType), base64.utf8.allSatisfy(isDigit) else { return nil }
        return (mediaType, base64)
    }
}
