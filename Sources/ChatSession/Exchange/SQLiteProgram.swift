import ChatApi
import Subprocess

/// Reads a database with the `sqlite3` program: a file that somebody made to break a library breaks a child that can do nothing.
struct SQLiteProgram {
    let path: String
    let environment: [String: String]

    /// For one question.
    private static let limit = Duration.seconds(120)

    /// The rows that a question gives, as objects.
    ///
    /// The program runs in its safe mode (no command of its own, no other file), reads only, and takes no settings of the user's.
    /// - Throws: `ImportProblem`, or `CancellationError`; then the program is ended.
    func rows(_ question: String) async throws -> [JSONValue] {
        guard let program = ChildEnvironment.find("sqlite3", in: environment) else { throw ImportProblem.noSQLite }
        let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await run(program, question) }
            group.addTask {
                try await Task.sleep(for: Self.limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        try Task.checkCancellation()
        guard let outcome else { throw ImportProblem.database("sqlite3 took more than two minutes") }
        guard outcome.isDone else {
            let line = outcome.errors.split(separator: 0x0A).first.map { String(decoding: $0, as: UTF8.self) }
            throw ImportProblem.database(SessionDocument.line(line ?? "sqlite3 failed"))
        }
        if outcome.output.isEmpty { return [] }
        do {
            return try JSONValue(parsing: outcome.output, maximumValues: ImportedFile.maximumValues).arrayValue ?? []
        } catch {
            throw ImportProblem.database("sqlite3 wrote no JSON (\(error))")
        }
    }

    private struct Outcome {
        var isDone: Bool
        var output: [UInt8]
        var errors: [UInt8]
    }

    private func run(_ program: String, _ question: String) async throws -> Outcome {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in ChildEnvironment.withoutSecrets(environment) {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        // Without the terminal, which is read by the prompt meanwhile.
        options.createSession = true
        // A name that begins with a dash is no option so, nor is "file:…" a URI.
        let file = path.utf8.first == UInt8(ascii: "/") ? path : "./\(path)"
        let arguments = ["-batch", "-safe", "-readonly", "-init", "/dev/null", "-json", file, question]
        do {
            // By way of the shell, as in KeyCommand.
            let result = try await Subprocess.run(
                .name("sh"), arguments: Arguments(["-c", "exec \"$@\"", "sh", program] + arguments),
                environment: .custom(variables), platformOptions: options, input: .none,
                output: .bytes(limit: ImportedFile.maximumBytes), error: .bytes(limit: 1 << 16))
            return Outcome(
                isDone: result.terminationStatus.isSuccess, output: result.standardOutput, errors: result.standardError)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw ImportProblem.tooLarge(limit: ImportedFile.maximumBytes)
        } catch let error as SubprocessError where error.code == .spawnFailed || error.code == .executableNotFound {
            throw ImportProblem.noSQLite
        }
    }
}
