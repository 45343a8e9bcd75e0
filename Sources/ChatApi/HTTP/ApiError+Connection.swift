import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension ApiError {
    /// The error of a connection that failed.
    /// - Parameters:
    ///   - error: What went wrong.
    ///   - host: The server's.
    ///   - proxy: The proxy, if the failure may be its; nil once there was a way to the server.
    init(connection error: any Error, host: String, proxy: ProxyAddress? = nil) {
        self.init(direct: error, host: host)
        guard let proxy else { return }
        switch code {
        case .connectionRefused, .hostNotFound, .unreachable, .connectionLost, .notHTTP:
            self = ApiError(.proxy, host: host, detail: "\(proxy.authority): \(detail ?? code.description)")
        case .connectTimeout: detail = "by way of the proxy \(proxy.authority)"
        case .proxy, .proxyAuthenticationRequired: detail = "\(proxy.authority)" + (detail.map { ": \($0)" } ?? "")
        default: break
        }
    }

    private init(direct error: any Error, host: String) {
        let detail = Self.text(of: error)
        switch error {
        case let error as ApiError:
            self = error
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first {
                self.init(Self.code(of: failure.error), host: host, detail: Self.text(of: failure.error))
            } else {
                self.init(.hostNotFound, host: host, detail: "the name has no address")
            }
        case is IOError, is ChannelError:
            self.init(Self.code(of: error), host: host, detail: detail)
        case let error as HTTPClientError:
            self.init(client: error, host: host)
        case HTTPParserError.headerOverflow:
            self.init(.tooLarge, host: host, detail: "a header is larger than 80 KiB, or all of them than 2 MiB")
        case HTTPParserError.invalidEOFState:
            self.init(.connectionLost, host: host, detail: "the connection was closed within the answer")
        case is HTTPParserError:
            self.init(.notHTTP, host: host, detail: detail)
        case NIOHTTPDecompression.DecompressionError.limit:
            self.init(.tooLarge, host: host, detail: "the answer unpacks to more than the limit")
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            self.init(.connectionLost, host: host, detail: "the packed answer is damaged or cut off")
        default:
            self = ApiError(tls: error, host: host) ?? ApiError(.connectionLost, host: host, detail: detail)
        }
    }

    private init(client error: HTTPClientError, host: String) {
        let detail = error.shortDescription
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .httpProxyHandshakeTimeout,
            .socksHandshakeTimeout:
            self.init(.connectTimeout, host: host)
        case .proxyAuthenticationRequired:
            self.init(.proxyAuthenticationRequired, host: host)
        case .invalidProxyResponse:
            self.init(.proxy, host: host, detail: "it refuses to open a way to the server")
        case .invalidURL, .emptyHost, .emptyScheme:
            self.init(.invalidConfiguration, host: host, detail: "the address can't be read")
        case .remoteConnectionClosed:
            self.init(.connectionLost, host: host, detail: "the connection was closed")
        default:
            self.init(.connectionLost, host: host, detail: detail)
        }
    }

    private static func code(of error: any Error) -> Code {
        if case .connectTimeout? = error as? ChannelError { return .connectTimeout }
        return switch (error as? IOError)?.errnoCode {
        case ECONNREFUSED: .connectionRefused
        // The last three: no IPv6 in this system, or a firewall of this machine.
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL, EAFNOSUPPORT, EPERM, EACCES: .unreachable
        case ETIMEDOUT: .connectTimeout
        default: .connectionLost
        }
    }

    private static func text(of error: any Error) -> String {
        guard let code = (error as? IOError)?.errnoCode else { return String(describing: error) }
        return String(cString: strerror(code))
    }
}
