import ChatApi

extension Provider {
    /// How requests get to the provider, and how they prove who asks.
    public struct Network: Hashable, Sendable {
        /// What is added to the query of every address, like Azure's `api-version`.
        public var query: [String: String] = [:]
        /// The header that carries the key, like Azure's `api-key`; nil for `Authorization: Bearer`.
        public var keyHeader: String?
        /// The address of a proxy, or `none`; nil for what the environment says.
        public var proxy: String?
        /// A file of certificates of authorities to trust beside the system's, in PEM.
        public var certificateAuthorities: String?
        /// The files of a certificate to show, with those that lead to its authority, and of its key, in PEM.
        public var clientCertificate: ClientCertificate?
        /// Whether the server must prove that it is who it claims to be.
        public var verifiesCertificates = true

        /// The paths of a certificate and its key.
        public struct ClientCertificate: Hashable, Sendable {
            /// The file of the certificate.
            public var chain: String
            /// The file of the key, which nobody else may read.
            public var key: String
        }

        static let keys = [
            "query", "keyHeader", "proxy", "certificateAuthorities", "clientCertificate", "verifyCertificates",
        ]

        /// The usual way: what the environment says of proxies, and the system's authorities.
        public init() {}

        init(_ node: ConfigurationNode, access: FileAccess) throws(ConfigurationError) {
            if let query = node["query"] {
                for (name, value) in try query.fields() { self.query[name] = try value.string() }
            }
            keyHeader = try node["keyHeader"]?.string()
            proxy = try node["proxy"].map { node throws(ConfigurationError) in
                let address = try node.string()
                guard !address.utf8.contains(UInt8(ascii: "@")) || access.isPrivate else {
                    throw node.error(
                        .invalidValue("a password in a file that others can read is no secret: chmod 600 it"))
                }
                return address
            }
            certificateAuthorities = try node["certificateAuthorities"]?.string()
            if let certificate = node["clientCertificate"] {
                try certificate.checkKeys(["chain", "key"])
                guard let chain = certificate["chain"], let key = certificate["key"] else {
                    throw certificate.error(.invalidValue("it needs a \"chain\" and a \"key\", the paths of PEM files"))
                }
                clientCertificate = ClientCertificate(chain: try chain.string(), key: try key.string())
            }
            verifiesCertificates = try node["verifyCertificates"]?.bool() ?? true
        }
    }
}

extension Provider.Network {
    private static let maximumFileBytes = 1 << 20

    /// Puts the settings into a configuration, and the contents of the files that they name.
    /// - Parameters:
    ///   - configuration: The configuration of the client.
    ///   - environment: The process's environment, for proxies and `~`.
    /// - Throws: `ConfigurationError` for a file that can't be read, `KeyError` for a private key that others can read.
    func apply(to configuration: inout ChatApiConfiguration, environment: [String: String]) throws {
        configuration.query = query
        if let keyHeader { configuration.authentication = .header(name: keyHeader) }
        switch proxy {
        case nil: configuration.proxy = .environment(environment)
        case "none"?: configuration.proxy = .none
        case let address?: configuration.proxy = .configured(address)
        }
        configuration.tls.verifiesCertificates = verifiesCertificates
        let home = environment["HOME"]
        if let certificateAuthorities {
            configuration.tls.certificateAuthorities = try Self.read(certificateAuthorities, home: home).bytes
        }
        if let clientCertificate {
            let chain = try Self.read(clientCertificate.chain, home: home)
            let key = try Self.read(clientCertificate.key, home: home)
            guard key.access.isPrivate else { throw KeyError.fileIsNotPrivate(path: clientCertificate.key) }
            configuration.tls.clientCertificate = .init(chain: chain.bytes, privateKey: key.bytes)
        }
    }

    private static func read(
        _ path: String, home: String?
    ) throws(ConfigurationError) -> (bytes: [UInt8], access: FileAccess) {
        let path = path.hasPrefix("~/") ? (home ?? "~") + path.dropFirst(1) : path
        do {
            return try AtomicFile.readWithAccess(path, limit: maximumFileBytes)
        } catch {
            throw ConfigurationError(path: path, problem: .unreadable(error))
        }
    }
}
