/// One command of an installation.
enum InstallCommand {
    /// Runs a command to its end, which comes early when the task is cancelled or this process ends.
    static func status(of command: [String], environment: [String: String], output: ProcessOutput) async throws -> Int32
    {
        let process: SupervisedProcess
        do {
            process = try await SupervisedProcess.start(command, environment: environment, output: output)
        } catch {
            try Task.checkCancellation()
            throw LocalModelError.commandFailed(command: command, status: 127, lastLines: [error.reason])
        }
        let status = await withTaskCancellationHandler {
            await process.end()
        } onCancel: {
            process.requestStop()
        }
        try Task.checkCancellation()
        return status
    }

    /// Runs a command and throws ``LocalModelError/commandFailed(command:status:lastLines:)`` unless it succeeds.
    static func run(_ command: [String], environment: [String: String]) async throws {
        let output = ProcessOutput()
        let status = try await status(of: command, environment: environment, output: output)
        guard status == 0 else {
            throw LocalModelError.commandFailed(command: command, status: status, lastLines: output.lastLines)
        }
    }
}
