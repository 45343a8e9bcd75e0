/// Why the local model could not be installed, served or removed.
public enum LocalModelError: Error, Equatable {
    /// PATH has no `python3`.
    case pythonNotFound
    /// The newest Python of PATH, and what it says of its version; 3.10 is the oldest that will do.
    case pythonTooOld(path: String, version: String)
    /// A Python without the modules `venv` and `ensurepip`; Debian and Ubuntu have them in `package`.
    case pythonWithoutVenv(path: String, package: String)
    /// The disk has too little room: both in bytes, `path` is the directory to be.
    case diskFull(path: String, needed: Int, available: Int)
    /// A step failed: the command, its exit status (128 + N for signal N) and the last lines it wrote, which are untrusted text.
    case commandFailed(command: [String], status: Int32, lastLines: [String])
    /// The directory holds something else than a local model, and was left alone.
    case notLocalModel(path: String)
    /// Another process is installing or removing it.
    case busy(path: String)
    /// There is no complete local model in the directory.
    case notInstalled(path: String)
    /// A file or directory could not be read or written.
    case file(path: String, reason: String)
}
