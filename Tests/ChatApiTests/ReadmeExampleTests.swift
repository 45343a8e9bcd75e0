import ChatApi
import Foundation
import TestSupport
import Testing

@Suite("The README's example")
struct ReadmeExampleTests {
    /// The example, word for word, and what it prints.
    private func run(baseURL: String, key: String? = nil) async throws -> String {
        var printed = ""
        func print(_ item: Any, terminator: String = "\n") { printed += "\(item)\(terminator)" }
        // begin
        let api = ChatApi(configuration: ChatApiConfiguration(baseURL: baseURL, apiKey: key))
        var request = CreateChatCompletionRequest(
            model: "gpt-5-mini", messages: [.system("Answer briefly."), .user("Why is the sky blue?")])
        request.streamOptions = ChatCompletionStreamOptions(includeUsage: true)

        var answer = MessageAccumulator()
        do {
            for try await chunk in try await api.createChatCompletionStream(request) {
                print(answer.apply(chunk).content, terminator: "")
            }
            print("\n\(answer.response.usage?.totalTokens ?? 0) tokens")
        } catch let error as ApiError {
            print(error.serverMessage ?? error.description)
        }
        // end
        return printed
    }

    @Test("is what this test runs")
    func sameText() throws {
        let here = try String(contentsOfFile: #filePath, encoding: .utf8)
        let example = try #require(here.components(separatedBy: "        // begin\n").dropFirst().first)
            .components(separatedBy: "        // end\n")[0]
        let lines = example.components(separatedBy: "\n").map {
            $0.hasPrefix("        ") ? String($0.dropFirst(8)) : $0
        }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("```swift\nimport ChatApi\n\n" + lines.joined(separator: "\n") + "```\n"))
    }

    @Test("prints the answer and what it cost, or the server's words for why there is none")
    func output() async throws {
        let server = try LoopbackServer.chat(replies: ["It scatters."])
        #expect(try await run(baseURL: server.baseURL) == "It scatters.\n12 tokens\n")
        let broken = try LoopbackServer { $0.respond(status: 404, body: #"{"error":{"message":"no such model"}}"#) }
        #expect(try await run(baseURL: broken.baseURL) == "no such model\n")
    }
}
