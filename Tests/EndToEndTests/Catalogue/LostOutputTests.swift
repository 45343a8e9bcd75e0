import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Output that nobody takes, and a history that two write", .serialized, .timeLimit(.minutes(3)))
struct LostOutputTests {
    let server: LoopbackServer
    let home: Home
    private static let reply = (1...2000).map { "word\($0)" }.joined(separator: " ")

    init() throws {
        server = try LoopbackServer.chat(replies: [Self.reply])
        home = try Home(server)
    }

    /// Runs a shell script in which `"$0"` is Banter, to its end, and returns what is on the screen.
    private func shell(_ script: String) async throws -> String {
        let terminal = try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", script + "; read -r line", Home.banter],
            environment: home.environment)
        return try await terminal.waitFor("[exit ").text
    }

    @Test(
        "P04: a reader that goes away, or standard output that is closed, is no error, and the session is saved",
        arguments: [
            "{ \"$0\" -m test-model -p go; echo \"[exit $?]\" >&2; } | head -c 5 >/dev/null",
            "\"$0\" -m test-model -p go >&-; echo \"[exit $?]\"",
            "\"$0\" -m test-model -p go >&- <&- 2>&-; echo \"[exit $?]\"",
        ])
    func closedOutput(script: String) async throws {
        #expect(try await shell(script) == "[exit 0]")
        #expect(try home.session.conversation == ["user: go", "assistant: " + Self.reply])
        #expect(try home.files(holding: "word2000").allSatisfy { $0.hasPrefix("banter/sessions/") })
    }

    @Test(
        "D19: of two prompts one is killed again and again, and no line of the history is lost or merged with another",
        arguments: WindowSize.both)
    func history(window: WindowSize) async throws {
        let steady = try await home.prompt(in: window)
        var expected: [String] = []
        for round in 1...6 {
            let doomed = try await home.prompt(in: window)
            for (name, banter) in [("s", steady), ("d", doomed), ("s", steady)] {
                let entry = "/\(name)\(round)\(expected.count) é世\u{1B}\rline two"
                banter.enter(entry)
                expected.append("/\(name)\(round)\(expected.count) é世\nline two")
                try await banter.showsPrompt(after: "/\(name)\(round)\(expected.count - 1)")
                try await banter.terminal.wait(for: "the reply") {
                    $0.containsWrapped("/help lists them") || $0.containsWrapped("Did you mean")
                }
            }
            // In the middle of the next one, too.
            doomed.type("/never accepted")
            kill(try doomed.process, SIGKILL)
            try await doomed.shows("[exit 137]")
        }
        try await steady.leave()
        let lines = (home.directory.text(of: "banter/history") ?? "").split(separator: "\n")
        let encoded = expected.map { $0.replacing(" ", with: "\\040").replacing("\n", with: "\\012") }
        #expect(lines.map(String.init) == ["_HiStOrY_V2_"] + encoded)
        #expect(home.permissions(of: "history") == "600")
    }
}
