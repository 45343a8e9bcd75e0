/// How input and output are moderated along with a request (`ModerationParam` in the specification).
public struct ModerationOptions: WireObject {
    /// Every field of the options, known or not, in its order.
    public var fields: JSONObject
    /// Options with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Options for moderation.
    /// - Parameters:
    ///   - model: The model that moderates, like `omni-moderation-latest`.
    ///   - policy: What becomes of what it flags.
    public init(model: String, policy: ModerationPolicy? = nil) {
        fields = ["model": model.json]
        self.policy = policy
    }

    /// The model that moderates, like `omni-moderation-latest`; required.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// What becomes of what it flags.
    public var policy: ModerationPolicy? {
        get { self["policy"] }
        set { self["policy"] = newValue }
    }
}

/// What becomes of input and output that is flagged.
public struct ModerationPolicy: WireObject {
    /// Every field of the policy, known or not, in its order.
    public var fields: JSONObject
    /// A policy with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A policy for input and output.
    public init(input: ModerationMode? = nil, output: ModerationMode? = nil) {
        fields = [:]
        self.input = input.map { Rule(fields: ["mode": $0.json]) }
        self.output = output.map { Rule(fields: ["mode": $0.json]) }
    }

    /// What becomes of input.
    public var input: Rule? {
        get { self["input"] }
        set { self["input"] = newValue }
    }
    /// What becomes of output.
    public var output: Rule? {
        get { self["output"] }
        set { self["output"] = newValue }
    }

    /// What becomes of what is flagged.
    public struct Rule: WireObject {
        /// Every field of the rule, known or not, in its order.
        public var fields: JSONObject
        /// A rule with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Whether it is only told or also blocked; required.
        public var mode: ModerationMode? {
            get { self["mode"] }
            set { self["mode"] = newValue }
        }
    }
}

/// What becomes of what is flagged.
public struct ModerationMode: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It is told in the answer.
    public static let score = ModerationMode(rawValue: "score")
    /// It is blocked.
    public static let block = ModerationMode(rawValue: "block")
}

/// What moderation says of a request and its answer.
public struct ChatCompletionModeration: WireObject {
    /// Every field of the moderation, known or not, in its order.
    public var fields: JSONObject
    /// A moderation with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// What it says of the input.
    public var input: ModerationOutcome? {
        get { self["input"] }
        set { self["input"] = newValue }
    }
    /// What it says of the output.
    public var output: ModerationOutcome? {
        get { self["output"] }
        set { self["output"] = newValue }
    }
}

/// Results of moderation, or why there are none.
public struct ModerationOutcome: WireObject {
    /// Every field of the outcome, known or not, in its order.
    public var fields: JSONObject
    /// An outcome with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Whether it is results or an error.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The model that moderated.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// The results.
    public var results: [ModerationResult]? {
        get { self["results"] }
        set { self["results"] = newValue }
    }
    /// The code of an error.
    public var code: String? {
        get { self["code"] }
        set { self["code"] = newValue }
    }
    /// What an error says.
    public var message: String? {
        get { self["message"] }
        set { self["message"] = newValue }
    }

    /// Whether moderation has results.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It has.
        public static let results = Kind(rawValue: "moderation_results")
        /// It failed.
        public static let error = Kind(rawValue: "error")
    }
}

/// What moderation says of one text or image (`ModerationResultBody` in the specification).
public struct ModerationResult: WireObject {
    /// Every field of the result, known or not, in its order.
    public var fields: JSONObject
    /// A result with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Always `moderation_result`.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The model that moderated.
    public var model: String? {
        get { self["model"] }
        set { self["model"] = newValue }
    }
    /// Whether any category applies.
    public var flagged: Bool? {
        get { self["flagged"] }
        set { self["flagged"] = newValue }
    }
    /// Which categories apply.
    public var categories: [String: Bool]? {
        get { self["categories"] }
        set { self["categories"] = newValue }
    }
    /// How much each category applies, 0…1.
    public var categoryScores: [String: Double]? {
        get { self["category_scores"] }
        set { self["category_scores"] = newValue }
    }
    /// What the score of each category was made from.
    public var categoryAppliedInputTypes: [String: [ModerationInputType]]? {
        get { self["category_applied_input_types"] }
        set { self["category_applied_input_types"] = newValue }
    }

    /// What kind of object a result is.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A result.
        public static let result = Kind(rawValue: "moderation_result")
    }
}

/// What a score was made from.
public struct ModerationInputType: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Text.
    public static let text = ModerationInputType(rawValue: "text")
    /// An image.
    public static let image = ModerationInputType(rawValue: "image")
}
