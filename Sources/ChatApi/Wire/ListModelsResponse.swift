/// The models of a server.
public struct ListModelsResponse: WireObject {
    /// Every field of the answer, known or not, in its order.
    public var fields: JSONObject
    /// An answer with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Reads the object of the specification, or the bare array that some servers send.
    public init?(json: JSONValue) {
        switch json {
        case .object(let fields): self.fields = fields
        case .array: fields = ["data": json]
        default: return nil
        }
    }

    /// Always `list`.
    public var object: ObjectType? {
        get { self["object"] }
        set { self["object"] = newValue }
    }
    /// The models; empty where the server says null, as Ollama does when it has none.
    public var data: [Model] {
        get { self[elements: "data"] }
        set { self[elements: "data"] = newValue }
    }
}

/// A model of a server.
public struct Model: WireObject {
    /// Every field of the model, known or not, in its order.
    public var fields: JSONObject
    /// A model with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The name to ask for; `model_id` and `name` are read where a server has no `id`.
    public var id: String? {
        get { self["id"] ?? self["model_id"] ?? self["name"] }
        set { self["id"] = newValue }
    }
    /// Always `model`.
    public var object: ObjectType? {
        get { self["object"] }
        set { self["object"] = newValue }
    }
    /// When it was made, in seconds since 1970; 0 from servers that don't know.
    public var created: Int? {
        get { self["created"] }
        set { self["created"] = newValue }
    }
    /// The organization that owns it.
    public var ownedBy: String? {
        get { self["owned_by"] }
        set { self["owned_by"] = newValue }
    }
    /// The day on which it will be shut down (`YYYY-MM-DD`), if that is known.
    public var shutdownDate: String? {
        get { self["shutdown_date"] }
        set { self["shutdown_date"] = newValue }
    }
}
