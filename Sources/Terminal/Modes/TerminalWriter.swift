import Glibc

/// Writes to a terminal (or what stands for one) without ever being held back by it for good.
///
/// A terminal may stop taking output: Ctrl-S in it, a stopped tmux, a window that hangs. write(2) would wait there, deaf to
/// everything. This waits in poll(2), where the pipe of signals and mail is heard too.
///
/// Not Sendable; used on one thread.
final class TerminalWriter {
    /// The descriptor that is written to, of our own.
    let descriptor: Int32
    private let wake: Int32
    /// What one write takes at most; without a description of our own a longer one could wait.
    private let portion: Int
    /// What a terminal gets to take the last output in, once the process was told to end.
    private static let lastMoment = Duration.milliseconds(300)
    private var deadline: ContinuousClock.Instant?

    /// - Parameters:
    ///   - output: The descriptor to write to; stays the caller's.
    ///   - wake: What wakes a write that waits, once it can be read from.
    init(output: Int32, wake: Int32) {
        self.wake = wake
        // An open file description of our own: that it doesn't block must not be seen by the shell, which has the same one.
        let own =
            isatty(output) == 1 ? open("/proc/self/fd/\(output)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1
        portion = own >= 0 ? .max : 256
        descriptor = own >= 0 ? own : fcntl(output, F_DUPFD_CLOEXEC, 3)
    }

    deinit { close(descriptor) }

    /// Writes all bytes, unless the terminal is gone, or waiting is given up.
    ///
    /// - Parameters:
    ///   - bytes: What is to be written.
    ///   - mayWait: Called when the pipe can be read while the terminal takes nothing; it empties the pipe. False is as
    ///     ``hurry()``.
    func write(_ bytes: [UInt8], mayWait: () -> Bool) {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                if portion < .max, !isReady(mayWait) { return }
                let count = Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: written), min(buffer.count - written, portion))
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    if !isReady(mayWait) { return }
                } else if errno != EINTR {
                    // A terminal that is gone shows itself when it is read.
                    return
                }
            }
        }
    }

    /// Waits for the terminal no longer than a moment from now on, all in all: the process was told to end.
    func hurry() { if deadline == nil { deadline = ContinuousClock.now + TerminalWriter.lastMoment } }

    /// Waits until more can be written; false if that is given up.
    private func isReady(_ mayWait: () -> Bool) -> Bool {
        while true {
            var descriptors = [
                pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            var timeout: Int32 = -1
            if let deadline { timeout = max(Int32((deadline - ContinuousClock.now) / .milliseconds(1)), 0) }
            let count = poll(&descriptors, deadline == nil ? 2 : 1, timeout)
            if count < 0, errno != EINTR { return false }
            if count >= 0, descriptors[0].revents != 0 { return true }
            if count == 0 { return false }
            if count > 0, descriptors[1].revents != 0, !mayWait() { hurry() }
        }
    }
}
