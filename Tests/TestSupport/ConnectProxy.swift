import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// An HTTP proxy on 127.0.0.1 that opens ways to ports of this machine (`CONNECT`), or does something else that a test wants.
///
/// It keeps every byte that it is sent, before and after the way is open. It ends when the last reference to it goes.
public final class ConnectProxy: Sendable {
    /// What the proxy does with the first request.
    public enum Behavior: Sendable {
        /// Opens the way; with credentials (`Basic …`) only if the request has just these.
        case opens(authorization: String? = nil)
        /// Opens the way as a SOCKS proxy does (RFC 1928), to a host by name.
        case opensSOCKS
        /// Answers these bytes to the first that it receives, whatever they are, and then closes the connection, or doesn't.
        case answers(String, closes: Bool)
    }

    /// The port, free when the proxy was made.
    public let port: Int
    private let listener: any Channel
    private let log: Log

    fileprivate final class Log: Sendable {
        let bytes = NIOLockedValueBox<[UInt8]>([])
        let heads = NIOLockedValueBox<[String]>([])
    }

    /// Starts a proxy.
    /// - Throws: `IOError` when there is no port to be had.
    public init(_ behavior: Behavior = .opens()) async throws {
        let log = Log()
        self.log = log
        listener = try await ServerBootstrap(group: ChannelPipe.eventLoops)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ConnectHandler(behavior, log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    /// The address of the proxy, with a user name and a password (`user:password@`) or without.
    public func url(_ credentials: String = "") -> String { "http://\(credentials)127.0.0.1:\(port)" }

    /// The heads of all requests, each up to and without its empty line.
    public var requests: [String] { log.heads.withLockedValue { $0 } }

    /// Every byte that clients sent.
    public var received: [UInt8] { log.bytes.withLockedValue { $0 } }
}

private final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let behavior: ConnectProxy.Behavior
    private let log: ConnectProxy.Log
    private var head: [UInt8] = []
    private var isOpen = false

    init(_ behavior: ConnectProxy.Behavior, _ log: ConnectProxy.Log) {
        self.behavior = behavior
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = Self.unwrapInboundIn(data)
        log.bytes.withLockedValue { $0 += buffer.readableBytesView }
        guard !isOpen else { return context.fireChannelRead(data) }
        switch behavior {
        case .answers(let text, let closes):
            let channel = context.channel
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in
                if closes { channel.close(promise: nil) }
            }
        case .opensSOCKS:
            head += buffer.readableBytesView
            speakSOCKS(context.channel)
        case .opens(let authorization):
            head += buffer.readableBytesView
            guard let end = head.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            let text = String(decoding: head[..<end.lowerBound], as: UTF8.self)
            log.heads.withLockedValue { $0.append(text) }
            open(text, authorization, context.channel)
        }
    }

    private func open(_ head: String, _ authorization: String?, _ channel: any Channel) {
        let lines = head.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        let isAllowed =
            authorization.map { expected in
                lines.contains { $0.lowercased().hasPrefix("proxy-authorization: ") && $0.hasSuffix(": " + expected) }
            } ?? true
        guard isAllowed else {
            return answer("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", channel)
        }
        guard words.count == 3, words[0] == "CONNECT", let port = Int(words[1].split(separator: ":").last ?? "") else {
            return answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", channel)
        }
        isOpen = true
        ChannelPipe.connect(channel, toPort: port) {}.whenComplete { result in
            switch result {
            case .success: channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"), promise: nil)
            case .failure: channel.close(promise: nil)
            }
        }
    }

    private func speakSOCKS(_ channel: any Channel) {
        // 5 1 0: one method, none; then 5 1 0 3, the name with its length, the port.
        if head == [5, 1, 0] { return channel.writeAndFlush(ByteBuffer(bytes: [5, 0]), promise: nil) }
        let request = head.dropFirst(3)
        guard request.count > 7, request.starts(with: [5, 1, 0, 3]), request.count == 7 + Int(request[7]) else {
            return
        }
        let name = String(decoding: request.dropFirst(5).dropLast(2), as: UTF8.self)
        let port = request.suffix(2).reduce(0) { $0 << 8 | Int($1) }
        log.heads.withLockedValue { $0.append("\(name):\(port)") }
        isOpen = true
        ChannelPipe.connect(channel, toPort: port) {}.whenSuccess {
            channel.writeAndFlush(ByteBuffer(bytes: [5, 0, 0, 1, 127, 0, 0, 1, 0, 0]), promise: nil)
        }
    }

    private func answer(_ text: String, _ channel: any Channel) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }
}
