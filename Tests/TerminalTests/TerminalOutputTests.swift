import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite("TerminalOutput")
struct TerminalOutputTests {
    private static let lines = [
        StyledLine([StyledText("an", .bold), StyledText("\u{1B}[31m", Style.bold.colored(.red))]), "",
    ]

    @Test(
        "lines are written with what the descriptor is to have, and never with a sequence of somebody else's",
        arguments: [
            (.sixteen, true, "\u{1B}[1man\u{1B}[0m\u{1B}[1;31m␛[31m\u{1B}[0m\n\n"),
            (.none, true, "\u{1B}[1man\u{1B}[0m\u{1B}[1m␛[31m\u{1B}[0m\n\n"), (.none, false, "an␛[31m\n\n"),
        ] as [(ColorSupport, Bool, String)])
    func lines(colors: ColorSupport, styles: Bool, written: String) throws {
        let pipe = try TestPipe()
        try TerminalOutput(descriptor: pipe.writer, colors: colors, styles: styles).write(Self.lines)
        pipe.closeWriter()
        #expect(pipe.contents() == written)
    }

    @Test("everything is written, although the descriptor takes little at a time and doesn't block")
    func shortWrites() async throws {
        let pipe = try TestPipe()
        #expect(fcntl(pipe.writer, F_SETFL, O_NONBLOCK) == 0)
        let text = (0..<200_000).map { "\($0)" }.joined(separator: " ")
        let writing = Task.detached {
            defer { pipe.closeWriter() }
            try TerminalOutput(descriptor: pipe.writer, colors: .none, styles: false).write(Array(text.utf8))
        }
        #expect(pipe.contents() == text)
        try await writing.value
    }

    @Test("a reader that has gone is EPIPE, and doesn't end the process")
    func brokenPipe() throws {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let output = TerminalOutput(descriptor: ends[1], colors: .none, styles: false)
        #expect(throws: TerminalError(operation: "write the output", code: EPIPE)) { try output.write([0x61]) }
        #expect(throws: TerminalError(operation: "write the output", code: EPIPE)) { try output.write(["line"]) }
    }

    @Test("a full disk is an error in words")
    func fullDisk() throws {
        let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let error = #expect(throws: TerminalError.self) {
            try TerminalOutput(descriptor: descriptor, colors: .none, styles: false).write(["x"])
        }
        #expect(error?.description == "can't write the output: No space left on device")
    }
}
