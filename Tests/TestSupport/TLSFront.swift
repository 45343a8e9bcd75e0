import NIOCore
import NIOPosix
import NIOSSL

/// Speaks TLS on a port of 127.0.0.1, and passes what it hears on to a server that doesn't.
///
/// It ends when the last reference to it goes.
public final class TLSFront: Sendable {
    /// The port, free when the front was made.
    public let port: Int
    private let listener: any Channel

    /// Starts a front.
    /// - Parameters:
    ///   - server: The server behind it.
    ///   - identity: The certificate to show, and its key.
    ///   - clientAuthority: The certificate of the authority that clients must have one of; nil if they need none.
    /// - Throws: What NIOSSL objects to in the certificates.
    public init(
        before server: LoopbackServer, identity: TestIdentity, clientAuthority: [UInt8]? = nil
    ) async throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(identity.certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: identity.privateKey, format: .pem)))
        if let clientAuthority {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(clientAuthority))
            configuration.certificateVerification = .noHostnameVerification
        }
        let context = try NIOSSLContext(configuration: configuration)
        let target = server.port
        listener = try await ServerBootstrap(group: ChannelPipe.eventLoops)
            .childChannelInitializer { channel in
                ChannelPipe.connect(channel, toPort: target) {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    /// The base URL of the API here, for a host that leads to this machine.
    public func baseURL(host: String = "localhost") -> String { "https://\(host):\(port)/v1" }
}

/// Passes the bytes that a channel receives on to another.
final class ChannelPipe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// One thread for all that tests make of NIO.
    static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let peer: any Channel

    init(to peer: any Channel) { self.peer = peer }

    /// Connects a channel with a port of this machine, in both directions; on the channel's event loop.
    static func connect(
        _ channel: any Channel, toPort port: Int, addingHandlers: @escaping @Sendable () throws -> Void
    ) -> EventLoopFuture<Void> {
        ClientBootstrap(group: channel.eventLoop).connect(host: "127.0.0.1", port: port).flatMapThrowing { peer in
            try addingHandlers()
            try channel.pipeline.syncOperations.addHandler(ChannelPipe(to: peer))
            try peer.pipeline.syncOperations.addHandler(ChannelPipe(to: channel))
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        peer.writeAndFlush(Self.unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { peer.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
