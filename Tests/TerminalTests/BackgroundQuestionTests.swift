import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite("The question for the background")
struct BackgroundQuestionTests {
    private static func editor(answers: TerminalAnswers) async throws -> EditorOnTerminal {
        try await PseudoTerminal.$answers.withValue(answers) {
            try await EditorOnTerminal { configuration in
                configuration.asksForBackground = true
                configuration.colors = ColorSupport(depth: .palette)
                configuration.answerTime = .seconds(20)
            }
        }
    }

    @Test(
        "it is asked before anything is drawn, and answered in an event",
        arguments: [
            ("rgb:1e1e/1e1e/1e1e", Background.dark), ("rgba:ffff/ffff/ffff/ffff", .light), ("rgb:0/0/0", .dark),
        ])
    func asked(answer: String, background: Background) async throws {
        let editor = try await Self.editor(answers: .background(answer))
        #expect(await editor.next() == .background(background))
        await editor.editor.print([StyledLine("quiet", .dim)])
        let screen = try await editor.terminal.waitFor("quiet")
        let row = try #require(screen.lines.firstIndex(of: "quiet"))
        #expect(screen.cells[row][0].style.color == (background == .dark ? "5;246" : "5;242"))
        #expect(screen.cells[row][0].style.attributes.isEmpty)
        await editor.editor.stop()
        let written = editor.terminal.transcript
        let question = try #require(written.firstRange(of: TerminalModes.backgroundQuestion))
        #expect(try #require(written.firstRange(of: Array("> ".utf8))).lowerBound >= question.upperBound)
        #expect(editor.terminal.screen.foreignSequences.isEmpty)
    }

    @Test("what is typed around a late answer is the entry, and nothing else is")
    func typed() async throws {
        let editor = try await Self.editor(answers: .nothing)
        for byte in Array("he\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\l\u{1B}[?62;22clo".utf8) {
            editor.terminal.write([byte])
        }
        try await editor.type("!", shows: "> hello!")
        #expect(await editor.next() == .background(.light))
        await editor.editor.stop()
    }

    @Test(
        "an answer that is still to come lands neither with who borrows the terminal nor with the shell",
        arguments: [0, 1])
    func outstanding(way: Int) async throws {
        let editor = try await Self.editor(answers: .nothing)
        let terminal = editor.terminal
        let answering = Task {
            try await terminal.waitFor("last words")
            terminal.write("x\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[?62;22c")
        }
        await editor.editor.print(["last words"])
        if way == 0 {
            await editor.editor.stop()
        } else {
            await editor.editor.withTerminal { _ in }
            // What was typed meanwhile isn't lost.
            try await editor.terminal.waitFor("> x")
            await editor.editor.stop()
        }
        try await answering.value
        #expect(await editor.next() == .background(.dark))
        #expect(terminal.terminal.pendingInput.isEmpty)
    }

    @Test("a terminal that never answers is waited for once, and no longer than a moment")
    func silence() async throws {
        let editor = try await PseudoTerminal.$answers.withValue(.nothing) {
            try await EditorOnTerminal { $0.asksForBackground = true }
        }
        let waited = await ContinuousClock().measure { for _ in 0..<50 { await editor.editor.withTerminal { _ in } } }
        await editor.editor.stop()
        // Fifty waits would be more.
        #expect(waited < .milliseconds(50 * 150))
    }

    @Test("nothing is asked where nobody wants to know")
    func notAsked() async throws {
        let editor = try await EditorOnTerminal()
        await editor.editor.stop()
        #expect(!editor.terminal.screen.isAskedForBackground)
    }
}

extension Int32 {
    /// What could be read from a terminal now, were it in raw mode; that is read.
    fileprivate var pendingInput: [UInt8] {
        var modes = termios()
        tcgetattr(self, &modes)
        cfmakeraw(&modes)
        tcsetattr(self, TCSANOW, &modes)
        var input = pollfd(fd: self, events: Int16(POLLIN), revents: 0)
        guard poll(&input, 1, 0) == 1 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(self, &buffer, buffer.count)
        return Array(buffer.prefix(Swift.max(count, 0)))
    }
}
