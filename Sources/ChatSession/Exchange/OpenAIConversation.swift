import ChatApi

/// One conversation of ChatGPT's data export (`conversations.json`): a tree of nodes, of which one path is the conversation.
///
/// OpenAI doesn't document the format; this follows real exports and
/// `mitkury/chatgpt-export-parser/docs/chatgpt-data-export-format.md`. Nothing is taken for granted: nodes may lack their parent, name each other in
/// a circle, or hold no message.
struct OpenAIConversation {
    private struct Node {
        var parent: String?
        var hasChildren = false
        /// Whether something comes behind it that its thoughts belong to.
        var leadsToAnswer = false
        /// Where the node stands in the file.
        var order: Int
        var message: OpenAIMessage?
    }

    private let fields: JSONObject
    private var nodes: [String: Node] = [:]
    /// The nodes' names in their order in the file.
    private let names: [String]

    /// Where a node lies in the lines that are made: the branch it belongs to (nil: the conversation), and how many messages that branch's line has up
    /// to it, it included.
    private struct Place {
        var branch: Int?
        var count: Int
    }

    init(_ fields: JSONObject, _ mapping: JSONObject) throws(ImportProblem) {
        if mapping.count > ImportedFile.maximumMessages {
            throw .tooManyMessages(limit: ImportedFile.maximumMessages)
        }
        self.fields = fields
        names = mapping.keys
        for (order, (name, value)) in mapping.enumerated() {
            let parent = value["parent"]?.stringValue
            nodes[name] = Node(parent: parent, order: order, message: OpenAIMessage(value["message"]))
        }
        // Some tools write only the children.
        for (name, value) in mapping {
            for child in value["children"]?.arrayValue ?? [] {
                guard let child = child.stringValue, let node = nodes[child], node.parent == nil, child != name else {
                    continue
                }
                nodes[child]?.parent = name
            }
        }
        for node in Array(nodes.values) {
            guard let parent = node.parent else { continue }
            nodes[parent]?.hasChildren = true
            if node.message.map({ $0.isAnswer || $0.thoughts != nil }) == true { nodes[parent]?.leadsToAnswer = true }
        }
    }

    /// The conversation as a session: the current path, and every other end as a branch.
    ///
    /// `modified` is when the file was written, for a conversation without times.
    func imported(modified: Timestamp?) -> ImportedConversation {
        let id = fields["conversation_id"]?.stringValue ?? fields["id"]?.stringValue
        let updated = Timestamp(imported: fields["update_time"]?.doubleValue)
        let version = fields["update_time"].map(\.description)
        let origin = ImportOrigin(
            .openAI, id: id ?? ImportOrigin.digest(JSONValue.object(fields).serialized()), version: version)
        var session = Session(
            importedFrom: origin,
            created: Timestamp(imported: fields["create_time"]?.doubleValue) ?? updated ?? modified,
            updated: updated, title: fields["title"]?.stringValue)
        var places: [String: Place] = [:]
        let main = line(to: currentNode, until: places)
        take(main.nodes, into: &session, places: &places)
        // The ends of all other lines in their order; then what leads only around in circles.
        let ends = names.filter { nodes[$0]?.hasChildren == false } + names
        for end in ends where places[end] == nil {
            let (nodes, base) = line(to: end, until: places)
            branch(nodes, from: base.flatMap { places[$0] }, into: &session, places: &places)
        }
        // "auto" is no model, but that ChatGPT chose one.
        let models = session.turns.reversed().map(\.model) + [fields["default_model_slug"]?.stringValue]
        session.model = models.compactMap { $0 }.first { $0 != "auto" }
        return ImportedConversation(session: session, origin: origin)
    }

    /// The node where the conversation ends: the one that the file names, else the end that was written last.
    private var currentNode: String? {
        if let current = fields["current_node"]?.stringValue, nodes[current] != nil { return current }
        let ends = names.filter { nodes[$0]?.hasChildren == false }
        return ends.max { (nodes[$0]?.message?.created ?? 0) < (nodes[$1]?.message?.created ?? 0) } ?? names.last
    }

    /// The nodes that lead to one, from the first that lies in no line yet; and the one before that, if there is one.
    private func line(to end: String?, until places: [String: Place]) -> (nodes: [String], base: String?) {
        var line: [String] = []
        var seen: Set<String> = []
        var next = end
        while let name = next, let node = nodes[name] {
            if places[name] != nil { return (line.reversed(), name) }
            guard seen.insert(name).inserted else { break }
            line.append(name)
            next = node.parent
        }
        return (line.reversed(), nil)
    }

    private func take(_ line: [String], into session: inout Session, places: inout [String: Place]) {
        for name in line {
            if let message = message(name) {
                if let record = message.record(at: session.messages.count) { session.turns.append(record) }
                session.messages.append(message.message)
            }
            places[name] = Place(branch: nil, count: session.messages.count)
        }
    }

    private func branch(
        _ line: [String], from base: Place?, into session: inout Session, places: inout [String: Place]
    ) {
        let start = base?.count ?? 0
        let id = session.nextImportedBranchID
        var messages: [ChatCompletionRequestMessage] = []
        var turns: [TurnRecord] = []
        var created: Double?
        for name in line {
            if let message = message(name) {
                if let record = message.record(at: start + messages.count) { turns.append(record) }
                messages.append(message.message)
                created = nodes[name]?.message?.created ?? created
            }
            // What holds no message of its own belongs to the line that it hangs on.
            places[name] =
                messages.isEmpty
                ? Place(branch: base?.branch, count: start) : Place(branch: id, count: start + messages.count)
        }
        if messages.isEmpty { return }
        session.branches.append(
            Branch(
                id: id, parent: base?.branch, start: start, reason: .imported,
                created: Timestamp(imported: created), messages: messages, turns: turns))
    }

    /// A node's message as the API has it, with the thoughts that stand in the nodes before it.
    private func message(_ name: String) -> OpenAIMessage.Prepared? {
        guard let node = nodes[name], let message = node.message else { return nil }
        var thoughts: [String] = []
        var next = node.parent
        var steps = 0
        while message.isAnswer || message.thoughts != nil && !node.leadsToAnswer, steps < 100, let name = next,
            let before = nodes[name],
            let text = before.message?.thoughts
        {
            thoughts.insert(text, at: 0)
            next = before.parent
            steps += 1
        }
        if !node.leadsToAnswer, let own = message.thoughts { thoughts.append(own) }
        return message.prepared(after: thoughts.inParagraphs)
    }
}

extension Session {
    /// A number that no branch has; those of an import are numbered in order.
    fileprivate var nextImportedBranchID: Branch.ID { (branches.last?.id ?? 0) + 1 }
}
