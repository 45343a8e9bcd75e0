import AsyncHTTPClient
import NIOCore
import NIOPosix

/// The one HTTP client of the process.
///
/// It holds nothing but a pool of connections, and sharing it is what lets `GET /models` warm the connection that the first
/// `POST` uses, whichever `ChatApi` value sends it. One thread is enough for all of them. It is made by the first request and never shut down, as no
/// caller should have to say when.
enum HTTPTransport {
    static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        // One request at a time on a connection: cancelling a request closes the connection, and the server stops generating.
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        // `HTTPExchange` keeps the time itself; this is a backstop.
        configuration.timeout = .init(connect: .minutes(10))
        // A refused connection is known at once; `ApiClient` decides whether to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(60)
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: 1), configuration: configuration)
    }()
}
