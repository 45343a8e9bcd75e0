public import ChatApi
public import Logging
import Synchronization

/// A provider in use: its key is fetched and its server started once, when they are first needed.
public final class ProviderConnection: Sendable {
    /// Who answers.
    public let provider: Provider

    private let environment: [String: String]
    private let serverLog: String?
    private let logger: Logger?
    private let onNotice: (@Sendable (Notice) -> Void)?
    private let onKey: (@Sendable (String) -> Void)?
    private let state = Mutex(State())

    /// What happens to a connection without having been asked for.
    public enum Notice: Sendable {
        /// A request failed, and is sent again after a wait.
        case retrying(RetryNotice)
        /// The provider's own server ended by itself; the next call starts it again.
        case serverEnded(ServerProcessError)
    }

    private struct State {
        var opening: Task<Open, any Error>?
    }

    private struct Open: Sendable {
        let configuration: ChatApiConfiguration
        let server: ServerProcess?
    }

    /// A connection that nothing has been done for yet.
    ///
    /// - Parameters:
    ///   - provider: Who answers.
    ///   - environment: The process's environment, for keys in variables.
    ///   - serverLog: The file that takes what the provider's own server prints.
    ///   - logger: Told of every request, with the key masked.
    ///   - onNotice: Told before each wait for another try, and of the end of the provider's own server; on any thread.
    ///   - onKey: Told the key once it is known, so that it can be kept out of what is written; to be held in memory only.
    public init(
        provider: Provider, environment: [String: String], serverLog: String? = nil, logger: Logger? = nil,
        onNotice: (@Sendable (Notice) -> Void)? = nil, onKey: (@Sendable (String) -> Void)? = nil
    ) {
        self.provider = provider
        self.environment = environment
        self.serverLog = serverLog
        self.logger = logger
        self.onNotice = onNotice
        self.onKey = onKey
    }

    /// The way to ask for answers; the first call gets the key and starts the server, and every other waits for it.
    /// - Throws: `KeyError`, `ServerProcessError`, or `CancellationError`; the next call tries again.
    public func chat() async throws -> ChatApi { ChatApi(configuration: try await open().configuration) }

    /// The names of the models that the provider has, as it lists them.
    /// - Throws: As `chat()`, or `ApiError`.
    public func modelNames() async throws -> [String] {
        try await ModelsApi(configuration: open().configuration).listModels().data.compactMap(\.id)
    }

    /// Ends the provider's server, if it has one that runs.
    public func close() async {
        let opening = state.withLock { state in
            defer { state.opening = nil }
            return state.opening
        }
        opening?.cancel()
        await (try? opening?.value)?.server?.stop()
    }

    private func open() async throws -> Open {
        let opening = state.withLock { state in
            if let opening = state.opening { return opening }
            let opening = Task { try await self.start() }
            state.opening = opening
            return opening
        }
        do {
            let open = try await opening.valueUnlessCancelled
            if let server = open.server, !server.isRunning {
                forget(opening)
                return try await self.open()
            }
            return open
        } catch is CancellationError {
            // Who asked has lost interest; the key or the server is still good for the next one.
            throw CancellationError()
        } catch {
            forget(opening)
            throw error
        }
    }

    private func forget(_ opening: Task<Open, any Error>) {
        state.withLock { state in
            if state.opening == opening { state.opening = nil }
        }
    }

    private func start() async throws -> Open {
        let key = try await provider.key?.key(environment: environment)
        if let key { onKey?(key) }
        var server: ServerProcess?
        if let command = provider.serve {
            server = try await ServerProcess.start(
                command: command, environment: environment, logPath: serverLog,
                onEnd: { [onNotice] in onNotice?(.serverEnded($0)) },
                isReady: { await HealthApi(configuration: ChatApiConfiguration(baseURL: $0)).isHealthy() })
        }
        var configuration = ChatApiConfiguration(
            baseURL: server?.baseURL ?? provider.baseURL ?? ChatApiConfiguration.defaultBaseURL, apiKey: key)
        configuration.headers = provider.headers
        configuration.organization = provider.organization
        configuration.project = provider.project
        configuration.allowsInsecureHTTP = provider.allowsInsecureHTTP
        try provider.network.apply(to: &configuration, environment: environment)
        // Other servers have rules of their own, and say so when one is broken.
        configuration.validatesRequests = configuration.baseURL == ChatApiConfiguration.defaultBaseURL
        configuration.logger = logger
        if let onNotice { configuration.onRetry = { onNotice(.retrying($0)) } }
        if let connect = provider.timeouts.connect { configuration.timeouts.connect = connect }
        if let firstEvent = provider.timeouts.firstEvent { configuration.timeouts.firstEvent = firstEvent }
        if let betweenEvents = provider.timeouts.betweenEvents { configuration.timeouts.betweenEvents = betweenEvents }
        if let total = provider.timeouts.total { configuration.timeouts.total = total }
        return Open(configuration: configuration, server: server)
    }
}

extension Task where Failure == any Error {
    /// The value, or `CancellationError` as soon as the task that waits is cancelled; this one goes on.
    fileprivate var valueUnlessCancelled: Success {
        get async throws {
            let (results, continuation) = AsyncStream.makeStream(of: Result<Success, any Error>.self)
            Task<Void, Never> { continuation.yield(await result) }
            for await result in results { return try result.get() }
            throw _Concurrency.CancellationError()
        }
    }
}
