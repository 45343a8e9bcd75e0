/// How prompts are cached (`PromptCacheOptionsParam` in the specification).
public struct PromptCacheOptions: WireObject {
    /// Every field of the options, known or not, in its order.
    public var fields: JSONObject
    /// Options with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Options for where cached prefixes end and how long they live.
    public init(mode: PromptCacheMode? = nil, timeToLive: PromptCacheTimeToLive? = nil) {
        fields = [:]
        self.mode = mode
        self.timeToLive = timeToLive
    }

    /// Whether the server sets a breakpoint of its own.
    public var mode: PromptCacheMode? {
        get { self["mode"] }
        set { self["mode"] = newValue }
    }
    /// How long every prefix that the request writes to the cache lives at least.
    public var timeToLive: PromptCacheTimeToLive? {
        get { self["ttl"] }
        set { self["ttl"] = newValue }
    }
}

/// The exact end of a prefix of the prompt that other requests will begin with too (`PromptCacheBreakpointParam` in the specification).
///
/// A request may have four of them; three where the server adds one of its own (`PromptCacheMode.implicit`).
public struct PromptCacheBreakpoint: WireObject {
    /// Every field of the breakpoint, known or not, in its order.
    public var fields: JSONObject
    /// A breakpoint with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A breakpoint that the request sets.
    public static let explicit = PromptCacheBreakpoint(fields: ["mode": PromptCacheMode.explicit.json])

    /// Always `explicit`.
    public var mode: PromptCacheMode? {
        get { self["mode"] }
        set { self["mode"] = newValue }
    }
}

/// Who sets the breakpoints of the prompt cache.
public struct PromptCacheMode: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The server sets one of its own, besides those of the request.
    public static let implicit = PromptCacheMode(rawValue: "implicit")
    /// Only the request does.
    public static let explicit = PromptCacheMode(rawValue: "explicit")
}

/// How long a cached prefix lives at least.
public struct PromptCacheTimeToLive: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 30 minutes.
    public static let thirtyMinutes = PromptCacheTimeToLive(rawValue: "30m")
}

/// How long a cached prefix lives (deprecated).
public struct PromptCacheRetention: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// As long as it is in memory: minutes.
    public static let inMemory = PromptCacheRetention(rawValue: "in_memory")
    /// Up to 24 hours.
    public static let twentyFourHours = PromptCacheRetention(rawValue: "24h")
}
