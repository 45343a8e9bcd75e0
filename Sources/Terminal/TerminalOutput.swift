import Glibc

/// Writes styled lines or raw bytes to a descriptor, outside the line editor: `banter -p`, messages on standard error.
///
/// Unbuffered, without stdio. It copes with short writes, descriptors that don't block (EAGAIN) and interruptions.
package final class TerminalOutput: Sendable {
    private let descriptor: Int32
    private let colors: ColorSupport
    private let styles: Bool

    /// Makes an output and has the process ignore SIGPIPE, so that a closed pipe is an error and not the end.
    ///
    /// - Parameters:
    ///   - descriptor: Where to write; stays the caller's.
    ///   - colors: The colours that are written.
    ///   - styles: Whether other attributes such as bold are written too; to a file or pipe neither should be.
    package init(descriptor: Int32, colors: ColorSupport, styles: Bool) {
        self.descriptor = descriptor
        self.colors = colors
        self.styles = styles
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes lines, each with a line feed.
    ///
    /// - Throws: ``TerminalError``; its code is EPIPE if the reader has gone.
    package func write(_ lines: some Sequence<StyledLine>) throws { try write(encoded(lines)) }

    /// The bytes of lines, each with a line feed, for those who make many of them on more threads than one.
    package func encoded(_ lines: some Sequence<StyledLine>) -> [UInt8] {
        var encoder = EscapeEncoder(colors: colors)
        for line in lines {
            for run in line.runs { encoder.append(styles ? run : StyledText(sanitized: run.text, .plain)) }
            encoder.lineFeed()
        }
        return encoder.bytes
    }

    /// Whether something can be written now, or within a fifth of a second.
    package var isReady: Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&waiting, 1, 200) == 1
    }

    /// Writes bytes as they are.
    ///
    /// Nothing is sanitised: not for a terminal, unless the bytes are ours.
    ///
    /// - Throws: ``TerminalError``; its code is EPIPE if the reader has gone.
    package func write(_ bytes: [UInt8]) throws {
        let code = TerminalOutput.write(bytes, to: descriptor)
        if code != 0 { throw TerminalError(operation: "write the output", code: code) }
    }

    /// Writes all bytes; 0, or the error number.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&waiting, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }
}
