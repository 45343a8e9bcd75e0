import AsyncHTTPClient
import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1

/// One request and its answer.
///
/// AsyncHTTPClient calls the delegate methods on its event loop; a task pulls the head and the bytes of the body. What has come is kept until it is pulled:
/// what a server sent before it broke off isn't lost, and past a limit the connection isn't read, so that a reader that is slow slows the server down. The
/// first of failure, cancellation, timeout and end counts, is seen by the reader at once, and lets go of the connection.
final class HTTPExchange: HTTPClientResponseDelegate {
    typealias Response = Void

    private struct State {
        var task: HTTPClient.Task<Void>?
        var sentAt: NIODeadline?
        var head: HTTPResponseHead?
        /// What has come and wasn't pulled yet.
        var unread = ByteBuffer()
        /// Has the connection read on; kept back while too much is unread.
        var readOn: EventLoopPromise<Void>?
        var isDraining = false
        var end: Result<Void, any Error>?

        /// Woken at every change, which the version counts.
        var waiters: [CheckedContinuation<Void, Never>] = []
        var version = 0

        var deadline: Deadline?
        var timer: Scheduled<Void>?
        var timerAt: NIODeadline?
    }

    private static let maximumUnreadBytes = 1 << 20
    private static let maximumPartBytes = 64 << 10

    private let state = NIOLockedValueBox(State())
    /// Held until the answer has ended, as the connections are closed when nobody holds it.
    private let pool: HTTPPool
    private let host: String
    private let timeouts: ChatApiConfiguration.Timeouts
    private let total: Deadline?
    private let eventLoop: any EventLoop

    /// Starts a request, whose answer must be over by the total deadline.
    init(
        _ request: HTTPClient.Request, pool: HTTPPool, host: String, timeouts: ChatApiConfiguration.Timeouts,
        total: Deadline? = nil
    ) {
        self.pool = pool
        self.host = host
        self.timeouts = timeouts
        self.total = total
        eventLoop = pool.client.eventLoopGroup.any()
        state.withLockedValue { expect(Deadline(.connectTimeout, timeouts.connect), &$0) }
        let task = pool.client.execute(request: request, delegate: self, eventLoop: .delegate(on: eventLoop))
        let hasEnded = state.withLockedValue { state in
            if state.end == nil { state.task = task }
            return state.end != nil
        }
        if hasEnded { task.cancel() }
        // The delegate isn't told of a client that was shut down since the pool was taken.
        task.futureResult.whenFailure { [weak self] in self?.fail($0) }
    }

    // MARK: For the reader

    /// Whether any of the request may have reached the server.
    var wasSent: Bool { state.withLockedValue { $0.sentAt != nil } }

    /// When the first event must be there.
    var firstEventDeadline: Deadline {
        Deadline(.firstEventTimeout, timeouts.firstEvent, since: state.withLockedValue { $0.sentAt } ?? .now())
    }

    /// Waits for the head of the answer.
    func head() async throws -> HTTPResponseHead {
        try await wait { $0.head }
    }

    /// Waits for more of the body; nil at its end.
    func next(by deadline: Deadline) async throws -> [UInt8]? {
        let (part, readOn) = try await wait(by: deadline) { state -> ([UInt8]?, EventLoopPromise<Void>?)? in
            let count = min(state.unread.readableBytes, Self.maximumPartBytes)
            guard count > 0, let part = state.unread.readBytes(length: count) else {
                if case .success? = state.end { return (nil, nil) }
                return nil
            }
            guard state.unread.readableBytes < Self.maximumUnreadBytes else { return (part, nil) }
            defer { state.readOn = nil }
            return (part, state.readOn)
        }
        readOn?.succeed()
        return part
    }

    /// Reads the rest of the body for nothing, for a moment, so that the connection can be used again.
    func drain() {
        let readOn = state.withLockedValue { state in
            state.isDraining = true
            state.unread.clear()
            expect(Deadline(.connectionLost, .seconds(1)), &state)
            defer { state.readOn = nil }
            return state.readOn
        }
        readOn?.succeed()
    }

