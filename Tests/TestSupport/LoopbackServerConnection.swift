import Glibc
import NIOConcurrencyHelpers
import Synchronization

/// A socket of the server; every part of it may be used from any thread.
final class LoopbackConnection: Sendable {
    /// The socket; nil once it is closed.
    private let socket: NIOLockedValueBox<Int32?>
    private let received = NIOLockedValueBox<[UInt8]>([])
    let closedByClient = Mailbox<Void>()
    private let sentBytes: ByteCount

    private static let maximumHeadBytes = 256 << 10
    private static let maximumBodyBytes = 64 << 20

    init(socket: Int32, sentBytes: ByteCount) {
        self.socket = NIOLockedValueBox(socket)
        self.sentBytes = sentBytes
    }

    deinit { close() }

    var isClosed: Bool { socket.withLockedValue { $0 == nil } }

    /// Whether the connection is open on both sides.
    var isOpen: Bool {
        socket.withLockedValue { socket in
            guard let socket else { return false }
            var byte: UInt8 = 0
            let count = recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
            return count > 0 || count < 0 && errno == EAGAIN
        }
    }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count, let socket = socket.withLockedValue({ $0 }) {
            var entry = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            guard poll(&entry, 1, 20) > 0 else { continue }
            // Under the lock, so that the descriptor can't be closed, and be another's, meanwhile.
            let count = self.socket.withLockedValue { socket in
                bytes.withUnsafeBytes { bytes in
                    Glibc.send(
                        socket ?? -1, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
                        Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
            }
            if count > 0 {
                sent += count
                sentBytes.count.add(count, ordering: .relaxed)
            } else if errno != EAGAIN && errno != EINTR {
                closedByClient.put(())
                return
            }
        }
    }

    func waitUntilTaken() {
        for _ in 0..<100 where isOpen {
            var unacknowledged: Int32 = 0
            _ = socket.withLockedValue { ioctl($0 ?? -1, UInt(TIOCOUTQ), &unacknowledged) }
            usleep(10_000)
            if unacknowledged == 0 { return }
        }
    }

    func close() {
        let socket = socket.withLockedValue { socket in
            defer { socket = nil }
            return socket
        }
        if let socket { Glibc.close(socket) }
    }

    func reset() {
        socket.withLockedValue { socket in
            guard let socket else { return }
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        close()
    }

    /// Waits until the exchange is answered, and watches meanwhile whether the client goes away.
    func waitForEndOfExchange(_ exchange: LoopbackExchange, until isStopped: () -> Bool) {
        while !exchange.isFinished.load(ordering: .acquiring), !isStopped() {
            guard receive() else {
                if !isClosed { closedByClient.put(()) }
                return close()
            }
        }
    }

    /// Reads a request; nil when the client is gone, or sends something else.
    func readRequest(withBody: Bool, until isStopped: () -> Bool) -> LoopbackRequest? {
        while true {
            if let request = received.withLockedValue({ Self.takeRequest(from: &$0, withBody: withBody) }) {
                return request
            }
            guard !isStopped(), received.withLockedValue({ $0.count < Self.maximumBodyBytes }) else { return nil }
            guard receive() else {
                if !isClosed { closedByClient.put(()) }
                return nil
            }
        }
    }

    /// Waits a moment for bytes; false when there is nobody to send any.
    private func receive() -> Bool {
        guard let socket = socket.withLockedValue({ $0 }) else { return false }
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 10) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = self.socket.withLockedValue { recv($0 ?? -1, &buffer, buffer.count, Int32(MSG_DONTWAIT)) }
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        guard count > 0 else { return false }
        received.withLockedValue { $0 += buffer[..<count] }
        return true
    }

    private static func takeRequest(from bytes: inout [UInt8], withBody: Bool) -> LoopbackRequest? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)), end.lowerBound < maximumHeadBytes else {
            return nil
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        let headers = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (
                name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " })
            )
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        guard words.count == 3 else { return nil }
        guard withBody else {
            bytes.removeFirst(end.upperBound)
            return LoopbackRequest(method: String(words[0]), path: String(words[1]), headers: headers, body: [])
        }
        guard bytes.count - end.upperBound >= length else { return nil }
        let body = Array(bytes[end.upperBound..<end.upperBound + length])
        bytes.removeFirst(end.upperBound + length)
        return LoopbackRequest(method: String(words[0]), path: String(words[1]), headers: headers, body: body)
    }
}

/// How many bytes all connections of a server have sent.
final class ByteCount: Sendable {
    let count = Atomic(0)
}

/// A wait of a test that took too long, or a thing it can't go on without.
public struct TestTimeout: Error, CustomStringConvertible {
    /// What was waited for.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// A queue that a test waits on, with a limit.
final class Mailbox<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiters: [(id: Int, continuation: CheckedContinuation<Element, any Error>)] = []
        var lastID = 0
    }
    private let state = NIOLockedValueBox(State())

    func put(_ element: Element) {
        let waiter: CheckedContinuation<Element, any Error>? = state.withLockedValue { state in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst().continuation }
            state.elements.append(element)
            return nil
        }
        waiter?.resume(returning: element)
    }

    /// Waits for the next element for at most 20 s.
    func next(_ what: String) async throws -> Element {
        let id = state.withLockedValue { state in
            state.lastID += 1
            return state.lastID
        }
        let limit = Task {
            try await Task.sleep(for: .seconds(20))
            fail(id, TestTimeout("waited 20 s for \(what)"))
        }
        defer { limit.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            let element: Element? = state.withLockedValue { state in
                guard state.elements.isEmpty else { return state.elements.removeFirst() }
                state.waiters.append((id, continuation))
                return nil
            }
            if let element { continuation.resume(returning: element) }
        }
    }

    private func fail(_ id: Int, _ error: any Error) {
        let waiter = state.withLockedValue { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
        }
        waiter?.resume(throwing: error)
    }
}

/// Runs a closure on a thread of its own.
func detachThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let started = pthread_create(
        &thread, nil,
        { pointer in
            if let pointer { Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    precondition(started == 0, "no thread to be had")
    pthread_detach(thread)
}
