import ChatApi
import FoundationEssentials
import TestSupport
import Testing

/// The recordings of real servers that `ChatApiTests` has, through the whole program.
@Suite("Real answers", .serialized, .timeLimit(.minutes(3)))
struct RecordingTests {
    private static let folder =
        "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        + "/ChatApiTests/Fixtures/wire/"

    private static func read(_ name: String) throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: folder + name)), as: UTF8.self)
    }

    private func home(_ name: String, reasoning: String = "show") throws -> Home {
        let body = try Self.read(name)
        let type = name.hasSuffix(".sse") ? "text/event-stream" : "application/json"
        let server = try LoopbackServer { exchange in
            guard exchange.request.method == "POST" else { return exchange.respond(status: 404) }
            exchange.respond(headers: [("Content-Type", type)], body: body)
        }
        let home = try Home(server)
        try home.configure(#"{"display":{"reasoning":"\#(reasoning)"}}"#)
        return home
    }

    @Test(
        "come to what they hold, with reasoning apart",
        arguments: [
            "01-openai-length-usage.sse", "02-openai-refusal.sse", "05-openai-parallel-tools.sse",
            "07-openai-long-json-mode.sse", "11-openrouter-reasoning.sse", "18-zai-no-finish-keys.sse",
            "19-mistral-thinking-parts.sse", "26-xai-tool-reasoning.sse", "31-ollama-reasoning.json",
            "32-azure-completion.json",
        ])
    func json(name: String) async throws {
        let process = try BanterProcess(in: try home(name), ["--json", "-m", "m", "x"])
        #expect(try await process.exitCode() == 0)
        let stem = name.prefix { $0 != "." }
        let expected = try JSONValue(parsing: Array(Self.read("expected/\(stem).json").utf8))
        let choice = try #require(expected["choices"]?.arrayValue?.first)
        let answer = try process.json
        #expect(answer["content"]?.stringValue ?? "" == choice["text"]?.stringValue)
        #expect(answer["reasoning"]?.stringValue ?? "" == choice["reasoning"]?.stringValue)
        #expect(answer["refusal"]?.stringValue ?? "" == choice["refusal"]?.stringValue)
        #expect(answer["toolCalls"]?.arrayValue?.count == choice["tool_calls"]?.arrayValue?.count)
    }

    @Test(
        "with reasoning fold to one line, and say how they ended",
        arguments: [
            ("11-openrouter-reasoning.sse", "2 + 2 = 4", "43 in · 36 out"),
            ("18-zai-no-finish-keys.sse", "4", "13 in"), ("19-mistral-thinking-parts.sse", "street safely", "10 in"),
            ("31-ollama-reasoning.json", "Paris", "136 in · 15 out"),
            (
                "26-xai-tool-reasoning.sse", "Banter doesn't run: weather.",
                "291 in (290 cached) · 26 out (196 reasoning)"
            ),
        ])
    func folded(name: String, text: String, counts: String) async throws {
        let home = try home(name, reasoning: "fold")
        let banter = try await home.prompt(rows: 40, columns: 100)
        banter.enter("x")
        let screen = try await banter.showsPrompt(after: counts)
        #expect(screen.allLines.count { $0.hasPrefix("▸ thought ") } == 1)
        #expect(screen.containsWrapped(text))
        try await banter.leave()
    }
}
