import NIOSSL

extension TLSSettings {
    /// The settings as NIOSSL knows them.
    /// - Throws: `TLSSettingsError`.
    func nioConfiguration() throws(TLSSettingsError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        let authorities = try certificateAuthorities.map { bytes throws(TLSSettingsError) in
            try Self.certificates(bytes, "the certificate authorities")
        }
        if trustsSystemAuthorities {
            if let authorities { configuration.additionalTrustRoots = [.certificates(authorities)] }
        } else {
            guard let authorities else {
                throw TLSSettingsError("no certificate authority is trusted, neither the system's nor another")
            }
            configuration.trustRoots = .certificates(authorities)
        }
        if let clientCertificate {
            let chain = try Self.certificates(clientCertificate.chain, "the client certificate")
            let key = try Self.privateKey(clientCertificate.privateKey)
            configuration.certificateChain = chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(key)
            try Self.check(chain, key)
        }
        if !verifiesCertificates { configuration.certificateVerification = .none }
        return configuration
    }

    private static func certificates(_ pem: [UInt8], _ what: String) throws(TLSSettingsError) -> [NIOSSLCertificate] {
        guard pem.firstRange(of: Array("-----BEGIN ".utf8)) != nil else {
            throw TLSSettingsError(
                "\(what) can't be read: it isn't PEM text, which has a line -----BEGIN CERTIFICATE-----")
        }
        do {
            return try NIOSSLCertificate.fromPEMBytes(pem)
        } catch {
            throw TLSSettingsError("\(what) can't be read: there is no whole certificate in it, or a damaged one")
        }
    }

    private static func privateKey(_ pem: [UInt8]) throws(TLSSettingsError) -> NIOSSLPrivateKey {
        // BoringSSL would ask for the password on the terminal.
        guard pem.firstRange(of: Array("ENCRYPTED".utf8)) == nil else {
            throw TLSSettingsError("the private key can't be read: it is encrypted; give it decrypted")
        }
        do {
            return try NIOSSLPrivateKey(bytes: pem, format: .pem)
        } catch {
            throw TLSSettingsError(
                "the private key can't be read: it isn't a private key in PEM text, or a damaged one")
        }
    }

    /// Finds out now whether the key is that of the certificate, not in the midst of a handshake.
    private static func check(_ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey) throws(TLSSettingsError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([])  // Those of the system would take time to load.
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(key)
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSSettingsError("the private key isn't that of the client certificate")
        }
    }
}

/// Why TLS settings can't be used, as a clause.
struct TLSSettingsError: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}
