import Glibc
import TestSupport
import Testing

/// What looks over every test with a terminal has to see each kind of harm itself.
@Suite("The oracle of what reaches a terminal")
struct OracleTests {
    static let editor = "\u{1B}[?2004h"
    static let frameStart = "\u{1B}[?2026h\u{1B}[?25;7l"
    static let frameEnd = "\u{1B}[?25;7h\u{1B}[?2026l"

    private func found(_ sent: String...) -> [String] {
        var screen = TerminalScreen(rows: 5, columns: 20)
        for part in sent { screen.feed(part.utf8) }
        return screen.foreignSequences + screen.misplaced
    }

    @Test("sees each payload that gets through as it is", arguments: HostilePayload.all)
    func payload(payload: HostilePayload) {
        // It ends a frame that there isn't: nothing happens.
        if payload.name == "CSI: the frame's own end" { return }
        var screen = TerminalScreen(rows: 5, columns: 200)
        screen.feed("line\r\n\(payload.text)\u{1B}\\".utf8)
        let isWhole = screen.containsWrapped(payload.text)
        // In the product's own words it can change only what is looked at when it has ended, or hide a part of the text.
        #expect(
            screen.foreignSequences + screen.misplaced != [] || screen.modes != [7, 25]
                || screen.title != "the old title"
                || screen.bells > 0 || !isWhole)
    }

    @Test("sees what isn't text, wherever it is", arguments: HostileBytes.all)
    func bytes(bytes: [UInt8]) {
        var screen = TerminalScreen(rows: 5, columns: 20)
        screen.feed(bytes)
        #expect(screen.foreignSequences != [] || screen.lines[0].unicodeScalars.contains("\u{FFFD}"))
    }

    @Test("lets through what the editor sends")
    func own() {
        let row = "\u{1B}[1;32mx\u{1B}[0m\u{1B}[K"
        #expect(
            found(
                "shell\r\n", Self.editor, "\u{1B}]11;?\u{1B}\\\u{1B}[c", "\u{7}", Self.frameStart, row, "\r\n", row,
                "\u{1B}[A\r",
                "\u{1B}[L", row, Self.frameEnd, Self.frameStart, "\u{1B}[?7hwide\u{1B}[?7l\r\n", row, "\u{1B}[2K",
                Self.frameEnd,
                "\u{1B}]133;A\u{1B}\\", "\u{1B}7\u{1B}[3Gy\u{1B}8", "\u{1B}[H\u{1B}[2J", Self.frameStart, row,
                Self.frameEnd)
                == [])
        #expect(found("\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}é\ta\r\n") == [])
    }

    @Test("sees a look that runs on into the next line or out of a frame")
    func looks() {
        #expect(found("\u{1B}[31mred\r\n").contains { $0.contains("end of a line") })
        #expect(
            found(Self.editor, Self.frameStart, "\u{1B}[1mbold", Self.frameEnd).contains {
                $0.contains("end of a frame")
            })
    }

    @Test(
        "sees a change to what is finished", arguments: ["\u{1B}[A", "\u{1B}[2A\r", "\u{1B}[H", "\u{1B}[1;1H"],
        ["forged", "\u{1B}[2K", "\u{1B}[J", "\u{1B}[L", "\u{1B}[M"])
    func finished(movement: String, change: String) {
        let lines = "one\r\ntwo\r\n"
        let isWithin = movement == "\u{1B}[A"
        #expect(found(lines, Self.editor, Self.frameStart, "a\r\nb", movement, Self.frameEnd).isEmpty == isWithin)
        #expect(found(lines, movement, change) != [])
        // Behind the back of a cursor that was saved.
        #expect(found("one\u{1B}7\r\ntwo\r\n\u{1B}8", change) != [])
        // What the terminal has wrapped for the editor, and what stands above a mark.
        let wide = "\u{1B}[?7hwide\u{1B}[?7l\r\nregion\u{1B}[A\r"
        #expect(found(Self.editor, Self.frameStart, wide, change, Self.frameEnd) != [])
        #expect(found(Self.editor, "above\r\n\u{1B}]133;A\u{1B}\\entry\u{1B}[A\r", change) != [])
    }

    @Test("sees it in rows that have left the screen, too")
    func scrolled() {
        let lines = (0..<9).map { "line \($0)\r\n" }.joined()
        #expect(found(lines, Self.editor, Self.frameStart, "a\r\nb\u{1B}[1A", Self.frameEnd) == [])
        #expect(found(lines, Self.editor, Self.frameStart, "a\r\nb\u{1B}[2A", Self.frameEnd) != [])
        #expect(found(lines, "\u{1B}[2J") != [])
    }

    @Test("sees a bell or a question out of turn, a sequence that ends in BEL, and hidden characters")
    func small() {
        #expect(found("\u{7}") == ["bell"] && found(Self.editor, "text\u{7}") == ["bell"])
        #expect(found(Self.editor, "> \u{1B}]11;?\u{1B}\\\u{1B}[c") == ["question", "question"])
        #expect(found("\u{1B}]133;A\u{7}") != [])
        #expect(found("\u{1B}]2;name\u{1B}\\") == [])
        #expect(found("\u{1B}]2;na\u{202E}me\u{1B}\\") != [])
        #expect(found(Self.editor, Self.frameStart, "\t", Self.frameEnd) == ["tab"])
        #expect(found("a" + String(repeating: "\u{301}", count: 9)) != [])
        for hidden in [
            "\u{202E}", "\u{200B}", "\u{E0041}", "\u{1F3F4}\u{E0067}\u{E007F}\u{E0041}", "\u{FEFF}", "\u{85}",
        ] {
            #expect(found(hidden) != [])
        }
    }

    @Test("says so of its own when a test lets go of a terminal, unless another program was announced")
    func automatic() async throws {
        func run(_ script: String, foreign: PseudoTerminal.Foreign = .nothing) async throws {
            let terminal = try PseudoTerminal(
                running: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], foreign: foreign)
            #expect(try await terminal.waitForExit() == 0)
        }
        await withKnownIssue { try await run(#"printf '\033]0;owned\033\134'"#) }
        // Also what comes while nobody looks any more.
        await withKnownIssue {
            let terminal = try PseudoTerminal(
                running: "/bin/sh", arguments: ["-c", #"trap '' HUP; sleep 0.1; printf '\033[5m'"#],
                environment: ["PATH": "/usr/bin:/bin"])
            #expect(try await terminal.waitForExit() == 0)
        }
        await withKnownIssue { try await run(#"printf '\033]52;c;eA==\033\134'"#) }
        try await run(#"printf '\033]0;owned\033\134'"#, foreign: .these(["string ]0;owned"]))
        try await run(#"printf '\033]0;owned\033\134'"#, foreign: .anything)
        try await run("echo harmless")
    }
}
