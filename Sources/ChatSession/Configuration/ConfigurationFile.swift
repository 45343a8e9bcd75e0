public import ChatApi
import Glibc

/// What `config.json` says: what was written, not yet what it means together with flags and environment.
public struct ConfigurationFile: Hashable, Sendable {
    /// The provider to ask when nothing else says.
    public var provider: String?
    /// The model to ask when nothing else says; `provider/model` names both.
    public var model: String?
    /// The system prompt of new sessions.
    public var system: String?
    /// Request parameters of new sessions, by their names in the API.
    public var parameters: JSONObject = [:]
    /// System prompts with names, in the order of the file.
    public var prompts: [NamedPrompt] = []
    /// The providers, in the order of the file.
    public var providers: [Provider] = []
    /// What models cost.
    public var prices = Prices()
    /// Whether the model is asked for the titles of sessions; else they are the first words.
    public var modelGivesTitles = false
    /// How the prompt behaves.
    public var editor = EditorSettings()
    /// What is shown, and how.
    public var display = DisplaySettings()

    /// A configuration that says nothing.
    public init() {}

    /// A system prompt that can be chosen by its name.
    public struct NamedPrompt: Hashable, Sendable {
        /// What it is called.
        public let name: String
        /// The prompt.
        public let text: String
    }

    /// How the prompt behaves.
    public struct EditorSettings: Hashable, Sendable {
        /// Whether vi's keys are used instead of emacs's.
        public var usesViKeys = false
        /// Whether what is typed is remembered in the history file.
        public var keepsHistory = true
        /// Whether earlier entries are suggested behind what is typed.
        public var suggests = true
        /// How many entries are remembered.
        public var historyLimit = 10_000
        /// What stands before an entry; nil for the usual.
        public var prompt: PromptTemplate?
        /// What stands before the other lines of an entry; nil for the usual.
        public var continuation: PromptTemplate?
    }

    private static let keys = [
        "provider", "model", "system", "parameters", "prompts", "providers", "prices", "currency", "titles", "editor",
        "display",
    ]

    /// Reads a configuration file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isRequired: Whether it must be there; else a missing file says nothing.
    /// - Returns: What the file says.
    /// - Throws: `ConfigurationError`, with line, column and key.
    public static func load(_ path: String, isRequired: Bool) throws(ConfigurationError) -> ConfigurationFile {
        let bytes: [UInt8]
        let access: FileAccess
        do {
            (bytes, access) = try AtomicFile.readWithAccess(path, limit: 4 << 20)
        } catch {
            if [ENOENT, ENOTDIR].contains(error.errorNumber), !isRequired { return ConfigurationFile() }
            throw ConfigurationError(path: path, problem: .unreadable(error))
        }
        return try ConfigurationFile(ConfigurationNode(parsing: bytes, file: path), access: access)
    }

    init(_ root: ConfigurationNode, access: FileAccess) throws(ConfigurationError) {
        try root.checkKeys(Self.keys)
        provider = try root["provider"]?.string()
        model = try root["model"]?.string()
        system = try root["system"]?.string()
        if let node = root["parameters"] {
            for (name, parameter) in try node.fields() {
                if Session.reservedParameters.contains(name) {
                    throw parameter.error(.invalidValue("it is no parameter: Banter sets it itself"))
                }
                parameters[name] = parameter.value
            }
        }
        if let node = root["prompts"] {
            for (name, prompt) in try node.fields() {
                if name.isEmpty { throw prompt.error(.invalidValue("its name is empty")) }
                prompts.append(NamedPrompt(name: name, text: try prompt.string()))
            }
        }
        if let node = root["providers"] {
            for (name, provider) in try node.fields() {
                providers.append(try Provider(name: name, provider, access: access))
            }
        }
        try checkProvider(root["provider"])
        if let node = root["prices"] { prices = try Prices(node) }
        prices.currency = try root["currency"]?.currency() ?? prices.currency
        if let node = root["titles"] {
            switch try node.string() {
            case "words": modelGivesTitles = false
            case "model": modelGivesTitles = true
            default: throw node.error(.invalidValue("it must be \"words\" or \"model\""))
            }
        }
        if let node = root["display"] { display = try DisplaySettings(node) }
        if let node = root["editor"] {
            try node.checkKeys(["keys", "history", "historyLimit", "suggestions", "prompt", "continuation"])
            if let keys = node["keys"] {
                switch try keys.string() {
                case "emacs": editor.usesViKeys = false
                case "vi": editor.usesViKeys = true
                default: throw keys.error(.invalidValue("it must be \"emacs\" or \"vi\""))
                }
            }
            editor.keepsHistory = try node["history"]?.bool() ?? true
            editor.suggests = try node["suggestions"]?.bool() ?? true
            editor.historyLimit = try node["historyLimit"]?.integer(in: 1...100_000) ?? editor.historyLimit
            editor.prompt = try node["prompt"]?.promptTemplate()
            editor.continuation = try node["continuation"]?.promptTemplate()
        }
    }

    /// The default provider must be one that there is.
    private func checkProvider(_ node: ConfigurationNode?) throws(ConfigurationError) {
        guard let node, let provider else { return }
        let names = ProviderChoice.names(configured: providers)
        guard !names.contains(provider) else { return }
        let hint = Spelling.nearest(to: provider, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
        throw node.error(.invalidValue("there is no provider of this name" + hint))
    }
}
