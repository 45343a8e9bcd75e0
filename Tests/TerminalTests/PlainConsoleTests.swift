import Glibc
import TestSupport
import Testing

@testable import Terminal

/// A pipe of a test's own.
final class TestPipe: Sendable {
    let reader: Int32
    let writer: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw TerminalError(operation: "make a pipe", code: errno) }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit { close(reader) }

    func write(_ text: String) { _ = TerminalOutput.write(Array(text.utf8), to: writer) }

    func closeWriter() { close(writer) }

    /// What was written, up to the end; for small texts, after the writer was closed.
    func contents() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(reader, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ConsoleTests {
    @Suite("PlainConsole", .timeLimit(.minutes(1)))
    struct PlainConsoleTests {
        private let input: TestPipe
        private let output: TestPipe
        private let console: PlainConsole

        init() throws {
            (input, output) = (try TestPipe(), try TestPipe())
            console = try PlainConsole(
                input: input.reader, output: output.writer, prompt: Prompt(main: "> ", continuation: ". "))
        }

        private func events() async -> [LineEditorEvent] {
            var events: [LineEditorEvent] = []
            for await event in console.events { events.append(event) }
            return events
        }

        @Test("every line is an event, also the last without a line feed, and then comes the end")
        func lines() async {
            input.write("one\r\n\n\u{1B}[A世\nlast")
            input.closeWriter()
            console.start()
            #expect(await events() == [.line("one"), .line(""), .line("\u{1B}[A世"), .line("last"), .endOfFile])
            await console.stop()
            output.closeWriter()
        }

        @Test("a backslash at its end joins a line with the next; lines are gathered until they are an entry")
        func entries() async throws {
            let console = try PlainConsole(
                input: input.reader, output: output.writer, prompt: Prompt(main: "> ", continuation: ". "),
                isComplete: { !$0.hasPrefix("(") || $0.hasSuffix(")") })
            input.write("one \\\ntwo\\\\\n(a\nb\\\n\nc)\nx\n(open\nto the end")
            input.closeWriter()
            console.start()
            var events: [LineEditorEvent] = []
            for await event in console.events { events.append(event) }
            #expect(
                events == [
                    .line("one \ntwo\\\\"), .line("(a\nb\\\n\nc)"), .line("x"), .line("(open\nto the end\n"),
                    .endOfFile,
                ])
            await console.stop()
            output.closeWriter()
        }

        @Test("nothing is dropped when lines come faster than they are read")
        func backpressure() async {
            let lines = (0..<5000).map { "line \($0)" }
            input.write(lines.joined(separator: "\n"))
            input.closeWriter()
            console.start()
            #expect(await events() == lines.map { .line($0) } + [.endOfFile])
            await console.stop()
            output.closeWriter()
        }

        @Test("what is printed is plain text and harmless, the prompt stands before what is read")
        func printing() async {
            console.start()
            await console.print([StyledLine("an\u{1B}[31m answer", .bold)])
            await console.show(finished: ["done"], open: ["not yet"])
            await console.show(finished: ["rest"], open: [])
            input.write("x\n")
            var iterator = console.events.makeAsyncIterator()
            #expect(await iterator.next() == .line("x"))
            await console.stop()
            #expect(await iterator.next() == nil)
            output.closeWriter()
            let shown = output.contents()
            let lines = shown.split(separator: "\n").filter { !$0.hasPrefix(">") }
            #expect(lines == ["an␛[31m answer", "done", "rest"])
            // Before that a prompt may come wherever the reader was faster than what was printed. Behind it there is the one before what
            // was read, and no second one while the reader may be about to say that it is busy.
            let end = shown.split(separator: "rest", omittingEmptySubsequences: false).last ?? ""
            #expect(end == "\n> ")
            input.closeWriter()
        }

        @Test("a line without an end is handed on in parts")
        func longLine() async {
            let input = input
            let writing = Task.detached {
                input.write(String(repeating: "x", count: 3 << 20))
                input.closeWriter()
            }
            console.start()
            let events = await events()
            let lengths = events.map { if case .line(let text) = $0 { text.utf8.count } else { 0 } }
            #expect(lengths == [1 << 20, 1 << 20, 1 << 20, 0])
            await writing.value
            await console.stop()
            output.closeWriter()
        }

        @Test("stopping twice and before the start does no harm; a borrower runs all the same")
        func stopping() async {
            #expect(await console.withTerminal { _ in 7 } == 7)
            await console.stop()
            await console.stop()
            console.start()
            await console.print(["nothing"])
            output.closeWriter()
            #expect(output.contents().isEmpty)
            input.closeWriter()
        }
    }
}
