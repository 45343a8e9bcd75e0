/// Why a server isn't there.
public enum ServerProcessError: Error, Equatable {
    /// The program is no executable file, and no directory of PATH has it.
    case programNotFound(String)
    /// The operating system refused to start the program.
    case notStarted(String, reason: String)
    /// The server ended, before it was ready or later: its exit status (128 + N for signal N), and the last lines it wrote, which are
    /// untrusted text.
    case exited(status: Int32, lastLines: [String])
    /// The server was running but didn't answer in time, and was ended; the last lines it wrote are untrusted text.
    case notReady(after: Duration, lastLines: [String])
    /// The system has no free port on 127.0.0.1.
    case noFreePort
}
