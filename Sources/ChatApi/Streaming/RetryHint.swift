/// How long a server asks to wait, where only the body says so.
enum RetryHint {
    /// Reads Gemini's `RetryInfo` (`"retryDelay": "34.4s"`), or the sentence in a message: "Please try again in 26.604s.", "… in 6m0s",
    /// "Please retry after 26 seconds." (Azure).
    static func duration(message: String?, details: JSONValue?) -> Duration? {
        for detail in details?.arrayValue ?? [] {
            if let delay = detail["retryDelay"]?.stringValue.flatMap(duration(go:)) { return delay }
        }
        guard let message else { return nil }
        // Texts are compared as bytes, as those of a stranger are.
        let bytes = Array(message.utf8.prefix(longestMessage)).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        for phrase in phrases {
            guard let found = bytes.firstRange(of: phrase) else { continue }
            let words = bytes[found.upperBound...].prefix(40).split(separator: 0x20, maxSplits: 2)
            guard let amount = words.first.map({ String(decoding: $0, as: UTF8.self) }) else { continue }
            let unit = words.dropFirst().first.map { String(decoding: $0.prefix { $0 >= 0x61 }, as: UTF8.self) }
            let end = amount.hasSuffix(".") ? String(amount.dropLast()) : amount
            if let wait = duration(go: end) { return wait }
            if let unit, let letters = unitNames[unit], let wait = duration(go: amount + letters) { return wait }
        }
        return nil
    }

    /// Reads a duration as Go writes it, `12ms`, `1s`, `1m12.5s`, `6m0s`; nil for every other text, for nothing and for more than a year.
    static func duration(go text: String) -> Duration? {
        var seconds = 0.0
        var rest = text.utf8.prefix(40)[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0 > 0x39 }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(Substring(number)), let factor = units[String(Substring(unit))] else {
                return nil
            }
            seconds += number * factor
        }
        guard seconds > 0, seconds < 366 * 86400 else { return nil }
        return .milliseconds(Int((seconds * 1000).rounded(.up)))
    }

    private static let longestMessage = 4096
    private static let phrases = ["try again in ", "retry in ", "try again after ", "retry after "].map {
        Array($0.utf8)
    }
    private static let units = ["h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
    private static let unitNames = [
        "milliseconds": "ms", "ms": "ms", "second": "s", "seconds": "s", "s": "s", "minute": "m", "minutes": "m",
        "hour": "h", "hours": "h",
    ]
}
