import ChatApi
import TestSupport
import Testing

@Suite("Random keys while answers stream", .serialized, .timeLimit(.minutes(3)))
struct RandomKeyTests {
    struct Setting: CustomTestStringConvertible, Sendable {
        var seed: UInt64
        var keys: String
        var window: WindowSize
        var testDescription: String { "seed \(seed), \(keys), \(window.testDescription)" }

        static let all = zip([101, 102, 103, 104], WindowSize.both + WindowSize.both).map { seed, window in
            Setting(seed: seed, keys: seed < 103 ? "emacs" : "vi", window: window)
        }
    }

    @Test("neither crash nor hang Banter, and it leaves the terminal as it was", arguments: Setting.all)
    func random(setting: Setting) async throws {
        let server = try LoopbackServer.chat(replies: ["# Title\n\nsome *words* 世界 in `an` answer\n\n- and\n- a list"])
        // An editor that a key may open ends at once.
        let home = try Home(server, ["EDITOR": "/bin/true"])
        try home.configure(#"{"editor":{"keys":"\#(setting.keys)"}}"#)
        // While it runs the terminal echoes keys as they are; what the line editor writes is looked at in EditorFuzzTests.
        let banter = try await home.prompt(in: setting.window, foreign: .anything)
        // Neither Ctrl-D, which leaves, nor what a shell would be asked to run, nor Ctrl-\, which is a signal while an editor is open.
        var keys = RandomKeys(seed: setting.seed, excluding: [0x04, UInt8(ascii: "!"), 0x1C])
        var sizes = SeededGenerator(seed: setting.seed)
        var typed: [[UInt8]] = []
        for number in 1...300 {
            let parts = keys.next()
            typed += parts
            for part in parts { banter.terminal.write(part) }
            if number % 50 == 0 {
                banter.terminal.resize(
                    rows: .random(in: 1...40, using: &sizes), columns: .random(in: 1...120, using: &sizes))
                banter.terminal.write(RandomKeys.terminator)
            }
            if number % 20 == 0 { banter.type("\r") }
        }
        banter.terminal.write(RandomKeys.terminator)
        banter.terminal.resize(rows: setting.window.rows, columns: setting.window.columns)
        do {
            // Out of searches, menus, arguments and answers, and the queue dropped; again, as an editor takes what is typed to it.
            banter.type("\u{7}\u{7}")
            // The end of a paste again: while an editor is open the terminal takes 4 KiB and drops the rest (termios(3)).
            let clear = Array("\u{1B}[201~\u{3}".utf8)
            for _ in 1...1000 where !banter.isAtPrompt {
                banter.terminal.write(clear)
                try await Task.sleep(for: .milliseconds(10))
            }
            try await banter.showsPrompt()
            // In vi's command mode its first letter would be a command; a cleared entry begins in insert mode.
            banter.terminal.write(clear)
            banter.type("still here\r")
            try await banter.terminal.wait(for: "the answer") { $0.containsWrapped("› still here") }
            while server.chats.last?.conversation.last != "user: still here" {
                try await Task.sleep(for: .milliseconds(10))
            }
            banter.type("\u{3}/quit\r")
            try await banter.expectEnd(0)
            #expect(try home.sessions.contains { $0.conversation.contains("user: still here") })
        } catch {
            let keys = typed.map { String(decoding: $0, as: UTF8.self).debugDescription }.joined(separator: " ")
            Issue.record("\(setting.testDescription): \(error)\nkeys: \(keys)")
        }
    }
}
