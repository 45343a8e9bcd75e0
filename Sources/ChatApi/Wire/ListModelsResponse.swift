/// The models of a server.
public struct ListModelsResponse: WireObject {
    /// Every field of the answer, known or not.
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

    /// The models; empty where the server says null, as Ollama does when it has none.
    public var data: [Model] {
        get { self[elements: "data"] }
        set { self[elements: "data"] = newValue }
    }
}

/// A model of a server.
public struct Model: WireObject {
    /// Every field of the model, known or not.
    public var fields: JSONObject
    /// A model with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The name to ask for; `model_id` and `name` are read where a server has no `id`.
    public var id: String? { self["id"] ?? self["model_id"] ?? self["name"] }
    /// When it was made, in seconds since 1970; 0 from servers that don't know.
    public var created: Int? { self["created"] }
    /// The organization that owns it.
    public var ownedBy: String? { self["owned_by"] }
}
