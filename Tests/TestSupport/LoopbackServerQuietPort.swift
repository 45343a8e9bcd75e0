import Glibc

/// A port of 127.0.0.1 where no server answers.
public final class QuietPort: Sendable {
    /// How a client notices.
    public enum Kind: Sendable {
        /// Nobody listens.
        case refusing
        /// Connections are neither made nor refused, as behind a firewall that drops everything: the queue of a listener is full, and nobody
        /// takes one out of it.
        case deaf
    }

    /// The base URL of an API here.
    public let baseURL: String
    private let sockets: [Int32]

    /// Takes a port.
    /// - Throws: `TestTimeout` when there is none to be had.
    public init(_ kind: Kind) throws {
        let (socket, port) = try LoopbackServer.bind()
        baseURL = "http://127.0.0.1:\(port)/v1"
        guard kind == .deaf else {
            sockets = [socket]
            return
        }
        listen(socket, 0)
        // The queue has room for one; what follows hangs.
        let clients = (0..<4).map { _ in
            let client = Glibc.socket(
                AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
            LoopbackServer.withAddress(port: port) { _ = connect(client, $0, $1) }
            return client
        }
        sockets = [socket] + clients
    }

    deinit { for socket in sockets { close(socket) } }
}
