import ChatApi
import Glibc
import Synchronization
import TestSupport

/// Banter without a terminal: its input comes from a file, its output goes to files.
final class BanterProcess: Sendable {
    let process: pid_t
    private let home: Home
    private let number: Int
    private let status = Mutex<Int32?>(nil)

    private static let count = Atomic(0)

    /// Runs Banter.
    ///
    /// - Parameters:
    ///   - home: Its home and environment.
    ///   - arguments: Its arguments.
    ///   - input: Standard input.
    ///   - output: The descriptor for standard output; nil for a file.
    /// - Throws: `Unexpected` if it can't be run.
    init(in home: Home, _ arguments: [String], input: String = "", output: Int32? = nil) throws {
        self.home = home
        number = Self.count.add(1, ordering: .relaxed).newValue
        let input = try home.directory.write(input, to: "runs/in\(number)")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(
                &actions, 1, home.directory.file("runs/out\(number)"), O_WRONLY | O_CREAT, 0o600)
        }
        posix_spawn_file_actions_addopen(
            &actions, 2, home.directory.file("runs/err\(number)"), O_WRONLY | O_CREAT, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // POSIX_SPAWN_SETSID, which Glibc's module doesn't show: no terminal of the person who runs the tests is Banter's.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, 0x80 | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        let argv = ([Home.banter] + arguments).map { strdup($0) } + [nil]
        let environ = home.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + environ).forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, Home.banter, &actions, &attributes, argv, environ)
        guard code == 0 else { throw Unexpected("can't run \(Home.banter): \(String(cString: strerror(code)))") }
        self.process = process
    }

    deinit { if status.withLock({ $0 == nil }) { kill(process, SIGKILL) } }

    /// What it wrote to standard output.
    var output: String { home.directory.text(of: "runs/out\(number)") ?? "" }

    /// What it wrote to standard error.
    var errors: String { home.directory.text(of: "runs/err\(number)") ?? "" }

    /// The object on standard output.
    var json: JSONValue {
        get throws { try JSONValue(parsing: Array(output.utf8)) }
    }

    /// Waits until it has ended: its exit code, or 128 and the number of the signal that ended it.
    func exitCode(within duration: Duration = .seconds(30)) async throws -> Int32 {
        let limit = ContinuousClock.now + duration
        while ContinuousClock.now < limit {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
                self.status.withLock { $0 = code }
                return code
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Unexpected("banter still runs after \(duration); standard error: \(errors)")
    }
}

extension Home {
    /// Runs Banter to its end.
    func run(_ arguments: String..., input: String = "") async throws -> (code: Int32, output: String, errors: String) {
        let process = try BanterProcess(in: self, arguments, input: input)
        let code = try await process.exitCode()
        return (code, process.output, process.errors)
    }
}
