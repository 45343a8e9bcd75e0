/// The format that an answer must have.
public struct ResponseFormat: WireObject {
    /// Every field of the format, known or not, in its order.
    public var fields: JSONObject
    /// A format with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Text, as without a format.
    public static let text = ResponseFormat(fields: ["type": Kind.text.json])

    /// Some JSON object; the messages must ask for JSON too.
    ///
    /// `jsonSchema` is better where the model supports it.
    public static let jsonObject = ResponseFormat(fields: ["type": Kind.jsonObject.json])

    /// JSON after a schema.
    /// - Parameters:
    ///   - name: The name of the format: letters, digits, `_` and `-`, at most 64 of them.
    ///   - description: What the format is for, by which the model decides how to answer in it.
    ///   - schema: The JSON schema.
    ///   - strict: Whether the answer must follow the schema exactly, which supports only part of JSON schema; false when nil.
    /// - Returns: A format.
    public static func jsonSchema(
        name: String, description: String? = nil, schema: JSONObject? = nil, strict: Bool? = nil
    ) -> Self {
        var format = JSONSchema(fields: ["name": name.json])
        format.description = description
        format.schema = schema
        format.strict = strict
        return Self(fields: ["type": Kind.jsonSchema.json, "json_schema": format.json])
    }

    /// The kind of format; required.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The schema of a `json_schema` format.
    public var jsonSchema: JSONSchema? {
        get { self["json_schema"] }
        set { self["json_schema"] = newValue }
    }

    /// What kind of format it is.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Text.
        public static let text = Kind(rawValue: "text")
        /// Some JSON object.
        public static let jsonObject = Kind(rawValue: "json_object")
        /// JSON after a schema.
        public static let jsonSchema = Kind(rawValue: "json_schema")
    }

    /// A schema for answers.
    public struct JSONSchema: WireObject {
        /// Every field of the schema, known or not, in its order.
        public var fields: JSONObject
        /// A schema with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// The name of the format: letters, digits, `_` and `-`, at most 64 of them; required.
        public var name: String? {
            get { self["name"] }
            set { self["name"] = newValue }
        }
        /// What the format is for, by which the model decides how to answer in it.
        public var description: String? {
            get { self["description"] }
            set { self["description"] = newValue }
        }
        /// The JSON schema.
        public var schema: JSONObject? {
            get { self["schema"] }
            set { self["schema"] = newValue }
        }
        /// Whether the answer must follow the schema exactly; false unless set.
        public var strict: Bool? {
            get { self["strict"] }
            set { self["strict"] = newValue }
        }
    }
}

/// A text that an answer will mostly repeat, as when a file is rewritten with small changes.
public struct PredictionContent: WireObject {
    /// Every field of the prediction, known or not, in its order.
    public var fields: JSONObject
    /// A prediction with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A prediction of a text, or of text parts.
    public static func content(_ content: MessageContent) -> Self {
        Self(fields: ["type": Kind.content.json, "content": content.json])
    }

    /// Always `content`; required.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The text, or text parts; at least one; required.
    public var content: MessageContent? {
        get { self["content"] }
        set { self["content"] = newValue }
    }

    /// What kind of prediction it is.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A text that the answer will be like.
        public static let content = Kind(rawValue: "content")
    }
}
