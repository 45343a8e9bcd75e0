/// A tool that the model may call.
public struct ChatCompletionTool: WireObject {
    /// Every field of the tool, known or not, in its order.
    public var fields: JSONObject
    /// A tool with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A function.
    /// - Parameters:
    ///   - name: Its name: letters, digits, `_` and `-`, at most 64 of them.
    ///   - description: What it does, by which the model chooses when and how to call it.
    ///   - parameters: Its parameters as a JSON schema; none when nil.
    ///   - strict: Whether the arguments must follow the schema exactly; false when nil.
    /// - Returns: A tool.
    public static func function(
        name: String, description: String? = nil, parameters: JSONObject? = nil, strict: Bool? = nil
    ) -> Self {
        function(FunctionObject(name: name, description: description, parameters: parameters, strict: strict))
    }

    /// A function.
    public static func function(_ function: FunctionObject) -> Self {
        Self(fields: ["type": ToolType.function.json, "function": function.json])
    }

    /// A custom tool.
    /// - Parameters:
    ///   - name: Its name.
    ///   - description: What it does.
    ///   - format: What its input must look like; any text when nil.
    /// - Returns: A tool.
    public static func custom(name: String, description: String? = nil, format: CustomTool.Format? = nil) -> Self {
        var tool = CustomTool(fields: ["name": name.json])
        tool.description = description
        tool.format = format
        return Self(fields: ["type": ToolType.custom.json, "custom": tool.json])
    }

    /// Whether it is a function or a custom tool; required.
    public var type: ToolType? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The function.
    public var function: FunctionObject? {
        get { self["function"] }
        set { self["function"] = newValue }
    }
    /// The custom tool.
    public var custom: CustomTool? {
        get { self["custom"] }
        set { self["custom"] = newValue }
    }
}

/// A function that the model may call.
public struct FunctionObject: WireObject {
    /// Every field of the function, known or not, in its order.
    public var fields: JSONObject
    /// A function with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A function.
    /// - Parameters:
    ///   - name: Its name: letters, digits, `_` and `-`, at most 64 of them.
    ///   - description: What it does, by which the model chooses when and how to call it.
    ///   - parameters: Its parameters as a JSON schema; none when nil.
    ///   - strict: Whether the arguments must follow the schema exactly; false when nil.
    public init(name: String, description: String? = nil, parameters: JSONObject? = nil, strict: Bool? = nil) {
        fields = ["name": name.json]
        self.description = description
        self.parameters = parameters
        self.strict = strict
    }

    /// Its name: letters, digits, `_` and `-`, at most 64 of them; required.
    public var name: String? {
        get { self["name"] }
        set { self["name"] = newValue }
    }
    /// What it does, by which the model chooses when and how to call it.
    public var description: String? {
        get { self["description"] }
        set { self["description"] = newValue }
    }
    /// Its parameters as a JSON schema; a function without them has none.
    public var parameters: JSONObject? {
        get { self["parameters"] }
        set { self["parameters"] = newValue }
    }
    /// Whether the arguments must follow the schema exactly, which supports only part of JSON schema; false unless set.
    public var strict: Bool? {
        get { self["strict"] }
        set { self["strict"] = newValue }
    }
}

/// A tool whose input is a text.
public struct CustomTool: WireObject {
    /// Every field of the tool, known or not, in its order.
    public var fields: JSONObject
    /// A tool with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Its name; required.
    public var name: String? {
        get { self["name"] }
        set { self["name"] = newValue }
    }
    /// What it does.
    public var description: String? {
        get { self["description"] }
        set { self["description"] = newValue }
    }
    /// What its input must look like; any text unless set.
    public var format: Format? {
        get { self["format"] }
        set { self["format"] = newValue }
    }

    /// What the input of a custom tool must look like.
    public struct Format: WireObject {
        /// Every field of the format, known or not, in its order.
        public var fields: JSONObject
        /// A format with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Any text.
        public static let text = Format(fields: ["type": Kind.text.json])

        /// What a grammar produces.
        /// - Parameters:
        ///   - definition: The grammar.
        ///   - syntax: The language that it is written in.
        /// - Returns: A format.
        public static func grammar(_ definition: String, syntax: GrammarSyntax) -> Self {
            let grammar: JSONObject = ["definition": definition.json, "syntax": syntax.json]
            return Self(fields: ["type": Kind.grammar.json, "grammar": .object(grammar)])
        }

        /// The kind of format; required.
        public var type: Kind? {
            get { self["type"] }
            set { self["type"] = newValue }
        }
        /// The grammar of a grammar format.
        public var grammar: Grammar? {
            get { self["grammar"] }
            set { self["grammar"] = newValue }
        }

        /// What kind of format it is.
        public struct Kind: OpenEnumeration {
            /// The text on the wire.
            public let rawValue: String
            /// Any text, known or not.
            public init(rawValue: String) { self.rawValue = rawValue }

            /// Any text.
            public static let text = Kind(rawValue: "text")
            /// What a grammar produces.
            public static let grammar = Kind(rawValue: "grammar")
        }
    }

    /// A grammar, and the language that it is written in.
    public struct Grammar: WireObject {
        /// Every field of the grammar, known or not, in its order.
        public var fields: JSONObject
        /// A grammar with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// The grammar; required.
        public var definition: String? {
            get { self["definition"] }
            set { self["definition"] = newValue }
        }
        /// The language that it is written in; required.
        public var syntax: GrammarSyntax? {
            get { self["syntax"] }
            set { self["syntax"] = newValue }
        }
    }

    /// The language of a grammar.
    public struct GrammarSyntax: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The language of Lark, a parser generator.
        public static let lark = GrammarSyntax(rawValue: "lark")
        /// A regular expression.
        public static let regex = GrammarSyntax(rawValue: "regex")
    }
}
