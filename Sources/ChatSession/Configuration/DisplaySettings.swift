/// What is shown, and how: the `display` object of `config.json`.
public struct DisplaySettings: Hashable, Sendable {
    /// For which background colours are chosen.
    public enum Theme: String, Hashable, Sendable, CaseIterable {
        /// For the one that the terminal tells of.
        case auto
        case dark
        case light
        /// The terminal's own sixteen colours, which fit any background.
        case terminal
    }

    /// What is seen of a model's reasoning.
    public enum Reasoning: String, Hashable, Sendable, CaseIterable {
        /// All of it, quietly.
        case show
        /// One line that says how much there was.
        case fold
        /// Nothing.
        case hide
    }

    /// Whether links can be clicked (OSC 8).
    public enum Links: String, Hashable, Sendable, CaseIterable {
        /// Where the terminal is known to do it.
        case auto
        case always
        case never
    }

    /// For which background colours are chosen.
    public var theme = Theme.auto
    /// What is seen of a model's reasoning.
    public var reasoning = Reasoning.show
    /// Whether links can be clicked.
    public var links = Links.auto
    /// Whether nothing moves and symbols are words, for screen readers.
    public var isCalm = false
    /// Whether the terminal's window is named after the session.
    public var setsWindowTitle = false

    /// The usual settings.
    public init() {}

    init(_ node: ConfigurationNode) throws(ConfigurationError) {
        try node.checkKeys(["theme", "reasoning", "links", "calm", "windowTitle"])
        theme = try node["theme"]?.choice() ?? theme
        reasoning = try node["reasoning"]?.choice() ?? reasoning
        links = try node["links"]?.choice() ?? links
        isCalm = try node["calm"]?.bool() ?? isCalm
        setsWindowTitle = try node["windowTitle"]?.bool() ?? setsWindowTitle
    }
}

extension ConfigurationNode {
    /// One of a few words.
    fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>() throws(ConfigurationError) -> Choice {
        if let choice = Choice(rawValue: try string()) { return choice }
        let words = Choice.allCases.map { "\"\($0.rawValue)\"" }
        throw error(.invalidValue("it must be \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")"))
    }
}
