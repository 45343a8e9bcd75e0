import Logging
import Terminal

/// Logs line by line, harmless to a terminal: `--verbose`.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug
    private let write: @Sendable (StyledLine) -> Void

    init(_ write: @escaping @Sendable (StyledLine) -> Void) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        write(StyledLine("[\(event.level)] \(event.message)\(details)", .dim))
    }
}

extension LineLog {
    /// Writes above a prompt, in order; lines that the terminal doesn't take in time are dropped.
    static func writer(to console: any Console) -> @Sendable (StyledLine) -> Void {
        let (lines, writer) = AsyncStream.makeStream(of: StyledLine.self, bufferingPolicy: .bufferingNewest(1000))
        Task { for await line in lines { await console.print([line]) } }
        return { writer.yield($0) }
    }
}
