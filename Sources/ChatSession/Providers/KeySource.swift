import ChatApi

/// Where a provider's key comes from.
///
/// The key itself is only ever in memory and in the request.
public enum KeySource: Hashable, Sendable {
    /// An environment variable.
    case environment(String)
    /// What a command prints, run without a shell: a program and its arguments.
    case command([String])
    /// The content of a file that nobody else can read.
    case file(String)
    /// The key itself, in a configuration file that nobody else can read.
    case inline(Secret)

    /// A key that doesn't show itself when it is printed.
    public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        let text: String

        /// Says that there is a key, and no more.
        public var description: String { "(key)" }
        /// Shows nothing.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    init(_ node: ConfigurationNode, access: FileAccess) throws(ConfigurationError) {
        if let text = node.value.stringValue {
            guard access.isPrivate else {
                throw node.error(
                    .invalidValue(
                        "a key in a file that others can read is no secret: chmod 600 it, or name an environment variable, a file or a command: {\"env\": \"NAME\"}"
                    ))
            }
            self = .inline(Secret(text: text))
            return
        }
        try node.checkKeys(["env", "command", "file"])
        switch (node["env"], node["command"], node["file"]) {
        case (let name?, nil, nil): self = .environment(try name.string())
        case (nil, let command?, nil): self = .command(try command.command(access: access))
        case (nil, nil, let file?): self = .file(try file.string())
        default: throw node.error(.invalidValue("it needs one of \"env\", \"command\" and \"file\""))
        }
    }
}

extension ConfigurationFile {
    /// The variables of the environment that keys are taken from.
    package var keyVariables: Set<String> {
        Set(
            (providers + [.openAI]).compactMap { provider in
                if case .environment(let name)? = provider.key { name } else { nil }
            })
    }
}

/// Why a key can't be had.
public enum KeyError: Error, Hashable, Sendable {
    /// The environment variable isn't set.
    case noVariable(String)
    /// The file can't be read.
    case unreadable(FileSystemError)
    /// Others can read the file.
    case fileIsNotPrivate(path: String)
    /// The command can't be started.
    case noCommand(String)
    /// The command failed, with this status (or minus the signal); what it printed is never shown.
    case commandFailed(String, status: Int32)
    /// The command took longer than ten seconds.
    case commandTimedOut(String)
    /// What was found is no key; which it is, and why, as a clause: "the key file /home/me/key is empty".
    case unusable(String)
}

extension KeySource {
    /// Gets the key.
    /// - Throws: `KeyError`, or `CancellationError`.
    func key(environment: [String: String]) async throws -> String {
        switch self {
        case .environment(let name):
            guard let key = environment[name], !key.isEmpty else { throw KeyError.noVariable(name) }
            return key
        case .inline(let secret):
            return secret.text
        case .file(let path):
            return try Self.contents(of: path, home: environment["HOME"])
        case .command(let words):
            let variables = environment.filter { !$0.key.hasSuffix("API_KEY") }
            return try await KeyCommand(words: words, environment: variables).output()
        }
    }

    private static func contents(of path: String, home: String?) throws(KeyError) -> String {
        let path = path.hasPrefix("~/") ? (home ?? "~") + path.dropFirst(1) : path
        let bytes: [UInt8]
        let access: FileAccess
        do { (bytes, access) = try AtomicFile.readWithAccess(path, limit: 1 << 16) } catch { throw .unreadable(error) }
        guard access.isPrivate else { throw .fileIsNotPrivate(path: path) }
        let key = trimmed(String(decoding: bytes, as: UTF8.self))
        if key.isEmpty { throw .unusable("the key file \(path) is empty") }
        return key
    }

    /// The text without the line break that every tool puts behind it.
    static func trimmed(_ text: String) -> String {
        var text = text.unicodeScalars
        while let last = text.last, last == "\n" || last == "\r" { text.removeLast() }
        return String(text)
    }
}
