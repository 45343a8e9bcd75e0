/// Whom to trust on a secure connection, and how to prove who asks.
///
/// Certificates and keys are given as the bytes of PEM text (RFC 7468), as `ChatApi` reads no file. What can't be read is an `ApiError` with code
/// `invalidConfiguration` that says which one and why, before anything is sent. The descriptions mask the private key.
public struct TLSSettings: Hashable, Sendable {
    /// Certificates of authorities to trust, one or many in PEM; nil for those of the system alone.
    public var certificateAuthorities: [UInt8]?
    /// Whether the authorities that the system trusts are trusted too.
    public var trustsSystemAuthorities = true
    /// What to show to a server that wants to see a certificate; nil for nothing.
    public var clientCertificate: ClientCertificate?
    /// Whether the server must prove that it is who it claims to be.
    ///
    /// Without that, anyone on the way can read the key and the conversation, and answer in the server's place: each request is logged with a
    /// warning. To trust a server of one's own, set `certificateAuthorities` instead.
    public var verifiesCertificates = true

    /// The settings that suit every public server: the system's authorities, and no certificate of one's own.
    public init() {}

    /// A certificate that says who asks, and its key.
    public struct ClientCertificate: Hashable, Sendable {
        /// The certificate, followed by those that lead to its authority, in PEM.
        public var chain: [UInt8]
        /// The private key in PEM, not encrypted.
        public var privateKey: [UInt8]

        /// A certificate and its key.
        public init(chain: [UInt8], privateKey: [UInt8]) {
            self.chain = chain
            self.privateKey = privateKey
        }
    }
}

extension TLSSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What is set, without the certificates and the key.
    public var description: String {
        var parts: [String] = []
        if certificateAuthorities != nil { parts.append("own authorities") }
        if trustsSystemAuthorities { parts.append("system authorities") }
        if clientCertificate != nil { parts.append("client certificate") }
        if !verifiesCertificates { parts.append("certificates are not verified") }
        return "TLSSettings(\(parts.joined(separator: ", ")))"
    }
    /// What is set, without the certificates and the key.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show the key.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}

extension TLSSettings.ClientCertificate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// That there is one.
    public var description: String { "ClientCertificate(***)" }
    /// That there is one.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show the key.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}
