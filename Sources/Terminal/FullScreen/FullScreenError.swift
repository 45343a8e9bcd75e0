import Glibc

/// Why there can't be a full-screen view on a terminal; the caller shows a plain list instead.
package enum FullScreenError: Error, Hashable, CustomStringConvertible {
    /// The descriptor is no terminal, or can't be used, with the system's error number (errno(3)).
    case noTerminal(code: Int32)
    /// terminfo(5) doesn't know the kind of terminal that `$TERM` names.
    case unknownKind(String)
    /// The kind of terminal can't move its cursor about.
    case unsuitableKind(String)

    package var description: String {
        switch self {
        case .noTerminal(let code): "can't open a full-screen view: \(String(cString: strerror(code)))"
        case .unknownKind(let kind):
            "can't open a full-screen view: the system doesn't know the terminal type “\(kind)”. Check TERM."
        case .unsuitableKind(let kind):
            "can't open a full-screen view: a terminal of type “\(kind)” can't move its cursor. Check TERM."
        }
    }
}
