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
        // As Banter writes it; the formatter would take a hundred times as long, and lists have thousands.
        if let milliseconds = text.utf8.withContiguousStorageIfAvailable(Self.milliseconds) ?? nil {
            date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            return
        }
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
        // A list writes thousands, and the formatter takes many times as long.
        if let text = Self.text(milliseconds: (date.timeIntervalSince1970 * 1000).rounded()) { return text }
        // The formatter cuts, and the binary fraction of a millisecond may lie just below it.
        return (date + 0.0005).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Writes `2026-11-22T16:50:54.123Z`; nil before 1970 and behind 9999.
    private static func text(milliseconds: Double) -> String? {
        guard milliseconds >= 0, milliseconds < 253_402_300_800_000 else { return nil }
        let (day, rest) = Int(milliseconds).quotientAndRemainder(dividingBy: 86_400_000)
        // Of years that begin in March, in eras of 400 years (civil_from_days, H. Hinnant).
        let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let groups =
            [
                (year, 4, "-"), (month, 2, "-"), (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2, "T"),
                (rest / 3_600_000, 2, ":"), (rest / 60_000 % 60, 2, ":"), (rest / 1000 % 60, 2, "."),
                (rest % 1000, 3, "Z"),
            ] as [(value: Int, digits: Int, end: Unicode.Scalar)]
        return String(unsafeUninitializedCapacity: 24) { bytes in
            var next = 0
            for (value, digits, end) in groups {
                var value = value
                for index in (next..<(next + digits)).reversed() {
                    bytes[index] = UInt8(0x30 + value % 10)
                    value /= 10
                }
                bytes[next + digits] = UInt8(end.value)
                next += digits + 1
            }
            return next
        }
    }

    /// Reads `2026-11-22T16:50:54.123Z` of the years 1970 to 9999, and nothing else: milliseconds since the epoch.
    private static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        let pattern: StaticString = "0000-00-00T00:00:00.000Z"
        guard text.count == pattern.utf8CodeUnitCount else { return nil }
        for (byte, expected) in zip(text, UnsafeBufferPointer(start: pattern.utf8Start, count: text.count)) {
            let fits = expected == 0x30 ? (0x30...0x39).contains(byte) : byte == expected
            if !fits { return nil }
        }
        func number(_ range: Range<Int>) -> Int { text[range].reduce(0) { $0 * 10 + Int($1 & 0xF) } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lastDay =
            switch month {
            case 2: isLeapYear ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        guard year >= 1970, (1...12).contains(month), (1...lastDay).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        // Years that begin in March have their leap day at the end (days_from_civil, H. Hinnant).
        let marchYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + number(20..<23)
    }

    /// The second, as ids write it: `20261122-165054`.
    var compact: String {
        let digits = date.formatted(Date.ISO8601FormatStyle()).filter(\.isNumber)
        return digits.prefix(8) + "-" + digits.dropFirst(8)
    }

    /// Whether one moment is before another.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.date < right.date }
}
