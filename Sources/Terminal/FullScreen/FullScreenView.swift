/// A view on the whole screen: a value that takes keys and makes frames.
protocol FullScreenView {
    /// What the view is there to find out.
    associatedtype Outcome: Sendable

    /// What is seen in a window of that size.
    mutating func frame(in size: TerminalSize) -> FullScreenFrame

    /// Takes a key. Ctrl-L and Ctrl-Z never come here: they mean the same in every view.
    mutating func step(_ key: FullScreenKey) -> FullScreenStep<Outcome>

    /// Does a little of what takes longer than a key may, and looks at what has come in; whether that is to be seen.
    ///
    /// Called while no key comes.
    mutating func advance() -> Bool

    /// How many milliseconds a key is waited for before ``advance()``.
    var patience: Int32 { get }
}

/// What a key led to.
enum FullScreenStep<Outcome> {
    case goesOn
    case ends(Outcome)
}

extension FullScreenStep: Equatable where Outcome: Equatable {}

extension FullScreenWindow {
    /// Shows a view until it ends.
    ///
    /// Ctrl-Z stops the job, and the view is there again when it goes on.
    ///
    /// - Parameters:
    ///   - view: The view.
    ///   - loan: The terminal.
    /// - Returns: What the view came to; nil if the terminal is gone or was wanted back.
    func run<View: FullScreenView>(_ view: inout View, with loan: TerminalLoan) -> View.Outcome? {
        var drawn: TerminalSize?
        while !loan.shouldReturn {
            if loan.shouldStop {
                leave(loan.stop)
                drawn = nil
            }
            if drawn != size {
                show(view.frame(in: size))
                drawn = size
            }
            switch read(milliseconds: view.patience) {
            case .gone: return nil
            case .part: break
            case .nothing: if view.advance() { drawn = nil }
            case .key(.control("l")):
                redraw()
                drawn = nil
            case .key(.control("z")):
                leave(loan.stop)
                drawn = nil
            case .key(let key):
                drawn = nil
                if case .ends(let outcome) = view.step(key) { return outcome }
            }
        }
        return nil
    }
}
