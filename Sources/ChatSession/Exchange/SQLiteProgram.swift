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
        // A name that begins with a dash is no option so, nor is "file:…" a URI.
        let file = path.utf8.first == UInt8(ascii: "/") ? path : "./\(path)"
        let process = BoundedProgram(
            path: program,
            arguments: ["-batch", "-safe", "-readonly", "-init", "/dev/null", "-json", file, question],
            environment: ChildEnvironment.withoutSecrets(environment), duration: Self.limit,
            maximumOutput: ImportedFile.maximumBytes, keepsErrors: true)
        let outcome: BoundedProgram.Outcome
        do { outcome = try await process.run() } catch let failure as BoundedProgram.Failure {
            switch failure {
            case .notStarted: throw ImportProblem.noSQLite
            case .timedOut: throw ImportProblem.database("sqlite3 took more than two minutes")
            case .tooMuchOutput: throw ImportProblem.tooLarge(limit: ImportedFile.maximumBytes)
            }
        }
        guard outcome.status.isSuccess else {
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
}
