import Glibc

/// Where Banter keeps its files: `~/.banter`, or wherever `BANTER_HOME` says.
public struct BanterHome: Hashable, Sendable {
    /// The directory, absolute and without a slash at the end.
    public let path: String

    /// The directory that an environment names; nil if it names neither `BANTER_HOME` nor `HOME`.
    public init?(environment: [String: String]) {
        if let path = environment["BANTER_HOME"], !path.isEmpty {
            self.init(path: path)
        } else if let home = environment["HOME"], !home.isEmpty {
            self.init(path: home + "/.banter")
        } else {
            return nil
        }
    }

    /// A directory given by its path; a relative one lies in the directory that the process is in.
    public init(path: String) {
        var path = path
        if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
            path = String(cString: here) + "/" + path
            free(here)
        }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The settings.
    public var configuration: String { path + "/config.json" }
    /// What was typed.
    public var history: String { path + "/history" }
    /// The small model that runs on this machine.
    public var localModel: LocalModel { LocalModel(directory: path + "/local-model") }
    /// The saved sessions.
    public var sessions: SessionStore { SessionStore(directory: path + "/sessions") }
    /// What a provider's own server prints.
    public func serverLog(of provider: String) -> String { "\(path)/serve-\(provider).log" }

    /// Makes the directory, 0700, if it isn't there.
    /// - Throws: `FileSystemError`.
    public func create() throws(FileSystemError) { try AtomicFile.createDirectory(path) }
}
