import Dispatch
import Glibc
import Synchronization

/// The far side of a ``PseudoTerminal``: reads what the program writes, and wakes who waits for it.
final class PseudoTerminalWatcher: Sendable {
    private struct Waiter {
        var what: String
        var condition: @Sendable (TerminalScreen, Int32?) -> Bool
        var continuation: CheckedContinuation<TerminalScreen, any Error>
    }

    private struct State {
        var screen: TerminalScreen
        var transcript: [UInt8] = []
        var exitStatus: Int32?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0

        /// The waiters whose condition now holds.
        mutating func satisfied() -> [Waiter] {
            let (screen, status) = (screen, exitStatus)
            let keys = waiters.filter { $0.value.condition(screen, status) }.keys
            return keys.compactMap { waiters.removeValue(forKey: $0) }
        }
    }

    private let state: Mutex<State>
    private let answers: TerminalAnswers

    private let ended = DispatchSemaphore(value: 0)

    /// A byte in it has the reader close its end.
    private let hangUpPipe: [Int32]

    init(screen: TerminalScreen, answers: TerminalAnswers) {
        self.answers = answers
        state = Mutex(State(screen: screen))
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
        hangUpPipe = ends
    }

    deinit { for end in hangUpPipe { close(end) } }

    /// Waits until the program and all that it left behind have let go of the terminal, and everything is read; not for long.
    func waitForEnd() { _ = ended.wait(timeout: .now() + .seconds(1)) }

    func hangUp() {
        var byte: UInt8 = 0
        _ = write(hangUpPipe[1], &byte, 1)
    }

    var screen: TerminalScreen { state.withLock { $0.screen } }
    var transcript: [UInt8] { state.withLock { $0.transcript } }
    var exitStatus: Int32? { state.withLock { $0.exitStatus } }

    func resize(rows: Int, columns: Int) {
        change { $0.screen.resize(rows: rows, columns: columns) }
    }

    /// Changes the state, then lets those go on who waited for that.
    private func change(_ body: (inout State) -> Void) {
        let (satisfied, screen) = state.withLock { state in
            body(&state)
            return (state.satisfied(), state.screen)
        }
        for waiter in satisfied { waiter.continuation.resume(returning: screen) }
    }

    func watch(master: Int32, process: pid_t?) {
        onThread {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                var descriptors = [master, self.hangUpPipe[0]].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                if poll(&descriptors, 2, -1) < 0 { continue }
                if descriptors[1].revents != 0 { break }
                let count = read(master, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                self.change { state in
                    state.screen.feed(buffer[..<count])
                    let room = PseudoTerminal.maximumTranscript - state.transcript.count
                    state.transcript += buffer[..<min(count, max(room, 0))]
                    // Before anyone who waits for the screen can type.
                    let answer = state.screen.answer(self.answers)
                    if !answer.isEmpty { _ = answer.withUnsafeBytes { write(master, $0.baseAddress, $0.count) } }
                }
            }
            close(master)
            self.ended.signal()
        }
        guard let process else { return }
        onThread {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            self.change { $0.exitStatus = signal == 0 ? status >> 8 & 0xFF : 128 + signal }
        }
    }

    private func onThread(_ body: @escaping @Sendable () -> Void) {
        final class Body {
            let run: @Sendable () -> Void
            init(_ run: @escaping @Sendable () -> Void) { self.run = run }
        }
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(Body(body)).toOpaque())
        precondition(code == 0, "no thread for a pseudo-terminal")
        pthread_detach(thread)
    }

    // MARK: - Waiting

    func wait(for what: String, until condition: @escaping @Sendable (TerminalScreen) -> Bool) async throws
        -> TerminalScreen
    {
        try await wait(for: what) { screen, _ in condition(screen) }
    }

    func waitForExit() async throws -> Int32 {
        _ = try await wait(for: "the program's end") { _, status in status != nil }
        return exitStatus ?? -1
    }

    private func wait(
        for what: String, condition: @escaping @Sendable (TerminalScreen, Int32?) -> Bool
    ) async throws -> TerminalScreen {
        try await withCheckedThrowingContinuation { continuation in
            let number = state.withLock { state in
                state.nextWaiter += 1
                state.waiters[state.nextWaiter] = Waiter(what: what, condition: condition, continuation: continuation)
                return state.nextWaiter
            }
            // It may hold already.
            change { _ in }
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(20)) { self.giveUp(number) }
        }
    }

    private func giveUp(_ number: Int) {
        let (waiter, screen) = state.withLock { ($0.waiters.removeValue(forKey: number), $0.screen) }
        guard let waiter else { return }
        let picture = screen.lines.map { "|\($0)" }.joined(separator: "\n")
        waiter.continuation.resume(
            throwing: PseudoTerminalError(
                "\(waiter.what) didn't come within \(PseudoTerminal.limit). Cursor \(screen.cursor), screen:\n\(picture)"
            ))
    }
}
