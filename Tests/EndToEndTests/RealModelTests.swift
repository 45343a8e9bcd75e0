import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// The program as it is, with the model that it installs, and nothing played.
@Suite(
    "The model on this machine", .serialized, .timeLimit(.minutes(15)),
    .enabled("the local model is not installed, and PyPI can't be reached") { try await ModelHome.isInstalled() })
struct RealModelTests {
    /// A home with the model and no sessions.
    private func home() throws -> Home {
        try? FileManager.default.removeItem(atPath: "\(ModelHome.path)/sessions")
        return try Home(nil, ["BANTER_HOME": ModelHome.path])
    }

    /// The sessions of the home.
    private func sessions() throws -> [(path: String, session: JSONValue)] {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(ModelHome.path)/sessions")
        return try names.filter { $0.hasSuffix(".json") }.map { name in
            let path = "\(ModelHome.path)/sessions/\(name)"
            return (path, try JSONValue(parsing: Array(FileManager.default.contents(atPath: path) ?? Data())))
        }
    }

    @Test("answers twice at the prompt with nothing set up, and the session file has both exchanges")
    func twoTurns() async throws {
        let banter = try BanterOnTerminal(in: try home(), ["--max-tokens", "40", "--provider", "local"])
        try await banter.showsPrompt(after: "· local")
        banter.enter("My name is Ada. Say hello.")
        try await banter.showsPrompt(after: " out ")
        banter.enter("What is my name?")
        try await banter.terminal.wait(for: "a second answer") { screen in
            screen.allLines.count { $0.contains(" out ") } == 2
        }
        try await banter.leave()
        let (path, session) = try #require(try sessions().first)
        let messages = try #require(session["messages"]?.arrayValue)
        #expect(messages.map { $0["role"] } == ["user", "assistant", "user", "assistant"])
        #expect(messages.allSatisfy { $0["content"]?.stringValue?.isEmpty == false })
        // The second request was the longer one by the whole first exchange.
        let tokens = (session["turns"]?.arrayValue ?? []).compactMap { $0["usage"]?["prompt_tokens"]?.intValue }
        #expect(tokens.count == 2 && tokens[1] > tokens[0] + 10)
        #expect(!FileManager.default.fileExists(atPath: path.replacing(".json", with: ".partial")))
    }

    @Test("takes model and messages of a session file as they stand")
    func curl() async throws {
        let home = try home()
        let first = try await home.run("--provider", "local", "--max-tokens", "20", "-p", "Say one word.")
        #expect(first.code == 0 && !first.output.isEmpty)
        let path = try #require(try sessions().first).path
        // The server of a prompt that stays open.
        let banter = try BanterOnTerminal(in: home, ["--provider", "local", "--max-tokens", "1"])
        try await banter.showsPrompt(after: "· local")
        banter.enter("Hi")
        try await banter.showsPrompt(after: " out ")
        let address = try #require(try serverAddress(of: banter.process))
        let terminal = try PseudoTerminal(
            running: "/bin/sh",
            arguments: [
                "-c",
                "jq '{model, messages, max_tokens: 8}' \(path) | curl -sS -m 20 \(address)/v1/chat/completions -d @- "
                    + "-H 'Content-Type: application/json' | jq -r '.choices[0].message.role'; read -r line",
            ], environment: home.environment)
        try await terminal.waitFor("assistant")
        try await banter.leave()
    }

    /// Where the server that Banter started listens, as its command line says.
    private func serverAddress(of process: Int32) throws -> String? {
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int32(name) != nil {
            let words = readFile("/proc/\(name)/cmdline").split(separator: "\0").map(String.init)
            guard words.contains(where: { $0.hasSuffix("local-model/serve.py") }),
                isDescendant(Int32(name) ?? 0, of: process),
                let port = words.firstIndex(of: "--port").map({ words[$0 + 1] })
            else { continue }
            return "http://127.0.0.1:\(port)"
        }
        return nil
    }

    private func isDescendant(_ process: Int32, of ancestor: Int32) -> Bool {
        var process = process
        while process > 1, process != ancestor {
            let status = readFile("/proc/\(process)/stat")
            let fields = status[(status.lastIndex(of: ")") ?? status.startIndex)...].split(separator: " ")
            process = fields.count > 2 ? Int32(fields[2]) ?? 0 : 0
        }
        return process == ancestor
    }
}
