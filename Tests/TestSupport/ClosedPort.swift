import Glibc

/// A port of 127.0.0.1 that refuses connections, and that nobody else gets meanwhile.
public final class ClosedPort: Sendable {
    /// The port.
    public let number: Int
    private let socket: Int32

    /// Takes a port without listening on it.
    /// - Throws: `TestTimeout` when there is none to be had.
    public init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        self.socket = socket
        number = Int(address.sin_port.bigEndian)
        guard isBound else { throw TestTimeout("can't take a port: \(String(cString: strerror(errno)))") }
    }

    deinit { close(socket) }
}
