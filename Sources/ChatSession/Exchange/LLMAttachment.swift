import ChatApi

/// A file in the log of `llm` that went along with a message.
struct LLMAttachment: Sendable {
    /// What it is called, on one line.
    let name: String
    /// The file in the form that the API has for it; nil if it can only be named.
    let part: ChatCompletionContentPart?

    /// Its name, as a text.
    var named: String { ImportedText.named("file", name) }

    /// What goes along with a message.
    var sent: ChatCompletionContentPart { part ?? .text("\n\n\(named)") }

    /// Reads a row, whose `head` is the first bytes of the file.
    /// - Parameters:
    ///   - row: The row.
    ///   - content: The file, in hexadecimal digits, if it was asked for.
    init(_ row: JSONValue, content: String?) {
        let type = row.text("type") ?? ""
        let name = SessionDocument.line(row.text("path") ?? row.text("url") ?? type)
        self.name = name
        if let form = Form(row) {
            part = content.flatMap(Self.bytes(hex:)).map { form.part($0, name: name, type: type) }
        } else if let url = row.text("url"), url.utf8.starts(with: "https://".utf8),
            type.utf8.starts(with: "image/".utf8), row.text("head")?.isEmpty ?? true
        {
            part = .imageURL(url)
        } else {
            part = nil
        }
    }

    /// A form in which the API takes files along.
    enum Form {
        case image(mediaType: String)
        case wav
        case mp3
        case pdf

        /// The form for a row; nil if there is none.
        init?(_ row: JSONValue) {
            guard let head = row.text("head").flatMap(LLMAttachment.bytes(hex:)), !head.isEmpty else { return nil }
            if let image = AttachedFile.imageType(of: head) {
                self = .image(mediaType: image)
                return
            }
            switch row.text("type") {
            case "audio/wav"?: self = .wav
            case "audio/mpeg"?: self = .mp3
            case "application/pdf"?: self = .pdf
            default: return nil
            }
        }

        fileprivate func part(_ bytes: [UInt8], name: String, type: String) -> ChatCompletionContentPart {
            switch self {
            case .image(let mediaType): .image(bytes, mediaType: mediaType)
            case .wav: .inputAudio(bytes, format: "wav")
            case .mp3: .inputAudio(bytes, format: "mp3")
            case .pdf: .file(bytes, filename: name, mediaType: type)
            }
        }
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

extension LLMDatabase {
    /// Larger files that went along are only named.
    private static let maximumAttachment = AttachedFile.maximumImageBytes
    /// So many are asked for at once, and an eighth of what all may come to.
    private static let portion = 500

    /// The files that went along, by what they went along with.
    ///
    /// What they are is asked first, then the contents of those that the API takes, a portion at a time: a log may hold more than there is memory.
    func attachments(_ table: String, owner: String) async throws -> [String: [LLMAttachment]] {
        guard has(table), has("attachments") else { return [:] }
        let rows = try await database.rows(
            """
            SELECT p.\(owner) AS owner, a.rowid AS number, a.type, a.path, a.url, length(a.content) AS size, \
            hex(substr(a.content, 1, 12)) AS head \
            FROM \(table) p JOIN attachments a ON a.id = p.attachment_id ORDER BY p.\(owner), p."order"
            """)
        var remaining = maximumAttachments
        var wanted: [Int: JSONValue] = [:]
        let numbers = rows.map { row -> Int? in
            guard LLMAttachment.Form(row) != nil, let size = row["size"]?.intValue, size <= Self.maximumAttachment,
                size <= remaining, let number = row["number"]?.intValue
            else { return nil }
            // Each time that it went along, as each is a copy in a session's file.
            remaining -= size
            wanted[number] = row
            return number
        }
        // One that went along often is held once.
        let sent = try await read(wanted)
        var attachments: [String: [LLMAttachment]] = [:]
        for (row, number) in zip(rows, numbers) {
            let attachment = number.flatMap { sent[$0] } ?? LLMAttachment(row, content: nil)
            attachments[row.text("owner") ?? "", default: []].append(attachment)
        }
        return attachments
    }

    /// Reads the contents of some rows of `attachments`, by their numbers.
    private func read(_ wanted: [Int: JSONValue]) async throws -> [Int: LLMAttachment] {
        var attachments: [Int: LLMAttachment] = [:]
        var rest = wanted.keys.sorted()[...]
        while !rest.isEmpty {
            var size = 0
            let numbers = rest.prefix(Self.portion).prefix { number in
                defer { size += wanted[number]?["size"]?.intValue ?? 0 }
                return size < maximumAttachments / 8
            }
            rest = rest[numbers.endIndex...]
            let list = numbers.map(String.init).joined(separator: ", ")
            for row in try await database.rows(
                "SELECT rowid AS number, hex(content) AS content FROM attachments WHERE rowid IN (\(list))")
            {
                guard let number = row["number"]?.intValue, let known = wanted[number] else { continue }
                attachments[number] = LLMAttachment(known, content: row.text("content"))
            }
        }
        return attachments
    }
}
