import ChatApi

/// Somebody who answers: a server, how to get its key, and what else it wants.
public struct Provider: Hashable, Sendable {
    /// What people call it.
    public var name: String
    /// The address, up to and without `/chat/completions`; for a provider with a server of its own it is known once that runs.
    public var baseURL: String?
    /// Where the key comes from; nil if none is needed.
    public var key: KeySource?
    /// The model to ask when nothing else says.
    public var model: String?
    /// Headers that go with every request.
    public var headers: [String: String] = [:]
    /// The organization that pays (`OpenAI-Organization`).
    public var organization: String?
    /// The project that pays (`OpenAI-Project`).
    public var project: String?
    /// Whether the key and the conversation may travel in the clear to another machine.
    public var allowsInsecureHTTP = false
    /// How requests get there.
    public var network = Network()
    /// How long to wait for what.
    public var timeouts = Timeouts()
    /// The command that starts the provider's server on this machine, with `{host}` and `{port}` in its place.
    public var serve: [String]?

    /// A provider at an address.
    public init(name: String, baseURL: String? = nil, key: KeySource? = nil, serve: [String]? = nil) {
        self.name = name
        self.baseURL = baseURL
        self.key = key
        self.serve = serve
    }

    /// Seconds to wait; nil leaves it to `ChatApi`.
    public struct Timeouts: Hashable, Sendable {
        /// For a connection.
        public var connect: Duration?
        /// For the beginning of an answer.
        public var firstEvent: Duration?
        /// From one event of an answer to the next.
        public var betweenEvents: Duration?
        /// For everything.
        public var total: Duration?
    }

    private static let keys =
        ["baseURL", "key", "model", "headers", "organization", "project", "allowInsecureHTTP", "timeouts", "serve"]
        + Network.keys

    init(name: String, _ node: ConfigurationNode, access: FileAccess) throws(ConfigurationError) {
        try node.checkKeys(Self.keys)
        guard Self.isName(name) else {
            throw node.error(
                .invalidValue("a name is made of letters, digits, \".\", \"_\" and \"-\", and doesn't begin with \".\"")
            )
        }
        self.name = name
        baseURL = try node["baseURL"].map(Self.address)
        key = try node["key"].map { node throws(ConfigurationError) in try KeySource(node, access: access) }
        model = try node["model"]?.string()
        organization = try node["organization"]?.string()
        project = try node["project"]?.string()
        allowsInsecureHTTP = try node["allowInsecureHTTP"]?.bool() ?? false
        if let headers = node["headers"] {
            for (name, value) in try headers.fields() { self.headers[name] = try value.string() }
        }
        network = try Network(node, access: access)
        if let timeouts = node["timeouts"] {
            try timeouts.checkKeys(["connect", "firstEvent", "betweenEvents", "total"])
            self.timeouts = Timeouts(
                connect: try timeouts["connect"]?.seconds(), firstEvent: try timeouts["firstEvent"]?.seconds(),
                betweenEvents: try timeouts["betweenEvents"]?.seconds(), total: try timeouts["total"]?.seconds())
        }
        serve = try node["serve"].map { node throws(ConfigurationError) in try node.command(access: access) }
        if baseURL == nil, serve == nil {
            guard let builtIn = Provider.builtIn(name) else {
                throw node.error(.invalidValue("it needs a \"baseURL\", or a \"serve\" command"))
            }
            baseURL = builtIn.baseURL
            // Only there: the key in the variable isn't meant for another address.
            key = key ?? builtIn.key
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: ".") else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "._-".unicodeScalars.contains(scalar))
        }
    }

    private static func address(_ node: ConfigurationNode) throws(ConfigurationError) -> String {
        let address = try node.string()
        guard address.lowercased().hasPrefix("https://") || address.lowercased().hasPrefix("http://") else {
            throw node.error(.invalidValue("it must begin with https:// or http://"))
        }
        guard !address.utf8.contains(UInt8(ascii: "@")) else {
            throw node.error(.invalidValue("it must not hold a user name or password"))
        }
        return address
    }
}

extension Provider: CustomStringConvertible, CustomReflectable {
    /// Name and address; headers and commands may hold secrets.
    public var description: String { "Provider(\(name), \(baseURL ?? "serves itself"))" }
    /// Shows no more than the description.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension Provider {
    /// OpenAI itself.
    package static let openAI = Provider(
        name: "openai", baseURL: "https://api.openai.com/v1", key: .environment("OPENAI_API_KEY"))

    /// Servers that people run on their own machine, where they listen unless told otherwise.
    static let loopback: [(provider: Provider, port: UInt16)] = [
        (Provider(name: "ollama", baseURL: "http://127.0.0.1:11434/v1"), 11434),
        (Provider(name: "llama.cpp", baseURL: "http://127.0.0.1:8080/v1"), 8080),
        (Provider(name: "lmstudio", baseURL: "http://127.0.0.1:1234/v1"), 1234),
    ]

    /// A provider that needs no configuration, by its name.
    static func builtIn(_ name: String) -> Provider? {
        name == openAI.name ? openAI : loopback.first { $0.provider.name == name }?.provider
    }

    /// The small model on this machine; nil if it isn't installed, or can't be made ready to be served.
    static func local(_ model: LocalModel) -> Provider? {
        guard case .installed = model.status, let command = try? model.serveCommand() else { return nil }
        var provider = Provider(name: localName, serve: command)
        provider.model = LocalModel.modelName
        return provider
    }

    static let localName = "local"
}
