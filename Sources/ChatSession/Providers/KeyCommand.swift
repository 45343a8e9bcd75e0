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
        let command = BoundedProgram(
            path: program, arguments: Array(words.dropFirst()), environment: environment, duration: Self.limit,
            maximumOutput: Self.largestOutput)
        do {
            let outcome = try await command.run()
            switch outcome.status {
            case .exited(0):
                let key = KeySource.trimmed(String(decoding: outcome.output, as: UTF8.self))
                if key.isEmpty { throw KeyError.unusable("the key command \(name) printed nothing") }
                return key
            case .exited(let status): throw KeyError.commandFailed(name, status: status)
            case .signaled(let signal): throw KeyError.commandFailed(name, status: -signal)
            }
        } catch let failure as BoundedProgram.Failure {
            switch failure {
            case .notStarted: throw KeyError.noCommand(name)
            case .timedOut: throw KeyError.commandTimedOut(name)
            case .tooMuchOutput: throw KeyError.unusable("the key command \(name) printed more than 64 KiB")
            }
        }
    }
}
