import Glibc
import TestSupport
import Testing

@Suite("PseudoTerminal", .timeLimit(.minutes(1)))
struct PseudoTerminalTests {
    private func shell(_ script: String, rows: Int = 24, columns: Int = 80) throws -> PseudoTerminal {
        try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], rows: rows,
            columns: columns)
    }

    @Test("a program's output is seen, also the last of it, and its exit status", arguments: [0, 3, 255])
    func output(status: Int32) async throws {
        let terminal = try shell("echo hello; printf last; exit \(status)")
        #expect(try await terminal.waitForExit() == status)
        let screen = try await terminal.waitFor("last")
        #expect(screen.lines.prefix(2) == ["hello", "last"])
        #expect(String(decoding: terminal.transcript, as: UTF8.self) == "hello\r\nlast")
    }

    @Test("what is typed reaches the program, and Ctrl-C ends it")
    func input() async throws {
        let terminal = try PseudoTerminal(running: "/bin/cat", environment: [:])
        terminal.write("typed 世\r")
        try await terminal.wait(for: "the echo and the copy") { $0.lines.prefix(2) == ["typed 世", "typed 世"] }
        terminal.write("\u{03}")
        #expect(try await terminal.waitForExit() == 128 + SIGINT)
    }

    @Test("the end of the input ends a program")
    func endOfInput() async throws {
        let terminal = try PseudoTerminal(running: "/bin/cat", environment: [:])
        terminal.write("\u{04}")
        #expect(try await terminal.waitForExit() == 0)
    }

    @Test("a program sees the size, and a change of it")
    func size() async throws {
        let terminal = try shell("trap 'stty size' WINCH; stty size; while :; do sleep 0.1; done", rows: 7, columns: 33)
        try await terminal.waitFor("7 33")
        terminal.resize(rows: 9, columns: 44)
        let screen = try await terminal.waitFor("9 44")
        #expect(screen.rows == 9)
        #expect(screen.columns == 44)
    }

    @Test("the program's terminal is its controlling terminal, and its environment the given one")
    func environment() async throws {
        let terminal = try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", "echo from the terminal > /dev/tty; echo \"$A\"; env | wc -l"],
            environment: ["PATH": "/usr/bin:/bin", "A": "b c"])
        #expect(try await terminal.waitForExit() == 0)
        try await terminal.waitFor("from the terminal")
        try await terminal.waitFor("b c")
    }

    @Test("a program that is still there is killed when the test lets go")
    func killing() async throws {
        var process: Int32 = 0
        do {
            let terminal = try shell("trap '' HUP INT TERM; echo ready; while :; do sleep 1; done")
            try await terminal.waitFor("ready")
            process = try #require(terminal.process)
            #expect(kill(process, 0) == 0)
        }
        // It is gone when the watcher has reaped it.
        for _ in 0..<2000 where kill(process, 0) == 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(kill(process, 0) != 0)
    }

    @Test("a program that isn't there is an error")
    func missing() {
        #expect(throws: PseudoTerminalError.self) {
            try PseudoTerminal(running: "/nonexistent/program", environment: [:])
        }
    }
}
