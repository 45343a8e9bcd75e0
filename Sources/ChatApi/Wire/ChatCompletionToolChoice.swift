/// Which tool is called, if any (`ChatCompletionToolChoiceOption` in the specification).
public enum ChatCompletionToolChoice: Hashable, WireValue {
    /// What the model may do.
    case mode(ToolChoiceMode)
    /// The tool or tools that it may call.
    case tool(ChatCompletionNamedToolChoice)

    /// No tool: the model writes a message.
    public static let none = ChatCompletionToolChoice.mode(.none)
    /// The model decides.
    public static let auto = ChatCompletionToolChoice.mode(.auto)
    /// One tool or more, whichever.
    public static let required = ChatCompletionToolChoice.mode(.required)

    /// This function.
    public static func function(_ name: String) -> Self {
        .tool(ChatCompletionNamedToolChoice(fields: ["type": ToolType.function.json, "function": ["name": name.json]]))
    }

    /// This custom tool.
    public static func custom(_ name: String) -> Self {
        .tool(ChatCompletionNamedToolChoice(fields: ["type": ToolType.custom.json, "custom": ["name": name.json]]))
    }

    /// Only some of the request's tools.
    /// - Parameters:
    ///   - mode: Whether one of them must be called (`required`) or may be (`auto`).
    ///   - tools: The tools, by type and name: `.function(name: "f")`.
    /// - Returns: A choice.
    public static func allowedTools(_ mode: ToolChoiceMode, _ tools: [ChatCompletionTool]) -> Self {
        let allowed: JSONObject = ["mode": mode.json, "tools": tools.json]
        return .tool(
            ChatCompletionNamedToolChoice(fields: [
                "type": ToolType.allowedTools.json, "allowed_tools": .object(allowed),
            ]))
    }

    /// Reads a string or an object.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .mode(ToolChoiceMode(rawValue: text))
        case .object(let fields): self = .tool(ChatCompletionNamedToolChoice(fields: fields))
        default: return nil
        }
    }

    /// The choice as JSON.
    public var json: JSONValue {
        switch self {
        case .mode(let mode): mode.json
        case .tool(let choice): choice.json
        }
    }
}

/// A choice of one tool, or of some.
public struct ChatCompletionNamedToolChoice: WireObject {
    /// Every field of the choice, known or not, in its order.
    public var fields: JSONObject
    /// A choice with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Whether it is a function, a custom tool or some tools; required.
    public var type: ToolType? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The function.
    public var function: ToolName? {
        get { self["function"] }
        set { self["function"] = newValue }
    }
    /// The custom tool.
    public var custom: ToolName? {
        get { self["custom"] }
        set { self["custom"] = newValue }
    }
    /// The tools that may be called.
    public var allowedTools: AllowedTools? {
        get { self["allowed_tools"] }
        set { self["allowed_tools"] = newValue }
    }

    /// The name of a tool.
    public struct ToolName: WireObject {
        /// Every field of the name, known or not, in its order.
        public var fields: JSONObject
        /// A name with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// The name; required.
        public var name: String? {
            get { self["name"] }
            set { self["name"] = newValue }
        }
    }

    /// Some of the request's tools.
    public struct AllowedTools: WireObject {
        /// Every field of the choice, known or not, in its order.
        public var fields: JSONObject
        /// A choice with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Whether one of them must be called (`required`) or may be (`auto`); required.
        public var mode: ToolChoiceMode? {
            get { self["mode"] }
            set { self["mode"] = newValue }
        }
        /// The tools, by type and name; required.
        public var tools: [ChatCompletionTool] {
            get { self[elements: "tools"] }
            set { self[elements: "tools"] = newValue }
        }
    }
}

/// What the model may do with tools.
public struct ToolChoiceMode: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Call none.
    public static let none = ToolChoiceMode(rawValue: "none")
    /// Call some, or write a message.
    public static let auto = ToolChoiceMode(rawValue: "auto")
    /// Call one or more.
    public static let required = ToolChoiceMode(rawValue: "required")
}

/// Which function is called, if any; deprecated with `functions`, as `ChatCompletionToolChoice` replaces it.
public enum ChatCompletionFunctionCallOption: Hashable, WireValue {
    /// `none` or `auto`.
    case mode(ToolChoiceMode)
    /// This function.
    case function(ChatCompletionNamedToolChoice.ToolName)

    /// No function: the model writes a message.
    public static let none = ChatCompletionFunctionCallOption.mode(.none)
    /// The model decides.
    public static let auto = ChatCompletionFunctionCallOption.mode(.auto)

    /// This function.
    public static func function(_ name: String) -> Self { .function(.init(fields: ["name": name.json])) }

    /// Reads a string or an object.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .mode(ToolChoiceMode(rawValue: text))
        case .object(let fields): self = .function(.init(fields: fields))
        default: return nil
        }
    }

    /// The choice as JSON.
    public var json: JSONValue {
        switch self {
        case .mode(let mode): mode.json
        case .function(let name): name.json
        }
    }
}
