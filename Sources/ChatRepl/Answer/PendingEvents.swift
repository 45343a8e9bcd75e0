import ChatSession
import Synchronization

/// What arrived and isn't painted yet.
///
/// The network adds, the painter takes everything at once; whoever is ahead waits. So the screen is repainted at the painter's
/// pace, and a terminal that can't keep up slows the server down instead of filling the memory.
final class PendingEvents: Sendable {
    private struct State {
        var events: [TurnEvent] = []
        var bytes = 0
        var isFinished = false
        var taker: CheckedContinuation<Void, Never>?
        var adder: CheckedContinuation<Void, Never>?
    }

    private static let mostBytes = 1 << 20

    private let state = Mutex(State())

    /// Adds an event; waits while more than a megabyte of text is ahead of the painter.
    func add(_ event: TurnEvent) async {
        let taker = state.withLock { state in
            state.events.append(event)
            state.bytes += event.text.utf8.count + 1
            return state.taker.take()
        }
        taker?.resume()
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.bytes <= Self.mostBytes { return true }
                state.adder = continuation
                return false
            }
            if goesOn { continuation.resume() }
        }
    }

    /// Says that nothing more will come.
    func finish() {
        state.withLock { state in
            state.isFinished = true
            return state.taker.take()
        }?.resume()
    }

    /// All that arrived since the last call, waiting for it if need be; nil once everything was taken and nothing more comes.
    func next() async -> [TurnEvent]? {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if !state.events.isEmpty || state.isFinished { return true }
                state.taker = continuation
                return false
            }
            if goesOn { continuation.resume() }
        }
        let (events, adder) = state.withLock { state in
            defer {
                state.events = []
                state.bytes = 0
            }
            return (state.events, state.adder.take())
        }
        adder?.resume()
        return events.isEmpty ? nil : events
    }
}

extension TurnEvent {
    /// The text that the event brings.
    var text: String {
        switch self {
        case .content(let text), .reasoning(let text), .refusal(let text): text
        case .started, .contentWasReasoning: ""
        }
    }
}
