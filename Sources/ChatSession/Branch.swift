public import ChatApi

/// What left a conversation by retry, undo or edit, or was left for another branch: the end of a line of messages, kept in the
/// session's file.
///
/// A branch hangs on the conversation or on another branch, and shares the beginning of its line.
public struct Branch: Hashable, Sendable, Identifiable {
    /// Why messages left the conversation; files may hold others than these.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// The word that the file has.
        public let rawValue: String
        /// The reason that a file gives in a word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Another answer was asked for.
        public static let retry = Reason(rawValue: "retry")
        /// Turns were taken back.
        public static let undo = Reason(rawValue: "undo")
        /// A message was written anew.
        public static let edit = Reason(rawValue: "edit")
        /// Another branch became the conversation.
        public static let branch = Reason(rawValue: "branch")
        /// The journal of a process that was cut off held an answer that fits nowhere else.
        public static let recovered = Reason(rawValue: "recovered")
        /// The conversation was imported with it.
        public static let imported = Reason(rawValue: "import")
    }

    /// What the session calls it; people type it.
    public let id: Int
    /// The branch whose line it leaves; nil for the line of the conversation.
    public internal(set) var parent: Int?
    /// How many messages of its parent's whole line it shares.
    public internal(set) var start: Int
    /// Why it left.
    public internal(set) var reason: Reason
    /// When it left; nil if the file doesn't say.
    public internal(set) var created: Timestamp?
    /// Its own messages, behind those that it shares.
    public internal(set) var messages: [ChatCompletionRequestMessage]
    /// What is known of its answers; `message` counts along its whole line.
    public internal(set) var turns: [TurnRecord]
    /// What was sent instead of the oldest turns of its line; nil if that is what is sent for the line that it leaves.
    package internal(set) var view: ContextView?
    /// The fields of the file in their order, with the values of those that this version doesn't know.
    private var layout: JSONObject = [:]

    /// A branch that leaves a line now.
    ///
    /// - Parameters:
    ///   - id: A number that no other branch of the session has.
    ///   - parent: The branch whose line it leaves; nil for the conversation's.
    ///   - start: How many messages of that line it shares.
    ///   - reason: Why it leaves.
    ///   - created: When.
    ///   - messages: Its own messages.
    ///   - turns: What is known of its answers.
    public init(
        id: Int, parent: Int? = nil, start: Int, reason: Reason, created: Timestamp? = Timestamp(),
        messages: [ChatCompletionRequestMessage], turns: [TurnRecord] = []
    ) {
        self.id = id
        self.parent = parent
        self.start = start
        self.reason = reason
        self.created = created
        self.messages = messages
        self.turns = turns
    }

    /// Moves with messages that come or go at the beginning of its line.
    mutating func shift(by offset: Int) {
        start = max(start + offset, 0)
        for index in turns.indices { turns[index].message &+= offset }
        view?.messageCount += offset
    }

    // MARK: In the file

    /// The numbers that a file may give; others would overflow sooner or later.
    static let numbers = 1...1_000_000_000

    /// A branch as a file has it; nil if it isn't one, whatever is missing.
    /// - Parameters:
    ///   - value: What the file holds.
    ///   - id: The number that it gets, if it has none that is free.
    ///   - taken: The numbers of other branches.
    init?(_ value: JSONValue, id: Int, taken: Set<Int>) {
        guard let fields = value.objectValue else { return nil }
        let known = fields["id"]?.intValue.flatMap { Self.numbers.contains($0) && !taken.contains($0) ? $0 : nil }
        let start = min(max(fields["at"]?.intValue ?? 0, 0), Self.numbers.upperBound)
        self.init(
            id: known ?? id, parent: fields["from"]?.intValue, start: start,
            reason: Reason(rawValue: fields["reason"]?.stringValue ?? ""),
            created: fields["created"]?.stringValue.flatMap { Timestamp($0) }, messages: [])
        for message in fields["messages"]?.arrayValue ?? [] {
            guard let message = ChatCompletionRequestMessage(inFile: message) else { return nil }
            messages.append(message)
        }
        for turn in fields["turns"]?.arrayValue ?? [] {
            guard let turn = TurnRecord(inFile: turn) else { return nil }
            turns.append(turn)
        }
        view = fields["view"].flatMap { ContextView($0) }
        layout = fields
        for key in ["messages", "turns"] where fields[key] != nil { layout[key] = .null }
        if let view {
            layout["view"] = .null
            // It would stand for messages that are yet to be written.
            if view.messageCount - start > messages.count { self.view = nil }
        }
    }

    /// The branch as it stands in the file.
    var json: JSONValue {
        var object = layout
        object["id"] = .number(JSONNumber(id))
        object["from"] = parent.map { .number(JSONNumber($0)) } ?? .null
        object["at"] = .number(JSONNumber(start))
        object["reason"] = .string(reason.rawValue)
        if let created { object["created"] = .string(created.text) }
        object["messages"] = .array(messages.map { .object($0.fields) })
        object["turns"] = .array(turns.map(\.json))
        if let view { object["view"] = view.json }
        return .object(object)
    }
}

extension ChatCompletionRequestMessage {
    /// So deep a message may nest that it can be read again wherever in a file it moves, such as into a branch.
    private static let maximumDepth = JSONValue.maximumDepth - 8

    /// A message as a session's file has it; nil if it is no object, has no role or nests too deep.
    init?(inFile value: JSONValue) {
        guard let fields = value.objectValue, fields["role"]?.stringValue != nil,
            !value.nests(deeperThan: Self.maximumDepth)
        else { return nil }
        self.init(fields: fields)
    }
}

extension TurnRecord {
    /// A record as a session's file has it; nil if it doesn't say which message it is about.
    init?(inFile value: JSONValue) {
        guard var fields = value.objectValue, let message = fields["message"]?.intValue else { return nil }
        fields["message"] = nil
        self.init(message: message, fields: fields)
    }
}
