import Synchronization
import TestSupport

@testable import Terminal

/// A console that a test feeds with events and that remembers what it is told to show.
final class FakeConsole: Console {
    let events: AsyncStream<LineEditorEvent>
    private let input: AsyncStream<LineEditorEvent>.Continuation
    private let state = Mutex(State())
    let size: TerminalSize

    private struct State {
        var finished: [String] = []
        var open: [String] = []
        var status: String?
        var statuses: [String?] = []
        var givenBack: [String] = []
        var isStopped = false
        var prompts: [Prompt] = []
        var offersTakeBack = false
        var waiters:
            [(condition: @Sendable ([String], String?) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    init(columns: Int = 80) {
        (events, input) = AsyncStream.makeStream()
        size = TerminalSize(rows: 24, columns: columns)
    }

    /// The lines that were printed.
    var lines: [String] { state.withLock { $0.finished } }
    /// The block that is still open.
    var open: [String] { state.withLock { $0.open } }
    /// The line above the entry.
    var status: String? { state.withLock { $0.status } }
    /// All that the line above the entry ever was.
    var statuses: [String?] { state.withLock { $0.statuses } }
    /// What was put back as the entry.
    var givenBack: [String] { state.withLock { $0.givenBack } }
    /// All that ever stood before the entry.
    var prompts: [Prompt] { state.withLock { $0.prompts } }
    /// Whether Up asks for an entry back.
    var offersTakeBack: Bool { state.withLock { $0.offersTakeBack } }
    /// Whether the terminal was given back.
    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Does what a person does.
    func send(_ event: LineEditorEvent) { input.yield(event) }

    /// Waits until lines and status are as wanted.
    ///
    /// The suite's time limit bounds it.
    func wait(until condition: @escaping @Sendable ([String], String?) -> Bool) async {
        await withCheckedContinuation { continuation in
            change { $0.waiters.append((condition, continuation)) }
        }
    }

    /// Waits until a line holds a text.
    func shows(_ text: String) async { await wait { lines, _ in lines.contains { $0.contains(text) } } }

    private func change(_ body: (inout State) -> Void) {
        let ready = state.withLock { state in
            body(&state)
            let (lines, status) = (state.finished, state.status)
            let split = state.waiters.partition { $0.condition(lines, status) }
            defer { state.waiters.removeSubrange(split...) }
            return state.waiters[split...].map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }

    // MARK: Console

    func print(_ lines: [StyledLine]) async { change { $0.finished += lines.map(\.text) } }

    func show(finished: [StyledLine], open: [StyledLine]) async {
        change { state in
            state.finished += finished.map(\.text)
            state.open = open.map(\.text)
        }
    }

    func giveBack(_ text: String) { change { $0.givenBack.append(text) } }
    func setPrompt(_ prompt: Prompt) { change { $0.prompts.append(prompt) } }
    func setHoldsEntries(_ holds: Bool) {}
    func compose(_ text: String) {}
    func setTitle(_ title: String) {}
    func setClipboard(_ text: String) -> Bool { false }
    func setOffersTakeBack(_ offers: Bool) { change { $0.offersTakeBack = offers } }
    func keyBindings() async -> [KeyBinding] { [] }

    func setStatus(_ status: StyledLine?) {
        change { state in
            state.status = status?.text
            state.statuses.append(status?.text)
        }
    }

    var hasScreen: Bool { false }

    func stop() async {
        change { $0.isStopped = true }
        input.finish()
    }

    func withTerminal<Result: Sendable>(_ body: @escaping @Sendable (TerminalLoan) -> Result) async -> Result {
        body(TerminalLoan(isWanted: { true }))
    }
}
