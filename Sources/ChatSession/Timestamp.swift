public import FoundationEssentials

/// A moment, as session files write it: ISO 8601 in UTC with milliseconds, `2026-11-22T16:50:54.123Z`.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// The moment itself, to the millisecond.
    public let date: Date

    /// Now, or a given moment, cut to whole milliseconds so that it survives a file unchanged.
    public init(_ date: Date = Date()) {
        self.date = Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    }

    /// A moment that a file states; nil if it isn't one.
    public init?(_ text: String) {
        let withMilliseconds = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? withMilliseconds.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
            return nil
        }
        // Rounded, as parsing "….123" gives a binary fraction that may lie just below it.
        self.date = Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
    }

    init(secondsSinceEpoch seconds: Double) { date = Date(timeIntervalSince1970: seconds) }

    /// The moment as files write it.
    public var text: String {
        // The formatter cuts, and the binary fraction of a millisecond may lie just below it.
        (date + 0.0005).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The second, as ids write it: `20261122-165054`.
    var compact: String {
        let digits = date.formatted(Date.ISO8601FormatStyle()).filter(\.isNumber)
        return digits.prefix(8) + "-" + digits.dropFirst(8)
    }

    /// Whether one moment is before another.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.date < right.date }
}
