import Glibc
import Subprocess
import Synchronization

/// A child process that never outlives this one.
///
/// `PR_SET_PDEATHSIG` would not do: it is bound to the thread that forked, and Swift's threads come and go. So a supervisor waits
/// for the end of a pipe that only this process holds open. swift-subprocess makes the pipe close-on-exec, and so no other
/// child inherits it.
final class SupervisedProcess: Sendable {
    /// The supervisor's process id, and the process group of everything under it.
    let processID: Int32
    /// Finishes when the process has ended; for one waiter, whose cancellation it obeys.
    let running: AsyncStream<Never>

    private let stopRequest: AsyncStream<Never>.Continuation
    private let run: Task<Int32, Never>
    private let state: State

    /// Why the supervisor didn't start.
    struct SpawnError: Error { var reason: String }

    private final class State: Sendable {
        let isRunning = Atomic(true)
        let mustStop = Atomic(false)
    }

    /// Ends the group with SIGTERM, then SIGKILL, when its input ends; ends with the command's status when the command ends.
    ///
    /// Signals go to group 0, the sender's own, so they can never reach a stranger with a reused id. The command is started
    /// before SIGTERM is ignored, as ignored signals are inherited. The watcher lets go of the output, which so ends when
    /// the command and the shell do. The shell's own errors are silenced in the end: it would add "Terminated" to the output.
    static let supervisor = """
        exec 3<&0 </dev/null
        { trap '' TERM; read -r line; kill -TERM 0; sleep 2; kill -KILL 0; } <&3 >/dev/null 2>&1 &
        exec 3<&-
        "$@" &
        trap '' TERM
        exec 2>/dev/null
        wait "$!"
        """

    /// Starts `command`, whose first word is the path of a program; its input is empty, its output and errors go to `output`.
    static func start(
        _ command: [String], environment: [String: String], output: ProcessOutput
    ) async throws(SpawnError) -> SupervisedProcess {
        let (stopRequested, stopRequest) = AsyncStream<Never>.makeStream()
        let (running, ended) = AsyncStream<Never>.makeStream()
        let (spawned, spawn) = AsyncStream<Result<Int32, SpawnError>>.makeStream()
        let state = State()
        // A task of its own, as swift-subprocess scopes a child to a closure and this one outlives the call. It is never
        // cancelled: `stopRequest` ends the child the same way as the death of this process would.
        let run = Task {
            let status = await Self.run(command, environment, output: output, spawn: spawn, until: stopRequested)
            state.isRunning.store(false, ordering: .sequentiallyConsistent)
            ended.finish()
            spawn.finish()
            return status
        }
        for await result in spawned {
            return SupervisedProcess(
                processID: try result.get(), running: running, stopRequest: stopRequest, run: run, state: state)
        }
        // The caller was cancelled while the child was being started.
        stopRequest.finish()
        throw SpawnError(reason: "cancelled")
    }

    private init(
        processID: Int32, running: AsyncStream<Never>, stopRequest: AsyncStream<Never>.Continuation,
        run: Task<Int32, Never>, state: State
    ) {
        self.processID = processID
        self.running = running
        self.stopRequest = stopRequest
        self.run = run
        self.state = state
    }

    deinit { requestStop() }

    /// Whether anything of the group may still be running.
    var isRunning: Bool { state.isRunning.load(ordering: .sequentiallyConsistent) }

    /// Asks the group to end, without waiting for it.
    func requestStop() {
        state.mustStop.store(true, ordering: .sequentiallyConsistent)
        stopRequest.finish()
    }

    /// Calls back with the exit status if the child ends without having been asked to; keeps nothing alive.
    func whenEndedByItself(_ body: @escaping @Sendable (Int32) -> Void) {
        Task { [run, state] in
            let status = await run.value
            if !state.mustStop.load(ordering: .sequentiallyConsistent) { body(status) }
        }
    }

    /// Waits for the end, whether it was asked for or not, and returns the exit status (128 + N for signal N).
    func end() async -> Int32 { await run.value }

    private static func run(
        _ command: [String], _ environment: [String: String], output: ProcessOutput,
        spawn: AsyncStream<Result<Int32, SpawnError>>.Continuation, until stopRequested: AsyncStream<Never>
    ) async -> Int32 {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        options.createSession = true
        do {
            let result = try await Subprocess.run(
                .name("sh"), arguments: Arguments(["-c", supervisor, "banter-supervisor"] + command),
                environment: .custom(variables), platformOptions: options,
                input: .inputWriter, output: .sequence, error: .combinedWithOutput
            ) { execution in
                let group = execution.processIdentifier.value
                spawn.yield(.success(group))
                await withTaskGroup { tasks in
                    tasks.addTask {
                        for await _ in stopRequested {}
                        // Closing twice, at the end of the child, is no failure.
                        try? await execution.standardInputWriter.finish()
                        // The supervisor needs 2 seconds at most; should it have been killed, the group is ended from here.
                        if (try? await Task.sleep(for: .seconds(3))) != nil { kill(-group, SIGKILL) }
                    }
                    do {
                        for try await buffer in execution.standardOutput {
                            buffer.withUnsafeBytes { output.append($0) }
                        }
                    } catch {
                        // The child ended while a stray descendant held its output: there is nothing more to read.
                    }
                    // The supervisor isn't reaped yet, so the group's id is still its own.
                    kill(-group, SIGKILL)
                    tasks.cancelAll()
                }
            }
            switch result.terminationStatus {
            case .exited(let status): return status
            case .signaled(let signal): return 128 + signal
            }
        } catch {
            spawn.yield(.failure(SpawnError(reason: String(describing: error))))
            return 127
        }
    }
}
