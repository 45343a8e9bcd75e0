import Glibc

/// How much memory this process had at most (`VmHWM` in proc(5)).
public enum PeakMemory {
    /// Counts from now on.
    /// - Returns: How much there is now, in megabytes.
    /// - Throws: `TestTimeout` when the system doesn't say.
    public static func reset() throws -> Int {
        if let file = fopen("/proc/self/clear_refs", "w") {
            fputs("5", file)
            fclose(file)
        }
        return try megabytes()
    }

    /// The most that there was, in megabytes.
    /// - Throws: `TestTimeout` when the system doesn't say.
    public static func megabytes() throws -> Int {
        guard let file = fopen("/proc/self/status", "r") else { throw TestTimeout("no /proc/self/status") }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split { $0 == " " || $0 == "\t" }
            if words.first == "VmHWM:", words.count > 1, let kilobytes = Int(words[1]) { return kilobytes / 1024 }
        }
        throw TestTimeout("no VmHWM in /proc/self/status")
    }
}
