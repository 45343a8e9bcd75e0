import ChatApi
import Glibc

extension ImportedFile {
    /// Reads a file, whatever it is called: what it holds says its format.
    ///
    /// May block for as long as the disk does.
    /// - Parameters:
    ///   - path: The file.
    ///   - environment: Where `sqlite3` is looked for.
    ///   - takesPipes: Whether a pipe is waited for and read to its end.
    /// - Returns: What it holds.
    /// - Throws: ``ImportProblem``, or `CancellationError`.
    package static func read(
        _ path: String, environment: [String: String], takesPipes: Bool = false
    ) async throws -> ImportedFile {
        if let file = try readUnlessDatabase(path, takesPipes: takesPipes) { return file }
        return try await readDatabase(path, environment: environment)
    }

    /// Reads a file as `read` does; nil for a database, which takes a program to read.
    package static func readUnlessDatabase(
        _ path: String, takesPipes: Bool = false
    ) throws(ImportProblem) -> ImportedFile? {
        var status = stat()
        let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
        let isPipe = kind == S_IFIFO && takesPipes
        guard isPipe || kind == S_IFREG || kind == S_IFDIR else { throw .special }
        let bytes: [UInt8]
        do throws(FileSystemError) {
            if isPipe {
                bytes = try FileDescriptor(path, O_RDONLY).readToEnd(limit: maximumBytes)
            } else {
                if try AtomicFile.readHead(path, count: LLMDatabase.magic.count) == LLMDatabase.magic { return nil }
                bytes = try AtomicFile.read(path, limit: maximumBytes)
            }
        } catch {
            throw error.errorNumber == EFBIG ? .tooLarge(limit: maximumBytes) : .unreadable(error)
        }
        if isPipe { return try read(bytes) }
        return try read(bytes, name: name(of: path), modified: Timestamp(modified: status))
    }

    /// Reads a database; waits for the program without holding a thread.
    package static func readDatabase(_ path: String, environment: [String: String]) async throws -> ImportedFile {
        try await LLMDatabase.read(path, environment: environment)
    }

    /// Reads what a file holds, but for a database.
    /// - Parameters:
    ///   - bytes: Its bytes.
    ///   - name: What it is called, without folders; for formats whose sessions have no other name.
    ///   - modified: When it was written, for formats whose sessions have no times.
    /// - Returns: What they come to.
    /// - Throws: ``ImportProblem``.
    package static func read(
        _ bytes: [UInt8], name: String? = nil, modified: Timestamp? = nil
    ) throws(ImportProblem) -> ImportedFile {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if bytes.starts(with: LLMDatabase.magic) { throw .databaseWithoutFile }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw .archive }
        if bytes.count > maximumBytes { throw .tooLarge(limit: maximumBytes) }
        switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case UInt8(ascii: "{")?: return try object(bytes, modified: modified)
        case UInt8(ascii: "[")?: return try array(json(bytes).arrayValue ?? [], bytes, name: name, modified: modified)
        case nil: throw .unknownFormat
        default:
            guard AichatSession.isLikely(bytes) else { throw .unknownFormat }
            var file = ImportedFile(.aichat)
            let session = try AichatSession(bytes)
            file.add(name ?? "aichat", title: name) { () throws(ImportProblem) in
                try session.conversation(fileName: name, modified: modified, digest: ImportOrigin.digest(bytes))
            }
            return file
        }
    }

    private static func json(_ bytes: [UInt8]) throws(ImportProblem) -> JSONValue {
        do { return try JSONValue(parsing: bytes, maximumValues: maximumValues) } catch {
            throw .syntax(error.description)
        }
    }

    private static func object(_ bytes: [UInt8], modified: Timestamp?) throws(ImportProblem) -> ImportedFile {
        let object = try json(bytes).objectValue ?? [:]
        if object["mapping"]?.objectValue != nil { return try openAI([.object(object)], modified: modified) }
        if object["format"]?.intValue != nil { return try session(bytes) }
        guard let messages = object["messages"]?.arrayValue else { throw .unknownFormat }
        return try chat(.messages, messages, request: object, bytes, name: nil, modified: modified)
    }

    private static func array(
        _ elements: [JSONValue], _ bytes: [UInt8], name: String?, modified: Timestamp?
    ) throws(ImportProblem) -> ImportedFile {
        if elements.contains(where: { $0["mapping"]?.objectValue != nil }) {
            return try openAI(elements, modified: modified)
        }
        guard elements.first?["role"]?.stringValue != nil else { throw .unknownFormat }
        // shell_gpt's caches are arrays, too; each begins with the role, whose text begins with its name
        // (sgpt/role.py: "You are {name}\n{role}").
        let first = elements[0]["content"]?.stringValue ?? ""
        let isShellGPT =
            elements[0]["role"]?.stringValue == "system" && first.utf8.starts(with: "You are ".utf8)
            && first.utf8.contains(UInt8(ascii: "\n"))
        return try chat(
            isShellGPT ? .shellGPT : .messages, elements, request: [:], bytes, name: isShellGPT ? name : nil,
            modified: modified)
    }

    // MARK: Formats

    private static func session(_ bytes: [UInt8]) throws(ImportProblem) -> ImportedFile {
        var file = ImportedFile(.banter)
        let session: Session
        do { session = try SessionFile.decode(bytes) } catch {
            switch error {
            case .newerFormat(let format): throw .newerFormat(format)
            case .damaged(let reason): throw .damaged(reason)
            }
        }
        file.add(session.id.text, title: session.displayTitle) {
            let origin = ImportOrigin(.banter, id: session.id.text, version: ImportOrigin.digest(bytes))
            return ImportedConversation(session: session, origin: origin)
        }
        return file
    }

    private static func chat(
        _ format: Format, _ elements: [JSONValue], request: JSONObject, _ bytes: [UInt8], name: String?,
        modified: Timestamp?
    ) throws(ImportProblem) -> ImportedFile {
        if elements.count > maximumMessages { throw .tooManyMessages(limit: maximumMessages) }
        var messages: [ChatCompletionRequestMessage] = []
        for (index, element) in elements.enumerated() {
            guard let message = ChatCompletionRequestMessage(imported: element) else {
                throw .damaged("message \(index + 1) has no role, or content that the API doesn't know")
            }
            messages.append(message)
        }
        var file = ImportedFile(format)
        file.add(name ?? format.rawValue, title: name) {
            let origin = ImportOrigin(format, id: ImportOrigin.digest(bytes))
            var session = Session(importedFrom: origin, created: modified, updated: modified, title: name)
            session.messages = messages
            session.model = request["model"]?.stringValue
            return ImportedConversation(session: session, origin: origin)
        }
        return file
    }

    private static func openAI(
        _ conversations: [JSONValue], modified: Timestamp?
    ) throws(ImportProblem) -> ImportedFile {
        if conversations.count > maximumConversations { throw .tooManyConversations(limit: maximumConversations) }
        var file = ImportedFile(.openAI)
        for (index, value) in conversations.enumerated() {
            let title = value["title"]?.stringValue
            file.add("conversation \(index + 1)", title: title) { () throws(ImportProblem) in
                guard let object = value.objectValue, let mapping = object["mapping"]?.objectValue else {
                    throw .damaged("it has no \"mapping\"")
                }
                return try OpenAIConversation(object, mapping).imported(modified: modified)
            }
        }
        return file
    }

    private static func name(of path: String) -> String? {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
    }
}

