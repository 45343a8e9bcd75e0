import NIOConcurrencyHelpers
import NIOPosix

/// The connections that requests go over.
///
/// Clients that share a transport share its connections, which is what lets `GET /models` warm the connection that the first `POST` uses. Requests
/// share a connection only where server, proxy, TLS settings and credentials are the same. A transport of one's own keeps its
/// connections apart from everybody else's, and can be shut down. All transports share one thread, which is started by the first request.
public final class HTTPTransport: Sendable {
    /// The transport of whoever names no other; nothing is made before its first request.
    public static let shared = HTTPTransport()

    /// One thread moves the bytes of all requests; it is never ended, as no caller should have to say when.
    static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private struct State {
        /// The latest used last.
        var pools: [(settings: HTTPPool.Settings, pool: HTTPPool)] = []
        var isShutDown = false
    }
    private let state = NIOLockedValueBox(State())

    /// How many kinds of connections are kept; further ones take the place of that which wasn't used for longest.
    private static let maximumPools = 32

    /// A transport without connections.
    public init() {}

    /// Closes all connections.
    ///
    /// Requests that are under way fail with code `connectionLost`, later ones with `invalidConfiguration`. A transport that nobody holds any more
    /// closes its connections by itself, once its requests have ended.
    public func shutdown() async {
        let pools = state.withLockedValue { state in
            state.isShutDown = true
            defer { state.pools = [] }
            return state.pools.map(\.pool)
        }
        for pool in pools { await pool.shutdown() }
    }

    /// The connections for requests of these settings.
    /// - Throws: `ApiError` when the settings can't be used, or the transport was shut down.
    func pool(for settings: HTTPPool.Settings, host: String) throws -> HTTPPool {
        try state.withLockedValue { state in
            guard !state.isShutDown else {
                throw ApiError(.invalidConfiguration, host: host, detail: "the transport was shut down")
            }
            if let index = state.pools.firstIndex(where: { $0.settings == settings }) {
                state.pools.append(state.pools.remove(at: index))
            } else {
                do {
                    state.pools.append((settings, try HTTPPool(settings)))
                } catch let error as TLSSettingsError {
                    throw ApiError(.invalidConfiguration, host: host, detail: error.reason)
                }
                // Its requests hold it until they end.
                if state.pools.count > Self.maximumPools { state.pools.removeFirst() }
            }
            return state.pools[state.pools.count - 1].pool
        }
    }

    /// Lets go of connections of which one wasn't made in time: it is still waited for, and the next request would wait for that same one.
    func drop(_ pool: HTTPPool) {
        state.withLockedValue { state in state.pools.removeAll { $0.pool === pool } }
    }
}

extension HTTPTransport: CustomReflectable {
    /// Without children, so that `dump` doesn't show the settings.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
