import ChatApi
import Glibc

/// What decides who answers, and with which model: flags over the environment over the configuration file over defaults.
public struct ProviderChoice: Sendable {
    /// The provider that the command line names.
    public var providerFlag: String?
    /// The model that the command line names; `provider/model` names both.
    public var modelFlag: String?
    /// The process's environment.
    public var environment: [String: String]
    /// The configuration file.
    public var file: ConfigurationFile
    /// The local model, installed or not.
    public var localModel: LocalModel

    /// A choice that only files and environment decide.
    public init(environment: [String: String], file: ConfigurationFile, localModel: LocalModel) {
        self.environment = environment
        self.file = file
        self.localModel = localModel
    }

    /// Why there is no provider.
    public enum Problem: Error, Hashable, Sendable {
        /// Nobody has this name; perhaps this one was meant.
        case unknownProvider(String, nearest: String?)
        /// Nothing says who should answer, and nobody was found.
        case noProvider
        /// The local model is asked for, but isn't installed.
        case localModelNotInstalled
    }

    /// The provider, and the model if anything names one.
    public struct Decision: Hashable, Sendable {
        /// Who answers.
        public var provider: Provider
        /// The model to ask; nil if nothing names one.
        public var model: String?
    }

    /// Decides for a new session, or for one that had a provider and a model already.
    ///
    /// The provider is that of the first of these that names one: the command line, the session, the file. Where nothing
    /// does: the one at `OPENAI_BASE_URL`; the first of the file, as who writes a file for Banter means it more than a key that every
    /// program sees; OpenAI, if there is `OPENAI_API_KEY`; a server that listens on this machine; the local model.
    ///
    /// The model is that of the first of these that names one for this provider: the command line, the session, the file at its
    /// top, the file's section on the provider. A session is never continued with another provider than its own unasked.
    ///
    /// - Parameters:
    ///   - sessionProvider: The provider of the session that goes on.
    ///   - sessionModel: Its model.
    /// - Returns: Who answers.
    /// - Throws: `Problem`.
    public func decide(sessionProvider: String? = nil, sessionModel: String? = nil) throws(Problem) -> Decision {
        let flag = providerFlag == nil ? modelFlag.flatMap(splitModel) : nil
        let written = file.provider == nil ? file.model.flatMap(splitModel) : nil
        let provider: Provider
        if let name = providerFlag ?? flag?.provider ?? sessionProvider ?? file.provider ?? written?.provider {
            provider = try self.provider(named: name)
        } else if let fallback = defaultProvider {
            provider = fallback
        } else {
            throw .noProvider
        }
        let isOfSession = sessionProvider == nil || sessionProvider == provider.name
        let defaultName = file.provider ?? written?.provider ?? file.providers.first?.name
        let isOfFile = defaultName == nil || defaultName == provider.name
        let model =
            flag?.model ?? modelFlag ?? (isOfSession ? sessionModel : nil)
            ?? (isOfFile ? written?.model ?? file.model : nil) ?? provider.model
        return Decision(provider: provider, model: model)
    }

    /// The provider of this name: configured, built in, or the local model.
    public func provider(named name: String) throws(Problem) -> Provider {
        if let provider = file.providers.first(where: { $0.name == name }) { return applyingEnvironment(to: provider) }
        if let provider = Provider.builtIn(name) { return applyingEnvironment(to: provider) }
        if name == Provider.localName {
            guard let local = Provider.local(localModel) else { throw .localModelNotInstalled }
            return local
        }
        throw .unknownProvider(name, nearest: Spelling.nearest(to: name, among: providerNames))
    }

    /// The names that `provider(named:)` knows.
    public var providerNames: [String] { Self.names(configured: file.providers) }

    static func names(configured providers: [Provider]) -> [String] {
        let configured = providers.map(\.name)
        let builtIn = [Provider.openAI.name] + Provider.loopback.map(\.provider.name) + [Provider.localName]
        return configured + builtIn.filter { !configured.contains($0) }
    }

    /// A model with its provider in front; nil if what is in front of the slash is no provider, as model names have slashes too.
    private func splitModel(_ model: String) -> (provider: String, model: String)? {
        guard let slash = model.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let name = String(model[..<slash])
        guard providerNames.contains(name) else { return nil }
        return (name, String(model[model.index(after: slash)...]))
    }

    private var defaultProvider: Provider? {
        if variable("OPENAI_BASE_URL") != nil { return try? provider(named: Provider.openAI.name) }
        if let first = file.providers.first { return applyingEnvironment(to: first) }
        if variable("OPENAI_API_KEY") != nil { return applyingEnvironment(to: .openAI) }
        if let listening = Provider.loopback.first(where: { LoopbackProbe.isListening(on: $0.port) }) {
            return listening.provider
        }
        return .local(localModel)
    }

    /// A variable that is set and not empty.
    private func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The variables that every OpenAI client honours say something about the provider `openai`, and about no other.
    ///
    /// A key doesn't travel to a host that it wasn't given for: that in the variable is for the address in the variable, or
    /// else OpenAI's own; those of the file are for the file's address.
    private func applyingEnvironment(to provider: Provider) -> Provider {
        guard provider.name == Provider.openAI.name, provider.serve == nil else { return provider }
        var provider = provider
        if let baseURL = variable("OPENAI_BASE_URL") {
            if Self.host(of: baseURL) != Self.host(of: provider.baseURL) {
                provider.key = nil
                provider.headers = [:]
                provider.network = Provider.Network()
                provider.organization = nil
                provider.project = nil
            }
            provider.baseURL = baseURL
        } else if Self.host(of: provider.baseURL) != Self.host(of: Provider.openAI.baseURL) {
            return provider
        }
        if variable("OPENAI_API_KEY") != nil {
            provider.key = .environment("OPENAI_API_KEY")
        } else if provider.key == .environment("OPENAI_API_KEY"), variable("OPENAI_BASE_URL") != nil {
            provider.key = nil  // another server under OpenAI's name, which may want no key
        }
        if let organization = variable("OPENAI_ORG_ID") { provider.organization = organization }
        if let project = variable("OPENAI_PROJECT_ID") { provider.project = project }
        return provider
    }

    /// Scheme, host and port of an address, as written but for case; what is spelled otherwise counts as another host.
    private static func host(of address: String?) -> [Substring] {
        // Bytes that could end the host elsewhere, as "\\" does for some, make an address that ChatApi refuses.
        Array((address ?? "").lowercased().split(separator: "/", omittingEmptySubsequences: false).prefix(3))
    }
}
