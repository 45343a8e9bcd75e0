import ChatApi
import ChatSession
import Terminal

extension Sentences {
    static func complaint(about error: AttachmentError) -> Complaint {
        func complaint(_ what: String, _ next: String? = nil) -> Complaint {
            Complaint(what, next: next, status: .badInput, code: "attachment")
        }
        let name = error.name
        switch error.problem {
        case .missing: return complaint("There is no file \(name) to send.")
        case .directory:
            return complaint("\(name) is a directory, and only files can be sent.", "Name the files in it.")
        case .special: return complaint("\(name) is a device or a pipe, and only files can be sent.")
        case .unknownKind:
            return complaint("\(name) is neither text in UTF-8 nor an image (PNG, JPEG, GIF, WebP).")
        case .tooLarge(let limit):
            return complaint("\(name) is larger than \(size(limit)), the most that is sent of it.")
        case .unreadable(let error): return complaint("Can't \(error.operation) \(name): \(error.reason).")
        case .tooLargeTogether:
            return complaint(
                "With \(name) the files are larger than \(size(AttachedFile.maximumTotalBytes)), the most that is sent."
            )
        case .tooMany: return complaint("More than \(AttachedFile.maximumCount) files can't be sent at once.")
        }
    }

    static let filesTookTooLong = Complaint(
        "The files that the message names can't be read: the disk doesn't answer.", status: .badInput,
        code: "attachment")

    /// What goes along with a message, for it may be more than was meant.
    static func attached(_ files: [AttachedFile]) -> String {
        let facts = files.map { file in
            let hidden = file.hiddenCharacters
            return "\(file.name) (\(size(file.byteCount))\(hidden.total > 0 ? "; \(cannotBeSeen(hidden))" : ""))"
        }
        return "With " + facts.joined(separator: ", ")
    }

    /// What to tell before text is sent that nobody can have read.
    static func hiddenText(in files: [AttachedFile]) -> String {
        let facts = files.map { "\($0.name) has \(cannotBeSeen($0.hiddenCharacters))" }
        return facts.joined(separator: "; ") + """
            . That may be text that a model reads and you don't. Enter once more sends it all the same.
            """
    }

    static func hiddenInput(_ hidden: HiddenCharacters) -> String {
        "Standard input has \(cannotBeSeen(hidden))."
    }

    private static func cannotBeSeen(_ hidden: HiddenCharacters) -> String {
        "\(hidden.total == 1 ? "1 character" : "\(hidden.total) characters") that can't be seen: \(hidden.kinds)"
    }

    /// A number of bytes for people.
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case 1: "1 byte"
        case ..<1000: "\(bytes) bytes"
        case ..<(1 << 20): "\((bytes + 1023) / 1024) kB"
        default: bytes % (1 << 20) == 0 ? "\(bytes >> 20) MB" : "\(tenths(Double(bytes) / Double(1 << 20))) MB"
        }
    }
}

extension AttachedFile {
    /// What can't be seen in it, but for a byte order mark.
    var hiddenCharacters: HiddenCharacters {
        guard case .text(let text) = content else { return HiddenCharacters(in: []) }
        return HiddenCharacters(in: text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    }
}
