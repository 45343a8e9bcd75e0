import Dispatch
import Glibc
import Synchronization
import TestSupport

@testable import Terminal

/// A full-screen view on a pseudo-terminal inside the test process.
///
/// After twenty seconds it ends: waits throw, and the view is told to stop.
final class ViewOnTerminal: Sendable {
    struct TimeOut: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var screen: TerminalScreen
        var stops = false
        var isLate = false
    }

    let terminal: Int32
    private let master: Int32
    private let state: Mutex<State>
    private let changes: AsyncStream<TerminalScreen>
    private let changed: AsyncStream<TerminalScreen>.Continuation

    init(rows: Int, columns: Int) throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &slave, nil, nil, &size) == 0 else { throw TimeOut(description: "openpty: \(errno)") }
        (self.master, terminal) = (master, slave)
        state = Mutex(State(screen: TerminalScreen(rows: rows, columns: columns)))
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let reader = master
        guard TerminalThread.start({ [self] in read(from: reader) }) else { throw TimeOut(description: "no thread") }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(20)) { [self] in
            state.withLock { ($0.stops, $0.isLate) = (true, true) }
            changed.finish()
        }
    }

    /// The reader ends with the last descriptor of the terminal.
    func close() { _ = Glibc.close(terminal) }

    private func read(from master: Int32) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(master, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            changed.yield(
                state.withLock { state in
                    state.screen.feed(buffer[..<count])
                    return state.screen
                })
        }
        _ = Glibc.close(master)
    }

    // MARK: - The view

    /// Runs a view on a thread of its own; its result, or the error.
    func run(_ picker: ListPicker) -> Task<String?, any Error> {
        Task { [self] in
            try await withCheckedThrowingContinuation { continuation in
                let started = TerminalThread.start {
                    continuation.resume(
                        with: Result {
                            try picker.run(with: TerminalLoan(isWanted: { self.state.withLock { $0.stops } }))
                        })
                }
                if !started { continuation.resume(throwing: TimeOut(description: "no thread")) }
            }
        }
    }

    /// Lets the view's `shouldStop` say yes.
    func stop() { state.withLock { $0.stops = true } }

    // MARK: - The person

    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        #if DEBUG
            precondition(bytes.count < 4000, "more than a terminal takes at once")
        #endif
        _ = Glibc.write(master, bytes, bytes.count)
    }

    func resize(rows: Int, columns: Int) {
        state.withLock { $0.screen.resize(rows: max(rows, 1), columns: max(columns, 1)) }
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Shows something as a program before the view would.
    func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(terminal, bytes, bytes.count)
    }

    var screen: TerminalScreen { state.withLock { $0.screen } }

    /// The terminal's modes, as tcgetattr(3) gives them.
    var modes: [UInt32] {
        var modes = termios()
        guard tcgetattr(terminal, &modes) == 0 else { return [] }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    @discardableResult
    func wait(for what: String, until condition: (TerminalScreen) -> Bool) async throws -> TerminalScreen {
        var screen = screen
        if condition(screen) { return screen }
        for await change in changes {
            screen = change
            if condition(screen) { return screen }
        }
        let picture = screen.lines.map { "|\($0)" }.joined(separator: "\n")
        throw TimeOut(description: "\(what) didn't come. Cursor \(screen.cursor), screen:\n\(picture)")
    }

    @discardableResult
    func waitFor(_ text: String) async throws -> TerminalScreen {
        try await wait(for: "“\(text)”") { $0.contains(text) }
    }
}