extension ChatCompletionRequestMessage {
    private static let roles: Set<String> = ["system", "developer", "user", "assistant", "tool", "function"]

    /// A message of the API that somebody else has written; nil if it isn't one that can be sent.
    init?(imported value: JSONValue) {
        guard var fields = value.objectValue, let role = fields["role"]?.stringValue, Self.roles.contains(role) else {
            return nil
        }
        switch fields["content"] {
        case .string?: break
        case .null?:
            // Only an assistant may have no content; others have said nothing.
            if role != "assistant" { fields["content"] = "" }
        case nil:
            guard role == "assistant" else { return nil }
        case .array(let parts)?:
            guard parts.allSatisfy({ $0["type"]?.stringValue != nil }) else { return nil }
        default: return nil
        }
        self.init(fields: fields)
    }
}

extension Session {
    /// A session that somebody else's conversation becomes, without its messages.
    /// - Parameters:
    ///   - origin: Where it comes from.
    ///   - created: When it began; now if the source doesn't say.
    ///   - updated: When it last changed; when it began if the source doesn't say.
    ///   - title: Its title there.
    init(importedFrom origin: ImportOrigin, created: Timestamp?, updated: Timestamp?, title: String?) {
        let created = created ?? Timestamp()
        let id = SessionID(date: created, suffix: UInt16.random(in: .min ... .max))
        self.init(id: id, created: created, updated: max(updated ?? created, created))
        let line = title.map(SessionDocument.line) ?? ""
        self.title = line.isEmpty ? nil : line
        note(origin)
    }

    /// Keeps where the session comes from in its file, before the messages, where it is found without reading them.
    mutating func note(_ origin: ImportOrigin) {
        if layout.isEmpty {
            for key in ["format", "id", "title", "created", "updated", "provider", "model"] { layout[key] = .null }
        }
        // A file of ours has its order already.
        let fields = layout.filter { $0.0 != ImportOrigin.key }
        let place = fields.firstIndex { $0.0 == "messages" } ?? fields.count
        layout = JSONObject(fields[..<place] + [(ImportOrigin.key, origin.json)] + fields[place...])
    }
}

extension Timestamp {
    /// A time of another program, as seconds since 1970; nil unless it lies before the year 10000.
    init?(imported seconds: Double?) {
        guard let seconds else { return nil }
        // First, as what lies just before the year 10000 may not any more then.
        let rounded = (seconds * 1000).rounded() / 1000
        guard (0..<253_402_300_800).contains(rounded) else { return nil }
        self.init(secondsSinceEpoch: rounded)
    }

    /// When a file was written: now, if its clock is ahead.
    fileprivate init?(modified status: stat) {
        guard let time = Timestamp(imported: Double(status.st_mtim.tv_sec)) else { return nil }
        self = min(time, Timestamp())
    }
}
