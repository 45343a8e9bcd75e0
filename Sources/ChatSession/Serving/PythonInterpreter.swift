import Glibc

/// A Python that can make virtual environments.
struct PythonInterpreter {
    let path: String

    private static let names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"]

    private static let probe = """
        import sys
        print("version", *sys.version_info[:2])
        import venv, ensurepip
        print("venv")
        """

    /// The first usable one of PATH.
    ///
    /// - Throws: The ``LocalModelError`` about the first one, if none is usable.
    static func find(in environment: [String: String]) async throws -> PythonInterpreter {
        var reason: LocalModelError?
        for name in names {
            guard let path = ChildEnvironment.find(name, in: environment) else { continue }
            let output = ProcessOutput()
            let command = [path, "-I", "-c", probe]
            let status = try await InstallCommand.status(of: command, environment: environment, output: output)
            let lines = output.lastLines
            if lines.contains("venv") { return PythonInterpreter(path: path) }
            let version = lines.first { $0.hasPrefix("version ") }?.split(separator: " ").compactMap { Int($0) }
            if let version, version.count == 2 {
                let (major, minor) = (version[0], version[1])
                reason =
                    reason
                    ?? ((major, minor) < (3, 10)
                        ? .pythonTooOld(path: path, version: "\(major).\(minor)")
                        : .pythonWithoutVenv(path: path, package: "python3-venv"))
            } else {
                reason = reason ?? .commandFailed(command: [path], status: status, lastLines: lines)
            }
        }
        throw reason ?? .pythonNotFound
    }
}
