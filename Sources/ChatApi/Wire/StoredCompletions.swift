/// A page of a list; ask for the next with the id of its last element as `after`.
public struct ListPage<Element: WireObject>: WireObject {
    /// Every field of the page, known or not, in its order.
    public var fields: JSONObject
    /// A page with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// `list`.
    public var object: String? {
        get { self["object"] }
        set { self["object"] = newValue }
    }
    /// The elements, in the order that was asked for.
    public var data: [Element] {
        get { self[elements: "data"] }
        set { self[elements: "data"] = newValue }
    }
    /// The id of the first element.
    public var firstID: String? {
        get { self["first_id"] }
        set { self["first_id"] = newValue }
    }
    /// The id of the last element.
    public var lastID: String? {
        get { self["last_id"] }
        set { self["last_id"] = newValue }
    }
    /// Whether there are elements after the last.
    public var hasMore: Bool? {
        get { self["has_more"] }
        set { self["has_more"] = newValue }
    }
}

/// A page of stored completions.
public typealias ChatCompletionList = ListPage<CreateChatCompletionResponse>

/// A page of the messages that a stored completion was asked with.
public typealias ChatCompletionMessageList = ListPage<ChatCompletionStoreMessage>

/// A message that a stored completion was asked with.
public struct ChatCompletionStoreMessage: WireObject {
    /// Every field of the message, known or not, in its order.
    public var fields: JSONObject
    /// A message with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The id of the message in the store.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// The parts of the content, where it was sent in parts.
    public var contentParts: [ChatCompletionContentPart]? {
        get { self["content_parts"] }
        set { self["content_parts"] = newValue }
    }
    /// The message without what the store added to it, ready to be sent again.
    public var requestMessage: ChatCompletionRequestMessage {
        var fields = fields
        fields["id"] = nil
        fields["content_parts"] = nil
        if let contentParts { fields["content"] = contentParts.json }
        return ChatCompletionRequestMessage(fields: fields)
    }
}

/// The answer to the deletion of a stored completion.
public struct ChatCompletionDeleted: WireObject {
    /// Every field of the answer, known or not, in its order.
    public var fields: JSONObject
    /// An answer with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// `chat.completion.deleted`.
    public var object: String? {
        get { self["object"] }
        set { self["object"] = newValue }
    }
    /// The id of the completion.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// Whether it is gone.
    public var deleted: Bool? {
        get { self["deleted"] }
        set { self["deleted"] = newValue }
    }
}

/// In which order a list comes.
public struct ListOrder: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The oldest first; the default.
    public static let ascending = ListOrder(rawValue: "asc")
    /// The newest first.
    public static let descending = ListOrder(rawValue: "desc")
}
