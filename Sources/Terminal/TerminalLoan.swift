/// The terminal while it is lent, as its borrower sees it.
///
/// Not Sendable: it is good on the thread that it was given on, until the closure that it was given to returns.
package struct TerminalLoan {
    private let isWanted: () -> Bool

    init(isWanted: @escaping () -> Bool) { self.isWanted = isWanted }

    /// Whether the terminal is wanted back, as the process was told to end (SIGTERM, SIGHUP) or the console to stop.
    ///
    /// To be asked a few times a second. What happened is told as an event as soon as the terminal is back.
    package var shouldReturn: Bool { isWanted() }
}
