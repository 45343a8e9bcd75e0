import CLibEdit
import Glibc

/// A running editor: a child in our process group, so that Ctrl-C and Ctrl-Z reach both as they do in any job of a shell.
///
/// posix_spawn and waitpid, and not swift-subprocess, which is for asynchronous code: this is for a thread that has nothing else to
/// do.
struct ExternalEditorProcess {
    private let process: pid_t
    private let command: String
    private let terminal: Int32
    private let modes: termios
    private let foreground: pid_t

    /// How often is looked whether it still runs, in microseconds.
    private static let interval: UInt32 = 20_000
    /// How long it may take to end once it is told to, in intervals.
    private static let patience = 100

    /// What the shell is told: the words in the value of `$EDITOR` are its business.
    ///
    /// The editor takes the shell's place, so that a signal to the one is for the other; where the value is more than one command, the
    /// shell stays, and lets Ctrl-C be the editor's.
    private static func script(_ command: String) -> String {
        let isOneCommand = !command.utf8.contains { "|&;<>()=\n".utf8.contains($0) }
        return (isOneCommand ? "exec " : "trap : INT; ") + command + " \"$@\""
    }

    /// Runs a command on a file.
    init(command: String, path: String, terminal: Int32) throws(ExternalEditorError) {
        self.command = command
        self.terminal = terminal
        var modes = termios()
        tcgetattr(terminal, &modes)
        self.modes = modes
        foreground = tcgetpgrp(terminal)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 { posix_spawn_file_actions_adddup2(&actions, terminal, descriptor) }
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
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let words = ["/bin/sh", "-c", Self.script(command), command, path]
        let arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environ)
        guard code == 0 else { throw .system(operation: "run /bin/sh", code: code) }
        self.process = process
    }

    /// Waits until it has ended, and takes the terminal back.
    ///
    /// An editor that the terminal is wanted back from is ended; that is no error.
    func wait(_ loan: TerminalLoan) throws(ExternalEditorError) {
        var status: Int32 = 0
        var ticks = 0
        while true {
            let result = waitpid(process, &status, WNOHANG | WUNTRACED)
            if result == process, status & 0xFF == 0x7F { stop() }
            if result == process, status & 0xFF != 0x7F { break }
            if result < 0, errno != EINTR {
                status = 0
                break
            }
            if ticks > 0 || loan.shouldReturn { ticks += 1 }
            if ticks == 1 { end(with: SIGTERM) }
            if ticks == Self.patience { end(with: SIGKILL) }
            usleep(Self.interval)
        }
        takeTerminalBack()
        if ticks > 0 { return }
        let signal = status & 0x7F
        let code = status >> 8 & 0xFF
        if signal != 0 { throw .killed(signal: signal) }
        // The shell says so of a signal that ended the editor, and of what it couldn't run.
        if code > 128 { throw .killed(signal: code - 128) }
        if code == 126 || code == 127 { throw .notFound(command) }
        if code != 0 { throw .exited(code: code) }
    }

    private func end(with signal: Int32) {
        kill(process, signal)
        kill(process, SIGCONT)
    }

    /// The editor stopped itself: the whole job stops with it, and goes on with it.
    private func stop() {
        // After a Ctrl-Z that has stopped us too, the shell has sent SIGCONT to both by now.
        usleep(Self.interval)
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG | WCONTINUED) == process { return }
        clibedit_guard_stop(1)
        clibedit_guard_stops_by_itself(1)
        kill(process, SIGCONT)
    }

    /// The terminal's modes and its foreground process group, as they were.
    private func takeTerminalBack() {
        // An editor with jobs of its own may have left another group in the foreground; then both would stop us.
        var signals = sigset_t()
        var before = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        if foreground > 0 { tcsetpgrp(terminal, foreground) }
        var modes = modes
        tcsetattr(terminal, TCSADRAIN, &modes)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