    /// Lets go of the connection, unless the answer has ended or the rest is being drained.
    func abandon() {
        if !state.withLockedValue({ $0.isDraining }) { fail(CancellationError()) }
    }

    /// Ends the exchange: the reader sees the error, and the connection is closed.
    func fail(_ error: any Error) { finish(.failure(error)) }

    private func wait<Value: Sendable>(
        by deadline: Deadline? = nil, _ take: @Sendable (inout State) -> Value?
    ) async throws -> Value {
        while true {
            // Before the taking and never after it: what was taken must be returned, as nobody else has it.
            if Task.isCancelled {
                fail(CancellationError())
                throw CancellationError()
            }
            let (value, end, version) = state.withLockedValue { state in
                let value = take(&state)
                if value != nil { state.deadline = nil } else if let deadline { expect(deadline, &state) }
                return (value, state.end, state.version)
            }
            if let value { return value }
            if let end {
                try end.get()
                throw HTTPClientError.remoteConnectionClosed  // The end came where a value was due.
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let hasChanged = state.withLockedValue { state in
                        if state.version == version { state.waiters.append(continuation) }
                        return state.version != version
                    }
                    if hasChanged { continuation.resume() }
                }
            } onCancel: {
                fail(CancellationError())
            }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiters = state.withLockedValue { state in
            body(&state)
            state.version += 1
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func finish(_ end: Result<Void, any Error>) {
        var task: HTTPClient.Task<Void>?
        var readOn: EventLoopPromise<Void>?
        change { state in
            guard state.end == nil else { return }
            state.end = end
            (task, readOn) = (state.task, state.readOn)
            (state.task, state.readOn) = (nil, nil)
            state.timer?.cancel()
            state.timer = nil
        }
        if case .failure = end { task?.cancel() }
        readOn?.succeed()
    }

    // MARK: Time

    /// Sets what the server must do now, in place of what it had to do before.
    private func expect(_ deadline: Deadline, _ state: inout State) {
        state.deadline = deadline
        schedule(&state)
    }

    /// Has the event loop look at the deadlines when the earliest may have passed.
    private func schedule(_ state: inout State) {
        guard state.end == nil, let next = [state.deadline, total].compactMap({ $0 }).min()?.at else { return }
        if let timerAt = state.timerAt, timerAt <= next { return }
        state.timer?.cancel()
        state.timerAt = next
        state.timer = eventLoop.scheduleTask(deadline: next) { [weak self] in self?.checkDeadlines() }
    }

    private func checkDeadlines() {
        let passed = state.withLockedValue { state -> Deadline? in
            state.timerAt = nil
            let passed = [state.deadline, total].compactMap { $0 }.first { $0.at <= .now() }
            if passed == nil { schedule(&state) }
            return passed
        }
        if let passed { fail(ApiError(passed.code, host: host, limit: passed.limit)) }
    }

    // MARK: For AsyncHTTPClient

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        state.withLockedValue { state in
            let now = NIODeadline.now()
            state.sentAt = now
            if state.head == nil { expect(Deadline(.firstEventTimeout, timeouts.firstEvent, since: now), &state) }
        }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        change { state in
            state.head = head
            state.deadline = nil
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        var readOn: EventLoopPromise<Void>?
        change { state in
            guard !state.isDraining, state.end == nil else { return }
            if state.unread.readerIndex > Self.maximumPartBytes { state.unread.discardReadBytes() }
            state.unread.writeImmutableBuffer(buffer)
            state.deadline = nil
            guard state.unread.readableBytes >= Self.maximumUnreadBytes else { return }
            readOn = task.eventLoop.makePromise(of: Void.self)
            state.readOn = readOn
        }
        return readOn?.futureResult ?? task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        // The same numbers tell that a connection couldn't be made, and that one broke.
        guard wasSent, let broken = error as? IOError else { return fail(error) }
        fail(ApiError(.connectionLost, host: host, detail: String(cString: strerror(broken.errnoCode))))
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws { finish(.success(())) }
}
