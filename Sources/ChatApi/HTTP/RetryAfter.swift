import Glibc

/// How long a server asks to wait.
enum RetryAfter {
    /// Reads `retry-after-ms`, then `retry-after` as seconds or as an HTTP date; nil for what says nothing, or no time from now.
    static func duration(_ headers: ApiHeaders) -> Duration? {
        if let milliseconds = headers["retry-after-ms"].flatMap(Double.init) {
            return duration(seconds: milliseconds / 1000)
        }
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Double(text) { return duration(seconds: seconds) }
        guard let date = secondsSince1970(httpDate: text) else { return nil }
        // The server's clock if it tells, so that it doesn't matter whether ours agrees.
        let now = headers["date"].flatMap(secondsSince1970) ?? time(nil)
        return duration(seconds: Double(date - now))
    }

    private static func duration(seconds: Double) -> Duration? {
        guard seconds > 0, seconds.isFinite else { return nil }
        return .milliseconds(Int(min(seconds, 1e9) * 1000))
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7, IMF-fixdate).
    static func secondsSince1970(httpDate text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]), (1970...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        var parts = tm()
        parts.tm_year = Int32(year - 1900)
        parts.tm_mon = Int32(month)
        parts.tm_mday = Int32(day)
        parts.tm_hour = Int32(clock[0])
        parts.tm_min = Int32(clock[1])
        parts.tm_sec = Int32(clock[2])
        return timegm(&parts)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
