public import ChatApi
import Glibc
import NIOConcurrencyHelpers
import Synchronization

/// An HTTP server on 127.0.0.1 that does what a test tells it to, well-behaved or not.
///
/// Every request becomes a `LoopbackExchange`, which the handler answers on a thread of the connection, or, without a handler, the test itself:
///
///     let server = try LoopbackServer()
///     …
///     let exchange = try await server.nextExchange()
///     exchange.startEvents()
///     exchange.send(event: #"{"choices":[…]}"#)
///     exchange.reset()
///
/// It ends when the last reference to it goes, or with `stop()`.
public final class LoopbackServer: Sendable {
    /// Answers a request; may block.
    public typealias Handler = @Sendable (LoopbackExchange) -> Void

    /// The port, free when the server was made.
    public let port: Int
    private let core: Core

    /// Starts a server.
    /// - Parameters:
    ///   - greeting: What is sent to every client at once, as servers of other protocols do.
    ///   - answersHeads: Whether a request is answered as soon as its head has come, its body left unread.
    ///   - handler: Answers each request; when nil, the test does with what `nextExchange` gives it.
    /// - Throws: `TestTimeout` when there is no port to be had.
    public init(greeting: String = "", answersHeads: Bool = false, _ handler: Handler? = nil) throws {
        let listener = try Self.listen()
        core = Core(greeting: Array(greeting.utf8), answersHeads: answersHeads, handler: handler)
        port = listener.port
        let core = core
        detachThread { core.accept(from: listener.socket) }
    }

    deinit { core.stop() }

    /// The base URL of the API here.
    public var baseURL: String { "http://127.0.0.1:\(port)/v1" }

    /// The requests so far, in the order in which they were read.
    public var requests: [LoopbackRequest] { core.requests.withLockedValue { $0 } }

    /// How many requests were `POST`s.
    public var postCount: Int { requests.count { $0.method == "POST" } }

    /// How many connections were made.
    public var connectionCount: Int { core.connectionCount.load(ordering: .relaxed) }

    /// How many connections are open now.
    public var openConnectionCount: Int { core.connections.load(ordering: .relaxed) }

    /// How many bytes the clients have taken, or their systems for them.
    public var sentByteCount: Int { core.sentBytes.count.load(ordering: .relaxed) }

    /// Waits for the next request, for at most 20 s; each is given out once.
    public func nextExchange() async throws -> LoopbackExchange { try await core.exchanges.next("a request") }

    /// Closes every connection and stops listening.
    public func stop() { core.stop() }

    private static func listen() throws -> (socket: Int32, port: Int) {
        let bound = try bind()
        Glibc.listen(bound.socket, 64)
        return bound
    }

    /// A socket with a free port of 127.0.0.1.
    static func bind() throws -> (socket: Int32, port: Int) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let isBound = withAddress(port: 0) { Glibc.bind(socket, $0, $1) == 0 }
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) == 0 }
        }
        guard isBound, isNamed else {
            throw TestTimeout("no port of 127.0.0.1: \(String(cString: strerror(errno)))")
        }
        return (socket, Int(address.sin_port.bigEndian))
    }

    /// Calls a closure with the address of a port of 127.0.0.1.
    static func withAddress<Result>(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// A request as the server read it.
public struct LoopbackRequest: Sendable {
    /// `GET`, `POST`, ….
    public let method: String
    /// The path, with the query.
    public let path: String
    /// Names and values in their order.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// The value of the first header of a name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as JSON; nil if it isn't.
    public var json: JSONValue? { try? JSONValue(parsing: body) }
}

/// What the threads of the server share; they must not hold the server itself, whose end is theirs.
private final class Core: Sendable {
    let greeting: [UInt8]
    let answersHeads: Bool
    let handler: LoopbackServer.Handler?
    let requests = NIOLockedValueBox<[LoopbackRequest]>([])
    let exchanges = Mailbox<LoopbackExchange>()
    private let stopped = Atomic(false)
    let connections = Atomic(0)
    let connectionCount = Atomic(0)
    let sentBytes = ByteCount()

    private static let maximumConnections = 64

    init(greeting: [UInt8], answersHeads: Bool, handler: LoopbackServer.Handler?) {
        self.greeting = greeting
        self.answersHeads = answersHeads
        self.handler = handler
    }

    func stop() { stopped.store(true, ordering: .relaxed) }

    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    func accept(from listener: Int32) {
        while !isStopped {
            var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 20) > 0 else { continue }
            let socket = Glibc.accept(listener, nil, nil)
            guard socket >= 0 else { continue }
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            // What is sent in pieces goes out in pieces, and at once.
            var on: Int32 = 1
            setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            guard connections.add(1, ordering: .relaxed).newValue <= Self.maximumConnections else {
                connections.subtract(1, ordering: .relaxed)
                close(socket)
                continue
            }
            connectionCount.add(1, ordering: .relaxed)
            detachThread { [self] in
                serve(LoopbackConnection(socket: socket, sentBytes: sentBytes))
                connections.subtract(1, ordering: .relaxed)
            }
        }
        close(listener)
    }

    private func serve(_ connection: LoopbackConnection) {
        connection.send(greeting)
        while let request = connection.readRequest(withBody: !answersHeads, until: { self.isStopped }) {
            requests.withLockedValue { $0.append(request) }
            let exchange = LoopbackExchange(request: request, connection: connection)
            if let handler { handler(exchange) } else { exchanges.put(exchange) }
            connection.waitForEndOfExchange(exchange, until: { self.isStopped })
            if connection.isClosed { return }
        }
        connection.close()
    }
}
