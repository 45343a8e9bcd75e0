import Glibc

/// How long a server asks to wait, read as OpenAI's library for Python reads it.
enum RetryAfter {
    /// Reads `retry-after-ms`, then `retry-after` as seconds or as an HTTP date; nil for what says nothing, or no time from now.
    static func duration(_ headers: ApiHeaders) -> Duration? {
        if let milliseconds = combined("retry-after-ms", headers).flatMap(number) {
            return duration(seconds: milliseconds / 1000)
        }
        guard let text = combined("retry-after", headers) else { return nil }
        if let seconds = number(text) { return duration(seconds: seconds) }
        // The server's clock if it tells, so that it doesn't matter whether ours agrees.
        let now = headers["date"].flatMap { secondsSince1970(httpDate: $0, now: time(nil)) } ?? time(nil)
        guard let date = secondsSince1970(httpDate: text, now: now) else { return nil }
        return duration(seconds: Double(date - now))
    }

    /// The value of a header; several are one list (RFC 9110 §5.3), which is neither a number nor a date.
    private static func combined(_ name: String, _ headers: ApiHeaders) -> String? {
        let values = headers.filter { $0.name.lowercased() == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// A number, infinite if it is too large; nil for the words `nan` and `inf` and for everything else.
    private static func number(_ text: String) -> Double? {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.count == 1, words[0].utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }) else { return nil }
        return Double(words[0])
    }

    private static func duration(seconds: Double) -> Duration? {
        guard seconds > 0 else { return nil }
        return .milliseconds(Int((min(seconds, 1e9) * 1000).rounded(.up)))
    }

    /// Reads the three forms of an HTTP date (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, and the obsolete
    /// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    ///
    /// A year of two digits is one around the present.
    static func secondsSince1970(httpDate text: String, now: Int) -> Int? {
        var words = text.split { " ,-".contains($0) }.map(String.init)
        if words.count == 5 { words = [words[0], words[2], words[1], words[4], words[3], "GMT"] }
        guard words.count == 6, words[5] == "GMT", let day = digits(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: words[2]), let year = year(words[3], now: now)
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false).map { digits(String($0)) ?? 99 }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60 else { return nil }
        var parts = tm()
        parts.tm_year = Int32(year - 1900)
        parts.tm_mon = Int32(month)
        parts.tm_mday = Int32(day)
        parts.tm_hour = Int32(clock[0])
        parts.tm_min = Int32(clock[1])
        parts.tm_sec = Int32(clock[2])
        return timegm(&parts)
    }

    private static func year(_ text: String, now: Int) -> Int? {
        guard let number = digits(text) else { return nil }
        guard text.utf8.count == 2 else { return (1970...9999).contains(number) ? number : nil }
        var parts = tm()
        var now = now
        gmtime_r(&now, &parts)
        let thisYear = Int(parts.tm_year) + 1900
        // "a timestamp that appears to be more than 50 years in the future [represents] the most recent year in the past that had the same last
        // two digits"
        return (thisYear - 49...thisYear + 50).first { $0 % 100 == number }
    }

    private static func digits(_ text: String) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
