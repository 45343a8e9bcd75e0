import ChatApi

/// The format in which a session rests on disk: format 1, one JSON object.
///
/// A later format gets a number of its own and a reader here; format 1 opens for ever. Keys that this version doesn't know are
/// kept where they were found.
enum SessionFile {
    static let format = 1

    private static let keys = [
        "format", "id", "title", "created", "updated", "provider", "model", "parameters",
        "messages", "turns", "branches", "forkedFrom",
    ]

    /// Why a file isn't a session that this version can open.
    enum Problem: Error, Equatable {
        case damaged(String)
        case newerFormat(Int)
    }

    /// The session as the text of its file: the fields in the order in which they were read, new ones behind them.
    static func encode(_ session: Session) -> [UInt8] {
        var text = SessionText()
        return Array(text.encode(session).joined())
    }

    /// The fields of the file, in their order, but for the elements of its arrays.
    static func fields(of session: Session) -> JSONObject {
        var file = session.layout
        file["format"] = .number(JSONNumber(format))
        file["id"] = .string(session.id.text)
        file["title"] = session.title.map(JSONValue.string) ?? .null
        file["created"] = .string(session.created.text)
        file["updated"] = .string(session.updated.text)
        file["provider"] = session.provider.map(JSONValue.string) ?? .null
        file["model"] = session.model.map(JSONValue.string) ?? .null
        file["parameters"] = .object(session.parameters)
        for key in ["messages", "turns", "branches"] where file[key] == nil { file[key] = .null }
        file["forkedFrom"] = session.forkedFrom.map(JSONValue.string) ?? .null
        if let view = session.view { file["view"] = view.json }
        return file
    }

    /// Reads the text of a session file.
    ///
    /// What isn't there, or null, may be missing; what is there must be of its kind, as a save would lose it otherwise.
    /// - Parameters:
    ///   - bytes: The text.
    ///   - name: The id that the file's name says; it counts, as a copied file still holds the id of the original.
    /// - Returns: The session.
    /// - Throws: `Problem`.
    static func decode(_ bytes: [UInt8], name: SessionID? = nil) throws(Problem) -> Session {
        try read(bytes, name: name).session
    }

    /// Reads the text of a session file as `decode` does, and keeps it for the next save.
    static func read(
        _ bytes: [UInt8], name: SessionID? = nil
    ) throws(Problem) -> (session: Session, text: SessionText) {
        let check = TextCheck(bytes)
        // The parser would replace them, and the next save would lose what they were.
        if check == .invalid { throw .damaged("it holds bytes that are no UTF-8 text") }
        let reading: JSONValue.Reading
        do { reading = try JSONValue.reading(utf8: bytes) } catch { throw .damaged(error.description) }
        let session = try session(reading.value, name: name)
        return (session, check == .clean ? SessionText(session, in: bytes, reading) : SessionText())
    }

    private static func session(_ value: JSONValue, name: SessionID?) throws(Problem) -> Session {
        guard var file = value.objectValue else { throw .damaged("it holds \(value.kind), not an object") }
        let format = file["format"]?.intValue ?? 0
        if format > Self.format { throw .newerFormat(format) }
        guard format == Self.format else { throw .damaged("it has no \"format\" that Banter knows") }
        guard let id = name ?? file["id"]?.stringValue.flatMap({ SessionID($0) }) else {
            throw .damaged("it has no session \"id\"")
        }
        guard file["messages"] != nil else { throw .damaged("it has no \"messages\"") }

        let created = try time("created", in: file) ?? id.created
        var session = Session(id: id, created: created, updated: try time("updated", in: file) ?? created)
        session.title = try field("title", in: file, "a string", \.stringValue)
        session.provider = try field("provider", in: file, "a string", \.stringValue)
        session.model = try field("model", in: file, "a string", \.stringValue)
        session.parameters = try field("parameters", in: file, "an object", \.objectValue) ?? [:]
        for (index, message) in (try field("messages", in: file, "an array", \.arrayValue) ?? []).enumerated() {
            guard let message = ChatCompletionRequestMessage(inFile: message) else {
                throw .damaged("message \(index) \(message["role"] == nil ? "has no \"role\"" : "nests too deep")")
            }
            session.messages.append(message)
        }
        for (index, turn) in (try field("turns", in: file, "an array", \.arrayValue) ?? []).enumerated() {
            guard let turn = TurnRecord(inFile: turn) else { throw .damaged("turn \(index) has no number \"message\"") }
            session.turns.append(turn)
        }
        let (branches, others) = branches(try field("branches", in: file, "an array", \.arrayValue) ?? [])
        session.branches = branches
        session.forkedFrom = try field("forkedFrom", in: file, "a string", \.stringValue)
        // The places stay, the values are in the session now.
        for key in keys where file[key] != nil { file[key] = .null }
        if let view = file["view"].flatMap({ ContextView($0) }) {
            file["view"] = .null
            // It would stand for messages that are yet to be written.
            if view.messageCount <= session.messages.count { session.view = view }
        }
        if !others.isEmpty { file["branches"] = .array(others) }
        session.layout = file
        return session
    }

    /// The branches of a file, and what can't be read as one.
    private static func branches(_ values: [JSONValue]) -> (branches: [Branch], others: [JSONValue]) {
        var next =
            (values.compactMap { $0.objectValue?["id"]?.intValue }.filter(Branch.numbers.contains).max() ?? 0) + 1
        var taken: Set<Int> = []
        var branches: [Branch] = []
        var others: [JSONValue] = []
        for value in values {
            guard let branch = Branch(value, id: next, taken: taken) else {
                others.append(value)
                continue
            }
            next = max(next, branch.id + 1)
            taken.insert(branch.id)
            branches.append(branch)
        }
        return (branches, others)
    }

    private static func field<Value>(
        _ key: String, in file: JSONObject, _ kind: String, _ value: (JSONValue) -> Value?
    ) throws(Problem) -> Value? {
        guard let field = file[key], !field.isNull else { return nil }
        guard let value = value(field) else { throw .damaged("\"\(key)\" is not \(kind)") }
        return value
    }

    private static func time(_ key: String, in file: JSONObject) throws(Problem) -> Timestamp? {
        try field(key, in: file, "a time like 2026-11-22T16:50:54.123Z") { $0.stringValue.flatMap { Timestamp($0) } }
    }
}
