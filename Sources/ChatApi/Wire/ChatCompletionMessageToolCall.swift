/// A call of a tool by the model.
public struct ChatCompletionMessageToolCall: WireObject {
    /// Every field of the call, known or not, in its order.
    public var fields: JSONObject
    /// A call with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A call of a function.
    /// - Parameters:
    ///   - id: The id that the `tool` message with the result must name.
    ///   - name: The name of the function.
    ///   - arguments: What it is called with, as JSON text.
    /// - Returns: A call.
    public static func function(id: String, name: String, arguments: String) -> Self {
        let function = ChatCompletionFunctionCall(name: name, arguments: arguments)
        return Self(fields: ["id": id.json, "type": ToolType.function.json, "function": function.json])
    }

    /// A call of a custom tool.
    /// - Parameters:
    ///   - id: The id that the `tool` message with the result must name.
    ///   - name: The name of the tool.
    ///   - input: What it is called with.
    /// - Returns: A call.
    public static func custom(id: String, name: String, input: String) -> Self {
        let custom: JSONObject = ["name": name.json, "input": input.json]
        return Self(fields: ["id": id.json, "type": ToolType.custom.json, "custom": .object(custom)])
    }

    /// The id that the `tool` message with the result must name.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// Whether a function or a custom tool is called.
    public var type: ToolType? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The function, and what it is called with.
    public var function: ChatCompletionFunctionCall? {
        get { self["function"] }
        set { self["function"] = newValue }
    }
    /// The custom tool, and what it is called with.
    public var custom: ChatCompletionCustomToolCall? {
        get { self["custom"] }
        set { self["custom"] = newValue }
    }

    /// The name of the function or custom tool.
    public var name: String? { function?.name ?? custom?.name }
    /// What the function is called with, JSON if the model kept to it; the input of a custom tool.
    public var arguments: String? { function?.arguments ?? custom?.input }
}

/// A function, and what it is called with; in a chunk a fragment of that.
public struct ChatCompletionFunctionCall: WireObject {
    /// Every field of the call, known or not, in its order.
    public var fields: JSONObject
    /// A call with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A call of a function with arguments as JSON text.
    public init(name: String, arguments: String) { fields = ["name": name.json, "arguments": arguments.json] }

    /// The name of the function.
    public var name: String? {
        get { self["name"] }
        set { self["name"] = newValue }
    }
    /// What it is called with, as text that should be JSON.
    ///
    /// The model may write invalid JSON, or arguments that the function doesn't have: check them before use.
    public var arguments: String? {
        get { self["arguments"] }
        set { self["arguments"] = newValue }
    }
}

/// A custom tool, and what it is called with.
public struct ChatCompletionCustomToolCall: WireObject {
    /// Every field of the call, known or not, in its order.
    public var fields: JSONObject
    /// A call with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The name of the tool.
    public var name: String? {
        get { self["name"] }
        set { self["name"] = newValue }
    }
    /// What it is called with, as the model wrote it.
    public var input: String? {
        get { self["input"] }
        set { self["input"] = newValue }
    }
}

/// A fragment of a tool call.
public struct ChatCompletionMessageToolCallChunk: WireObject {
    /// Every field of the fragment, known or not, in its order.
    public var fields: JSONObject
    /// A fragment with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Which of the calls; real servers leave it out, count from 1, or send 0 for several calls.
    public var index: Int? {
        get { self["index"] }
        set { self["index"] = newValue }
    }
    /// The id of the call, in its first fragment at least.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// Whether a function or a custom tool is called.
    public var type: ToolType? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The name of the function, and a piece of the arguments.
    public var function: ChatCompletionFunctionCall? {
        get { self["function"] }
        set { self["function"] = newValue }
    }
    /// The name of the custom tool, and a piece of its input; not in the specification.
    public var custom: ChatCompletionCustomToolCall? {
        get { self["custom"] }
        set { self["custom"] = newValue }
    }
}

/// What kind of tool it is.
public struct ToolType: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A function with arguments in JSON.
    public static let function = ToolType(rawValue: "function")
    /// A tool whose input is a text.
    public static let custom = ToolType(rawValue: "custom")
    /// Of a tool choice: any of a list of tools.
    public static let allowedTools = ToolType(rawValue: "allowed_tools")
}
