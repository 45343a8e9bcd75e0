import Glibc

/// What one thread raises and another waits for, no longer than it wants to (`pthread_cond_timedwait`).
///
/// Counted by a clock that nobody sets: a wait of a second is one, also when the time of day changes.
final class TimedFlag: @unchecked Sendable {
    // The C handles are made to be used by several threads; the flag is only touched under the lock.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isRaised = false

    init() {
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        condition.deallocate()
        lock.deallocate()
    }

    /// Ends the wait for it, now or when somebody comes to wait.
    func raise() {
        pthread_mutex_lock(lock)
        isRaised = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
    }

    /// Waits until it is raised, and lowers it again.
    /// - Parameter limit: How long to wait at most; nil waits for ever.
    /// - Returns: Whether it was raised.
    @discardableResult
    func wait(atMost limit: Duration? = nil) -> Bool {
        var end = timespec()
        if let limit {
            clock_gettime(CLOCK_MONOTONIC, &end)
            let (seconds, attoseconds) = limit.components
            let nanoseconds = end.tv_nsec + Int(attoseconds / 1_000_000_000)
            end.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
            end.tv_nsec = nanoseconds % 1_000_000_000
        }
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while !isRaised {
            if limit == nil {
                pthread_cond_wait(condition, lock)
            } else if pthread_cond_timedwait(condition, lock, &end) == ETIMEDOUT {
                break
            }
        }
        defer { isRaised = false }
        return isRaised
    }
}
