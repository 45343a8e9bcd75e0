import Subprocess

/// A program that is run without a terminal and without input, for so long and with so much to say at most.
struct BoundedProgram {
    /// Where it is.
    let path: String
    var arguments: [String] = []
    let environment: [String: String]
    let duration: Duration
    /// The most that it may print, in bytes.
    let maximumOutput: Int
    /// Whether what it says of errors is kept, up to 64 KiB; else it goes nowhere.
    var keepsErrors = false

    enum Failure: Error {
        case notStarted
        case timedOut
        case tooMuchOutput
    }

    /// How it ended, and what it printed.
    typealias Outcome = (status: TerminationStatus, output: [UInt8], errors: [UInt8])

    /// Runs the program; waits without holding a thread.
    /// - Throws: `Failure`, or `CancellationError`; then the program is ended.
    func run() async throws -> Outcome {
        let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await runToEnd() }
            group.addTask {
                try await Task.sleep(for: duration)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        try Task.checkCancellation()
        guard let outcome else { throw Failure.timedOut }
        return outcome
    }

    private func runToEnd() async throws -> Outcome {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        // Without the terminal, which is read by the prompt meanwhile.
        options.createSession = true
        // By way of the shell, which takes a path, as swift-subprocess takes one only in a type of another package; "$@" is never parsed.
        let script = keepsErrors ? "exec \"$@\"" : "exec \"$@\" 2>/dev/null"
        do {
            let result = try await Subprocess.run(
                .name("sh"), arguments: Arguments(["-c", script, "sh", path] + arguments),
                environment: .custom(variables), platformOptions: options, input: .none,
                output: .bytes(limit: maximumOutput), error: .bytes(limit: 1 << 16))
            return (result.terminationStatus, result.standardOutput, result.standardError)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw Failure.tooMuchOutput
        } catch let error as SubprocessError where error.code == .spawnFailed || error.code == .executableNotFound {
            throw Failure.notStarted
        }
    }
}
