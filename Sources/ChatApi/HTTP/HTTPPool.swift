import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression

/// Connections of the same settings.
///
/// Whoever sends a request holds the pool until the answer has ended; when nobody holds it, the connections are closed.
final class HTTPPool: Sendable, CustomReflectable {
    /// What requests must have in common to share a connection.
    struct Settings: Hashable {
        var proxy: ProxyAddress?
        var tls = TLSSettings()
        /// How many bytes an answer may unpack to; nil if it isn't unpacked.
        var unpackedBytes: Int?
        /// A hash of the credentials.
        var credentials = 0
    }

    let client: HTTPClient

    /// - Throws: `TLSSettingsError`.
    init(_ settings: Settings) throws {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        // One request at a time on a connection: cancelling a request closes the connection, and the server stops generating.
        configuration.httpVersion = .http1Only
        if let limit = settings.unpackedBytes {
            configuration.decompression = .enabled(limit: .size(limit))
            // A thousand times as much may come out of what is read at once, before anybody can say that it is too much.
            configuration.http1_1ConnectionDebugInitializer = { channel in
                channel.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4 << 10)).flatMap {
                    channel.setOption(.maxMessagesPerRead, value: 1)
                }
            }
        }
        configuration.proxy = settings.proxy?.httpClientProxy
        if settings.tls != TLSSettings() { configuration.tlsConfiguration = try settings.tls.nioConfiguration() }
        // `HTTPExchange` keeps the time itself; this is a backstop.
        configuration.timeout = .init(connect: .minutes(10))
        // A refused connection is known at once; `ApiClient` decides whether to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(60)
        // As OpenAI's own libraries: a request must not wait for another's answer, which may take minutes.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1000
        client = HTTPClient(eventLoopGroup: HTTPTransport.eventLoops, configuration: configuration)
    }

    deinit {
        let client = client
        // An error means that it was shut down before.
        Task { try? await client.shutdown() }
    }

    func shutdown() async {
        // An error means that it is being shut down already.
        try? await client.shutdown()
    }

    /// Without children, so that `dump` doesn't show a password.
    var customMirror: Mirror { Mirror(self, children: []) }
}
