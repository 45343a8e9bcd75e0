import Logging
import NIOConcurrencyHelpers

/// Keeps what is logged.
final class CollectedLog: Sendable {
    private let collected = NIOLockedValueBox<[String]>([])

    /// All lines so far, with their level.
    var lines: [String] { collected.withLockedValue { $0 } }

    /// A logger whose lines are kept.
    func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = level
        return logger
    }

    private struct Handler: LogHandler {
        let log: CollectedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        func log(event: LogEvent) {
            log.collected.withLockedValue { $0.append("\(event.level): \(event.message) \(event.metadata ?? [:])") }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
    }
}
