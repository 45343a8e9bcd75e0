import Glibc

/// A certificate authority of a test's own, and what it vouches for; all made by `openssl` in a directory that goes with it.
public final class TestAuthority: Sendable {
    /// The authority's own certificate, in PEM.
    public let certificate: [UInt8]
    private let directory: TemporaryDirectory

    /// Makes an authority.
    /// - Throws: `TestTimeout` when `openssl` doesn't do its work.
    public init() throws {
        directory = try TemporaryDirectory()
        try directory.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ca.key")
        try directory.openssl(
            "req", "-x509", "-new", "-key", "ca.key", "-subj", "/CN=Banter Test Authority", "-days", "30",
            "-addext", "keyUsage=critical,keyCertSign", "-out", "ca.pem")
        certificate = directory.bytes(of: "ca.pem")
    }

    /// A certificate with its key.
    /// - Parameters:
    ///   - names: Whom it is for, like `DNS:localhost,IP:127.0.0.1`.
    ///   - isExpired: Whether it was valid until yesterday.
    /// - Returns: The certificate and its key.
    /// - Throws: `TestTimeout` when `openssl` doesn't do its work.
    public func identity(
        for names: String = "DNS:localhost,IP:127.0.0.1", isExpired: Bool = false
    ) throws -> TestIdentity {
        try directory.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "leaf.key")
        try directory.openssl(
            "req", "-new", "-key", "leaf.key", "-subj", "/CN=leaf", "-addext", "subjectAltName=\(names)",
            "-out", "leaf.csr")
        try directory.openssl(
            "x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-copy_extensions", "copy", "-days", isExpired ? "-1" : "30", "-out", "leaf.pem")
        return TestIdentity(certificate: directory.bytes(of: "leaf.pem"), privateKey: directory.bytes(of: "leaf.key"))
    }
}

/// A certificate and its private key, in PEM.
public struct TestIdentity: Sendable {
    /// The certificate.
    public let certificate: [UInt8]
    /// Its key.
    public let privateKey: [UInt8]

    /// A certificate for `localhost` and `127.0.0.1` that nobody vouches for.
    /// - Throws: `TestTimeout` when `openssl` doesn't do its work.
    public static func selfSigned() throws -> TestIdentity {
        let directory = try TemporaryDirectory()
        try directory.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "self.key")
        try directory.openssl(
            "req", "-x509", "-new", "-key", "self.key", "-subj", "/CN=localhost", "-days", "30",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", "self.pem")
        return TestIdentity(certificate: directory.bytes(of: "self.pem"), privateKey: directory.bytes(of: "self.key"))
    }

    /// The key, encrypted with a password.
    /// - Throws: `TestTimeout` when `openssl` doesn't do its work.
    public func encryptedKey() throws -> [UInt8] {
        let directory = try TemporaryDirectory()
        try directory.write(String(decoding: privateKey, as: UTF8.self), to: "plain.key")
        try directory.openssl("pkcs8", "-topk8", "-in", "plain.key", "-passout", "pass:secret", "-out", "encrypted.key")
        return directory.bytes(of: "encrypted.key")
    }
}

extension TemporaryDirectory {
    fileprivate func bytes(of name: String) -> [UInt8] { Array((text(of: name) ?? "").utf8) }

    /// Runs `openssl` on files of the directory, for at most 20 s.
    fileprivate func openssl(_ arguments: String...) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, file("openssl.log"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let isFile = { (word: String) in [".key", ".pem", ".csr"].contains { word.hasSuffix($0) } }
        let words = ["openssl"] + arguments.map { isFile($0) ? file($0) : $0 }
        var pointers = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var process = pid_t()
        guard posix_spawnp(&process, "openssl", &actions, nil, &pointers, environ) == 0 else {
            throw TestTimeout("openssl isn't there; Scripts/install-packages installs it")
        }
        var status: Int32 = 0
        for _ in 0..<4000 {
            if waitpid(process, &status, WNOHANG) == process {
                guard status == 0 else {
                    throw TestTimeout("openssl \(arguments[0]) failed: \(text(of: "openssl.log") ?? "")")
                }
                return
            }
            usleep(5000)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw TestTimeout("waited 20 s for openssl \(arguments[0])")
    }
}
