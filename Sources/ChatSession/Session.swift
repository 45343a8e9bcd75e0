public import ChatApi

/// A conversation that outlives the process.
///
/// `messages` is what is sent, system message included, unless a view stands for the oldest of them; everything else is about it. How a
/// session rests on disk is `SessionFile`'s business.
public struct Session: Hashable, Sendable {
    /// What the session is called in files and on command lines.
    public internal(set) var id: SessionID
    /// What people call it: the first words that were saved of it, until it is renamed.
    public var title: String?
    /// When the session began.
    public internal(set) var created: Timestamp
    /// When it last changed.
    public var updated: Timestamp
    /// The provider that answered last.
    public var provider: String?
    /// The model that is asked, by the provider's name for it.
    public var model: String?
    /// Request parameters of this session, by their names in the API: `temperature`, `max_tokens`, ….
    public var parameters: JSONObject
    /// The conversation.
    public var messages: [ChatCompletionRequestMessage]
    /// What is known of each answer, in order.
    public var turns: [TurnRecord]
    /// What left the conversation by retry, undo or edit, or was left for another branch.
    public internal(set) var branches: [Branch]
    /// What is sent instead of the oldest turns; nil if all is sent.
    public var view: ContextView?
    /// The id of the session that this one was forked from.
    public var forkedFrom: String?
    /// The fields of the file in their order, with the values of those that this version doesn't know; they survive a save.
    var layout: JSONObject

    /// A session that begins now.
    public init(provider: String? = nil, model: String? = nil, parameters: JSONObject = [:], system: String? = nil) {
        let now = Timestamp()
        self.init(id: SessionID(), created: now, updated: now)
        self.provider = provider
        self.model = model
        self.parameters = parameters
        self.system = system
    }

    init(id: SessionID, created: Timestamp, updated: Timestamp) {
        self.id = id
        self.created = created
        self.updated = updated
        parameters = [:]
        messages = []
        turns = []
        branches = []
        layout = [:]
    }

    /// Whether nothing was ever said, a system prompt apart: in the conversation or in what has left it.
    public var isEmpty: Bool { !hasTurns && branches.isEmpty }

    /// Whether there is anything in the conversation, a system prompt apart.
    public var hasTurns: Bool { messages.contains { $0.role == .user || $0.role == .assistant } }

    /// The system prompt: the text of the first message, if that is a system or developer message.
    ///
    /// Setting nil removes it.
    public var system: String? {
        get { systemMessage?.content?.text }
        set {
            let message = newValue.map {
                ChatCompletionRequestMessage(role: systemMessage?.role ?? .system, content: .text($0))
            }
            if systemMessage != nil {
                messages.replaceSubrange(0..<1, with: message.map { [$0] } ?? [])
                // Turns count messages, so they move with them.
                if message == nil { shiftPlaces(by: -1) }
            } else if let message {
                messages.insert(message, at: 0)
                shiftPlaces(by: 1)
            }
        }
    }

    private var systemMessage: ChatCompletionRequestMessage? {
        messages.first.flatMap { $0.role == .system || $0.role == .developer ? $0 : nil }
    }

    private mutating func shiftPlaces(by offset: Int) {
        for index in turns.indices { turns[index].message &+= offset }
        let branches = branchesWithSameBeginning
        for index in self.branches.indices where branches.contains(self.branches[index].id) {
            self.branches[index].shift(by: offset)
        }
        view?.messageCount += offset
    }

    /// What to call the session in a list: its title, or the first words of its first message.
    public var displayTitle: String {
        title ?? messages.first { $0.role == .user }.flatMap(\.content?.typed).map(Self.title(from:)) ?? ""
    }

    /// The first words of a text, on one line and at most 60 characters.
    ///
    /// Characters are counted as Unicode scalars, as one that the reader sees may be made of a million of them.
    package static func title(from text: String) -> String {
        let words = text.unicodeScalars.prefix(400).split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        var title = String.UnicodeScalarView()
        for word in words {
            guard title.isEmpty || title.count + 1 + word.count <= 60 else { break }
            if !title.isEmpty { title.append(" ") }
            title.append(contentsOf: word.prefix(60))
        }
        return String(title)
    }
}
