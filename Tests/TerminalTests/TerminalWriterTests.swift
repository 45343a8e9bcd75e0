import CLibEdit
import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite("Writing to a terminal that may stop", .timeLimit(.minutes(1)))
struct TerminalWriterTests {
    /// The ends of a pipe; those that are left open are closed with the test process.
    private func pipe() throws -> (reader: Int32, writer: Int32) {
        var (reader, writer): (Int32, Int32) = (-1, -1)
        #expect(clibedit_pipe(&reader, &writer) == 0)
        return (reader, writer)
    }

    @Test("all bytes get there, in order, though little is taken at a time")
    func everything() async throws {
        let output = try TestPipe()
        let wake = try pipe()
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 251) & 0x7F }
        let reading = Task.detached { output.contents() }
        // The writer has a descriptor of its own, which must be gone before the reader sees the end.
        func send() { TerminalWriter(output: output.writer, wake: wake.reader).write(bytes) { true } }
        send()
        output.closeWriter()
        #expect(Array(await reading.value.utf8) == bytes)
    }

    @Test(
        "a signal is heard while nothing is taken, and ends the wait in a moment; so does hurrying before it",
        arguments: [true, false])
    func givesUp(hurries: Bool) throws {
        let terminal = try PseudoTerminal()
        let wake = try pipe()
        let writer = TerminalWriter(output: terminal.terminal, wake: wake.reader)
        #expect(tcflow(terminal.terminal, TCOOFF) == 0)
        var heard = 0
        if hurries { writer.hurry() } else { #expect(Glibc.write(wake.writer, "x", 1) == 1) }
        writer.write(Array(repeating: 0x61, count: 1 << 20)) {
            var byte: UInt8 = 0
            heard += read(wake.reader, &byte, 1)
            return false
        }
        #expect(heard == (hurries ? 0 : 1))
        #expect(tcflow(terminal.terminal, TCOON) == 0)
    }

    @Test("the shell's descriptor still blocks")
    func ownDescription() throws {
        let terminal = try PseudoTerminal()
        let wake = try pipe()
        let writer = TerminalWriter(output: terminal.terminal, wake: wake.reader)
        #expect(fcntl(writer.descriptor, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(terminal.terminal, F_GETFL) & O_NONBLOCK == 0)
    }
}
