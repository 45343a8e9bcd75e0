import CLibEdit
import Glibc

/// A program that was started.
///
/// posix_spawn and waitpid, and not swift-subprocess, which is for asynchronous code: this is for threads that have nothing else to do.
struct ChildProgram {
    enum State: Hashable {
        case runs
        case stopped
        case exited(code: Int32)
        case killed(signal: Int32)
    }

    private let process: pid_t

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: Its path, and its arguments.
    ///   - descriptors: What it gets as standard input, output and error; it gets no others.
    ///   - isDetached: Gives it a session of its own, without the terminal, so that no key reaches it.
    /// - Throws: ``TerminalError``.
    init(_ arguments: [String], descriptors: [Int32], isDetached: Bool = false) throws(TerminalError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // Not everybody closes what is opened (an editor's window may stay for days): connections, say.
        _ = clibedit_spawn_closes_others(&actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // No signal is ignored or held back there, whatever this process does with it.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // POSIX_SPAWN_SETSID, which Glibc's module doesn't show.
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | (isDetached ? 0x80 : 0))
        let words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, arguments[0], &actions, &attributes, words, environ)
        guard code == 0 else { throw TerminalError(operation: "run \(arguments[0])", code: code) }
        self.process = process
    }

    /// How it is now; once it has ended, this isn't to be asked again.
    func state() -> State {
        var status: Int32 = 0
        let result = waitpid(process, &status, WNOHANG | WUNTRACED)
        // Nobody else waits for it; whatever is wrong, there is nothing to wait for.
        if result < 0 { return errno == EINTR ? .runs : .exited(code: 0) }
        if result == 0 { return .runs }
        if status & 0xFF == 0x7F { return .stopped }
        let signal = status & 0x7F
        return signal == 0 ? .exited(code: status >> 8 & 0xFF) : .killed(signal: signal)
    }

    /// Whether it has been continued since it stopped.
    var isContinued: Bool {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG | WCONTINUED) == process
    }

    func resume() { Glibc.kill(process, SIGCONT) }

    /// Sends a signal to it and its children, of which a shell may have some, and has those that are stopped take it.
    func end(with signal: Int32) {
        for child in children + [process] {
            Glibc.kill(child, signal)
            Glibc.kill(child, SIGCONT)
        }
    }

    /// Ends it at once, with all that is in its session, and waits a moment for that.
    ///
    /// Only for one that is detached.
    func kill() {
        Glibc.kill(-process, SIGKILL)
        // One that waits for a dead disk doesn't end.
        for _ in 0..<100 {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { return }
            usleep(2000)
        }
    }

    private var children: [pid_t] {
        let file = open("/proc/\(process)/task/\(process)/children", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: " ").compactMap {
            pid_t($0)
        }
    }

    /// The path of a program in `$PATH`; nil if there is none.
    ///
    /// An empty or relative entry would run whatever lies in the current directory.
    static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return (path.isEmpty ? "/usr/local/bin:/usr/bin:/bin" : path).split(separator: ":").lazy
            .filter { $0.utf8.first == UInt8(ascii: "/") }.map { "\($0)/\(name)" }
            .first { path in
                var status = stat()
                return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
            }
    }
}
