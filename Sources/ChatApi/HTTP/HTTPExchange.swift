import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer.
///
/// AsyncHTTPClient calls the delegate methods on its event loop; one task pulls the head and the parts of the body. A part is asked for when the one before
/// was taken, so a reader that is slow slows the server down. The first of failure, cancellation, timeout and end counts, is seen by the
/// reader at once, and lets go of the connection.
final class HTTPExchange: HTTPClientResponseDelegate {
    typealias Response = Void

    private struct Deadline {
        let at: NIODeadline
        let code: ApiError.Code
        let limit: Duration
    }

    private struct State {
        var task: HTTPClient.Task<Void>?
        var sentAt: NIODeadline?
        var head: HTTPResponseHead?
        var part: ByteBuffer?
        var taken: EventLoopPromise<Void>?
        var isDraining = false
        var end: Result<Void, any Error>?

        /// Woken at every change; `changed` stands in while nobody waits.
        var waiter: CheckedContinuation<Void, Never>?
        var changed = false

        var deadline: Deadline?
        var totalDeadline: Deadline?
        var timer: Scheduled<Void>?
        var timerAt: NIODeadline?
    }

    private let state = Mutex(State())
    private let host: String
    private let timeouts: ChatApiConfiguration.Timeouts
    private let eventLoop: any EventLoop

    /// Starts a request.
    init(_ request: HTTPClient.Request, host: String, timeouts: ChatApiConfiguration.Timeouts) {
        self.host = host
        self.timeouts = timeouts
        eventLoop = HTTPTransport.client.eventLoopGroup.any()
        arm(.connectTimeout, timeouts.connect)
        if let total = timeouts.total {
            state.withLock {
                $0.totalDeadline = Deadline(at: .now() + TimeAmount(total), code: .totalTimeout, limit: total)
                schedule(&$0)
            }
        }
        let task = HTTPTransport.client.execute(request: request, delegate: self, eventLoop: .delegate(on: eventLoop))
        let hasEnded = state.withLock {
            $0.task = task
            return $0.end != nil
        }
        if hasEnded { task.cancel() }
    }

    // MARK: For the reader

    /// Whether any of the request may have reached the server.
    var wasSent: Bool { state.withLock { $0.sentAt != nil } }

    /// Waits for the head of the answer.
    func head() async throws -> HTTPResponseHead {
        try await wait { $0.head }
    }

    /// Waits for the next part of the body; nil at its end.
    func next() async throws -> [UInt8]? {
        let (part, taken) = try await wait { state in
            if let part = state.part {
                defer { (state.part, state.taken) = (nil, nil) }
                return (Optional(part), state.taken)
            }
            if case .success? = state.end { return (nil, nil) }
            return nil
        }
        taken?.succeed()
        return part.map { Array($0.readableBytesView) }
    }

    /// Sets what is waited for now; replaces what was waited for before.
    func arm(_ code: ApiError.Code, _ limit: Duration) {
        state.withLock {
            $0.deadline = Deadline(at: .now() + TimeAmount(limit), code: code, limit: limit)
            schedule(&$0)
        }
    }

    /// Sets that the first event is waited for, from when the request was sent.
    func armFirstEvent() {
        state.withLock {
            let limit = timeouts.firstEvent
            $0.deadline = Deadline(
                at: ($0.sentAt ?? .now()) + TimeAmount(limit), code: .firstEventTimeout, limit: limit)
            schedule(&$0)
        }
    }

    /// Nothing is waited for.
    func disarm() { state.withLock { $0.deadline = nil } }

    /// Reads the rest of the body for nothing, for a moment, so that the connection can be used again.
    func drain() {
        let taken = state.withLock { state in
            state.isDraining = true
            state.part = nil
            defer { state.taken = nil }
            return state.taken
        }
        arm(.connectionLost, .seconds(1))
        taken?.succeed()
    }

    /// Lets go of the connection, unless the answer has ended or the rest is being drained.
    func abandon() {
        if !state.withLock({ $0.isDraining }) { fail(CancellationError()) }
    }

    /// Ends the exchange: the reader sees the error, and the connection is closed.
    func fail(_ error: any Error) { finish(.failure(error)) }

    private func wait<Value: Sendable>(_ ready: @Sendable (inout State) -> Value?) async throws -> Value {
        while true {
            if Task.isCancelled { fail(CancellationError()) }
            let (value, end) = state.withLock { state in (ready(&state), state.end) }
            if Task.isCancelled { throw CancellationError() }
            if let value { return value }
            if let end {
                try end.get()
                throw HTTPClientError.remoteConnectionClosed  // The end came where a value was due.
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isReady = state.withLock { state in
                        if !state.changed { state.waiter = continuation }
                        defer { state.changed = false }
                        return state.changed
                    }
                    if isReady { continuation.resume() }
                }
            } onCancel: {
                fail(CancellationError())
            }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            state.changed = state.waiter == nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    private func finish(_ end: Result<Void, any Error>) {
        var task: HTTPClient.Task<Void>?
        var taken: EventLoopPromise<Void>?
        change { state in
            guard state.end == nil else { return }
            state.end = end
            (task, taken) = (state.task, state.taken)
            (state.task, state.taken) = (nil, nil)
            state.timer?.cancel()
            state.timer = nil
        }
        if case .failure = end { task?.cancel() }
        taken?.succeed()
    }

    // MARK: Time

    /// Has the event loop look at the deadlines when the earliest may have passed.
    private func schedule(_ state: inout State) {
        guard state.end == nil, let next = [state.deadline, state.totalDeadline].compactMap({ $0?.at }).min() else {
            return
        }
        if let timerAt = state.timerAt, timerAt <= next { return }
        state.timer?.cancel()
        state.timerAt = next
        state.timer = eventLoop.scheduleTask(deadline: next) { [weak self] in self?.checkDeadlines() }
    }

    private func checkDeadlines() {
        let passed = state.withLock { state -> Deadline? in
            state.timerAt = nil
            let passed = [state.deadline, state.totalDeadline].compactMap { $0 }.first { $0.at <= .now() }
            if passed == nil { schedule(&state) }
            return passed
        }
        if let passed { fail(ApiError(passed.code, host: host, limit: passed.limit)) }
    }

    // MARK: For AsyncHTTPClient

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        state.withLock { $0.sentAt = .now() }
        armFirstEvent()
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        change { $0.head = head }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let promise = task.eventLoop.makePromise(of: Void.self)
        var isKept = false
        change { state in
            guard !state.isDraining, state.end == nil else { return }
            (state.part, state.taken) = (buffer, promise)
            isKept = true
        }
        if !isKept { promise.succeed() }
        return promise.futureResult
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) { finish(.failure(error)) }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws { finish(.success(())) }
}

extension TimeAmount {
    /// The duration in nanoseconds; a century for what is longer.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(min(seconds, 3_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
