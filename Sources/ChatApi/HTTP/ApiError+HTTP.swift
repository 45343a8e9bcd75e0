import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension ApiError {
    /// The error of an answer whose status isn't one of success.
    init(head: HTTPResponseHead, body: [UInt8], host: String) {
        let target = head.headers.first(name: "location")
        let isRedirect = (300..<400).contains(head.status.code) && target != nil
        self.init(isRedirect ? .redirect : .http, host: host)
        if isRedirect { redirectTarget = target }
        add(head: head)
        add(body: body)
    }

    /// Takes status and headers from the head of an answer.
    mutating func add(head: HTTPResponseHead) {
        statusCode = Int(head.status.code)
        headers = ApiHeaders(head)
        requestID = headers.requestID
        retryAfter = RetryAfter.duration(headers)
    }

    /// Takes a body, and what the server says in it.
    mutating func add(body: [UInt8]) {
        self.body = body
        if let json = try? JSONValue(parsing: body) {  // What isn't JSON is quoted.
            if let fault = ServerFault(errorBody: json) { add(fault) }
        }
        if serverMessage == nil { detail = Self.excerpt(of: body) }
    }

    /// Takes what the server says went wrong.
    mutating func add(_ fault: ServerFault) {
        serverMessage = fault.message
        serverCode = fault.code
        serverType = fault.type
        param = fault.param
    }

    /// The title of an HTML page, or the first 120 bytes of a text; nil for nothing.
    static func excerpt(of body: [UInt8]) -> String? {
        let start = String(decoding: body.prefix(4096), as: UTF8.self)
        let lowercased = start.lowercased()
        if let open = lowercased.firstRange(of: "<title"),
            let openEnd = lowercased[open.upperBound...].firstIndex(of: ">"),
            let close = lowercased[openEnd...].firstRange(of: "</title")
        {
            // The lowercased text has other indices where a letter changes its length, which titles of error pages hardly do.
            let title = start.utf8.dropFirst(lowercased.utf8.distance(from: lowercased.startIndex, to: openEnd) + 1)
                .prefix(lowercased.utf8.distance(from: openEnd, to: close.lowerBound) - 1)
            return String(decoding: title.prefix(120), as: UTF8.self)
        }
        guard !body.isEmpty else { return nil }
        var end = min(body.count, 120)
        // Not in the middle of a character.
        while end > 0, end < body.count, body[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: body[..<end], as: UTF8.self)
    }
}

extension ApiHeaders {
    init(_ head: HTTPResponseHead) { self.init(head.headers.map { ($0.name, $0.value) }) }
}

extension ApiError {
    /// The error of a connection that failed.
    init(connection error: any Error, host: String) {
        let detail = Self.text(of: error)
        switch error {
        case let error as ApiError:
            self = error
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first {
                self.init(Self.code(of: failure.error), host: host, detail: Self.text(of: failure.error))
            } else {
                self.init(.hostNotFound, host: host, detail: detail)
            }
        case is IOError, is ChannelError:
            self.init(Self.code(of: error), host: host, detail: detail)
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
                self.init(.connectTimeout, host: host, detail: detail)
            case .invalidURL, .emptyHost, .emptyScheme:
                self.init(.invalidConfiguration, host: host, detail: "the address can't be read")
            default:
                self.init(.connectionLost, host: host, detail: detail)
            }
        case is HTTPParserError:
            self.init(.notHTTP, host: host, detail: detail)
        default:
            // NIOSSL's errors, which come by way of AsyncHTTPClient; the module itself isn't needed for anything else.
            let isTLS = String(reflecting: type(of: error)).hasPrefix("NIOSSL.")
            self.init(isTLS ? .tls : .connectionLost, host: host, detail: detail)
        }
    }

    private static func code(of error: any Error) -> Code {
        if case .connectTimeout? = error as? ChannelError { return .connectTimeout }
        return switch (error as? IOError)?.errnoCode {
        case ECONNREFUSED: .connectionRefused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: .unreachable
        case ETIMEDOUT: .connectTimeout
        default: .connectionLost
        }
    }

    private static func text(of error: any Error) -> String {
        guard let code = (error as? IOError)?.errnoCode else { return String(describing: error) }
        return String(cString: strerror(code))
    }
}
