import CLibEdit
import Glibc

/// A program that has the terminal while it runs: a child in our process group, so that Ctrl-C and Ctrl-Z reach both as they do in
/// any job of a shell.
struct TerminalProgram {
    /// How it ended.
    enum End: Hashable {
        case exited(code: Int32)
        case killed(signal: Int32)
        /// The terminal was wanted back, so it was ended.
        case takenBack
    }

    private let child: ChildProgram
    private let terminal: Int32
    private let modes: termios
    private let foreground: pid_t

    /// How often is looked whether it still runs, in microseconds.
    private static let interval: UInt32 = 20_000
    /// How long it may take to end once it is told to, in intervals.
    private static let patience = 100

    /// Runs a script of the shell.
    ///
    /// - Parameters:
    ///   - script: What the shell runs.
    ///   - arguments: What the script has as `$0`, `$1`, ….
    ///   - descriptors: Its standard input, output and error.
    ///   - terminal: The descriptor of the terminal, whose modes and foreground are put back in the end.
    /// - Throws: ``TerminalError``.
    init(script: String, arguments: [String], descriptors: [Int32], terminal: Int32) throws(TerminalError) {
        self.terminal = terminal
        var modes = termios()
        tcgetattr(terminal, &modes)
        self.modes = modes
        foreground = tcgetpgrp(terminal)
        child = try ChildProgram(["/bin/sh", "-c", script] + arguments, descriptors: descriptors)
    }

    /// Waits until it has ended, and takes the terminal back.
    func wait(_ loan: TerminalLoan) -> End {
        var ticks = 0
        var end: End?
        while end == nil {
            switch child.state() {
            case .exited(let code): end = .exited(code: code)
            case .killed(let signal): end = .killed(signal: signal)
            case .stopped: stop()
            case .runs:
                if ticks > 0 || loan.shouldReturn { ticks += 1 }
                if ticks == 1 { child.end(with: SIGTERM) }
                if ticks == Self.patience { child.end(with: SIGKILL) }
                usleep(Self.interval)
            }
        }
        takeTerminalBack()
        return ticks > 0 ? .takenBack : end ?? .takenBack
    }

    /// It stopped itself: the whole job stops with it, and goes on with it.
    private func stop() {
        // After a Ctrl-Z that has stopped us too, the shell has sent SIGCONT to both by now.
        usleep(Self.interval)
        if child.isContinued { return }
        clibedit_guard_stop(1)
        clibedit_guard_stops_by_itself(1)
        child.resume()
    }

    /// The terminal's modes and its foreground process group, as they were.
    private func takeTerminalBack() {
        // A program with jobs of its own may have left another group in the foreground; then both would stop us.
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
