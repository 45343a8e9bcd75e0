import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Finds out why a server's certificate isn't trusted, as BoringSSL says no more than that it isn't.
///
/// A second connection asks for the certificates and is closed within the handshake: nothing is sent over it.
enum CertificateInspection {
    /// Looks at the certificates of a server.
    /// - Returns: Why they aren't trusted, as a clause; nil if that can't be found out in time, or the task is cancelled.
    static func reason(host: String, port: Int, within limit: Duration) async -> String? {
        let eventLoop = HTTPTransport.eventLoops.next()
        let certificates = eventLoop.makePromise(of: [NIOSSLCertificate].self)
        let limit = TimeAmount(limit)
        let timeLimit = eventLoop.scheduleTask(in: limit) { certificates.fail(ChannelError.connectTimeout(limit)) }
        defer { timeLimit.cancel() }
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(limit).channelInitializer { channel in
            channel.closeFuture.whenComplete { _ in certificates.fail(ChannelError.ioOnClosedChannel) }
            return channel.eventLoop.makeCompletedFuture {
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.trustRoots = .certificates([])
                let handler = try NIOSSLClientHandler(
                    context: try NIOSSLContext(configuration: configuration),
                    serverHostname: IPAddress(host) == nil ? host : nil,
                    customVerificationCallback: { chain, verdict in
                        certificates.succeed(chain)
                        verdict.succeed(.failed)
                    })
                try channel.pipeline.syncOperations.addHandler(handler)
            }
        }
        let connection = bootstrap.connect(host: host, port: port)
        connection.whenFailure { certificates.fail($0) }
        certificates.futureResult.whenComplete { _ in
            // Not at once, as this may be called by the very handler that closing calls.
            eventLoop.execute { connection.whenSuccess { $0.close(promise: nil) } }
        }
        let chain = await withTaskCancellationHandler {
            try? await certificates.futureResult.get()  // What went wrong here is of no interest.
        } onCancel: {
            certificates.fail(CancellationError())
        }
        return chain.flatMap { reason(for: $0, now: time(nil)) }
    }

    private static func reason(for chain: [NIOSSLCertificate], now: time_t) -> String? {
        guard let leaf = chain.first else { return "the server shows none" }
        if leaf.notValidAfter < now { return "it expired on \(day(leaf.notValidAfter))" }
        if leaf.notValidBefore > now {
            return "it is valid from \(day(leaf.notValidBefore)) on; perhaps the clock of this machine is wrong"
        }
        if let other = chain.first(where: { $0.notValidAfter < now }) {
            return "the certificate of its authority expired on \(day(other.notValidAfter))"
        }
        guard let der = try? leaf.toDERBytes(), let names = DERCertificate.issuerAndSubject(der) else { return nil }
        return names.issuer == names.subject ? "it is self-signed" : nil
    }

    private static func day(_ time: time_t) -> String {
        var (time, parts) = (time, tm())
        gmtime_r(&time, &parts)
        let numbers = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
        return numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
    }
}

/// As much of X.509 (RFC 5280 §4.1) as tells a self-signed certificate.
enum DERCertificate {
    /// The encoded names of who issued a certificate and whom it is for; nil for what can't be read.
    static func issuerAndSubject(_ der: [UInt8]) -> (issuer: ArraySlice<UInt8>, subject: ArraySlice<UInt8>)? {
        var outer = der[...]
        guard var certificate = content(&outer), var fields = content(&certificate) else { return nil }
        if fields.first == 0xA0 { _ = content(&fields) }  // The version.
        guard content(&fields) != nil, content(&fields) != nil,  // Serial number, signature algorithm.
            let issuer = content(&fields), content(&fields) != nil, let subject = content(&fields)
        else { return nil }
        return (issuer, subject)
    }

    /// Takes an element off the start, and gives what is in it.
    private static func content(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.count >= 2 else { return nil }
        bytes.removeFirst()
        var length = Int(bytes.removeFirst())
        if length >= 0x80 {
            let count = length - 0x80
            guard (1...3).contains(count), bytes.count >= count else { return nil }
            length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            bytes.removeFirst(count)
        }
        guard bytes.count >= length else { return nil }
        defer { bytes.removeFirst(length) }
        return bytes.prefix(length)
    }
}
