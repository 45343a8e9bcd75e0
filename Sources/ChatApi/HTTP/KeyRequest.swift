import NIOConcurrencyHelpers

/// One call of a key provider.
///
/// The provider may heed neither cancellation nor time, so it runs in a task of its own, and whichever comes first counts: its key or error, the
/// cancellation of the caller, the end of the time.
final class KeyRequest: Sendable {
    private struct State {
        var waiter: CheckedContinuation<String, any Error>?
        var result: Result<String, any Error>?
    }
    private let state = NIOLockedValueBox(State())

    /// Asks a provider for the key.
    /// - Throws: The provider's error, `KeyRequestTimeout`, or `CancellationError` at once when the caller's task is cancelled.
    static func key(
        from provider: @escaping @Sendable () async throws -> String, by deadline: Deadline
    ) async throws -> String {
        let request = KeyRequest()
        let asking = Task {
            do { request.finish(.success(try await provider())) } catch { request.finish(.failure(error)) }
        }
        let timing = Task {
            // Cancelled when the key is there.
            guard (try? await Task.sleep(for: deadline.remaining, clock: .continuous)) != nil else { return }
            request.finish(.failure(KeyRequestTimeout()))
        }
        defer {
            asking.cancel()
            timing.cancel()
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = request.state.withLockedValue { state in
                    if state.result == nil { state.waiter = continuation }
                    return state.result
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            request.finish(.failure(CancellationError()))
        }
    }

    private func finish(_ result: Result<String, any Error>) {
        let waiter = state.withLockedValue { state in
            guard state.result == nil else { return CheckedContinuation<String, any Error>?.none }
            state.result = result
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: result)
    }
}

/// The provider didn't give a key in time.
struct KeyRequestTimeout: Error {}
