import Glibc

/// A system call that failed on a file, with what a person needs to mend it.
public struct FileSystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `open`, `write`, `rename`, ….
    public let operation: String
    /// The file or directory.
    public let path: String
    /// The error number (`errno(3)`).
    public let errorNumber: Int32

    init(_ operation: String, _ path: String, _ errorNumber: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.errorNumber = errorNumber
    }

    /// Whether this is about a link that leads out of its directory, which the system has no words for.
    package var leadsElsewhere: Bool { operation == AtomicFile.followLink && errorNumber == EXDEV }

    /// The system's words for the error: `No space left on device`.
    public var reason: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(errorNumber, &buffer, buffer.count) == 0 else { return "error \(errorNumber)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `operation path: reason`.
    public var description: String { "\(operation) \(path): \(reason)" }
}
