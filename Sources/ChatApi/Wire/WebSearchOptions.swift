/// How the web is searched for the answer.
public struct WebSearchOptions: WireObject {
    /// Every field of the options, known or not, in its order.
    public var fields: JSONObject
    /// Options with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Options for a search.
    /// - Parameters:
    ///   - searchContextSize: How much of what is found the model reads.
    ///   - location: Roughly where the person is.
    public init(searchContextSize: WebSearchContextSize? = nil, location: WebSearchLocation? = nil) {
        fields = [:]
        self.searchContextSize = searchContextSize
        userLocation = location.map(WebSearchUserLocation.approximate)
    }

    /// Roughly where the person is.
    public var userLocation: WebSearchUserLocation? {
        get { self["user_location"] }
        set { self["user_location"] = newValue }
    }
    /// How much of what is found the model reads; `medium` unless set.
    public var searchContextSize: WebSearchContextSize? {
        get { self["search_context_size"] }
        set { self["search_context_size"] = newValue }
    }
}

/// Where the person is.
public struct WebSearchUserLocation: WireObject {
    /// Every field of the location, known or not, in its order.
    public var fields: JSONObject
    /// A location with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Roughly here.
    public static func approximate(_ location: WebSearchLocation) -> Self {
        Self(fields: ["type": Kind.approximate.json, "approximate": location.json])
    }

    /// Always `approximate`; required.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The place; required.
    public var approximate: WebSearchLocation? {
        get { self["approximate"] }
        set { self["approximate"] = newValue }
    }

    /// How a location is given.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Roughly.
        public static let approximate = Kind(rawValue: "approximate")
    }
}

/// Roughly where a person is.
public struct WebSearchLocation: WireObject {
    /// Every field of the place, known or not, in its order.
    public var fields: JSONObject
    /// A place with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A place, of which any part may be left out.
    public init(country: String? = nil, region: String? = nil, city: String? = nil, timezone: String? = nil) {
        fields = [:]
        self.country = country
        self.region = region
        self.city = city
        self.timezone = timezone
    }

    /// The country in two letters (ISO 3166-1), like `US`.
    public var country: String? {
        get { self["country"] }
        set { self["country"] = newValue }
    }
    /// The region in words, like `California`.
    public var region: String? {
        get { self["region"] }
        set { self["region"] = newValue }
    }
    /// The city in words, like `San Francisco`.
    public var city: String? {
        get { self["city"] }
        set { self["city"] = newValue }
    }
    /// The time zone (IANA), like `America/Los_Angeles`.
    public var timezone: String? {
        get { self["timezone"] }
        set { self["timezone"] = newValue }
    }
}

/// How much of what a search finds the model reads.
public struct WebSearchContextSize: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Little.
    public static let low = WebSearchContextSize(rawValue: "low")
    /// The default.
    public static let medium = WebSearchContextSize(rawValue: "medium")
    /// Much.
    public static let high = WebSearchContextSize(rawValue: "high")
}
