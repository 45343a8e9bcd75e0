import Logging
import Terminal

/// Logs to standard error, harmless to the terminal: `--verbose`.
struct StandardErrorLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug
    private let output: TerminalOutput

    init(output: TerminalOutput) { self.output = output }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        // A closed standard error has no reader to miss this.
        try? output.write([StyledLine("[\(event.level)] \(event.message)\(details)", .dim)])
    }
}
