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
    /// The providers, in the order of the file.
    public var providers: [Provider] = []
    /// How the prompt behaves.
    public var editor = EditorSettings()

    /// A configuration that says nothing.
    public init() {}

    /// How the prompt behaves.
    public struct EditorSettings: Hashable, Sendable {
        /// Whether vi's keys are used instead of emacs's.
        public var usesViKeys = false
        /// Whether what is typed is remembered in the history file.
        public var keepsHistory = true
    }

    private static let keys = ["provider", "model", "system", "parameters", "providers", "editor"]

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
            if error.errorNumber == ENOENT, !isRequired { return ConfigurationFile() }
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
        if let node = root["providers"] {
            for (name, provider) in try node.fields() {
                providers.append(try Provider(name: name, provider, access: access))
            }
        }
        try checkProvider(root["provider"])
        if let node = root["editor"] {
            try node.checkKeys(["keys", "history"])
            if let keys = node["keys"] {
                switch try keys.string() {
                case "emacs": editor.usesViKeys = false
                case "vi": editor.usesViKeys = true
                default: throw keys.error(.invalidValue("it must be \"emacs\" or \"vi\""))
                }
            }
            editor.keepsHistory = try node["history"]?.bool() ?? true
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
