import NIOSSL

extension ApiError {
    /// The error of a secure connection that failed; nil for an error of another kind.
    init?(tls error: any Error, host: String) {
        switch error {
        // With TLS 1.3 a server may object to the client's certificate once the handshake has ended for the client.
        case NIOSSLError.handshakeFailed(.sslError(let stack)), BoringSSLError.sslError(let stack):
            let text = stack.map(\.description).joined(separator: " ")
            if text.contains("CERTIFICATE_VERIFY_FAILED") {
                self.init(.certificateUntrusted, host: host, detail: Self.unknownAuthority)
            } else {
                self.init(.tls, host: host, detail: Self.clause(of: text))
            }
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self.init(.certificateUntrusted, host: host, detail: "it is for another host")
        case NIOSSLError.noCertificateToValidate:
            self.init(.certificateUntrusted, host: host, detail: "the server shows none")
        case NIOSSLError.uncleanShutdown, NIOSSLError.handshakeFailed(.zeroReturn),
            NIOSSLError.handshakeFailed(.syscallError):
            self.init(.connectionLost, host: host, detail: "the secure connection was cut off")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(.tls, host: host, detail: String(describing: error))
        default:
            return nil
        }
    }

    /// All that BoringSSL tells of a certificate; `CertificateInspection` may know better.
    static let unknownAuthority = "it comes from no authority that is trusted here"

    /// What BoringSSL's words for the usual failures mean; others as they are.
    private static func clause(of text: String) -> String {
        for (word, clause) in [
            ("WRONG_VERSION_NUMBER", "the server doesn't speak TLS there; perhaps the address begins with http://"),
            ("HTTP_REQUEST", "the server doesn't speak TLS there; perhaps the address begins with http://"),
            ("CERTIFICATE_REQUIRED", "the server wants a client certificate"),
            ("BAD_CERTIFICATE", "the server refuses the client certificate"),
            ("UNKNOWN_CA", "the server doesn't trust the authority of the client certificate"),
            ("HANDSHAKE_FAILURE", "the server refuses the connection; perhaps it wants a client certificate"),
            ("UNSUPPORTED_PROTOCOL", "the server speaks only versions of TLS that are too old"),
            ("PROTOCOL_VERSION", "the server speaks only versions of TLS that are too old"),
            ("EOF during handshake", "the connection was closed in the midst of the handshake"),
        ] where text.contains(word) { return clause }
        return text
    }
}
