@preconcurrency import Dispatch
import Glibc

/// Calls back when one of some signals arrives, instead of what the signal would do.
final class SignalWatch: Sendable {
    private let sources: [any DispatchSourceSignal]
    private let signals: [Int32]

    /// Watches until `stop`.
    ///
    /// The handler runs on a thread of its own, so it must be quick and `Sendable`.
    init(_ signals: [Int32], handler: @escaping @Sendable () -> Void) {
        self.signals = signals
        sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: handler)
            source.activate()
            return source
        }
    }

    /// Gives the signals back their usual effect.
    func stop() {
        for source in sources { source.cancel() }
        for number in signals { signal(number, SIG_DFL) }
    }
}
