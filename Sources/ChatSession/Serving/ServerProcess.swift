/// A model server that Banter started on demand and that ends with Banter, whatever ends Banter.
///
/// The server runs in a session (and process group) of its own, under a small supervisor that holds one end of a pipe.
/// The other end is open in this process alone: when it closes, by ``stop()``, by exit, by a crash or by `kill -9`,
/// the supervisor ends the whole group.
public final class ServerProcess: Sendable {
    /// Where the server's API is: `http://127.0.0.1:PORT/v1`.
    public let baseURL: String

    /// The process id of the supervisor, which is also the id of the server's process group.
    public let processID: Int32

    private let process: SupervisedProcess

    private init(_ process: SupervisedProcess, baseURL: String) {
        self.process = process
        self.baseURL = baseURL
        processID = process.processID
    }

    deinit { process.requestStop() }

    /// Starts a server and waits until it is ready.
    ///
    /// Cancellation ends the server and throws `CancellationError`.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments, which no shell expands. `{host}` and `{port}` inside the arguments stand for
    ///     127.0.0.1 and a port that was free a moment ago.
    ///   - environment: The server's environment, less everything that looks like a secret (names that end in `_KEY`,
    ///     `_TOKEN`, `_SECRET` or `_PASSWORD`); nil takes this process's own.
    ///   - logPath: The file that gets the server's output, emptied first and cut at 1 MiB; nil keeps none.
    ///   - readyWithin: How long the server may take.
    ///   - onEnd: Told once, with ``ServerProcessError/exited(status:lastLines:)``, if the running server ends without having been
    ///     stopped.
    ///   - isReady: Whether the server at a base URL answers. Asked every 50 ms; must return soon when its task is cancelled.
    /// - Returns: The running server.
    /// - Throws: ``ServerProcessError``, when no server is left running.
    public static func start(
        command: [String],
        environment: [String: String]? = nil,
        logPath: String? = nil,
        readyWithin: Duration = .seconds(60),
        onEnd: @escaping @Sendable (ServerProcessError) -> Void = { _ in },
        isReady: @escaping @Sendable (_ baseURL: String) async -> Bool
    ) async throws -> ServerProcess {
        let environment = ChildEnvironment.withoutSecrets(environment)
        guard let name = command.first, let program = ChildEnvironment.find(name, in: environment) else {
            throw ServerProcessError.programNotFound(command.first ?? "")
        }
        let host = "127.0.0.1"
        guard let port = LoopbackPort.free() else { throw ServerProcessError.noFreePort }
        let arguments = command.dropFirst().map {
            $0.replacing("{host}", with: host).replacing("{port}", with: String(port))
        }
        let output = ProcessOutput(logPath: logPath)
        let process: SupervisedProcess
        do {
            process = try await SupervisedProcess.start([program] + arguments, environment: environment, output: output)
        } catch {
            throw ServerProcessError.notStarted(program, reason: error.reason)
        }
        let server = ServerProcess(process, baseURL: "http://\(host):\(port)/v1")
        switch await server.firstOutcome(within: readyWithin, isReady: isReady) {
        case .ready:
            process.whenEndedByItself { onEnd(.exited(status: $0, lastLines: output.lastLines)) }
            return server
        case .ended:
            throw ServerProcessError.exited(status: await process.end(), lastLines: output.lastLines)
        case .tooLate:
            await server.stop()
            throw ServerProcessError.notReady(after: readyWithin, lastLines: output.lastLines)
        case .cancelled:
            await server.stop()
            throw CancellationError()
        }
    }

    /// Whether the server is still running.
    public var isRunning: Bool { process.isRunning }

    /// Ends the server and everything it started, and returns when they are gone.
    ///
    /// The group gets SIGTERM, and SIGKILL when it isn't gone after 2 seconds. Stopping twice is harmless. Cancellation doesn't
    /// cut this short.
    public func stop() async {
        process.requestStop()
        _ = await process.end()
    }

    private enum Outcome { case ready, ended, tooLate, cancelled }

    private func firstOutcome(
        within limit: Duration, isReady: @escaping @Sendable (String) async -> Bool
    ) async -> Outcome {
        await withTaskGroup(of: Outcome.self) { [process, baseURL] group in
            group.addTask {
                while await !isReady(baseURL) {
                    do { try await Task.sleep(for: .milliseconds(50)) } catch { return .cancelled }
                }
                return .ready
            }
            group.addTask {
                do { try await Task.sleep(for: limit) } catch { return .cancelled }
                return .tooLate
            }
            group.addTask {
                for await _ in process.running {}
                return process.isRunning ? .cancelled : .ended
            }
            defer { group.cancelAll() }
            let outcome = await group.next() ?? .cancelled
            return Task.isCancelled ? .cancelled : outcome
        }
    }
}
