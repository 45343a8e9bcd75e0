import ChatApi

/// What a file of another program, or one of ours, holds: conversations that can become sessions.
package struct ImportedFile: Sendable {
    /// A form in which conversations come.
    package enum Format: String, Sendable {
        /// A session of ours.
        case banter
        /// The messages of the API, or a request with them.
        case messages
        /// A chat of shell_gpt.
        case shellGPT = "shell_gpt"
        /// The conversations of ChatGPT's data export.
        case openAI = "openai"
        /// The log of `llm`.
        case llm
        /// A session of aichat.
        case aichat
    }

    /// The format, by what the file holds.
    package let format: Format
    /// What can be taken over.
    package internal(set) var conversations: [ImportedConversation] = []
    /// What can't.
    package internal(set) var skipped: [SkippedConversation] = []

    // MARK: Limits

    /// Larger files aren't read.
    package static let maximumBytes = 512 << 20
    /// How many JSON values a file may hold: each takes forty bytes of memory, whatever it takes in the file.
    static let maximumValues = 1 << 24
    /// How many conversations.
    static let maximumConversations = 100_000
    /// How many messages a conversation may have, its branches included.
    static let maximumMessages = 100_000

    init(_ format: Format) { self.format = format }

    /// Takes a conversation in, or notes why it can't be.
    mutating func add(_ id: String, title: String?, _ conversation: () throws(ImportProblem) -> ImportedConversation) {
        do {
            var conversation = try conversation()
            if conversation.session.isEmpty {
                skipped.append(SkippedConversation(title: title ?? id, reason: .empty))
            } else {
                // As at the first save of any session: lists read only the heads of files.
                let title = conversation.session.displayTitle
                if format != .banter, !title.isEmpty { conversation.session.title = title }
                conversations.append(conversation)
            }
        } catch {
            skipped.append(SkippedConversation(title: title ?? id, reason: .unusable(error)))
        }
    }
}

/// A conversation that is to become a session.
package struct ImportedConversation: Sendable {
    /// The session; its id is a new one, or for our own format that of the file.
    package internal(set) var session: Session
    /// Where it comes from.
    let origin: ImportOrigin
}

/// Where an imported session comes from, kept in its file under `importedFrom`.
struct ImportOrigin: Hashable, Sendable {
    static let key = "importedFrom"

    var format: String
    /// What the conversation is called there; a digest of its bytes where it has no name of its own.
    var id: String
    /// What changes there when the conversation does; nil where the id does.
    var version: String?

    init(_ format: ImportedFile.Format, id: String, version: String? = nil) {
        (self.format, self.id, self.version) = (format.rawValue, id, version)
    }

    init?(_ value: JSONValue?) {
        guard let format = value?["format"]?.stringValue, let id = value?["id"]?.stringValue else { return nil }
        (self.format, self.id, version) = (format, id, value?["version"]?.stringValue)
    }

    var json: JSONValue {
        var object: JSONObject = ["format": .string(format), "id": .string(id)]
        if let version { object["version"] = .string(version) }
        return .object(object)
    }

    /// A name for bytes that have none (FNV-1a, 64 bits): to recognise the same file, not to prove anything.
    static func digest(_ bytes: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

/// A conversation that isn't taken over.
package struct SkippedConversation: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// Nobody says anything in it.
        case empty
        /// It is there already, as this session.
        case alreadyThere(SessionID)
        case unusable(ImportProblem)
    }

    /// What it is called where it comes from.
    package let title: String
    package let reason: Reason
}

/// Why a file, or a conversation in it, can't be imported.
package enum ImportProblem: Error, Hashable, Sendable {
    /// No format that Banter knows.
    case unknownFormat
    /// A zip archive, which is to be unpacked.
    case archive
    case tooLarge(limit: Int)
    case tooManyConversations(limit: Int)
    case tooManyMessages(limit: Int)
    /// It begins as JSON, but isn't; why, and where.
    case syntax(String)
    /// What is wrong with a part of it, as the end of a sentence.
    case damaged(String)
    /// A session of a later Banter.
    case newerFormat(Int)
    /// A line of a YAML file, counted from 1, that can't be read; why, as the end of a sentence.
    case yaml(line: Int, String)
    /// A database on standard input.
    case databaseWithoutFile
    /// There is no `sqlite3` to read a database with.
    case noSQLite
    /// What `sqlite3` said.
    case database(String)
    /// A pipe or a device, which isn't waited for.
    case special
    case unreadable(FileSystemError)
}
