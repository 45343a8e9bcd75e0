/// How often the next command is done, as the keys before it say: Alt and digits in emacs mode, digits in vi's command mode.
///
/// libedit counts for its own commands, and tells ours nothing of it.
struct RepeatCount {
    /// More than anybody means.
    private static let maximum = 10_000

    /// For the command of the key that was taken last; 1 unless something else was said.
    private(set) var value = 1
    /// One of vi's operators (`d`, `c`, `y`) that waits for its motion, which then has to be libedit's own.
    private(set) var waitingOperator: Unicode.Scalar?
    /// Whether digits stand before the next key.
    var isCounting: Bool { typed != nil }

    private var typed: Int?

    /// Takes note of a key that isn't the argument of the one before.
    mutating func take(_ key: Key, inCommandMode isCommandMode: Bool) {
        if let digit = digit(of: key, isCommandMode) {
            typed = min((typed ?? 0) * 10 + digit, Self.maximum)
            return
        }
        // Of `2dd` the count stands before the operator.
        (value, typed) = (typed ?? (waitingOperator == nil ? 1 : value), nil)
        waitingOperator = nil
    }

    /// Takes note of vi's operators, once their key has been dealt with.
    mutating func begin(_ scalar: Unicode.Scalar) {
        if typed == nil { waitingOperator = "dcy".unicodeScalars.contains(scalar) ? scalar : nil }
    }

    private func digit(of key: Key, _ isCommandMode: Bool) -> Int? {
        switch key {
        case .alt(let scalar): Self.digit(scalar)
        case .character(let scalar) where typed != nil: Self.digit(scalar)
        case .character(let scalar) where isCommandMode && scalar != "0": Self.digit(scalar)
        default: nil
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        ("0"..."9").contains(scalar) ? Int(scalar.value - 0x30) : nil
    }
}
