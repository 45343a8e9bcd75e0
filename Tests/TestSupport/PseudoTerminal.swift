import Dispatch
import Glibc
import Synchronization
public import Testing

/// A terminal in a test's hands: a program (or the test process itself) on its one end, the test on the other.
///
/// A reader thread feeds what is written to a ``TerminalScreen``; waits are for what the screen shows, with a limit, never for a
/// time.
///
/// When the test lets go of it, whatever was written that isn't the product's own is an issue of the test: another program that
/// runs on it has to be announced (``Foreign``).
public final class PseudoTerminal: Sendable {
    /// How long anything is waited for.
    public static let limit: Duration = .seconds(20)
    /// What is kept of the bytes that were written.
    static let maximumTranscript = 4 << 20

    /// The descriptor of the terminal itself, for an editor inside the test process.
    public let terminal: Int32
    /// The terminal's path.
    public let path: String
    private let master: Int32
    private let watcher: PseudoTerminalWatcher
    private let foreign: Foreign
    private let sourceLocation: SourceLocation
    private let expectedClipboard = Mutex<[String]>([])
    /// The program's process id; nil if there is none.
    public let process: Int32?

    /// What may be written to a terminal beside the product's own sequences.
    public enum Foreign: Sendable {
        /// Nothing.
        case nothing
        /// These of ``TerminalScreen/foreignSequences``, which another program sends.
        case these(Set<String>)
        /// Anything, as another program draws as it likes.
        case anything
    }

    /// Makes a terminal with no program on it.
    public convenience init(
        rows: Int = 24, columns: Int = 80, foreign: Foreign = .nothing,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try self.init(rows: rows, columns: columns, foreign, sourceLocation, launch: nil)
    }

    /// Runs a program with the terminal as its standard input, output and error and its controlling terminal.
    ///
    /// The program leads the session, and the terminal's modes are reset when it ends: to compare them before and after, run
    /// it from a shell that stays.
    ///
    /// - Parameters:
    ///   - program: The program's path.
    ///   - arguments: Its arguments, without its name.
    ///   - environment: The whole environment of the program.
    ///   - rows: The height of the terminal.
    ///   - columns: The width of the terminal.
    ///   - foreign: What is no issue although it isn't the product's own.
    ///   - sourceLocation: Where issues are told.
    /// - Throws: ``PseudoTerminalError`` if the system gives no terminal or can't run the program.
    public convenience init(
        running program: String, arguments: [String] = [], environment: [String: String], rows: Int = 24,
        columns: Int = 80, foreign: Foreign = .nothing, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try self.init(rows: rows, columns: columns, foreign, sourceLocation) { path in
            try PseudoTerminal.spawn(program, arguments, environment, on: path)
        }
    }

    private init(
        rows: Int, columns: Int, _ foreign: Foreign, _ sourceLocation: SourceLocation,
        launch: ((String) throws -> pid_t)?
    ) throws {
        (self.foreign, self.sourceLocation) = (foreign, sourceLocation)
        var (master, slave): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        var size = winsize(
            ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw PseudoTerminalError("openpty: \(errno)") }
        for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        (self.master, terminal) = (master, slave)
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        watcher = PseudoTerminalWatcher(
            screen: TerminalScreen(rows: rows, columns: columns), answers: PseudoTerminal.answers)
        do {
            process = try launch?(path)
        } catch {
            close(master)
            close(slave)
            throw error
        }
        watcher.watch(master: master, process: process)
    }

    /// Kills the program if it is still there, and looks at all that was written.
    deinit {
        if let process, watcher.exitStatus == nil { kill(process, SIGKILL) }
        // The reader's end: it closes the master when the last descriptor of the terminal is gone.
        close(terminal)
        // An editor inside the test process may have the terminal still open.
        if process != nil { watcher.waitForEnd() }
        let screen = screen
        let found = (screen.foreignSequences + screen.misplaced).filter { sequence in
            switch foreign {
            case .nothing: true
            case .these(let allowed): !allowed.contains(sequence)
            case .anything: false
            }
        }
        let clipboard = expectedClipboard.withLock { $0 }
        if case .anything = foreign {
        } else if screen.clipboard != clipboard {
            Issue.record(
                "put into the clipboard: \(screen.clipboard), not \(clipboard)", sourceLocation: sourceLocation)
        }
        if !found.isEmpty {
            Issue.record("the terminal was sent what isn't the product's own: \(found)", sourceLocation: sourceLocation)
        }
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String: String], on path: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // POSIX_SPAWN_SETSID, which Glibc's module doesn't show, with the default action and no mask for every signal.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, 0x80 | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        let argv = ([program] + arguments).map { strdup($0) } + [nil]
        let environ = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + environ).forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, program, &actions, &attributes, argv, environ)
        guard code == 0 else { throw PseudoTerminalError("can't run \(program): \(String(cString: strerror(code)))") }
        return process
    }

    // MARK: - The person's side

    /// Types keys; blocks while the terminal's input is full.
    public func write(_ keys: String) { write(Array(keys.utf8)) }

    /// Types bytes; blocks while the terminal's input is full.
    public func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(count, 0))
        }
    }

    /// Says what the program was asked to put into the clipboard, by the time the test lets go of the terminal.
    public func expect(clipboard: [String]) { expectedClipboard.withLock { $0 = clipboard } }

    /// Gives the terminal another size; the kernel sends SIGWINCH to the programs on it.
    public func resize(rows: Int, columns: Int) {
        watcher.resize(rows: rows, columns: columns)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Takes the person's side away, as a terminal emulator that ends; nothing can be typed or seen any more.
    public func hangUp() { watcher.hangUp() }

    /// The terminal's modes, as tcgetattr(3) gives them.
    public var modes: [UInt32] {
        var modes = termios()
        guard tcgetattr(master, &modes) == 0 else { return [] }
        let characters = withUnsafeBytes(of: modes.c_cc) { $0.map { UInt32($0) } }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
    }

    // MARK: - What is seen

    /// The screen now.
    public var screen: TerminalScreen { watcher.screen }

    /// The bytes that were written so far; the first 4 MiB of them.
    public var transcript: [UInt8] { watcher.transcript }

    /// Waits until the screen is as wanted, looking after every write of the program.
    ///
    /// - Returns: That screen.
    /// - Throws: ``PseudoTerminalError`` with the screen in it if that doesn't happen within ``limit``.
    @discardableResult
    public func wait(
        for what: String = "what was expected", until condition: @escaping @Sendable (TerminalScreen) -> Bool
    ) async throws -> TerminalScreen {
        try await watcher.wait(for: what, until: condition)
    }

    /// Waits until a text is in a row of the screen.
    ///
    /// - Throws: ``PseudoTerminalError`` with the screen in it if that doesn't happen within ``limit``.
    @discardableResult
    public func waitFor(_ text: String) async throws -> TerminalScreen {
        try await wait(for: "“\(text)”") { $0.contains(text) }
    }

    /// Waits until the program has ended: its exit code, or 128 and the number of the signal that ended it.
    ///
    /// - Throws: ``PseudoTerminalError`` with the screen in it if that doesn't happen within ``limit``.
    public func waitForExit() async throws -> Int32 {
        try await watcher.waitForExit()
    }
}

/// Why a pseudo-terminal has nothing more to say.
public struct PseudoTerminalError: Error, CustomStringConvertible {
    /// What went wrong, with the screen if there was one.
    public let description: String

    init(_ description: String) { self.description = description }
}
