import Subprocess

/// A command that prints a key; its words are taken as they are, no shell reads them.
struct KeyCommand {
    let words: [String]
    /// Its environment, in which its program is looked up, too.
    let environment: [String: String]

    private static let limit = Duration.seconds(10)
    private static let largestOutput = 64 << 10

    /// Runs the command.
    /// - Returns: What it printed, without the line break at the end.
    /// - Throws: `KeyError`, or `CancellationError`; then the command is ended.
    func output() async throws -> String {
        let name = words[0]
        guard let program = ChildEnvironment.find(name, in: environment) else { throw KeyError.noCommand(name) }
        let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await run(program) }
            group.addTask {
                try await Task.sleep(for: Self.limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        try Task.checkCancellation()
        switch outcome {
        case nil: throw KeyError.commandTimedOut(name)
        case (_, nil)?: throw KeyError.unusable("the key command \(name) printed more than 64 KiB")
        case (.exited(0), let text?)?:
            let key = KeySource.trimmed(String(decoding: text, as: UTF8.self))
            if key.isEmpty { throw KeyError.unusable("the key command \(name) printed nothing") }
            return key
        case (.exited(let status), _)?: throw KeyError.commandFailed(name, status: status)
        case (.signaled(let signal), _)?: throw KeyError.commandFailed(name, status: -signal)
        }
    }

    /// How the command ended, and what it printed; nil if that was too much.
    private typealias Outcome = (status: TerminationStatus, text: [UInt8]?)

    private func run(_ program: String) async throws -> Outcome {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        // Without the terminal, which is read by the prompt meanwhile.
        options.createSession = true
        do {
            // By way of the shell, which takes a path, as swift-subprocess takes one only in a type of another package; "$@" is never parsed.
            let result = try await Subprocess.run(
                .name("sh"), arguments: Arguments(["-c", "exec \"$@\"", "sh", program] + words.dropFirst()),
                environment: .custom(variables), platformOptions: options, input: .none,
                output: .bytes(limit: Self.largestOutput), error: .discarded)
            return (result.terminationStatus, result.standardOutput)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return (.exited(0), nil)
        } catch let error as SubprocessError where error.code == .spawnFailed || error.code == .executableNotFound {
            throw KeyError.noCommand(words[0])
        }
    }
}
