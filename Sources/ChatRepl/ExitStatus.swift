/// What the process's exit code says: the codes of sysexits.h(3head) where one fits.
package struct ExitStatus: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let success = ExitStatus(rawValue: 0)
    /// The request or the answer failed.
    package static let failure = ExitStatus(rawValue: 1)
    /// The answer was cut off; what came was printed.
    package static let cutOff = ExitStatus(rawValue: 2)
    /// The command line is wrong.
    package static let usage = ExitStatus(rawValue: 64)
    /// A session, schema or attachment is no good.
    package static let badInput = ExitStatus(rawValue: 65)
    /// The network or the service can't be reached.
    package static let unavailable = ExitStatus(rawValue: 69)
    /// Something can't be saved.
    package static let cannotSave = ExitStatus(rawValue: 73)
    /// The key was refused, or there is none.
    package static let keyRefused = ExitStatus(rawValue: 77)
    /// The configuration is wrong, or says too little.
    package static let configuration = ExitStatus(rawValue: 78)
    /// Ctrl-C.
    package static let interrupted = ExitStatus(rawValue: 130)

    /// What a shell says of a process that a signal ended.
    package static func signal(_ number: Int32) -> ExitStatus { ExitStatus(rawValue: 128 + number) }
}
