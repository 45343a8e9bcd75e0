import CLibEdit

/// The terminal while it is lent, as its borrower sees it.
///
/// Not Sendable: it is good on the thread that it was given on, until the closure that it was given to returns.
package struct TerminalLoan {
    private let isWanted: () -> Bool
    private let takeStop: () -> Bool

    init(takeStop: @escaping () -> Bool = { false }, isWanted: @escaping () -> Bool) {
        (self.isWanted, self.takeStop) = (isWanted, takeStop)
    }

    /// Whether the terminal is wanted back, as the process was told to end (SIGTERM, SIGHUP) or the console to stop.
    ///
    /// To be asked a few times a second. What happened is told as an event as soon as the terminal is back.
    package var shouldReturn: Bool { isWanted() }

    // MARK: - Views of this process

    /// Whether the process was told to stop, from outside, since this was last asked.
    var shouldStop: Bool { takeStop() }

    /// Stops the whole job, as Ctrl-Z does, and returns when it goes on.
    ///
    /// The terminal must be as it was found.
    func stop() { clibedit_guard_stop(1) }
}
